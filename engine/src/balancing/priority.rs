//! The first in the order written.

use super::{open_from, Kind, Pool};

pub struct Priority;

impl Kind for Priority {
    const NAME: &'static str = "priority";

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let found = open_from(pool, 0).next();
        found
    }
}
