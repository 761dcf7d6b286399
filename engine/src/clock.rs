//! Time: what is to happen when, and in which order (engine contract, section 1).

use crate::cause::Cause;
use crate::session::Epoch;
use crate::slab::Key;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Nothing happens later (18 years): a heavy tail ends here, far beyond any run.
const FAR: i64 = 1 << 59;

/// Events of one moment come in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Environment,
    Completion,
    TimeOut,
    Incoming,
    Controller,
    Scraping,
    Rules,
}

/// What can happen by the clock.
#[derive(Clone, Copy)]
pub enum Event {
    Arrive(Key),
    EndCpu(Key),
    Taken(Key),
    /// An instance of a function has started.
    Started(Key),
    Hear(Key),
    Replicate(Key),
    Replicated(Key),
    Try(Key),
    /// A job that has failed, and why, begins anew.
    Restart(Key, Cause),
    /// The deadline of a job is over.
    Overdue(Key),
    Reappear(Key),
    /// A call has waited for a place of a connection as long as it may.
    LoseHope(Key),
    /// A message has waited as long as its topic keeps it.
    Expire(Key),
    /// The next time-out of a route.
    TimeOut(u32),
    /// The next request of an open flow.
    Arrival(u32),
    /// A client of a closed flow has thought, after so many rounds.
    Thought {
        load: u32,
        client: u32,
        round: u32,
    },
    /// A user's session ends by itself, is lost, or is tried for; nothing, if its epoch is another one by then.
    SessionEnds(Epoch),
    SessionLost(Epoch),
    SessionTry(Epoch),
    FaultBegins(u32),
    FaultEnds(u32),
    Check(u32),
    CheckSilent(u32),
    Notice(u32),
    /// Instances of a function may have been idle for too long.
    Idle(u32),
    Drained(u32),
    Booted(u32),
    Continue(u32),
    Scale(u32),
    Scrape,
    Evaluate,
}

struct Entry {
    /// Time × 8 + class.
    key: i64,
    order: u64,
    event: Event,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    /// What the heap asks, here and below: an answer takes half as long as an order of three kinds.
    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.key > other.key || (self.key == other.key && self.order >= other.order)
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        other.le(self)
    }
}

impl Ord for Entry {
    /// The first to happen is the greatest.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        (other.key, other.order).cmp(&(self.key, self.order))
    }
}

/// The present, and what is to come.
pub struct Clock {
    pub now: i64,
    next_order: u64,
    heap: BinaryHeap<Entry>,
    /// Whether the first in the heap has happened: most events bring about another, which then takes its place at once.
    is_first_over: bool,
}

impl Clock {
    pub fn new() -> Self {
        Clock { now: 0, next_order: 0, heap: BinaryHeap::new(), is_first_over: false }
    }

    /// A place in the order of events, for something that is scheduled later.
    #[inline]
    pub fn take_order(&mut self) -> u64 {
        self.next_order += 1;
        self.next_order - 1
    }

    /// Lets an event happen at a time.
    #[inline]
    pub fn schedule(&mut self, time: i64, class: Class, event: Event) {
        let order = self.take_order();
        self.schedule_in_order(time, class, order, event);
    }

    /// The same, at a place in the order that was taken before.
    #[inline]
    pub fn schedule_in_order(&mut self, time: i64, class: Class, order: u64, event: Event) {
        let entry = Entry { key: time.min(FAR) * 8 + class as i64, order, event };
        if !std::mem::take(&mut self.is_first_over) {
            self.heap.push(entry);
        } else if let Some(mut first) = self.heap.peek_mut() {
            *first = entry;
        }
    }

    /// The next event and its moment, unless that is later; the step of time is not made, since it may be meant for
    /// something that has gone.
    #[inline]
    pub fn next(&mut self, until: i64) -> Option<(i64, Event)> {
        if self.is_first_over {
            self.heap.pop();
        }
        self.is_first_over = false;
        let Entry { key, event, .. } = self.heap.peek()?;
        let time = key >> 3;
        if time > until {
            return None;
        }
        self.is_first_over = true;
        Some((time, *event))
    }
}
