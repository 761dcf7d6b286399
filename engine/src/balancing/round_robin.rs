//! In turn: the next after the last one.

use super::{next_turn, open_from, Kind, Pool};

pub struct RoundRobin;

impl Kind for RoundRobin {
    const NAME: &'static str = "round_robin";

    #[inline]
    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let start = next_turn(pool);
        let found = open_from(pool, start).next()?;
        *pool.turn() = found as i32;
        Some(found)
    }
}
