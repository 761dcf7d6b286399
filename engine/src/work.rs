//! Work at a replica: over slot, core and time to the answer (engine contract, section 2).

use crate::arrival::FOR_SLOT;
use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, Watch};
use crate::slab::Key;
use crate::slowness::scaled;
use crate::task::{Missed, Origin, Outcome, Phase, Waiter, Within, Work};
use crate::world::{Next, World};

const FOR_CORE: i64 = 1;

impl World {
    /// Begins a step that a caller does itself, for steps that wait for it, or for nobody.
    pub fn begin_own_work(&mut self, p: &Program, op: u32, within: Within, parent: Option<Key>) {
        let cpu = self.draw_cpu(p, op, &within);
        let own = Work { within, origin: Origin::Own(parent), op, at: within.place, cpu, ..Work::default() };
        let work = self.works.insert(own);
        self.begin(p, work);
    }

    /// How long a step keeps a core.
    #[inline(always)]
    pub fn draw_cpu(&self, p: &Program, op: u32, within: &Within) -> i64 {
        let law = p.operations[op as usize].cpu.as_ref();
        law.map_or(0, |law| law.time(self.chance.as_ref(), within.number, within.occurrence))
    }

    /// Work begins: seeks a core where the step has `cpu`.
    pub fn begin(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &mut self.works[key];
        work.since = now;
        let (at, op) = (work.at, work.op);
        if p.operations[op as usize].cpu.is_none() {
            return self.take(p, key);
        }
        let replica = &self.replicas[at as usize];
        match p.components[replica.component as usize].cores {
            Some(cores) if replica.cores_used >= cores => self.wait_for_core(p, key, at),
            _ if self.start_cpu(p, key) => self.agenda.push(Next::EndCpu(key)),
            _ => {}
        }
    }

    /// Queues for a core; where cores are the first bounded thing of a call, a full queue sheds.
    fn wait_for_core(&mut self, p: &Program, key: Key, at: u32) {
        let now = self.now();
        let component = self.component_of(p, at);
        let is_first = self.works[key].is_called() && !component.is_bounded;
        let waiting = self.replicas[at as usize].core_queue.len();
        if is_first && component.queue_limit.map_or(false, |limit| waiting >= limit as usize) {
            self.replicas[at as usize].counts.shed += 1;
            self.leave(key, at);
            return self.reject(key, Outcome::new(503, Cause::Shed));
        }
        let work = &mut self.works[key];
        work.phase = Phase::WaitsForCore;
        let number = work.number as i64;
        let replica = &mut self.replicas[at as usize];
        replica.counts.queued.more(1, now);
        replica.core_queue.push_back(key);
        self.tell(Told::Queued, number, i64::from(at), FOR_CORE, 0);
    }

    /// A core is free for this work: it holds it for the drawn time. Whether that is none at all.
    fn start_cpu(&mut self, p: &Program, key: Key) -> bool {
        let now = self.now();
        let work = &mut self.works[key];
        let replica = &mut self.replicas[work.at as usize];
        if now > work.since {
            replica.counts.waited += 1;
            replica.counts.time_waited += now - work.since;
        }
        replica.counts.cores.more(1, now);
        replica.cores_used += 1;
        work.phase = Phase::OnCore;
        work.since = now;
        let speed = p.components[replica.component as usize].speed;
        let time = if speed.0 == speed.1 { work.cpu } else { scaled(work.cpu, speed.1, speed.0) };
        let time = replica.slow.of(time);
        if time > 0 {
            self.clock.schedule(now + time, Class::Completion, Event::EndCpu(key));
        }
        time == 0
    }

    /// The core falls free: first the head of its queue starts, then this work goes on.
    pub fn end_cpu(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &self.works[key];
        if work.phase != Phase::OnCore {
            return;
        }
        let at = work.at as usize;
        let replica = &mut self.replicas[at];
        replica.counts.cores.fewer(1, now);
        replica.cores_used -= 1;
        self.tell_work(key, FOR_CORE);
        match self.replicas[at].core_queue.pop_front() {
            Some(next) => {
                self.replicas[at].counts.queued.fewer(1, now);
                if self.start_cpu(p, next) {
                    return self.agenda.extend([Next::Take(key), Next::EndCpu(next)]);
                }
            }
            None => {}
        }
        self.take(p, key);
    }

