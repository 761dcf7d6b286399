//! A call as its caller sees it: attempts, answers, retries, fallbacks (engine contract, sections 3 and 6).

use crate::cause::{is_retried, Cause};
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Jitter, Operation, Program, Route, Watch, ONE};
use crate::session::{Holder, NO_SESSION};
use crate::slab::Key;
use crate::task::{Call, CallPhase, Missed, Origin, Outcome, Phase, Waiter, Within, Work};
use crate::world::{Next, World};

impl World {
    /// Begins a call for steps that wait for it, or for nobody.
    pub fn begin_call(&mut self, p: &Program, op: u32, within: Within, parent: Option<Key>) {
        let call = self.calls.insert(Call { within, parent, op, ..Call::default() });
        self.make_attempt(p, call);
    }

    /// One attempt, later on.
    pub fn try_call(&mut self, p: &Program, key: Key) {
        self.make_attempt(p, key);
    }

    /// One attempt: choose whom to ask, ask leave of bulkhead and breaker, send.
    #[inline(always)]
    fn make_attempt(&mut self, p: &Program, key: Key) {
        let operation = &p.operations[self.calls[key].op as usize];
        let route_number = if operation.routes == 1 { operation.first_route } else { self.choose_route(p, key) };
        let route = &p.routes[route_number as usize];
        let connection = route.connection;
        let call = &mut self.calls[key];
        let place = call.within.place;
        call.route = route_number;
        call.tries += 1;
        let is_first = call.tries == 1;
        let line = self.line_of(connection, place);
        if is_first {
            self.draw_key(operation, key);
            if let Some(tokens) = route.budget {
                self.lines[line].earn(tokens);
            }
        }
        let limits = &p.connections[connection];
        match (limits.max_concurrent, limits.max_wait) {
            (Some(most), Some(patience)) => self.ask_for_place(p, key, line, most, patience),
            (Some(most), None) if self.lines[line].in_flight >= most => {
                self.unsent(p, key, Outcome::new(503, Cause::Bulkhead));
            }
            _ => {
                self.attempt(p, key, line);
            }
        }
    }

    /// Asks leave of the breaker, chooses whom to ask, and sends; whether it could.
    pub fn attempt(&mut self, p: &Program, key: Key, line: usize) -> bool {
        let call = &self.calls[key];
        let (route, place) = (&p.routes[call.route as usize], call.within.place);
        let connection = route.connection;
        if p.connections[connection].breaker.is_some() && !self.breaker_permits(p, connection, place) {
            self.unsent(p, key, Outcome::new(503, Cause::BreakerOpen));
            return false;
        }
        let chosen = match self.holder(p, &self.calls[key].within, route.to) {
            Holder::Anybody => self.choose_replica(p, key, route, place),
            Holder::At(replica) => Some(replica),
            Holder::Nobody => {
                let epoch = self.lines[line].epoch();
                self.breaker_hears(p, connection, place, epoch, true);
                self.unsent(p, key, NO_SESSION);
                return false;
            }
        };
        match chosen {
            Some(replica) => self.send(p, key, route, line, replica),
            None => {
                let epoch = self.lines[line].epoch();
                self.breaker_hears(p, connection, place, epoch, true);
                self.unsent(p, key, Outcome::new(503, Cause::NoReplica));
                return false;
            }
        }
        true
    }

    /// Draws which key is asked for, where hits are simulated.
    #[inline]
    fn draw_key(&mut self, operation: &Operation, key: Key) {
        if let (Some((keys, stream)), Some(chance)) = (&operation.keys, &self.chance) {
            let call = &mut self.calls[key];
            call.key = keys.key(&chance.draw(*stream, call.within.number, u64::from(call.within.occurrence))) as u32;
        }
    }

    /// Gives an attempt its number in the log and notes that it was made.
    #[inline]
    fn next_number(&mut self, p: &Program, key: Key, replica: i64) -> u64 {
        self.attempts += 1;
        if self.record.watch == Watch::Everything {
            let Call { within, op, tries, route, .. } = self.calls[key];
            let connection = p.routes[route as usize].connection;
            let number = self.attempts as i64;
            self.tell(Told::Sent, number, i64::from(within.context), i64::from(op), replica);
            self.tell(Told::Attempt, number, i64::from(tries), i64::from(within.row), connection as i64);
        }
        self.attempts
    }

    /// An attempt that fails before anything is sent.
    #[cold]
    pub fn unsent(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let number = self.next_number(p, key, -1);
        self.tell(Told::Heard, number as i64, i64::from(outcome.status), outcome.cause as i64, 0);
        self.decide(p, key, outcome, true);
    }

