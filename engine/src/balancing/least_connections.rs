//! The one with the fewest calls under way; among equals in turn.

use super::{next_turn, open_from, Kind, Pool};

pub struct LeastConnections;

impl Kind for LeastConnections {
    const NAME: &'static str = "least_connections";
    const ASKS_FOR_LOAD: bool = true;

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let start = next_turn(pool);
        let found = open_from(pool, start).min_by_key(|place| pool.load(*place))?;
        *pool.turn() = found as i32;
        Some(found)
    }
}
