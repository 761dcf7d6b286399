//! Which component and which replica a call goes to (engine contract, section 4).

use crate::balancing::{scrambled, Pool};
use crate::nearness::Tier;
use crate::program::{Program, Route};
use crate::slab::Key;
use crate::sticky::What;
use crate::world::{Learns, World, PLATFORM};

/// Replicas tried are kept as a set of bits, by their number modulo this.
const BITS: u32 = u64::BITS;

/// How strict a search for candidates is: each level drops one wish of the level before.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Level {
    Untried,
    Believed,
    Listed,
    Any,
}

impl Level {
    /// Whether only those are asked who are believed up.
    pub fn is_choosy(self) -> bool {
        self <= Level::Believed
    }
}

const MEMBER_LEVELS: [Level; 3] = [Level::Untried, Level::Believed, Level::Any];
const REPLICA_LEVELS: [Level; 4] = [Level::Untried, Level::Believed, Level::Listed, Level::Any];

#[inline]
fn bit_of(replica: u32) -> u64 {
    1 << (replica % BITS)
}

/// The members of a list call that are open.
struct Members<'a> {
    world: &'a mut World,
    program: &'a Program,
    call: Key,
    chooser: usize,
    level: Level,
    nearest: Tier,
    /// The route whose counter says whose turn it is.
    counter: u32,
}

impl<'a> Members<'a> {
    fn route(&self, place: usize) -> u32 {
        self.program.operations[self.world.calls[self.call].op as usize].first_route + place as u32
    }
}

impl<'a> Pool for Members<'a> {
    fn size(&self) -> usize {
        self.program.operations[self.world.calls[self.call].op as usize].routes as usize
    }

    fn is_open(&self, place: usize) -> bool {
        let (world, p, route) = (&self.world, self.program, self.route(place));
        let is_near = || world.nearest(p, self.call, &p.routes[route as usize], None, self.level) <= self.nearest;
        world.has_candidate(p, self.call, route, self.level) && (self.nearest == Tier::Anywhere || is_near())
    }

    fn load(&self, place: usize) -> u32 {
        let component = self.program.routes[self.route(place) as usize].to;
        let outstanding = &self.world.choosers[self.chooser].outstanding;
        self.world.stations[component].replicas().map(|replica| outstanding[replica as usize]).sum()
    }

    fn is_list(&self) -> bool {
        true
    }

    fn weight(&self, place: usize) -> i64 {
        self.program.routes[self.route(place) as usize].weight
    }

    fn credit(&mut self, place: usize) -> &mut i64 {
        let route = self.route(place) as usize;
        &mut self.world.choosers[self.chooser].credits[route]
    }

    fn turn(&mut self) -> &mut i32 {
        &mut self.world.choosers[self.chooser].member_turns[self.counter as usize]
    }

    fn draw(&self) -> u64 {
        let call = &self.world.calls[self.call];
        let draw = self.program.operations[call.op as usize].draws.member;
        draw.bits(self.world.chance.as_ref(), call.within.number, call.within.occurrence)
    }

    fn draw_again(&self) -> u64 {
        let call = &self.world.calls[self.call];
        let draw = self.program.operations[call.op as usize].draws.member_again;
        draw.bits(self.world.chance.as_ref(), call.within.number, call.within.occurrence)
    }

    /// Hashed twice: once, it would say which replica as well.
    fn client(&self) -> u32 {
        scrambled(u64::from(scrambled(self.world.client_number(self.call))))
    }

    fn ring(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(std::iter::empty())
    }
}

/// The replicas of a component, and of the stores that copy it, that are open.
struct Replicas<'a> {
    world: &'a mut World,
    program: &'a Program,
    call: Key,
    chooser: usize,
    component: usize,
    route: &'a Route,
    shard: Option<u32>,
    level: Level,
    nearest: Tier,
    /// The replica whose counter says whose turn it is.
    counter: u32,
}

impl<'a> Pool for Replicas<'a> {
    #[inline]
    fn size(&self) -> usize {
        self.world.stations[self.component].pool.len()
    }

    #[inline]
    fn is_open(&self, place: usize) -> bool {
        let replica = self.world.stations[self.component].pool[place];
        let is_near = || self.world.tier_of(self.program, self.call, self.route, replica) <= self.nearest;
        self.world.fits(self.call, self.chooser, replica, self.shard, self.level)
            && (self.nearest == Tier::Anywhere || is_near())
    }

    #[inline]
    fn load(&self, place: usize) -> u32 {
        let replica = self.world.stations[self.component].pool[place];
        self.world.choosers[self.chooser].outstanding[replica as usize]
    }

    fn is_list(&self) -> bool {
        false
    }

