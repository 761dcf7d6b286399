//! Any, each as likely as another.

use super::{nth_open, open_from, part_of, Kind, Pool};

pub struct Random;

impl Kind for Random {
    const NAME: &'static str = "random";
    const BY_CHANCE: bool = true;

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let open = open_from(pool, 0).count();
        if open == 0 {
            return None;
        }
        nth_open(pool, part_of(pool.draw(), open))
    }
}
