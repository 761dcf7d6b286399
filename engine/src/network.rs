//! Messages on their way (engine contract, section 3).

use crate::program::{Program, Share, Uniform};
use crate::slab::Key;
use crate::task::Within;
use crate::world::World;

impl World {
    /// Whether a message is lost on its way.
    #[inline]
    pub fn is_lost(&self, connection: usize, within: &Within, draw: impl Fn() -> Uniform) -> bool {
        let loss = self.links[connection].loss;
        loss != Share::NEVER && loss.holds(draw().bits(self.chance.as_ref(), within.number, within.occurrence))
    }

    /// Whether a partition parts who sent work from where it is done, or has begun after a moment.
    #[inline(always)]
    pub fn is_cut(&self, p: &Program, key: Key, since: i64) -> bool {
        self.is_parted && self.is_cut_off(p, key, since)
    }

    #[cold]
    fn is_cut_off(&self, p: &Program, key: Key, since: i64) -> bool {
        let work = &self.works[key];
        let (one, other) = (&self.replicas[work.within.place as usize], &self.replicas[work.at as usize]);
        if one.island != other.island {
            return true;
        }
        if one.island_since != other.island_since && one.island_since.max(other.island_since) > since {
            return true;
        }
        let link = &self.links[p.routes[work.route as usize].connection];
        link.cut > 0 || link.cut_since > since
    }
}
