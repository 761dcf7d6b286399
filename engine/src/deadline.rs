//! Time-outs. One route's all last alike, so they come in the order of sending, and only the next is in the heap:
//! nearly every time-out is overtaken by an answer.

use crate::clock::{Class, Event};
use crate::program::Program;
use crate::slab::Key;
use crate::world::World;

/// The time-outs of a route.
pub struct Deadlines {
    first: Key,
    last: Key,
    /// The place in the order of events of the one that is in the heap.
    scheduled: Option<u64>,
}

impl Deadlines {
    pub fn new() -> Self {
        Deadlines { first: Key::NOTHING, last: Key::NOTHING, scheduled: None }
    }
}

impl World {
    /// Begins to wait for an attempt's time-out, last on its route.
    pub fn await_time_out(&mut self, p: &Program, key: Key, route: u32) {
        if p.routes[route as usize].timeout.is_none() {
            return;
        }
        let order = self.clock.take_order();
        let deadlines = &mut self.deadlines[route as usize];
        let last = deadlines.last;
        deadlines.last = key;
        if last == Key::NOTHING {
            deadlines.first = key;
        } else {
            self.works[last].deadline.after = key;
        }
        let deadline = &mut self.works[key].deadline;
        deadline.before = last;
        deadline.after = Key::NOTHING;
        deadline.order = order;
        if self.deadlines[route as usize].scheduled.is_none() {
            self.schedule_first(p, route);
        }
    }

    /// An attempt is over before its time-out; an event that is in the heap for it will find another first.
    #[inline]
    pub fn forget_time_out(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let route = work.route as usize;
        if p.routes[route].timeout.is_none() {
            return;
        }
        let (before, after) = (work.deadline.before, work.deadline.after);
        if before == Key::NOTHING {
            self.deadlines[route].first = after;
        } else {
            self.works[before].deadline.after = after;
        }
        if after == Key::NOTHING {
            self.deadlines[route].last = before;
        } else {
            self.works[after].deadline.before = before;
        }
    }

    /// Puts a route's next time-out into the heap, at the place in the order that it had from its sending.
    fn schedule_first(&mut self, p: &Program, route: u32) {
        let first = self.deadlines[route as usize].first;
        if first == Key::NOTHING {
            self.deadlines[route as usize].scheduled = None;
            return;
        }
        let work = &self.works[first];
        let (order, sent) = (work.deadline.order, work.sent);
        self.deadlines[route as usize].scheduled = Some(order);
        let time = sent + p.routes[route as usize].timeout.unwrap_or(0);
        self.clock.schedule_in_order(time, Class::TimeOut, order, Event::TimeOut(route));
    }

    /// A time-out comes: the caller gives the attempt up, unless it was answered in the meantime.
    pub fn time_out(&mut self, p: &Program, route: u32) {
        let deadlines = &self.deadlines[route as usize];
        let first = deadlines.first;
        if first != Key::NOTHING && deadlines.scheduled == Some(self.works[first].deadline.order) {
            self.give_up(p, first);
        }
        self.schedule_first(p, route);
    }
}
