//! Replicas: what they hold, what they have counted, who waits in front of them.

use crate::fault::Answered;
use crate::nearness::Site;
use crate::slab::Key;
use crate::slowness::Slowness;
use std::collections::VecDeque;

/// Why a replica leaves its choosers.
#[derive(Clone, Copy, PartialEq)]
pub enum Leaving {
    /// For a deploy, by its plan.
    Deploy(u32),
    /// Because fewer are wanted.
    ScaledAway,
    /// Another process has taken its place.
    Replaced,
}

/// What a replica has counted since the beginning: calls, and integrals over time in ns.
#[derive(Clone, Default)]
pub struct Counts {
    pub calls: i64,
    pub answered: i64,
    pub shed: i64,
    pub rate_limited: i64,
    pub refused: i64,
    pub reset: i64,
    pub lost: i64,
    /// Calls that had to queue.
    pub waited: i64,
    /// Calls that were not a first attempt.
    pub retries: i64,
    pub errors: i64,
    /// Summed over the calls that queued and were served.
    pub time_waited: i64,
    pub cores: Integral,
    pub slots: Integral,
    pub in_work: Integral,
    pub queued: Integral,
    pub registered: Integral,
    /// From admission to leaving, summed over the calls that have left.
    pub time_inside: i64,
}

/// How many there are of something, summed over time.
///
/// That is the sum of the times when they ended, less those when they began, plus the present for each that is there
/// still: so only a change costs anything.
#[derive(Clone, Copy, Default)]
pub struct Integral(i64);

impl Integral {
    /// So many more from now on.
    #[inline]
    pub fn more(&mut self, number: u32, now: i64) {
        self.0 = self.0.wrapping_sub(now.wrapping_mul(i64::from(number)));
    }

    /// So many fewer from now on.
    #[inline]
    pub fn fewer(&mut self, number: u32, now: i64) {
        self.0 = self.0.wrapping_add(now.wrapping_mul(i64::from(number)));
    }

    /// So many more, or fewer, from now on.
    pub fn change(&mut self, more: i64, now: i64) {
        self.0 = self.0.wrapping_sub(now.wrapping_mul(more));
    }

    /// The integral until now, given how many there are.
    #[inline]
    pub fn until(self, number: u32, now: i64) -> i64 {
        self.0.wrapping_add(now.wrapping_mul(i64::from(number)))
    }
}

pub struct Replica {
    pub component: u32,
    /// Among those of its component, from 0.
    pub ordinal: u32,
    pub shard: Option<u32>,
    pub site: Site,
    pub exists: bool,
    /// Booted, and not leaving.
    pub registered: bool,
    /// Faults that hold it down, by how it is dead.
    pub refuses: u32,
    pub silent: u32,
    pub slots_used: u32,
    pub cores_used: u32,
    /// Calls inside, waiting or in work.
    pub in_work: u32,
    /// Requests under way that began here.
    pub begun: u32,
    /// Places that sessions hold, and handshakes that are under way.
    pub held: u32,
    pub slow: Slowness,
    /// Errors that it answers instead of its own status: after its work, and at admission.
    pub errors: Answered,
    pub errors_at_once: Answered,
    /// The partitions that cut it off, as a set of bits.
    pub island: u64,
    pub island_since: i64,
    pub down_since: i64,
    pub chooser: u32,
    pub leaving: Option<Leaving>,
    /// When it began to leave; nothing once it has left.
    pub left: Option<i64>,
    /// Who waits for a slot, and for a core.
    pub slot_queue: VecDeque<Key>,
    pub core_queue: VecDeque<Key>,
    pub counts: Counts,
}

impl Replica {
    /// Whether it answers at all.
    #[inline]
    pub fn is_up(&self) -> bool {
        self.refuses == 0 && self.silent == 0 && self.exists
    }

    /// Whether calls are inside, requests that it began are under way, or sessions are held.
    pub fn has_something(&self) -> bool {
        self.in_work > 0 || self.begun > 0 || self.held > 0
    }

    /// Calls that wait for a slot or a core.
    pub fn waiting(&self) -> u32 {
        (self.slot_queue.len() + self.core_queue.len()) as u32
    }

    /// Takes a slot, and the memory of a request.
    #[inline]
    pub fn take_slot(&mut self, now: i64) {
        self.counts.slots.more(1, now);
        self.slots_used += 1;
    }

    /// Gives it back.
    #[inline]
    pub fn give_slot(&mut self, now: i64) {
        self.counts.slots.fewer(1, now);
        self.slots_used -= 1;
    }
}
