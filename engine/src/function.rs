//! Functions: instances on demand, each for one request at a time (engine contract, section 20).
//!
//! What is in use, busy or starting, are the slots of the one replica that stands for a function.

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::Program;
use crate::slab::Key;
use crate::task::{Outcome, Phase};
use crate::world::{Next, World};
use std::collections::VecDeque;

/// What a stretch of a trace was spent on: the start of an instance.
const FOR_START: i64 = 2;

/// The instances of a function that wait for work, and what is counted: calls = warm + cold + throttled + refused + lost.
pub struct Instances {
    idle_after: i64,
    /// Since when each has been idle; the one that worked last is the last.
    idle: VecDeque<i64>,
    /// Whether the end of the first is scheduled.
    is_watched: bool,
    pub starting: i64,
    /// Instances of an older version go when they are done.
    version: u32,
    pub warm: i64,
    pub cold: i64,
    pub throttled: i64,
    /// Calls that were refused, or answered with an error at once.
    pub refused: i64,
    /// Messages that never reached their instance.
    pub lost: i64,
    pub most: i64,
}

impl Instances {
    pub fn new(idle_after: i64) -> Self {
        Instances {
            idle_after,
            idle: VecDeque::new(),
            is_watched: false,
            starting: 0,
            version: 0,
            warm: 0,
            cold: 0,
            throttled: 0,
            refused: 0,
            lost: 0,
            most: 0,
        }
    }

    pub fn idle(&self) -> i64 {
        self.idle.len() as i64
    }

    /// All of them are gone, with what they were at, and so many messages that were on their way.
    pub fn clear(&mut self, lost: i64) {
        self.lost += lost;
        self.idle.clear();
        self.starting = 0;
    }

    /// Another version takes over: idle instances are gone, the others will be when they are done.
    pub fn replace(&mut self) {
        self.idle.clear();
        self.version += 1;
    }
}

impl World {
    /// A call reaches a function: it gets an instance, or is turned away where as many as may be are in use.
    pub fn admit_to_function(&mut self, p: &Program, key: Key, at: u32) {
        let now = self.now();
        let room = self.component_of(p, at).room();
        let replica = &mut self.replicas[at as usize];
        if replica.slots_used >= room {
            replica.counts.answered += 1;
            let component = replica.component as usize;
            if let Some(instances) = &mut self.stations[component].function {
                instances.throttled += 1;
            }
            return self.reject(key, Outcome::new(429, Cause::Throttled));
        }
        replica.counts.in_work.more(1, now);
        replica.in_work += 1;
        replica.take_slot(now);
        let work = &mut self.works[key];
        work.entered = now;
        work.holds_slot = true;
        self.take_instance(p, key, at);
    }

    /// Takes the instance that worked last, or starts a new one, for which the call waits.
    pub fn take_instance(&mut self, p: &Program, key: Key, at: u32) {
        let now = self.now();
        let replica = &self.replicas[at as usize];
        let (component, in_use) = (replica.component as usize, i64::from(replica.slots_used));
        let instances = match &mut self.stations[component].function {
            None => return self.begin(p, key),
            Some(instances) => instances,
        };
        let work = &mut self.works[key];
        work.since = now;
        work.version = instances.version;
        let is_supposed_warm = p.run.request.is_some() && !p.run.misses.contains(&component);
        let is_warm = instances.idle.pop_back().is_some() || is_supposed_warm;
        instances.most = instances.most.max(in_use + instances.idle());
        if is_warm {
            instances.warm += 1;
            return self.agenda.push(Next::Begin(key));
        }
        instances.cold += 1;
        let law = &p.routes[work.route as usize].cold_start;
        let time =
            law.as_ref().map_or(0, |law| law.time(self.chance.as_ref(), work.within.number, work.within.occurrence));
        if time == 0 {
            return self.agenda.push(Next::Begin(key));
        }
        instances.starting += 1;
        work.phase = Phase::Starting;
        self.clock.schedule(now + time, Class::Completion, Event::Started(key));
    }

    /// An instance has started: it works on the call that it was started for.
    pub fn started(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        if work.phase != Phase::Starting {
            return;
        }
        let (number, at, since) = (work.number as i64, work.at, work.since);
        let component = self.replicas[at as usize].component as usize;
        if let Some(instances) = &mut self.stations[component].function {
            instances.starting -= 1;
        }
        self.tell(Told::Worked, number, i64::from(at), FOR_START, since);
        self.begin(p, key);
    }

    /// The instance of a call that is done waits for the next, unless a deploy has replaced it meanwhile.
    pub fn fall_idle(&mut self, component: usize, version: u32) {
        let now = self.clock.now;
        if let Some(instances) = &mut self.stations[component].function {
            if version != instances.version {
                return;
            }
            instances.idle.push_back(now);
            if !instances.is_watched {
                instances.is_watched = true;
                let until = now.saturating_add(instances.idle_after);
                self.clock.schedule(until, Class::Controller, Event::Idle(component as u32));
            }
        }
    }

    /// Instances that have been idle for so long are gone.
    pub fn end_idle(&mut self, component: u32) {
        let now = self.clock.now;
        if let Some(instances) = &mut self.stations[component as usize].function {
            let until = |since: &i64| since.saturating_add(instances.idle_after);
            let gone = instances.idle.iter().take_while(|since| until(since) <= now).count();
            instances.idle.drain(..gone);
            instances.is_watched = !instances.idle.is_empty();
            if let Some(first) = instances.idle.front() {
                let until = first.saturating_add(instances.idle_after);
                self.clock.schedule(until, Class::Controller, Event::Idle(component));
            }
        }
    }

    /// Counts a call that a function did not let in.
    pub fn count_refused(&mut self, component: usize) {
        if let Some(instances) = &mut self.stations[component].function {
            instances.refused += 1;
        }
    }

    /// Of each function what was counted, and how many of its instances are in use, starting and idle now.
    pub fn functions(&self) -> Vec<i64> {
        let mut found = Vec::new();
        for (component, station) in self.stations.iter().enumerate() {
            if let Some(each) = &station.function {
                let replica = &self.replicas[station.first as usize];
                let in_use = i64::from(replica.slots_used);
                let counted = [each.warm, each.cold, each.throttled, each.refused, each.lost, each.most];
                found.push(component as i64);
                found.extend(counted);
                found.extend([in_use - each.starting, each.starting, each.idle()]);
            }
        }
        found
    }
}
