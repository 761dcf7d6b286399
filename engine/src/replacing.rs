//! What becomes of what a replica has, and remembers, when it goes down or another process takes its place (engine
//! contract, sections 5.2 and 5.4).
//!
//! Of one that is replaced the old process moves to a row of its own, which bears the same name: the second set of a
//! component that is deployed blue and green. What strikes a name therefore strikes both.

use crate::breaker::Line;
use crate::cause::Cause;
use crate::program::Program;
use crate::slab::Key;
use crate::task::{Origin, Outcome, Phase, Waiter};
use crate::world::{Learns, Next, World, PLATFORM};

impl World {
    /// The row beside a replica's, for the process that it replaces.
    pub fn second_of(&self, replica: u32) -> u32 {
        replica + self.stations[self.replicas[replica as usize].component as usize].rows
    }

    /// Ends everything that a replica has in work or has asked for; its queues, slots and cores are empty.
    pub fn clear(&mut self, p: &Program, number: u32, silent: bool) {
        let now = self.now();
        if !self.sessions.is_empty() {
            self.lose_sessions(p, number, silent);
        }
        let mut casualties = self.clear_works(p, number);
        self.clear_steps(number);
        let replica = &mut self.replicas[number as usize];
        let waiting = replica.waiting();
        replica.slot_queue.clear();
        replica.core_queue.clear();
        replica.counts.queued.fewer(waiting, now);
        replica.counts.slots.fewer(replica.slots_used, now);
        replica.counts.cores.fewer(replica.cores_used, now);
        replica.counts.in_work.fewer(replica.in_work, now);
        replica.slots_used = 0;
        replica.cores_used = 0;
        replica.in_work = 0;
        let component = replica.component as usize;
        if let Some(instances) = &mut self.stations[component].function {
            let is_on_its_way = |key: &Key| self.works[*key].phase == Phase::WaitsForSlot;
            instances.clear(casualties.iter().filter(|(_, key)| is_on_its_way(key)).count() as i64);
        }
        self.forget_all(p, number);
        casualties.sort_unstable_by_key(|(number, _)| std::cmp::Reverse(*number));
        for (_, key) in casualties {
            self.cut_off(key, number, silent);
        }
    }

    /// Forgets what a replica has asked for; the work that was inside it, by number.
    fn clear_works(&mut self, p: &Program, number: u32) -> Vec<(u64, Key)> {
        let mut casualties = Vec::new();
        for key in self.works.keys() {
            let work = &self.works[key];
            if matches!(work.origin, Origin::Own(_)) {
                if work.at == number {
                    self.works.remove(key);
                }
                continue;
            }
            let is_inside = work.at == number && work.is_inside();
            if work.within.place == number && work.waiting {
                let is_gone = work.phase == Phase::Gone;
                self.forget(key, p.routes[self.works[key].route as usize].connection);
                if is_gone {
                    self.works.remove(key);
                    continue;
                }
            }
            if is_inside {
                casualties.push((self.works[key].number, key));
            }
        }
        casualties
    }

    /// Ends the steps that a replica was doing, and the requests that began there.
    fn clear_steps(&mut self, number: u32) {
        for key in self.requests.keys() {
            if self.requests[key].within.place == number {
                let outcome = Outcome::new(0, Cause::Reset);
                self.agenda.push(Next::Result(Waiter::Request(key), outcome));
            }
        }
        for key in self.sequences.keys() {
            if self.sequences[key].within.place == number {
                self.sequences.remove(key);
            }
        }
        for key in self.joins.keys() {
            if self.joins[key].within.place == number {
                self.joins.remove(key);
            }
        }
        for key in self.calls.keys() {
            if self.calls[key].within.place == number {
                self.calls.remove(key);
            }
        }
    }

    /// A call that was in work at a replica that died: reset, or silence.
    fn cut_off(&mut self, key: Key, number: u32, silent: bool) {
        let now = self.now();
        let work = &mut self.works[key];
        work.holds_slot = false;
        let counts = &mut self.replicas[number as usize].counts;
        counts.time_inside += now - work.entered;
        if work.is_delivery() {
            counts.lost += 1;
            self.works.remove(key);
        } else if silent {
            counts.lost += 1;
            self.vanish(key);
        } else {
            counts.reset += 1;
            work.phase = Phase::Gone;
            self.reject(key, Outcome::new(0, Cause::Reset));
        }
    }

