//! What is told of a run: rows of (time, what, four numbers).

use crate::program::Watch;
use crate::world::World;

/// What happened, with the numbers that say to whom; -1 stands for nothing. Queues are rows of those of messages.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Told {
    /// Request, flow, its number, replica.
    Arrival,
    /// Attempt, context, operation, replica.
    Sent,
    /// Attempt, which try, request, connection.
    Attempt,
    /// Attempt, replica.
    Arrived,
    /// Attempt, replica, for what (0 a slot, 1 a core).
    Queued,
    /// Attempt, replica, with what (0 a slot, 1 a core), since.
    Worked,
    /// Context, operation, with what, since.
    Own,
    /// Attempt, whether it hit.
    Cache,
    /// Attempt, status, cause, whether the failure arose there.
    Answered,
    /// Attempt, status, cause.
    Heard,
    /// Operation, context, wait, request.
    Backoff,
    /// Attempt, whether on the way back.
    Lost,
    /// Request, status, cause, whether degraded.
    Response,
    /// Queue, message, context.
    Published,
    /// Queue, message, which delivery, attempt.
    Delivered,
    /// Queue, message, which delivery, whether done.
    Delivery,
    /// Operation, context.
    Fallback,
    /// Attempt, replica, the copy that it waits for.
    Waits,
    /// Operation, context, how long it waited for a place, request.
    Pooled,
    /// Connection, state (closed, open, half open), replica. From here on: what is told of a run of any length.
    Breaker,
    /// Chooser, replica, whether it is believed up.
    Belief,
    /// Fault, whether it begins.
    Fault,
    /// Queue, message, the component that takes dead letters.
    Dead,
    /// Component, replicas.
    Scaled,
    /// Replica, which of the moves below.
    Deploy,
    /// Flow, its number, which time, the cause for which it failed before.
    Restarted,
}

/// Moves of a replica in a deploy, or when replicas come and go by themselves.
#[derive(Clone, Copy)]
pub enum Move {
    Leaves,
    GoesDown,
    Returns,
    LeavesForGood,
    IsGone,
    Serves,
    BootsBeside,
    TakesOver,
    WasReplaced,
}

impl World {
    /// Notes that something happened, where the run is watched so closely.
    #[inline(always)]
    pub fn tell(&mut self, what: Told, a: i64, b: i64, c: i64, d: i64) {
        let watch = self.record.watch;
        if watch == Watch::Everything || (what >= Told::Breaker && watch == Watch::Events) {
            self.write([self.clock.now, what as i64, a, b, c, d]);
        }
    }

    #[cold]
    fn write(&mut self, row: [i64; 6]) {
        self.record.log.push(row);
    }
}
