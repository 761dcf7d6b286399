//! By who asks: a client always gets the same one, while that can be chosen.

use super::{nth_open, open_from, Kind, Pool};

pub struct IpHash;

impl Kind for IpHash {
    const NAME: &'static str = "ip_hash";
    const BY_CHANCE: bool = true;

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let client = pool.client() as usize;
        if pool.is_list() {
            let open = open_from(pool, 0).count();
            return if open == 0 { None } else { nth_open(pool, client % open) };
        }
        let found = open_from(pool, client % pool.size()).next();
        found
    }
}
