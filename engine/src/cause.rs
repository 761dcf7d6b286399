//! Why a call failed (engine contract, section 6.10).

use crate::program::Route;
use crate::task::Outcome;

/// In the order in which results list them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cause {
    None,
    Refused,
    Reset,
    Timeout,
    Shed,
    RateLimited,
    NoReplica,
    BreakerOpen,
    Bulkhead,
    Error,
    Pool,
    Deadline,
    NoSession,
    Throttled,
}

impl Cause {
    /// Whether what was asked was surely not begun, so that asking again does no harm.
    pub fn surely_not_processed(self) -> bool {
        matches!(self, Cause::Refused | Cause::NoReplica | Cause::Shed | Cause::RateLimited | Cause::Throttled)
    }

    /// Whether the caller itself said no, so that asking again is no use.
    pub fn is_never_retried(self) -> bool {
        matches!(self, Cause::BreakerOpen | Cause::Bulkhead | Cause::Pool | Cause::NoSession)
    }
}

/// Statuses after which a call is tried again where that does no harm.
const RETRIED_STATUSES: [u16; 4] = [429, 502, 503, 504];

/// Whether a failure is of the kind that is tried again (engine contract, section 6.2).
pub fn is_retried(route: &Route, outcome: Outcome, own: bool) -> bool {
    let Outcome { status, cause } = outcome;
    if own && (cause.is_never_retried() || (cause == Cause::Timeout && route.gives_up)) {
        return false;
    }
    if route.idempotent {
        return RETRIED_STATUSES.contains(&status) || (own && status == 0);
    }
    own && (cause.surely_not_processed() || status == 429)
}
