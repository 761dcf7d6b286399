//! A call's arrival at a replica: refused, limited, or admitted to a slot (engine contract, section 2).

use crate::cause::Cause;
use crate::log::Told;
use crate::program::{Component, Program};
use crate::slab::Key;
use crate::task::{Outcome, Phase};
use crate::world::{Next, World};

/// What a call waits for, as the log tells it.
pub const FOR_SLOT: i64 = 0;

impl World {
    /// A request or a message reaches its replica, if it is still on its way.
    pub fn arrive(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        if work.is_delivery() {
            self.receive_message(p, key);
        } else if work.phase == Phase::Travelling {
            self.come_in(p, key);
        }
    }

    /// A request is at its replica: that may be dead, cut off or limited; else it seeks admission.
    #[inline(always)]
    pub fn come_in(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let (at, number, tries) = (work.at, work.number as i64, work.tries);
        if self.is_cut(p, key, work.sent) || self.replicas[at as usize].silent > 0 {
            return self.vanish(key);
        }
        let replica = &mut self.replicas[at as usize];
        replica.counts.calls += 1;
        replica.counts.retries += i64::from(tries > 1);
        let component = replica.component as usize;
        if replica.refuses > 0 || !replica.exists {
            replica.counts.refused += 1;
            self.count_refused(component);
            return self.reject(key, Outcome::new(0, Cause::Refused));
        }
        let has_errors = replica.errors_at_once.share.0 > 0;
        self.tell(Told::Arrived, number, i64::from(at), 0, 0);
        let callee = &p.components[component];
        if (!callee.admits_all || has_errors || !self.sessions.is_empty()) && !self.lets_in(p, key, at) {
            return;
        }
        if callee.idle_after.is_some() {
            self.admit_to_function(p, key, at);
        } else {
            self.admit(p, key, at, callee);
        }
    }

    /// Whether a call may come in; where not, it has its answer.
    fn lets_in(&mut self, p: &Program, key: Key, at: u32) -> bool {
        let component = self.replicas[at as usize].component as usize;
        if p.components[component].needs > 1 && !self.enough_up(p, component) {
            self.replicas[at as usize].counts.answered += 1;
            self.reject(key, Outcome::new(503, Cause::NoReplica));
            return false;
        }
        let now = self.now();
        if let Some(limiter) = &mut self.stations[component].limiter {
            if !limiter.passes(now) {
                self.replicas[at as usize].counts.rate_limited += 1;
                self.reject(key, Outcome::new(429, Cause::RateLimited));
                return false;
            }
        }
        if !self.sessions.is_empty() && !self.takes_place(p, key, at) {
            self.replicas[at as usize].counts.shed += 1;
            self.reject(key, Outcome::new(503, Cause::Shed));
            return false;
        }
        if self.replicas[at as usize].errors_at_once.share.0 > 0 {
            if let Some(status) = self.error_at_once(p, key, at) {
                self.count_refused(component);
                self.answer_error(key, at, status);
                return false;
            }
        }
        true
    }

    /// The error that a replica answers without doing anything, if it does so to this call.
    fn error_at_once(&self, p: &Program, key: Key, at: u32) -> Option<u16> {
        let work = &self.works[key];
        let draw = p.operations[work.op as usize].draws.fault_at_once;
        let bits = draw.bits(self.chance.as_ref(), work.within.number, work.within.occurrence);
        let errors = &self.replicas[at as usize].errors_at_once;
        Some(errors.status).filter(|_| errors.share.holds(bits))
    }

    /// Answers an error at admission, without a slot or a core.
    fn answer_error(&mut self, key: Key, at: u32, status: u16) {
        let counts = &mut self.replicas[at as usize].counts;
        counts.answered += 1;
        counts.errors += i64::from(status >= 500);
        let cause = if status >= 500 || status == 429 { Cause::Error } else { Cause::None };
        self.reject(key, Outcome::new(status, cause));
    }

    /// A request is lost without a word.
    pub fn vanish(&mut self, key: Key) {
        let work = &mut self.works[key];
        work.phase = Phase::Gone;
        let (number, waiting) = (work.number as i64, work.waiting);
        self.tell(Told::Lost, number, 0, 0, 0);
        if !waiting {
            self.works.remove(key);
        }
    }

    /// Answers at once, without touching a resource.
    pub fn reject(&mut self, key: Key, outcome: Outcome) {
        let work = &mut self.works[key];
        work.outcome = outcome;
        work.own = true;
        let number = work.number as i64;
        self.tell(Told::Answered, number, i64::from(outcome.status), outcome.cause as i64, 1);
        self.agenda.push(Next::Reply(key));
    }

    /// Takes a slot, or waits for one, or is shed.
    #[inline(always)]
    fn admit(&mut self, p: &Program, key: Key, at: u32, callee: &Component) {
        let now = self.now();
        let replica = &mut self.replicas[at as usize];
        let work = &mut self.works[key];
        work.since = now;
        let waits = callee.is_bounded && (!replica.slot_queue.is_empty() || replica.slots_used >= callee.room());
        if waits && callee.queue_limit.map_or(false, |limit| replica.slot_queue.len() >= limit as usize) {
            replica.counts.shed += 1;
            return self.reject(key, Outcome::new(503, Cause::Shed));
        }
        replica.counts.in_work.more(1, now);
        replica.in_work += 1;
        work.entered = now;
        if waits {
            work.phase = Phase::WaitsForSlot;
            let number = work.number as i64;
            replica.counts.queued.more(1, now);
            replica.slot_queue.push_back(key);
            return self.tell(Told::Queued, number, i64::from(at), FOR_SLOT, 0);
        }
        replica.take_slot(now);
        work.holds_slot = true;
        self.begin(p, key);
    }
}
