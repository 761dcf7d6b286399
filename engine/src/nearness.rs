//! Whom a call prefers: the nearest of those who can be asked (engine contract, section 4.9).

use crate::choose::Level;
use crate::program::{Prefer, Program, Route};
use crate::slab::Key;
use crate::world::World;
use std::ops::Range;

/// How near who is asked stands, as far as its connection cares; the nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Zone,
    Region,
    Anywhere,
}

/// Where a replica stands: numbers of groups, none where nothing is said.
#[derive(Clone, Copy, Default)]
pub struct Site {
    pub zone: Option<u32>,
    pub region: Option<u32>,
}

impl Prefer {
    fn tier(self, caller: Site, callee: Site) -> Tier {
        let is_same = |one: Option<u32>, other| one.is_some() && one == other;
        if self == Prefer::SameZone && is_same(caller.zone, callee.zone) {
            Tier::Zone
        } else if is_same(caller.region, callee.region) {
            Tier::Region
        } else {
            Tier::Anywhere
        }
    }
}

impl World {
    /// The tier of a replica for the caller of a call; the last where its connection prefers nobody.
    #[inline]
    pub fn tier_of(&self, p: &Program, key: Key, route: &Route, replica: u32) -> Tier {
        match p.connections[route.connection].prefer {
            None => Tier::Anywhere,
            Some(prefer) => {
                let caller = &self.replicas[self.calls[key].within.place as usize];
                prefer.tier(caller.site, self.replicas[replica as usize].site)
            }
        }
    }

    /// The nearest tier in which a component has a candidate. Where nobody is believed up, nobody is preferred.
    pub fn nearest(&self, p: &Program, key: Key, route: &Route, shard: Option<u32>, level: Level) -> Tier {
        if p.connections[route.connection].prefer.is_none() || !level.is_choosy() {
            return Tier::Anywhere;
        }
        let chooser = self.chooser_of(self.calls[key].within.place) as usize;
        if route.writes {
            let primary = self.primary(p, key, route.to, shard);
            return primary.map_or(Tier::Anywhere, |replica| self.tier_of(p, key, route, replica));
        }
        let pool = self.stations[route.to].pool.iter();
        let candidates = pool.filter(|replica| self.fits(key, chooser, **replica, shard, level));
        candidates.map(|replica| self.tier_of(p, key, route, *replica)).min().unwrap_or(Tier::Anywhere)
    }

    /// The nearest tier in which a component has a candidate, and the replica under which it is kept whose turn it is.
    pub fn nearest_and_counter(
        &self,
        p: &Program,
        key: Key,
        route: &Route,
        shard: Option<u32>,
        level: Level,
    ) -> (Tier, u32) {
        let nearest = self.nearest(p, key, route, shard, level);
        (nearest, self.counter_of(p, key, route, shard, nearest))
    }

    /// The replica under which it is kept whose turn it is: each tier has a counter of its own, so that callers from
    /// elsewhere, who skip its replicas, do not make them unlike.
    fn counter_of(&self, p: &Program, key: Key, route: &Route, shard: Option<u32>, nearest: Tier) -> u32 {
        let station = &self.stations[route.to];
        if nearest == Tier::Anywhere {
            return station.first + shard.unwrap_or(0);
        }
        let is_near = |number: &&u32| {
            let replica = &self.replicas[**number as usize];
            let has_it = shard.is_none() || replica.shard.is_none() || replica.shard == shard;
            replica.exists && has_it && self.tier_of(p, key, route, **number) == nearest
        };
        station.pool.iter().find(is_near).copied().unwrap_or(station.first)
    }

    /// The nearest tier of all members of a list that are candidates, and the first of its routes.
    pub fn nearest_members(&self, p: &Program, key: Key, routes: Range<u32>, level: Level) -> (Tier, u32) {
        let prefers = |route: &u32| p.connections[p.routes[*route as usize].connection].prefer.is_some();
        let everybody = (Tier::Anywhere, routes.start);
        if !level.is_choosy() || !routes.clone().any(|route| prefers(&route)) {
            return everybody;
        }
        let candidates = routes.filter(|route| self.has_candidate(p, key, *route, level));
        let tiers = candidates.map(|route| (self.nearest(p, key, &p.routes[route as usize], None, level), route));
        tiers.min().filter(|(tier, _)| *tier < Tier::Anywhere).unwrap_or(everybody)
    }
}
