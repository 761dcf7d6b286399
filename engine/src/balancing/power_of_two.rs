//! Of two that are drawn the less busy one (M. Mitzenmacher, IEEE Transactions on Parallel and Distributed Systems 12,
//! 2001).

use super::{nth_open, open_from, part_of, Kind, Pool};

pub struct PowerOfTwo;

impl Kind for PowerOfTwo {
    const NAME: &'static str = "power_of_two";
    const ASKS_FOR_LOAD: bool = true;
    const BY_CHANCE: bool = true;

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let open = open_from(pool, 0).count();
        if open == 0 {
            return None;
        }
        let first = part_of(pool.draw(), open);
        let one = nth_open(pool, first)?;
        if open == 1 {
            return Some(one);
        }
        let second = part_of(pool.draw_again(), open - 1);
        let other = nth_open(pool, second + usize::from(second >= first))?;
        Some(if pool.load(other) < pool.load(one) { other } else { one })
    }
}
