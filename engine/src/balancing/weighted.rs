//! Smooth weighted round robin, as nginx has it: each gains its weight, the richest is taken and pays the sum.
//! Replicas of one component have equal weights, and come in turn.

use super::{open_from, round_robin::RoundRobin, Kind, Pool};

pub struct Weighted;

impl Kind for Weighted {
    const NAME: &'static str = "weighted";

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        if !pool.is_list() {
            return RoundRobin::pick(pool);
        }
        let open: Vec<usize> = open_from(pool, 0).collect();
        let mut best = *open.first()?;
        let mut total = 0;
        for place in open {
            let weight = pool.weight(place);
            *pool.credit(place) += weight;
            total += weight;
            if *pool.credit(place) > *pool.credit(best) {
                best = place;
            }
        }
        *pool.credit(best) -= total;
        Some(best)
    }
}