    fn weight(&self, _place: usize) -> i64 {
        1
    }

    fn credit(&mut self, place: usize) -> &mut i64 {
        &mut self.world.choosers[self.chooser].credits[place]
    }

    #[inline]
    fn turn(&mut self) -> &mut i32 {
        &mut self.world.choosers[self.chooser].turns[self.counter as usize]
    }

    fn draw(&self) -> u64 {
        let call = &self.world.calls[self.call];
        let draw = self.program.operations[call.op as usize].draws.balance;
        draw.bits(self.world.chance.as_ref(), call.within.number, call.within.occurrence)
    }

    fn draw_again(&self) -> u64 {
        let call = &self.world.calls[self.call];
        let draw = self.program.operations[call.op as usize].draws.balance_again;
        draw.bits(self.world.chance.as_ref(), call.within.number, call.within.occurrence)
    }

    fn client(&self) -> u32 {
        scrambled(self.world.client_number(self.call))
    }

    fn ring(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        let call = &self.world.calls[self.call];
        let point = scrambled(if call.key > 0 { u64::from(call.key) } else { self.world.client_number(self.call) });
        match &self.world.stations[self.component].ring {
            Some(ring) => Box::new(ring.from(point)),
            None => Box::new(std::iter::empty()),
        }
    }
}

impl World {
    /// The component that a call asks, of several: by the caller's algorithm among those believed able to serve; those
    /// that were not tried yet come first.
    pub fn choose_route(&mut self, p: &Program, key: Key) -> u32 {
        let call = &self.calls[key];
        let operation = &p.operations[call.op as usize];
        let (place, op) = (call.within.place, call.op);
        let memory = self.memory_of(p, key, What::Member(op));
        let kept = memory.and_then(|memory| self.remembered(p, key, memory));
        if let Some(kept) = kept {
            if self.keeps_the_dead(place) || self.has_candidate(p, key, kept, Level::Untried) {
                return kept;
            }
        }
        let chooser = self.chooser_of(place) as usize;
        let is_drawn = self.chance.is_some();
        for level in MEMBER_LEVELS {
            let routes = operation.first_route..operation.first_route + operation.routes;
            let (nearest, counter) = self.nearest_members(p, key, routes, level);
            let mut members = Members { world: self, program: p, call: key, chooser, level, nearest, counter };
            if let Some(place) = operation.algorithm.pick(&mut members, is_drawn) {
                let chosen = operation.first_route + place as u32;
                if kept.map_or(true, |kept| !self.has_candidate(p, key, kept, Level::Believed)) {
                    self.remember(memory, chosen);
                }
                return chosen;
            }
        }
        operation.first_route
    }

    /// Whether a component is a candidate: as far as its caller knows it can serve, and it was not tried yet.
    pub fn has_candidate(&self, p: &Program, key: Key, route: u32, level: Level) -> bool {
        let route = &p.routes[route as usize];
        let chooser = self.chooser_of(self.calls[key].within.place) as usize;
        let station = &self.stations[route.to];
        if level == Level::Untried && station.pool.iter().any(|replica| self.is_tried(key, *replica)) {
            return false;
        }
        if route.writes && level != Level::Any {
            let writer = self.primary(p, key, route.to, None);
            let fits = |writer| self.fits(key, PLATFORM as usize, writer, None, Level::Believed);
            return writer.map_or(false, fits);
        }
        let asked = if level == Level::Untried { Level::Believed } else { level };
        let mut found = 0;
        for (index, replica) in station.pool.iter().enumerate() {
            if self.fits(key, chooser, *replica, None, asked) {
                found += 1;
                let is_enough = found >= p.components[route.to].needs || level == Level::Any;
                if is_enough || index >= station.rows as usize {
                    return true;
                }
            }
        }
        false
    }

    fn is_tried(&self, key: Key, replica: u32) -> bool {
        self.calls[key].tried & bit_of(replica) != 0
    }

    /// Whether a replica is a candidate at a level of strictness.
    #[inline]
    pub fn fits(&self, key: Key, chooser: usize, number: u32, shard: Option<u32>, level: Level) -> bool {
        let replica = &self.replicas[number as usize];
        if !replica.exists || (shard.is_some() && replica.shard.is_some() && replica.shard != shard) {
            return false;
        }
        match level {
            Level::Any => true,
            Level::Listed => replica.registered,
            Level::Believed => replica.registered && self.choosers[chooser].believed[number as usize],
            Level::Untried => {
                replica.registered && self.choosers[chooser].believed[number as usize] && !self.is_tried(key, number)
            }
        }
    }