    /// What a replica that went down remembers when it is back: nothing. A cache is empty once none of it is left.
    fn forget_all(&mut self, p: &Program, number: u32) {
        let component = self.replicas[number as usize].component as usize;
        for (connection, row) in p.connections.iter().enumerate() {
            if row.from == component {
                let line = self.line_of(connection, number);
                self.empty_pool(connection, line);
                self.lines[line] = Line::new(row.breaker.is_some());
            }
        }
        let chooser = self.chooser_of(number) as usize;
        if self.choosers[chooser].learns != Learns::Late {
            self.choosers[chooser].forget_view();
        }
        let mut others = self.stations[component].replicas().filter(|other| *other != number);
        let is_left = others.any(|other| self.replicas[other as usize].is_up());
        if let Some(cache) = self.stations[component].cache.as_mut().filter(|_| !is_left) {
            cache.clear();
        }
    }

    /// Moves all that a replica has in hand, and all that it remembers, to the row beside; it is as new afterwards.
    pub fn hand_over(&mut self, p: &Program, number: u32, second: u32) {
        let now = self.now();
        let (head, tail) = self.replicas.split_at_mut(second as usize);
        let (old, new) = (&mut head[number as usize], &mut tail[0]);
        new.exists = true;
        for (from, to, used, its) in [
            (&mut old.counts.slots, &mut new.counts.slots, &mut old.slots_used, &mut new.slots_used),
            (&mut old.counts.cores, &mut new.counts.cores, &mut old.cores_used, &mut new.cores_used),
            (&mut old.counts.in_work, &mut new.counts.in_work, &mut old.in_work, &mut new.in_work),
        ] {
            from.fewer(*used, now);
            to.more(*used, now);
            *its = std::mem::take(used);
        }
        new.begun = std::mem::take(&mut old.begun);
        new.slot_queue = std::mem::take(&mut old.slot_queue);
        new.core_queue = std::mem::take(&mut old.core_queue);
        let waiting = new.waiting();
        old.counts.queued.fewer(waiting, now);
        new.counts.queued.more(waiting, now);
        self.hand_over_tasks(number, second);
        for (connection, row) in p.connections.iter().enumerate() {
            if row.from == self.replicas[number as usize].component as usize {
                let (line, its) = (self.line_of(connection, number), self.line_of(connection, second));
                self.lines[its] = std::mem::replace(&mut self.lines[line], Line::new(row.breaker.is_some()));
            }
        }
        self.hand_over_views(number as usize, second as usize);
        self.hand_over_sessions(number, second);
    }

    fn hand_over_tasks(&mut self, number: u32, second: u32) {
        let moved = |place: &mut u32| {
            if *place == number {
                *place = second;
            }
        };
        for key in self.requests.keys() {
            moved(&mut self.requests[key].within.place);
        }
        for key in self.sequences.keys() {
            moved(&mut self.sequences[key].within.place);
        }
        for key in self.joins.keys() {
            moved(&mut self.joins[key].within.place);
        }
        for key in self.calls.keys() {
            moved(&mut self.calls[key].within.place);
        }
        for key in self.works.keys() {
            moved(&mut self.works[key].within.place);
            moved(&mut self.works[key].at);
        }
    }

    /// What others count as under way goes with the old process; a balancer's own view stays with it.
    fn hand_over_views(&mut self, number: usize, second: usize) {
        for chooser in self.choosers.iter_mut() {
            chooser.outstanding[second] += std::mem::take(&mut chooser.outstanding[number]);
        }
        let (mine, its) = (self.chooser_of(number as u32), self.chooser_of(second as u32) as usize);
        if mine == PLATFORM {
            return;
        }
        let (head, tail) = self.choosers.split_at_mut(its);
        let (old, new) = (&mut head[mine as usize], &mut tail[0]);
        for (from, to) in old.outstanding.iter_mut().zip(new.outstanding.iter_mut()) {
            *to += std::mem::take(from);
        }
        new.believed.clone_from(&old.believed);
        new.turns.clone_from(&old.turns);
        new.member_turns.clone_from(&old.member_turns);
        new.shard_turns.clone_from(&old.shard_turns);
        new.credits.clone_from(&old.credits);
        if old.learns != Learns::Late {
            old.forget_view();
        }
    }
}
