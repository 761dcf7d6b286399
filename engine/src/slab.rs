//! Things that come and go, each at a place of its own; who refers to one that has gone finds nothing.

use crate::table::Table;

/// Where something is, and which of those that were at this place.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub place: u32,
    serial: u32,
}

struct Entry<T> {
    /// Odd while something is there.
    serial: u32,
    value: T,
}

/// A table whose places are used again, the last freed first.
pub struct Slab<T> {
    entries: Table<Entry<T>>,
    free: Vec<u32>,
}

impl<T: Default> Slab<T> {
    pub fn new() -> Self {
        Slab { entries: Table::new(), free: Vec::new() }
    }

    /// Keeps a value and says where.
    #[inline(always)]
    pub fn insert(&mut self, value: T) -> Key {
        let place = match self.free.pop() {
            Some(place) => place,
            None => self.grow(),
        };
        let entry = &mut self.entries[place as usize];
        entry.serial += 1;
        entry.value = value;
        Key { place, serial: entry.serial }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.entries.push(Entry { serial: 0, value: T::default() });
        self.entries.len() as u32 - 1
    }

    /// Lets go what is there.
    #[inline]
    pub fn remove(&mut self, key: Key) {
        let entry = &mut self.entries[key.place as usize];
        debug_assert_eq!(entry.serial, key.serial);
        entry.serial += 1;
        self.free.push(key.place);
    }

    /// Whether what the key means is there still.
    #[inline]
    pub fn has(&self, key: Key) -> bool {
        self.entries.get(key.place as usize).map_or(false, |entry| entry.serial == key.serial)
    }

    /// The keys of all that is there, by place.
    pub fn keys(&self) -> Vec<Key> {
        let alive = self.entries.iter().enumerate().filter(|(_, entry)| entry.serial % 2 == 1);
        alive.map(|(place, entry)| Key { place: place as u32, serial: entry.serial }).collect()
    }
}

impl<T> std::ops::Index<Key> for Slab<T> {
    type Output = T;

    #[inline]
    fn index(&self, key: Key) -> &T {
        let entry = &self.entries[key.place as usize];
        debug_assert_eq!(entry.serial, key.serial);
        &entry.value
    }
}

impl<T> std::ops::IndexMut<Key> for Slab<T> {
    #[inline]
    fn index_mut(&mut self, key: Key) -> &mut T {
        let entry = &mut self.entries[key.place as usize];
        debug_assert_eq!(entry.serial, key.serial);
        &mut entry.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_used_again_is_another_thing() {
        let mut slab = Slab::new();
        let first = slab.insert("first");
        slab.remove(first);
        let second = slab.insert("second");
        assert_eq!((first.place, slab.has(first), slab.has(second)), (second.place, false, true));
        assert_eq!(slab.keys(), vec![second]);
    }
}