    /// Sends one attempt on its way; its clock starts now.
    #[inline(always)]
    fn send(&mut self, p: &Program, key: Key, route: &Route, line: usize, replica: u32) {
        let now = self.now();
        let number = self.next_number(p, key, i64::from(replica));
        let Call { within, route: route_number, tries, op, key: asked, .. } = self.calls[key];
        let cpu = self.draw_cpu(p, op, &within);
        let connection = route.connection;
        let link = &mut self.links[connection];
        let latency = match &route.latency {
            None => 0,
            Some(law) => law.time(self.chance.as_ref(), within.number, within.occurrence),
        };
        let latency = link.slow.of(latency);
        link.retries += i64::from(tries > 1);
        let mut epoch = 0;
        if link.is_counted {
            let line = &mut self.lines[line];
            line.in_flight += 1;
            epoch = line.epoch();
            self.count_place(connection, 1);
        }
        let work = self.works.insert(Work {
            within,
            origin: Origin::Call(key),
            op,
            route: route_number,
            at: replica,
            waiting: true,
            tries,
            key: asked,
            cpu,
            sent: now,
            back: latency - latency / 2,
            number,
            epoch,
            ..Work::default()
        });
        if !self.sessions.is_empty() {
            self.note_handshake(&within, number, replica);
        }
        if self.counts_outstanding {
            let chooser = self.chooser_of(within.place) as usize;
            self.choosers[chooser].outstanding[replica as usize] += 1;
        }
        self.await_time_out(route, work, route_number);
        let is_lost =
            self.is_cut(p, work, now) || self.is_lost(connection, &within, || p.operations[op as usize].draws.loss_out);
        if is_lost {
            self.works[work].phase = Phase::Gone;
            self.tell(Told::Lost, number as i64, 0, 0, 0);
        } else if latency / 2 == 0 {
            self.come_in(p, work);
        } else {
            self.clock.schedule(now + latency / 2, Class::Incoming, Event::Arrive(work));
        }
    }

    /// The callee's answer sets off for the caller.
    #[inline(always)]
    pub fn reply(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &mut self.works[key];
        if !work.waiting {
            return self.works.remove(key);
        }
        work.since = now;
        let (within, back) = (work.within, work.back);
        let connection = p.routes[work.route as usize].connection;
        let op = work.op as usize;
        if self.is_cut(p, key, now) || self.is_lost(connection, &within, || p.operations[op].draws.loss_back) {
            return self.lose_answer(key);
        }
        let work = &mut self.works[key];
        work.phase = Phase::Returning;
        if back == 0 {
            let (outcome, own) = (work.outcome, work.own);
            self.settle(p, key, outcome, own);
        } else {
            self.clock.schedule(now + back, Class::Completion, Event::Hear(key));
        }
    }

    /// The caller will never hear of this attempt.
    fn lose_answer(&mut self, key: Key) {
        self.works[key].phase = Phase::Gone;
        let number = self.works[key].number;
        self.tell(Told::Lost, number as i64, 1, 0, 0);
    }

    /// The answer, or the news that there is none, reaches the caller.
    pub fn hear(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        if work.is_delivery() {
            self.acknowledged(p, key);
        } else if !work.waiting {
            self.works.remove(key);
        } else if self.is_cut(p, key, work.since) {
            self.lose_answer(key);
        } else {
            let (outcome, own) = (work.outcome, work.own);
            self.settle(p, key, outcome, own);
        }
    }

    /// The caller gives an attempt up; the callee is not told.
    pub fn give_up(&mut self, p: &Program, key: Key) {
        self.settle(p, key, Outcome::new(0, Cause::Timeout), true);
    }

    /// An attempt is over for its caller.
    #[inline(always)]
    fn settle(&mut self, p: &Program, key: Key, outcome: Outcome, own: bool) {
        let Work { number, epoch, route, origin, degraded, missed, phase, .. } = self.works[key];
        let place = self.works[key].within.place;
        self.tell(Told::Heard, number as i64, i64::from(outcome.status), outcome.cause as i64, 0);
        if !self.sessions.is_empty() {
            let within = self.works[key].within;
            self.handshake_hears(&within, number, outcome.is_good());
        }
        let connection = p.routes[route as usize].connection;
        let limits = &p.connections[connection];
        self.forget(key, connection);
        if limits.breaker.is_some() {
            self.breaker_hears(p, connection, place, epoch, outcome.status == 0 || outcome.status >= 500);
        }
        if phase == Phase::Returning || phase == Phase::Gone {
            self.works.remove(key);
        }
        if limits.max_concurrent.is_some() {
            if let Some(next) = self.next_waiting(p, connection, place) {
                self.at_once(p, Next::EnterPool(next));
            }
        }
        if let Origin::Call(call) = origin {
            if self.calls.has(call) {
                let told = &mut self.calls[call];
                told.missed = missed != Missed::No;
                told.degraded |= degraded && outcome.is_good();
                if outcome.cause == Cause::None && !p.routes[route as usize].miss_by_caller {
                    self.end_call(p, call, if outcome.status >= 400 { outcome } else { Outcome::GOOD });
                } else {
                    self.decide(p, call, outcome, own);
                }
            }
        }
    }

