//! The requests of a run, in order of arrival, a column each.

use crate::task::Outcome;

/// Times in nanoseconds; `until` is -1 while a request is in flight.
#[derive(Default)]
pub struct Requests {
    pub at: Vec<i64>,
    pub until: Vec<i64>,
    pub number: Vec<i64>,
    pub flow: Vec<u32>,
    pub status: Vec<u16>,
    pub cause: Vec<u8>,
    pub degraded: Vec<u8>,
}

impl Requests {
    /// A request arrives: its row.
    pub fn arrive(&mut self, flow: u32, number: u64, at: i64) -> u32 {
        self.at.push(at);
        self.until.push(-1);
        self.number.push(number as i64);
        self.flow.push(flow);
        self.status.push(0);
        self.cause.push(0);
        self.degraded.push(0);
        self.at.len() as u32 - 1
    }

    /// It has its answer, or its caller has given up.
    #[inline]
    pub fn end(&mut self, row: u32, now: i64, outcome: Outcome, degraded: bool) {
        let row = row as usize;
        self.until[row] = now;
        self.status[row] = outcome.status;
        self.cause[row] = outcome.cause as u8;
        self.degraded[row] = u8::from(degraded);
    }
}
