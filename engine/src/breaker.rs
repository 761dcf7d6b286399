//! What a caller replica keeps of a connection: calls in flight, retry tokens, and the circuit breaker (engine
//! contract, sections 6.4 and 6.5).

use crate::log::Told;
use crate::pool::Queue;
use crate::program::{BreakerLimits, Program};
use crate::world::World;

/// Retries that a budget has room for.
const FULL_BUDGET: i64 = 10;
/// One retry, in the units in which a budget is counted.
pub const TOKEN: i64 = 1_000_000_000;
const BUCKETS: i64 = 10;

pub struct Line {
    pub in_flight: u32,
    /// Retry tokens, in billionths.
    pub tokens: i64,
    pub breaker: Option<Box<Breaker>>,
    /// Who waits for a place.
    pub queue: Option<Box<Queue>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum BreakerState {
    Closed,
    Open,
    HalfOpen,
}

pub struct Breaker {
    state: BreakerState,
    /// Counts the changes: answers to calls of an earlier epoch are ignored.
    epoch: u32,
    opened: i64,
    probing: u32,
    probed: u32,
    buckets: [Bucket; BUCKETS as usize],
    /// The number of the bucket of the last failure.
    failed_last: i64,
    /// The present bucket, and when it ends.
    present: i64,
    ends: i64,
}

#[derive(Clone, Copy)]
struct Bucket {
    number: i64,
    calls: i64,
    failures: i64,
}

const EMPTY: Bucket = Bucket { number: -1, calls: 0, failures: 0 };

impl Line {
    /// What a new process knows: nothing under way, a closed breaker, a full budget.
    pub fn new(has_breaker: bool) -> Self {
        Line {
            in_flight: 0,
            tokens: FULL_BUDGET * TOKEN,
            queue: None,
            breaker: if has_breaker { Some(Box::new(Breaker::new())) } else { None },
        }
    }

    /// The epoch of its breaker.
    #[inline]
    pub fn epoch(&self) -> u32 {
        self.breaker.as_ref().map_or(0, |breaker| breaker.epoch)
    }

    /// Adds what a first attempt earns.
    pub fn earn(&mut self, tokens: i64) {
        self.tokens = (self.tokens + tokens).min(FULL_BUDGET * TOKEN);
    }

    /// Takes what a retry costs, if it is there.
    pub fn pay(&mut self) -> bool {
        let can = self.tokens >= TOKEN;
        if can {
            self.tokens -= TOKEN;
        }
        can
    }
}

impl Breaker {
    fn new() -> Self {
        Breaker {
            state: BreakerState::Closed,
            epoch: 0,
            opened: 0,
            probing: 0,
            probed: 0,
            buckets: [EMPTY; BUCKETS as usize],
            failed_last: -BUCKETS,
            present: -1,
            ends: 0,
        }
    }

    fn change(&mut self, state: BreakerState, now: i64) {
        self.state = state;
        self.epoch += 1;
        self.probing = 0;
        self.probed = 0;
        if state == BreakerState::Open {
            self.opened = now;
        }
        self.buckets = [EMPTY; BUCKETS as usize];
        self.failed_last = -BUCKETS;
    }

    /// Whether a call may pass, and the state that this brings about.
    fn permits(&mut self, limits: &BreakerLimits, now: i64) -> (bool, Option<BreakerState>) {
        let mut changed = None;
        if self.state == BreakerState::Closed {
            return (true, None);
        }
        if self.state == BreakerState::Open {
            if now < self.opened + limits.half_open_after {
                return (false, None);
            }
            self.change(BreakerState::HalfOpen, now);
            changed = Some(BreakerState::HalfOpen);
        }
        if self.probing >= limits.probes {
            return (false, changed);
        }
        self.probing += 1;
        (true, changed)
    }

    /// Hears how an attempt ended; the state that this brings about.
    fn hear(&mut self, limits: &BreakerLimits, epoch: u32, failed: bool, now: i64) -> Option<BreakerState> {
        if epoch != self.epoch {
            return None;
        }
        let next = if self.state == BreakerState::HalfOpen {
            self.probed += u32::from(!failed);
            if failed {
                BreakerState::Open
            } else if self.probed >= limits.probes {
                BreakerState::Closed
            } else {
                return None;
            }
        } else if self.count(limits, failed, now) {
            BreakerState::Open
        } else {
            return None;
        };
        self.change(next, now);
        Some(next)
    }

    /// Counts an outcome; whether enough have failed now.
    fn count(&mut self, limits: &BreakerLimits, failed: bool, now: i64) -> bool {
        if now >= self.ends {
            self.present = now / limits.bucket;
            self.ends = (self.present + 1) * limits.bucket;
        }
        let present = self.present;
        let bucket = &mut self.buckets[(present % BUCKETS) as usize];
        if bucket.number != present {
            *bucket = Bucket { number: present, calls: 0, failures: 0 };
        }
        bucket.calls += 1;
        bucket.failures += i64::from(failed);
        if failed {
            self.failed_last = present;
        }
        let (over, under) = limits.opens_after;
        if self.failed_last <= present - BUCKETS && over > 0 {
            return false;
        }
        let (mut calls, mut failures) = (0, 0);
        for bucket in self.buckets.iter().filter(|bucket| bucket.number > present - BUCKETS) {
            calls += bucket.calls;
            failures += bucket.failures;
        }
        calls >= limits.min_calls && i128::from(failures) * i128::from(under) >= i128::from(calls) * i128::from(over)
    }
}

impl World {
    /// Whether the breaker of a connection lets a call of a caller replica pass.
    pub fn breaker_permits(&mut self, p: &Program, connection: usize, place: u32) -> bool {
        let now = self.now();
        let line = self.line_of(connection, place);
        match (&mut self.lines[line].breaker, &p.connections[connection].breaker) {
            (Some(breaker), Some(limits)) => {
                let (permits, changed) = breaker.permits(limits, now);
                self.tell_breaker(connection, place, changed);
                permits
            }
            _ => true,
        }
    }

    /// Whether the breaker of a connection rejects the calls of a caller replica; none of its probes is taken.
    pub fn breaker_is_open(&self, p: &Program, connection: usize, place: u32) -> bool {
        match (&self.lines[self.line_of(connection, place)].breaker, &p.connections[connection].breaker) {
            (Some(breaker), Some(limits)) => {
                breaker.state == BreakerState::Open && self.clock.now < breaker.opened + limits.half_open_after
            }
            _ => false,
        }
    }

    /// Tells the breaker of a connection how an attempt ended.
    #[inline]
    pub fn breaker_hears(&mut self, p: &Program, connection: usize, place: u32, epoch: u32, failed: bool) {
        if let Some(limits) = &p.connections[connection].breaker {
            let (now, line) = (self.now(), self.line_of(connection, place));
            if let Some(breaker) = &mut self.lines[line].breaker {
                let changed = breaker.hear(limits, epoch, failed, now);
                self.tell_breaker(connection, place, changed);
            }
        }
    }

    fn tell_breaker(&mut self, connection: usize, place: u32, changed: Option<BreakerState>) {
        if let Some(state) = changed {
            self.tell(Told::Breaker, connection as i64, state as i64, i64::from(place), 0);
        }
    }
}