    /// The replica that a call goes to; none, where a balancer knows of none.
    #[inline]
    pub fn choose_replica(&mut self, p: &Program, key: Key, route: &Route, place: u32) -> Option<u32> {
        if route.is_single {
            self.choose_only_one(key, route, place)
        } else {
            self.choose_among(p, key, route, place)
        }
    }

    fn choose_among(&mut self, p: &Program, key: Key, route: &Route, place: u32) -> Option<u32> {
        let chooser = self.chooser_of(place);
        let shard = self.choose_shard(p, key, route.to, chooser as usize);
        let chosen = if route.writes {
            self.primary(p, key, route.to, shard)
        } else {
            self.choose_reader(p, key, route, chooser, shard)
        };
        if let Some(replica) = chosen {
            self.calls[key].tried |= bit_of(replica);
        }
        chosen
    }

    fn choose_reader(&mut self, p: &Program, key: Key, route: &Route, chooser: u32, shard: Option<u32>) -> Option<u32> {
        let place = self.calls[key].within.place;
        let remembers = self.component_of(p, place).remembers.is_some();
        let what = What::Replica(route.to as u32);
        let memory = if remembers && shard.is_none() { self.memory_of(p, key, what) } else { None };
        let kept = memory.and_then(|memory| self.remembered(p, key, memory));
        if let Some(kept) = kept {
            if self.keeps_the_dead(place) || self.fits(key, chooser as usize, kept, shard, Level::Untried) {
                return Some(kept);
            }
        }
        let balances = chooser != PLATFORM && self.choosers[chooser as usize].learns != Learns::Late;
        let levels = if balances { &REPLICA_LEVELS[..2] } else { &REPLICA_LEVELS[..] };
        let is_drawn = self.chance.is_some();
        for level in levels {
            let component = route.to;
            let (nearest, counter) = match p.connections[route.connection].prefer {
                None => (Tier::Anywhere, self.stations[component].first + shard.unwrap_or(0)),
                Some(_) => self.nearest_and_counter(p, key, route, shard, *level),
            };
            let mut replicas = Replicas {
                world: self,
                program: p,
                call: key,
                chooser: chooser as usize,
                component,
                route,
                shard,
                level: *level,
                nearest,
                counter,
            };
            if let Some(index) = route.algorithm.pick(&mut replicas, is_drawn) {
                let chosen = self.stations[component].pool[index];
                let is_lost = |kept| !self.fits(key, chooser as usize, kept, shard, Level::Believed);
                if memory.is_some() && kept.map_or(true, is_lost) {
                    self.remember(memory, chosen);
                }
                return Some(chosen);
            }
        }
        None
    }

    /// The only replica that there is, unless a balancer believes it dead; a primary answers whatever is believed.
    #[inline]
    fn choose_only_one(&mut self, key: Key, route: &Route, place: u32) -> Option<u32> {
        let only = self.stations[route.to].first;
        let chooser = self.chooser_of(place);
        let replica = &self.replicas[only as usize];
        let view = &self.choosers[chooser as usize];
        let is_choosy = chooser != PLATFORM && view.learns != Learns::Late && !route.writes;
        if !replica.exists || (is_choosy && !(replica.registered && view.believed[only as usize])) {
            return None;
        }
        self.calls[key].tried |= bit_of(only);
        Some(only)
    }

    /// The shard that a request meets: the one of its key, else the next in turn; none where there is one only.
    fn choose_shard(&mut self, p: &Program, key: Key, component: usize, chooser: usize) -> Option<u32> {
        let shards = p.components[component].shards;
        if shards == 1 {
            return None;
        }
        let call = &mut self.calls[key];
        let fixed = p.operations[call.op as usize].shard;
        if fixed.is_some() {
            return fixed;
        }
        if call.shard.is_none() {
            call.shard = Some(if call.key > 0 {
                scrambled(u64::from(call.key)) % shards
            } else {
                let turn = &mut self.choosers[chooser].shard_turns[component];
                *turn = (*turn + 1) % shards as i32;
                *turn as u32
            });
        }
        call.shard
    }

    /// Who answers writes: the lowest registered replica, believed up only where another takes over by itself.
    pub fn primary(&self, p: &Program, key: Key, component: usize, shard: Option<u32>) -> Option<u32> {
        let station = &self.stations[component];
        let lowest = |pool: &[u32], level| {
            let fits = |replica: &&u32| self.fits(key, PLATFORM as usize, **replica, shard, level);
            pool.iter().find(fits).copied()
        };
        let own = &station.pool[..station.rows as usize];
        let taken_over = if p.components[component].automatic { lowest(&station.pool, Level::Believed) } else { None };
        taken_over.or_else(|| lowest(own, Level::Listed)).or_else(|| lowest(own, Level::Any))
    }
}
