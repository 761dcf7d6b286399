//! What is under way: requests, the steps that callers do, calls, and the work that callees have.

use crate::cause::Cause;
use crate::slab::Key;

/// Within what something happens: who does it, for which request.
#[derive(Clone, Copy, Default)]
pub struct Within {
    /// The request's number within its flow, which draws depend on.
    pub number: u64,
    /// The request's row in the order of arrival.
    pub row: u32,
    pub flow: u32,
    /// Of closed clients: which one asks.
    pub client: u32,
    /// The replica that does it.
    pub place: u32,
    /// Which run of a step within its request: draws depend on that too.
    pub occurrence: u32,
    /// The attempt inside which it happens, by its number in the log; 0: the flow's first caller.
    pub context: u32,
}

impl Within {
    pub const NOWHERE: Within =
        Within { number: 0, row: 0, flow: 0, client: 0, place: u32::MAX, occurrence: 0, context: 0 };
}

/// What came of something: an answer, or the cause why there is none that helps.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// 0 where there is no answer.
    pub status: u16,
    pub cause: Cause,
}

impl Outcome {
    pub const GOOD: Outcome = Outcome { status: 200, cause: Cause::None };

    pub fn new(status: u16, cause: Cause) -> Self {
        Outcome { status, cause }
    }

    /// Whether it is what was wanted.
    #[inline]
    pub fn is_good(self) -> bool {
        self.cause == Cause::None && self.status < 400
    }
}

/// A request from its arrival to the answer, or to the moment when its caller gave up.
#[derive(Default)]
pub struct Request {
    pub within: Within,
    pub at: i64,
    /// Its number among those of the window, if it is of that.
    pub of_window: Option<u64>,
    pub degraded: bool,
    /// How often its client has asked before (closed clients only).
    pub round: u32,
    /// How often it was started again (jobs with a deadline only).
    pub restarts: u32,
}

/// Who waits for steps to be done.
#[derive(Clone, Copy)]
pub enum Waiter {
    Request(Key),
    Work(Key),
    Call(Key),
    Join(Key),
    /// A message that was given to a subscriber by calling it: which delivery of it.
    Message(Key, u32),
}

impl Default for Waiter {
    fn default() -> Self {
        Waiter::Request(Key::default())
    }
}

/// Steps one after the other, and the one that is being done.
#[derive(Default)]
pub struct Sequence {
    pub within: Within,
    pub waiter: Waiter,
    pub op: Option<u32>,
    pub repeat: u32,
    /// Repetitions of the present step; 0 before it has begun.
    pub times: u32,
    pub degraded: bool,
}

/// Branches that run at one moment, or the steps of another flow.
#[derive(Default)]
pub struct Join {
    pub within: Within,
    /// The sequence that waits, if any does.
    pub parent: Option<Key>,
    pub op: u32,
    /// Branches under way.
    pub left: i64,
    /// Successes still needed.
    pub lacking: i64,
    pub degraded: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
pub enum CallPhase {
    #[default]
    Asking,
    /// The caller fetches what the cache did not have.
    Missing,
    FallingBack,
}

/// A call as its caller sees it: as many attempts as it takes.
#[derive(Default)]
pub struct Call {
    pub within: Within,
    /// The sequence that waits, if any does.
    pub parent: Option<Key>,
    pub op: u32,
    pub route: u32,
    pub phase: CallPhase,
    /// Attempts begun.
    pub tries: u32,
    /// When it began to wait for a place of its connection.
    pub since: i64,
    /// The replicas tried, as a set of bits.
    pub tried: u64,
    /// What is asked for, 0 where that does not matter.
    pub key: u32,
    pub shard: Option<u32>,
    pub missed: bool,
    pub degraded: bool,
}

/// Where work is, seen from the callee.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Phase {
    Travelling,
    WaitsForSlot,
    Starting,
    WaitsForCore,
    OnCore,
    Taking,
    Replicating,
    InSteps,
    Returning,
    Gone,
}

/// Why there is work.
#[derive(Clone, Copy)]
pub enum Origin {
    /// An attempt of a call, which may have gone on without it.
    Call(Key),
    /// The delivery of a message: which one of it.
    Message(Key, u32),
    /// A step that a caller does itself: the sequence that waits, if any does.
    Own(Option<Key>),
}

/// Whether a cache had what was asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Missed {
    No,
    Yes,
    /// It did not, and asks for it.
    Filling,
}

/// Work at a replica.
pub struct Work {
    /// Who sent it, for which request.
    pub within: Within,
    pub origin: Origin,
    pub op: u32,
    pub route: u32,
    /// Where it is done.
    pub at: u32,
    pub phase: Phase,
    /// What its own steps make of it.
    pub outcome: Outcome,
    /// Whether the failure arose here.
    pub own: bool,
    pub degraded: bool,
    /// Whether somebody still waits for it.
    pub waiting: bool,
    pub holds_slot: bool,
    pub missed: Missed,
    pub tries: u32,
    pub key: u32,
    /// How long it will keep a core, drawn long before that begins, so that the processor need not wait for it.
    pub cpu: i64,
    pub sent: i64,
    /// The way back, in ns.
    pub back: i64,
    /// When the present phase began.
    pub since: i64,
    pub entered: i64,
    /// In the log.
    pub number: u64,
    /// Of the breaker when it was sent.
    pub epoch: u32,
    /// Of the function when it took an instance.
    pub version: u32,
}

impl Default for Work {
    fn default() -> Self {
        Work {
            within: Within::NOWHERE,
            origin: Origin::Own(None),
            op: 0,
            route: 0,
            at: 0,
            phase: Phase::Travelling,
            outcome: Outcome::GOOD,
            own: false,
            degraded: false,
            waiting: false,
            holds_slot: false,
            missed: Missed::No,
            tries: 0,
            key: 0,
            cpu: 0,
            sent: 0,
            back: 0,
            since: 0,
            entered: 0,
            number: 0,
            epoch: 0,
            version: 0,
        }
    }
}

impl Work {
    /// Whether it is the attempt of a call or a delivery, not a caller's own step.
    pub fn is_called(&self) -> bool {
        !matches!(self.origin, Origin::Own(_))
    }

    pub fn is_delivery(&self) -> bool {
        matches!(self.origin, Origin::Message(..))
    }

    /// Whether it is inside its replica: waiting or in work.
    pub fn is_inside(&self) -> bool {
        self.is_called() && self.phase >= Phase::WaitsForSlot && self.phase <= Phase::InSteps
    }
}

#[derive(Clone, Copy, Default, PartialEq)]
pub enum MessagePhase {
    #[default]
    Stored,
    Delivered,
    /// Done after it had reappeared, or too old: it leaves the queue when it comes to the head.
    Settled,
}

/// A message of a queue, or of one subscription of a topic.
#[derive(Default)]
pub struct Message {
    pub within: Within,
    pub queue: u32,
    /// The consumers' step.
    pub op: Option<u32>,
    pub phase: MessagePhase,
    /// In its queue, from 1.
    pub number: u64,
    pub deliveries: u32,
    pub since: i64,
    pub published: i64,
}
