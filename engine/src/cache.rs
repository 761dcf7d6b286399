//! Whether a cache has what it is asked for (engine contract, sections 7.1 and 7.2).

use crate::log::Told;
use crate::program::{CacheLimits, Eviction, Program};
use crate::slab::Key;
use crate::task::{Missed, Outcome, Waiter};
use crate::world::{Next, World};
use std::collections::HashMap;

const NONE: u32 = u32::MAX;

/// The simulated entries of a cache, in the order in which they are evicted, and the misses under way.
pub struct Cache {
    room: u32,
    life: Option<i64>,
    eviction: Eviction,
    single_flight: bool,
    places: HashMap<u32, u32>,
    entries: Vec<Entry>,
    free: Vec<u32>,
    oldest: u32,
    newest: u32,
    flights: HashMap<u32, Flight>,
}

struct Entry {
    key: u32,
    before: u32,
    after: u32,
    expires: Option<i64>,
    uses: u64,
    age: i64,
}

/// A miss under way: who fetches it, and who waits for the same key.
struct Flight {
    leader: Waiter,
    followers: Vec<Waiter>,
}

impl Cache {
    pub fn new(limits: &CacheLimits) -> Self {
        Cache {
            room: limits.entries,
            life: limits.life,
            eviction: limits.eviction,
            single_flight: limits.single_flight,
            places: HashMap::new(),
            entries: Vec::new(),
            free: Vec::new(),
            oldest: NONE,
            newest: NONE,
            flights: HashMap::new(),
        }
    }

    /// Whether it has a key that has not expired; a use of it counts for the order of eviction.
    fn finds(&mut self, key: u32, now: i64) -> bool {
        let place = match self.places.get(&key) {
            None => return false,
            Some(place) => *place,
        };
        if self.entries[place as usize].expires.map_or(false, |expires| expires <= now) {
            self.remove(place);
            return false;
        }
        self.entries[place as usize].uses += 1;
        match self.eviction {
            Eviction::LeastRecentlyUsed => {
                self.unlink(place);
                self.link(place, NONE);
            }
            Eviction::LeastFrequentlyUsed => {
                let after = self.follower_by_use(place, self.entries[place as usize].after);
                self.unlink(place);
                self.link(place, after);
            }
            Eviction::FirstIn | Eviction::Never => {}
        }
        true
    }

    /// The entry that stays longer than one, from another on: more often used, or as often and younger.
    fn follower_by_use(&self, place: u32, from: u32) -> u32 {
        let standing = |place: u32| (self.entries[place as usize].uses, self.entries[place as usize].age);
        let mut other = from;
        while other != NONE && standing(other) < standing(place) {
            other = self.entries[other as usize].after;
        }
        other
    }

    /// Keeps a key, evicting another where it is full.
    fn store(&mut self, key: u32, now: i64) {
        let expires = self.life.map(|life| now + life);
        if let Some(place) = self.places.get(&key) {
            self.entries[*place as usize].expires = expires;
            return;
        }
        if self.places.len() >= self.room as usize {
            if self.eviction == Eviction::Never || self.oldest == NONE {
                return;
            }
            self.remove(self.oldest);
        }
        let entry = Entry { key, before: NONE, after: NONE, expires, uses: 1, age: now };
        let place = match self.free.pop() {
            Some(place) => {
                self.entries[place as usize] = entry;
                place
            }
            None => {
                self.entries.push(entry);
                self.entries.len() as u32 - 1
            }
        };
        self.places.insert(key, place);
        let by_use = self.eviction == Eviction::LeastFrequentlyUsed;
        let after = if by_use { self.follower_by_use(place, self.oldest) } else { NONE };
        self.link(place, after);
    }

    fn remove(&mut self, place: u32) {
        self.unlink(place);
        self.places.remove(&self.entries[place as usize].key);
        self.free.push(place);
    }

    /// Forgets every entry.
    pub fn clear(&mut self) {
        self.places.clear();
        self.entries.clear();
        self.free.clear();
        self.oldest = NONE;
        self.newest = NONE;
    }

