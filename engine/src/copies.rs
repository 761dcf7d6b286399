//! Writes that wait for synchronous copies of their store (engine contract, section 7.8).

use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{CopyWaitedFor, Program};
use crate::slab::Key;
use crate::task::Phase;
use crate::world::{Next, World, PLATFORM};

/// In place of a moment.
const NEVER: i64 = 1 << 62;

impl World {
    /// A write is at its store: send it to every copy; while one that is needed cannot be reached, wait for that.
    pub fn replicate(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &mut self.works[key];
        work.phase = Phase::Replicating;
        let (number, at) = (work.number as i64, work.at);
        let (mut longest, mut until) = (0, now);
        for copy in &p.routes[work.route as usize].copies {
            match self.goes_on_without(p, key, copy) {
                None => longest = longest.max(self.way_to_copy(key, copy)),
                Some(moment) if moment > now => {
                    until = until.max(moment);
                    self.tell(Told::Waits, number, i64::from(at), copy.store as i64, 0);
                }
                Some(_) => {}
            }
        }
        if until > now {
            self.waiting_writes.push(key);
            if until < NEVER {
                self.clock.schedule(until, Class::Controller, Event::Replicate(key));
            }
        } else if longest > 0 {
            self.clock.schedule(now + longest, Class::Completion, Event::Replicated(key));
        } else {
            self.write_done(p, key);
        }
    }

    /// What a write has waited for may be over.
    pub fn replicate_again(&mut self, p: &Program, key: Key) {
        if self.works[key].phase == Phase::Replicating {
            self.replicate(p, key);
        }
    }

    /// The copies have a write; if one was lost meanwhile, it is sent again.
    pub fn replicated(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &self.works[key];
        if work.phase != Phase::Replicating {
            return;
        }
        let copies = &p.routes[work.route as usize].copies;
        let lacks = |copy: &CopyWaitedFor| self.goes_on_without(p, key, copy).map_or(false, |moment| moment > now);
        if copies.iter().any(lacks) {
            self.replicate(p, key);
        } else {
            self.write_done(p, key);
        }
    }

    /// What the store does beside the write.
    fn write_done(&mut self, p: &Program, key: Key) {
        let component = self.replicas[self.works[key].at as usize].component as usize;
        if self.look_up(p, key, component) {
            self.run_steps(p, key);
        }
    }

    /// How long a write takes to a copy and back.
    fn way_to_copy(&self, key: Key, copy: &CopyWaitedFor) -> i64 {
        let within = &self.works[key].within;
        let time = match &copy.latency {
            None => 0,
            Some(law) => law.time(self.chance.as_ref(), within.number, within.occurrence),
        };
        self.links[copy.connection].slow.of(time)
    }

    /// When writes go on without a copy: `failover_time` after it was lost, or never; nothing where it can be reached.
    fn goes_on_without(&self, p: &Program, key: Key, copy: &CopyWaitedFor) -> Option<i64> {
        let primary = self.works[key].at;
        let known = p.components[copy.store].failover_time;
        let shard = self.replicas[primary as usize].shard;
        let holds = |replica: &u32| {
            let its = self.replicas[*replica as usize].shard;
            shard.is_none() || its.is_none() || its == shard
        };
        let long_ago = self.now() - known;
        let away = |replica| self.away_since(primary, replica, copy.connection, long_ago);
        let lost = self.stations[copy.store].replicas().filter(holds).map(away).max().unwrap_or(-NEVER);
        if lost == NEVER {
            None
        } else if copy.continues {
            Some(lost + known)
        } else {
            Some(NEVER)
        }
    }

    /// Since when one replica of a copy has been out of reach, or never; `long_ago` where that is known anyway.
    fn away_since(&self, primary: u32, number: u32, connection: usize, long_ago: i64) -> i64 {
        let (primary, replica) = (&self.replicas[primary as usize], &self.replicas[number as usize]);
        let mut since = NEVER;
        if !self.choosers[PLATFORM as usize].believed[number as usize] || !replica.exists || !replica.registered {
            since = long_ago;
        }
        if !replica.is_up() {
            since = since.min(replica.down_since);
        }
        if primary.island != replica.island {
            since = since.min(primary.island_since.max(replica.island_since));
        }
        let link = &self.links[connection];
        if link.cut > 0 {
            since = since.min(link.cut_since);
        }
        since
    }

    /// A replica or a connection is back: every write that waits for a copy looks again.
    pub fn wake_writes(&mut self) {
        for key in std::mem::take(&mut self.waiting_writes).into_iter().rev() {
            if self.works.has(key) {
                self.agenda.push(Next::Replicate(key));
            }
        }
    }
}
