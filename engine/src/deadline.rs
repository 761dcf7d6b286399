//! Time-outs. One route's all last alike, so they come in the order of sending, and only the next is in the heap:
//! nearly every time-out is overtaken by an answer.

use crate::clock::{Class, Event};
use crate::program::{Program, Route};
use crate::slab::{Key, Slab};
use crate::task::Work;
use crate::world::World;
use std::collections::VecDeque;

/// The time-outs of a route, with those that have been overtaken since.
#[derive(Default)]
pub struct Deadlines {
    all: VecDeque<Deadline>,
    /// The place in the order of events of the one that is in the heap.
    scheduled: Option<u64>,
}

#[derive(Clone, Copy)]
struct Deadline {
    work: Key,
    sent: i64,
    order: u64,
}

impl Deadlines {
    /// Adds one; before they take more memory, those that have been overtaken are let go.
    #[inline]
    fn add(&mut self, deadline: Deadline, works: &Slab<Work>) {
        if self.all.len() == self.all.capacity() {
            self.all.retain(|deadline| is_awaited(deadline.work, works));
            self.all.reserve(self.all.len() + 1);
        }
        self.all.push_back(deadline);
    }

    /// The next that has not been overtaken.
    fn first(&mut self, works: &Slab<Work>) -> Option<Deadline> {
        while let Some(first) = self.all.front() {
            if is_awaited(first.work, works) {
                return Some(*first);
            }
            self.all.pop_front();
        }
        None
    }
}

fn is_awaited(work: Key, works: &Slab<Work>) -> bool {
    works.has(work) && works[work].waiting
}

impl World {
    /// Begins to wait for an attempt's time-out, last on its route.
    #[inline]
    pub fn await_time_out(&mut self, route: &Route, work: Key, number: u32) {
        if route.timeout.is_some() {
            let deadline = Deadline { work, sent: self.clock.now, order: self.clock.take_order() };
            let deadlines = &mut self.deadlines[number as usize];
            deadlines.add(deadline, &self.works);
            if deadlines.scheduled.is_none() {
                self.schedule_first(route, number);
            }
        }
    }

    /// Puts a route's next time-out into the heap, at the place in the order that it had from its sending.
    fn schedule_first(&mut self, route: &Route, number: u32) {
        let deadlines = &mut self.deadlines[number as usize];
        let first = deadlines.first(&self.works);
        deadlines.scheduled = first.map(|first| first.order);
        if let Some(Deadline { sent, order, .. }) = first {
            let time = sent + route.timeout.unwrap_or(0);
            self.clock.schedule_in_order(time, Class::TimeOut, order, Event::TimeOut(number));
        }
    }

    /// A time-out comes: the caller gives the attempt up, unless it was answered in the meantime.
    pub fn time_out(&mut self, p: &Program, route: u32) {
        let deadlines = &mut self.deadlines[route as usize];
        let scheduled = deadlines.scheduled;
        let over = deadlines.first(&self.works).filter(|first| scheduled == Some(first.order));
        if over.is_some() {
            deadlines.all.pop_front();
        }
        self.schedule_first(&p.routes[route as usize], route);
        if let Some(over) = over {
            self.give_up(p, over.work);
        }
    }
}
