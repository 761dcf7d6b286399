//! Lists with an index that ends the module where it is wrong, and says no more about it.
#![forbid(unsafe_code)]

use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A list whose wrong index is a trap.
///
/// What a request costs are a hundred small steps, each with an index or two. Rust's own index prepares a message of which
/// index of how many it was, and whoever has that in reach is larger and slower for it.
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
        match self.0.get(place) {
            Some(found) => found,
            None => wrong(),
        }
    }
}

impl<T> IndexMut<usize> for Table<T> {
    #[inline(always)]
    fn index_mut(&mut self, place: usize) -> &mut T {
        match self.0.get_mut(place) {
            Some(found) => found,
            None => wrong(),
        }
    }
}

/// Ends the module: cheaper than a message that says which index of how many it was.
#[cold]
fn wrong() -> ! {
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_arch = "wasm32"))]
    panic!("an index beyond the end");
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    #[should_panic]
    fn a_wrong_index_ends_the_run() {
        let table: Table<u8> = vec![1, 2].into();
        let _ = table[2];
    }
}
