//! By key, or by client where there is none: the first behind its point on a ring, so that few keys move when a replica
//! comes or goes (D. Karger et al., STOC 1997).

use super::{ip_hash::IpHash, Kind, Pool};

pub struct ConsistentHash;

impl Kind for ConsistentHash {
    const NAME: &'static str = "consistent_hash";
    const BY_CHANCE: bool = true;

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        if pool.is_list() {
            return IpHash::pick(pool);
        }
        if pool.size() == 1 {
            return Some(0).filter(|place| pool.is_open(*place));
        }
        let found = pool.ring().find(|place| pool.is_open(*place));
        found
    }
}
