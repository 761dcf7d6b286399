//! Time: what is to happen when, and in which order (engine contract, section 1).

use crate::cause::Cause;
use crate::session::Epoch;
use crate::slab::Key;

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

/// Time × 8 + class, and the place in the order of those.
type Moment = (i64, u64);

#[derive(Clone, Copy)]
struct Entry {
    moment: Moment,
    event: Event,
}

/// Whether one is before the other. No branch: nobody could guess it, the processor neither.
#[inline(always)]
fn is_before(one: Moment, other: Moment) -> bool {
    (one.0 < other.0) | ((one.0 == other.0) & (one.1 < other.1))
}

/// The present, and what is to come.
pub struct Clock {
    pub now: i64,
    next_order: u64,
    /// A heap: none happens before the one at half its place.
    heap: Vec<Entry>,
    /// Whether the first in the heap has happened: most events bring about another, which then takes its place at once.
    is_first_over: bool,
}

impl Clock {
    pub fn new() -> Self {
        Clock { now: 0, next_order: 0, heap: Vec::new(), is_first_over: false }
    }

    /// A place in the order of events, for something that is scheduled later.
    #[inline]
    pub fn take_order(&mut self) -> u64 {
        self.next_order += 1;
        self.next_order - 1
    }

    /// Lets an event happen at a time.
    #[inline(always)]
    pub fn schedule(&mut self, time: i64, class: Class, event: Event) {
        let order = self.take_order();
        self.schedule_in_order(time, class, order, event);
    }

    /// The same, at a place in the order that was taken before.
    #[inline(always)]
    pub fn schedule_in_order(&mut self, time: i64, class: Class, order: u64, event: Event) {
        let moment = (time.min(FAR) * 8 + class as i64, order);
        let place = if std::mem::take(&mut self.is_first_over) {
            sink(&mut self.heap, moment)
        } else {
            self.heap.push(Entry { moment, event });
            rise(&mut self.heap, moment)
        };
        self.heap[place] = Entry { moment, event };
    }

    /// The next event and its moment, unless that is later; the step of time is not made, since it may be meant for
    /// something that has gone.
    #[inline(always)]
    pub fn next(&mut self, until: i64) -> Option<(i64, Event)> {
        if std::mem::take(&mut self.is_first_over) {
            self.remove_first();
        }
        let first = self.heap.first()?;
        let time = first.moment.0 >> 3;
        if time > until {
            return None;
        }
        self.is_first_over = true;
        Some((time, first.event))
    }

    fn remove_first(&mut self) {
        if let Some(last) = self.heap.pop() {
            if !self.heap.is_empty() {
                let place = sink(&mut self.heap, last.moment);
                self.heap[place] = last;
            }
        }
    }
}

/// Makes room for a moment, once the first is over; where.
#[inline(never)]
fn sink(heap: &mut [Entry], moment: Moment) -> usize {
    let (mut place, mut child) = (0, 1);
    while child < heap.len() {
        let other = (child + 1).min(heap.len() - 1);
        child += usize::from(is_before(heap[other].moment, heap[child].moment));
        if is_before(moment, heap[child].moment) {
            break;
        }
        heap[place] = heap[child];
        place = child;
        child = 2 * child + 1;
    }
    place
}

/// Makes room for a moment in a heap that has grown by one; where.
#[inline(never)]
fn rise(heap: &mut [Entry], moment: Moment) -> usize {
    let mut place = heap.len() - 1;
    while place > 0 && is_before(moment, heap[(place - 1) / 2].moment) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::{Class, Clock, Event};

    const CLASSES: [Class; 3] = [Class::Environment, Class::TimeOut, Class::Rules];

    /// Against a list that is searched each time: thousands of events, of which each brings about none to three.
    #[test]
    fn what_is_first_by_time_class_and_order_happens_first() {
        let (mut clock, mut waiting, mut state, mut number) = (Clock::new(), Vec::new(), 1_u64, 0_u32);
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..20_000 {
            let (now, most) = (clock.now, if waiting.len() < 50 { 4 } else { 3 });
            for _ in 0..draw(most) {
                let (time, class) = (now + draw(9) as i64, CLASSES[draw(3) as usize]);
                clock.schedule(time, class, Event::Arrival(number));
                waiting.push((time, class, number));
                number += 1;
            }
            let first = (0..waiting.len()).min_by_key(|&place| waiting[place]);
            match (clock.next(i64::MAX), first) {
                (Some((time, Event::Arrival(found))), Some(place)) => {
                    let (expected, _, of) = waiting.swap_remove(place);
                    assert_eq!((time, found), (expected, of));
                    clock.now = time;
                }
                (None, None) => {}
                _ => panic!("the heap and the list differ"),
            }
        }
        assert!(number > 10_000);
    }
}