    /// Nobody waits for an attempt any more: it counts no longer as under way.
    #[inline]
    pub fn forget(&mut self, key: Key, connection: usize) {
        let work = &mut self.works[key];
        work.waiting = false;
        let (place, at) = (work.within.place, work.at as usize);
        if self.links[connection].is_counted {
            let line = self.line_of(connection, place);
            let in_flight = &mut self.lines[line].in_flight;
            *in_flight = in_flight.wrapping_sub(1);
            self.count_place(connection, -1);
        }
        if self.counts_outstanding {
            let chooser = self.chooser_of(place) as usize;
            let outstanding = &mut self.choosers[chooser].outstanding[at];
            *outstanding = outstanding.wrapping_sub(1);
        }
    }

    /// After an attempt: try again, or conclude the call.
    fn decide(&mut self, p: &Program, key: Key, outcome: Outcome, own: bool) {
        let call = &self.calls[key];
        let (route, tries, place) = (&p.routes[call.route as usize], call.tries, call.within.place);
        let mut again = outcome.cause != Cause::None && tries < route.attempts && is_retried(route, outcome, own);
        if again && route.budget.is_some() {
            let line = self.line_of(route.connection, place);
            again = self.lines[line].pay();
        }
        if !again {
            return self.conclude(p, key, outcome);
        }
        let wait = self.backoff(p, key);
        let call = &mut self.calls[key];
        call.within.occurrence = call.within.occurrence.wrapping_add(1);
        let (op, within) = (call.op, call.within);
        self.tell(Told::Backoff, i64::from(op), i64::from(within.context), wait, i64::from(within.row));
        if wait == 0 {
            self.agenda.push(Next::Try(key));
        } else {
            self.clock.schedule(self.clock.now + wait, Class::Incoming, Event::Try(key));
        }
    }

    /// The wait after the last attempt.
    fn backoff(&self, p: &Program, key: Key) -> i64 {
        let call = &self.calls[key];
        let route = &p.routes[call.route as usize];
        let wait = match route.waits.get(call.tries as usize - 1) {
            None => return 0,
            Some(wait) => *wait,
        };
        let draw = p.operations[call.op as usize].draws.jitter;
        let share = || {
            let bits = draw.bits(self.chance.as_ref(), call.within.number, call.within.occurrence);
            bits as f64 / ONE as f64
        };
        match route.jitter {
            Jitter::None => wait,
            Jitter::Full => (wait as f64 * share() + 0.5) as i64,
            Jitter::Equal => wait - wait / 2 + ((wait / 2) as f64 * share() + 0.5) as i64,
        }
    }

    /// After the last attempt: what the caller does with the outcome.
    fn conclude(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let call = &self.calls[key];
        let route = &p.routes[call.route as usize];
        let failed = outcome.cause != Cause::None;
        if !failed && outcome.status >= 400 {
            return self.end_call(p, key, outcome);
        }
        if route.miss_by_caller && route.miss.is_some() && (failed || call.missed) {
            let call = &mut self.calls[key];
            call.degraded |= failed;
            call.phase = CallPhase::Missing;
            let (within, asked) = (call.within, call.key);
            if self.leads(route.to, Waiter::Call(key), asked) {
                self.begin_sequence(Waiter::Call(key), within, route.miss);
            }
        } else if failed {
            self.fall_back(p, key, outcome);
        } else {
            self.end_call(p, key, Outcome::GOOD);
        }
    }

    /// A call has failed for good: do what is written for that, else fail with it.
    fn fall_back(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let call = &mut self.calls[key];
        let fallback = p.operations[call.op as usize].fallback;
        if fallback.is_none() || call.phase == CallPhase::FallingBack {
            return self.end_call(p, key, outcome);
        }
        call.phase = CallPhase::FallingBack;
        call.degraded = true;
        let (op, within) = (call.op, call.within);
        self.tell(Told::Fallback, i64::from(op), i64::from(within.context), 0, 0);
        self.begin_sequence(Waiter::Call(key), within, fallback);
    }

    /// The steps on a miss, or those of a fallback, have come to an end.
    pub fn call_ended(&mut self, p: &Program, key: Key, outcome: Outcome) {
        if self.calls[key].phase == CallPhase::Missing {
            let (asked, route) = (self.calls[key].key, self.calls[key].route);
            self.finish_miss(p.routes[route as usize].to, Waiter::Call(key), asked, outcome);
        }
        if outcome.cause == Cause::None {
            self.end_call(p, key, outcome);
        } else {
            self.fall_back(p, key, outcome);
        }
    }

    fn end_call(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let call = &self.calls[key];
        let (parent, degraded) = (call.parent, call.degraded);
        self.calls.remove(key);
        self.report(p, parent, outcome, degraded);
    }
}