    /// Puts an entry into the list before another; at the newest end where there is none.
    fn link(&mut self, place: u32, after: u32) {
        let before = if after == NONE { self.newest } else { self.entries[after as usize].before };
        self.entries[place as usize].before = before;
        self.entries[place as usize].after = after;
        self.join(before, place);
        self.join(place, after);
    }

    fn unlink(&mut self, place: u32) {
        let (before, after) = (self.entries[place as usize].before, self.entries[place as usize].after);
        self.join(before, after);
    }

    /// Lets one entry follow another; either may be an end of the list.
    fn join(&mut self, before: u32, after: u32) {
        if before == NONE {
            self.oldest = after;
        } else {
            self.entries[before as usize].after = after;
        }
        if after == NONE {
            self.newest = before;
        } else {
            self.entries[after as usize].before = before;
        }
    }
}

impl World {
    /// Asks the cache; false where the call must wait for what is missing before it goes on (read-through).
    pub fn look_up(&mut self, p: &Program, key: Key, component: usize) -> bool {
        let now = self.now();
        let work = &self.works[key];
        let route = &p.routes[work.route as usize];
        let share = match route.hit {
            None => return true,
            Some(share) => share,
        };
        let (asked, number) = (work.key, work.number as i64);
        let hit = match &mut self.stations[component].cache {
            _ if p.run.misses.contains(&route.to) => false,
            Some(cache) if asked > 0 => cache.finds(asked, now),
            _ => {
                let draw = p.operations[work.op as usize].draws.hit;
                share.holds(draw.bits(self.chance.as_ref(), work.within.number, work.within.occurrence))
            }
        };
        self.tell(Told::Cache, number, i64::from(hit), 0, 0);
        if hit {
            return true;
        }
        self.works[key].missed = Missed::Yes;
        if route.miss.is_none() || route.miss_by_caller {
            return true;
        }
        self.works[key].missed = Missed::Filling;
        if self.leads(component, Waiter::Work(key), asked) {
            self.begin_inside(p, key, route.miss);
        }
        false
    }

    /// Whether this miss has to be fetched; false where another of the same key is under way to wait for.
    pub fn leads(&mut self, component: usize, who: Waiter, asked: u32) -> bool {
        let flight = match &self.stations[component].cache {
            Some(cache) if cache.single_flight && asked > 0 => cache.flights.get(&asked).map(|flight| flight.leader),
            _ => return true,
        };
        let is_fetched = flight.map_or(false, |leader| self.is_there(leader));
        let flights = match &mut self.stations[component].cache {
            Some(cache) => &mut cache.flights,
            None => return true,
        };
        let flight = flights.entry(asked).or_insert(Flight { leader: who, followers: Vec::new() });
        if is_fetched {
            flight.followers.push(who);
        } else {
            flight.leader = who;
        }
        !is_fetched
    }

    /// What was missing has been fetched, or could not be: store it, and tell those who wait for the same key.
    pub fn finish_miss(&mut self, component: usize, who: Waiter, asked: u32, outcome: Outcome) {
        let now = self.now();
        let cache = match &mut self.stations[component].cache {
            Some(cache) if asked > 0 => cache,
            _ => return,
        };
        if outcome.is_good() {
            cache.store(asked, now);
        }
        if !cache.flights.get(&asked).map_or(false, |flight| is_same(flight.leader, who)) {
            return;
        }
        let followers = cache.flights.remove(&asked).map_or(Vec::new(), |flight| flight.followers);
        for follower in followers.into_iter().rev() {
            if self.is_there(follower) {
                self.agenda.push(Next::Result(follower, outcome));
            }
        }
    }

    /// Whether who waits is still there.
    pub fn is_there(&self, who: Waiter) -> bool {
        match who {
            Waiter::Request(key) => self.requests.has(key),
            Waiter::Work(key) => self.works.has(key),
            Waiter::Call(key) => self.calls.has(key),
            Waiter::Join(key) => self.joins.has(key),
            Waiter::Message(key, _) => self.messages.has(key),
        }
    }
}

fn is_same(one: Waiter, other: Waiter) -> bool {
    match (one, other) {
        (Waiter::Work(one), Waiter::Work(other)) | (Waiter::Call(one), Waiter::Call(other)) => one == other,
        _ => false,
    }
}
