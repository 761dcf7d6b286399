//! In turn: the next after the last one.

use super::{first_open, next_turn, Kind, Pool};

pub struct RoundRobin;

impl Kind for RoundRobin {
    const NAME: &'static str = "round_robin";

    #[inline]
    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let start = next_turn(pool);
        let found = first_open(pool, start)?;
        *pool.turn() = found as i32;
        Some(found)
    }
}
