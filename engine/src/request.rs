//! Requests: where they begin, and how they end.

use crate::cause::Cause;
use crate::log::Told;
use crate::program::{Flow, Program};
use crate::session::{Holder, NO_SESSION};
use crate::slab::Key;
use crate::task::{Outcome, Request, Waiter, Within};
use crate::world::{Next, World};

impl World {
    /// A request arrives: its steps are work of its flow's caller.
    pub fn begin_request(&mut self, p: &Program, flow: u32, number: u64, client: u32, round: u32) {
        let at = self.now();
        let row = self.record.arrived;
        self.record.arrived = row.wrapping_add(1);
        if self.record.keeps_requests {
            self.record.requests.arrive(flow, number, at);
        }
        let of_window = self.record.flows[flow as usize].arrive(at >= p.run.warm_up);
        let within = Within { row, flow, number, client, place: u32::MAX, occurrence: 0, context: 0 };
        let request = self.requests.insert(Request { within, at, of_window, degraded: false, round, restarts: 0 });
        self.due(flow, request);
        self.start_request(p, request, within, 0);
    }

    /// The steps of a request begin, from the first; a job's that has failed once more, with draws of their own.
    #[inline(always)]
    pub fn start_request(&mut self, p: &Program, key: Key, mut within: Within, restarts: u32) {
        let over = self.session_of_request(p, within.flow, within.number);
        within.client = over.map_or(within.client, |(user, _)| user);
        let place = self.caller_replica(p, within.flow, within.client);
        within.place = place.unwrap_or(u32::MAX);
        within.occurrence = restarts;
        let kept = &mut self.requests[key].within;
        kept.client = within.client;
        kept.place = within.place;
        kept.occurrence = restarts;
        if restarts == 0 {
            let told = place.map_or(-1, i64::from);
            self.tell(Told::Arrival, i64::from(within.row), i64::from(within.flow), within.number as i64, told);
        }
        match place {
            _ if over.map_or(false, |(_, is_open)| !is_open) => {
                self.requests[key].within.place = u32::MAX;
                self.agenda.push(Next::Result(Waiter::Request(key), NO_SESSION));
            }
            None => {
                let outcome = Outcome::new(0, Cause::NoReplica);
                self.agenda.push(Next::Result(Waiter::Request(key), outcome));
            }
            Some(place) => {
                self.replicas[place as usize].begun += 1;
                self.run_sequence(p, Waiter::Request(key), within, p.flows[within.flow as usize].first);
            }
        }
    }

    /// Where the next request of a flow begins: at the replicas of its `from` in turn, those that are out or down passed
    /// over; nowhere, if none can begin it. Outside there is one place only, which is always there.
    #[inline]
    fn caller_replica(&mut self, p: &Program, flow: u32, client: u32) -> Option<u32> {
        let Flow { from, inside, .. } = p.flows[flow as usize];
        let within = Within { flow, client, ..Within::NOWHERE };
        if let Holder::At(replica) = self.holder(p, &within, from) {
            return Some(replica);
        }
        if inside {
            self.caller_in_turn(p, flow, from)
        } else {
            Some(self.stations[from].first)
        }
    }

    fn caller_in_turn(&mut self, p: &Program, flow: u32, from: usize) -> Option<u32> {
        let (first, count) = (self.stations[from].first, i64::from(self.stations[from].rows));
        if !self.enough_up(p, from) {
            return None;
        }
        let last = self.begun[flow as usize];
        for step in 0..count {
            let index = (last + 1 + step).rem_euclid(count);
            let replica = &self.replicas[first as usize + index as usize];
            if replica.is_up() && replica.registered {
                self.begun[flow as usize] = index;
                return Some(first + index as u32);
            }
        }
        None
    }

    /// The first caller has its answer, or has given up; a job may begin anew.
    pub fn end_request(&mut self, p: &Program, key: Key, outcome: Outcome) {
        if outcome.cause == Cause::None || !self.pauses(key, outcome) {
            self.finish_request(p, key, outcome);
        }
    }

    /// A request is over.
    pub fn finish_request(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let now = self.now();
        let request = &self.requests[key];
        let degraded = request.degraded && outcome.cause == Cause::None;
        let (within, at, round, of_window) = (request.within, request.at, request.round, request.of_window);
        if self.record.keeps_requests {
            self.record.requests.end(within.row, now, outcome, degraded);
        }
        let is_early = at <= self.middle && now > self.middle;
        self.record.flows[within.flow as usize].end(of_window, outcome, degraded, now - at, is_early);
        let told = [i64::from(outcome.status), outcome.cause as i64, i64::from(degraded)];
        self.tell(Told::Response, i64::from(within.row), told[0], told[1], told[2]);
        self.count_job(within.flow, outcome.cause);
        self.requests.remove(key);
        self.leave_place(within.place);
        self.ask_again(p, within.flow, within.client, round, at);
        if !self.sessions.is_empty() {
            self.handshake_ended(p, &within, outcome);
        }
    }

    /// The replica where a request began, if it did at one, has no more to do with it.
    pub fn leave_place(&mut self, place: u32) {
        if place != u32::MAX {
            self.replicas[place as usize].begun -= 1;
            self.drain_if_idle(place);
        }
    }
}