    /// Notes a stretch of work that ends now.
    #[inline(always)]
    fn tell_work(&mut self, key: Key, with: i64) {
        if self.record.watch == Watch::Everything {
            self.tell_stretch(key, with);
        }
    }

    fn tell_stretch(&mut self, key: Key, with: i64) {
        let work = &self.works[key];
        let since = work.since;
        if since < self.now() {
            let (number, at, context, op) = (work.number, work.at, work.within.context, work.op);
            if work.is_called() {
                self.tell(Told::Worked, number as i64, i64::from(at), with, since);
            } else {
                self.tell(Told::Own, i64::from(context), i64::from(op), with, since);
            }
        }
    }

    /// Spends the time that needs no core.
    #[inline(always)]
    pub fn take(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &mut self.works[key];
        work.phase = Phase::Taking;
        work.since = now;
        let time = match &p.operations[work.op as usize].takes {
            None => 0,
            Some(law) => {
                let time = law.time(self.chance.as_ref(), work.within.number, work.within.occurrence);
                self.replicas[work.at as usize].slow.of(time)
            }
        };
        if time == 0 {
            self.has_taken(p, key);
        } else {
            self.clock.schedule(now + time, Class::Completion, Event::Taken(key));
        }
    }

    /// The work proper is done: what the callee answers, and whom it asks before that.
    pub fn taken(&mut self, p: &Program, key: Key) {
        if self.works[key].phase == Phase::Taking {
            self.has_taken(p, key);
        }
    }

    #[inline(always)]
    fn has_taken(&mut self, p: &Program, key: Key) {
        self.tell_work(key, FOR_SLOT);
        if let Origin::Own(parent) = self.works[key].origin {
            self.works.remove(key);
            return self.report(p, parent, Outcome::GOOD, false);
        }
        let status = self.own_status(p, key);
        let work = &mut self.works[key];
        work.phase = Phase::InSteps;
        work.outcome.status = status;
        if status >= 400 {
            work.outcome.cause = if status >= 500 || status == 429 { Cause::Error } else { Cause::None };
            work.own = true;
            return self.answer(p, key);
        }
        let (at, route) = (work.at, &p.routes[work.route as usize]);
        if route.has_steps_only {
            return self.run_steps(p, key);
        }
        let component = self.replicas[at as usize].component as usize;
        let callee = &p.components[component];
        if callee.queue.is_some() {
            self.publish(p, key, component);
        } else if callee.topic.is_some() {
            self.announce(p, key, component);
        } else if !route.copies.is_empty() && route.to == component {
            self.replicate(p, key);
        } else if self.look_up(p, key, component) {
            self.run_steps(p, key);
        }
    }

    /// The status that the callee answers by itself: an injected error, else the step's, else 200.
    fn own_status(&self, p: &Program, key: Key) -> u16 {
        let work = &self.works[key];
        let operation = &p.operations[work.op as usize];
        let (chance, number, occurrence) = (self.chance.as_ref(), work.within.number, work.within.occurrence);
        let errors = &self.replicas[work.at as usize].errors;
        if errors.share.0 > 0 && errors.share.holds(operation.draws.fault.bits(chance, number, occurrence)) {
            return errors.status;
        }
        operation.status.as_ref().map_or(200, |answers| answers.status(chance, number, occurrence))
    }

    /// The callee asks whom it has to ask; without steps it answers.
    #[inline(always)]
    pub fn run_steps(&mut self, p: &Program, key: Key) {
        match p.routes[self.works[key].route as usize].steps {
            None => self.answer(p, key),
            steps => self.begin_inside(p, key, steps),
        }
    }

