//! Lists that are indexed without a question. Whoever indexes one has the number from the list itself, or from a Program,
//! whose numbers were compared with the lengths when it was read.

use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A list whose indexes are compared with its length in builds that check alone: `cargo test`, `.ci/engine --checked`.
///
/// What a request costs are a hundred small steps, each with an index or two: comparing those takes a tenth of a run. A
/// wrong one would read or change what else the run keeps, and nothing outside of the module's own memory.
pub struct Table<T>(Vec<T>);

impl<T> Table<T> {
    pub fn new() -> Self {
        Table(Vec::new())
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(list: Vec<T>) -> Self {
        Table(list)
    }
}

impl<T> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Table(all.into_iter().collect())
    }
}

impl<T> Deref for Table<T> {
    type Target = Vec<T>;

    #[inline(always)]
    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Table<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> Index<usize> for Table<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, place: usize) -> &T {
        debug_assert!(place < self.0.len());
        // SAFETY: as the module says
        unsafe { self.0.get_unchecked(place) }
    }
}

impl<T> IndexMut<usize> for Table<T> {
    #[inline(always)]
    fn index_mut(&mut self, place: usize) -> &mut T {
        debug_assert!(place < self.0.len());
        // SAFETY: as the module says
        unsafe { self.0.get_unchecked_mut(place) }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    #[should_panic]
    fn a_build_that_checks_ends_at_a_wrong_index() {
        let table: Table<u8> = vec![1, 2].into();
        let _ = table[2];
    }
}