    /// Lets the callee do steps within this work.
    pub fn begin_inside(&mut self, p: &Program, key: Key, steps: Option<u32>) {
        let work = &self.works[key];
        let within = Within { place: work.at, context: work.number as u32, ..work.within };
        self.run_sequence(p, Waiter::Work(key), within, steps);
    }

    /// The callee's steps, or those of a read-through miss, have come to an end.
    pub fn steps_ended(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let work = &mut self.works[key];
        if work.phase != Phase::InSteps {
            return;
        }
        let filling = work.missed == Missed::Filling;
        let (asked, route) = (work.key, work.route);
        if filling {
            work.missed = Missed::Yes;
            self.finish_miss(p.routes[route as usize].to, Waiter::Work(key), asked, outcome);
        }
        if outcome.is_good() {
            if filling {
                self.run_steps(p, key);
            } else {
                self.answer(p, key);
            }
            return;
        }
        let passes_on = self.component_of(p, self.works[key].at).passes_on;
        let status = if outcome.cause == Cause::None { outcome.status } else { status_for(passes_on, outcome) };
        self.works[key].outcome = Outcome::new(status, outcome.cause);
        self.answer(p, key);
    }

    /// The answer is handed to the network: the slot falls free, its queue's head starts, then the answer goes.
    pub fn answer(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let (at, outcome, number, own, is_delivery) =
            (work.at, work.outcome, work.number as i64, work.own, work.is_delivery());
        self.tell(Told::Answered, number, i64::from(outcome.status), outcome.cause as i64, i64::from(own));
        let counts = &mut self.replicas[at as usize].counts;
        counts.answered += 1;
        counts.errors += i64::from(outcome.status >= 500 || outcome.status == 0);
        self.leave(key, at);
        if is_delivery {
            self.acknowledge(p, key);
            self.start_waiting(p, at);
            return;
        }
        if !self.component_of(p, at).is_bounded {
            return self.reply(p, key);
        }
        let before = self.agenda.len();
        self.start_waiting(p, at);
        if self.agenda.len() == before {
            self.reply(p, key);
        } else {
            self.agenda.insert(before, Next::Reply(key));
        }
    }

    /// A call is no longer inside a replica.
    #[inline(always)]
    pub fn leave(&mut self, key: Key, at: u32) {
        let now = self.now();
        let work = &mut self.works[key];
        let replica = &mut self.replicas[at as usize];
        replica.counts.in_work.fewer(1, now);
        replica.in_work -= 1;
        replica.counts.time_inside += now - work.entered;
        if work.holds_slot {
            replica.give_slot(now);
            work.holds_slot = false;
            let (component, version) = (replica.component as usize, work.version);
            if self.has_functions && work.phase != Phase::WaitsForSlot {
                self.fall_idle(component, version);
            }
        }
        self.drain_if_idle(at);
    }

    /// A slot is free: the head of the queue takes it, else a worker pulls its next message.
    fn start_waiting(&mut self, p: &Program, at: u32) {
        let now = self.now();
        let component = self.component_of(p, at);
        if !component.is_bounded {
            return;
        }
        let replica = &mut self.replicas[at as usize];
        if !replica.slot_queue.is_empty() && replica.slots_used < component.room() {
            if let Some(key) = replica.slot_queue.pop_front() {
                replica.counts.queued.fewer(1, now);
                let work = &mut self.works[key];
                let waited = now - work.since;
                replica.counts.waited += i64::from(waited > 0);
                replica.counts.time_waited += waited;
                replica.take_slot(now);
                work.holds_slot = true;
                self.agenda.push(Next::Begin(key));
            }
        } else {
            let component = replica.component as usize;
            self.pull_messages(p, component);
        }
    }
}

/// What a component answers when a callee it required has failed (engine contract, section 6.8).
fn status_for(passes_on: bool, outcome: Outcome) -> u16 {
    let Outcome { status, cause } = outcome;
    if passes_on && status != 0 {
        return status;
    }
    if status == 504 || (status == 0 && cause == Cause::Timeout) {
        return 504;
    }
    if status == 429 || status == 503 {
        503
    } else {
        502
    }
}
