//! What is kept of a run, in memory that does not grow with it.
#![forbid(unsafe_code)]

mod answers;
pub mod batches;
mod flows;
pub mod histogram;
mod requests;
pub mod responses;
mod samples;
pub mod times;
mod views;

pub use views::Views;

use crate::program::{Program, Watch};
use answers::Answers;
use flows::FlowRecord;
use requests::Requests;
use samples::Samples;

/// What a run keeps of what happened.
pub struct Record {
    pub watch: Watch,
    /// Rows of (time, what, four numbers).
    pub log: Vec<[i64; 6]>,
    pub samples: Samples,
    /// The sample at the end of the warm-up.
    pub first: Vec<i64>,
    pub flows: Vec<FlowRecord>,
    /// What `FlowRecord::scrape` tells of all flows, one row a scrape, behind its moment.
    pub flow_samples: Vec<i64>,
    /// What `FlowRecord::show` tells of all flows, one row an interval, behind the moment at which it ends.
    pub shown: Vec<i64>,
    /// Rows of (end of an interval, flow, cause, how many requests failed so in it).
    pub failures: Vec<i64>,
    /// Rows of (time, alert, `State` that it came into).
    pub alerts: Vec<i64>,
    /// Requests that have arrived.
    pub arrived: u32,
    /// Each of them, where everything is watched from the beginning.
    pub requests: Requests,
    pub keeps_requests: bool,
    pub views: Views,
    pub answers: Answers,
}

impl Record {
    pub fn new(p: &Program) -> Self {
        let limits = |number: usize| p.run.limits.get(number).map_or(&[][..], |limits| limits.as_slice());
        Record {
            watch: p.run.watch,
            log: Vec::new(),
            samples: Samples::new(p.run.keeps_scrapes),
            first: Vec::new(),
            flows: (0..p.flows.len()).map(|number| FlowRecord::new(limits(number), p.run.charts)).collect(),
            flow_samples: Vec::new(),
            shown: Vec::new(),
            failures: Vec::new(),
            alerts: Vec::new(),
            arrived: 0,
            requests: Requests::default(),
            keeps_requests: p.run.watch == Watch::Everything,
            views: Views::default(),
            answers: Answers::default(),
        }
    }

    /// Forgets what was told so far; from now on everything is told, or events alone.
    pub fn watch(&mut self, everything: bool) {
        self.log.clear();
        self.watch = if everything { Watch::Everything } else { Watch::Events };
    }

    /// Notes what the flows show of an interval that is over.
    pub fn show(&mut self, until: i64, intervals: i64) {
        let width = 1 + 5 * self.flows.len();
        let number = (self.shown.len() / width) as i64 + 1;
        let end = until * number / intervals;
        self.shown.push(end);
        for (number, flow) in self.flows.iter_mut().enumerate() {
            flow.show(&mut self.shown);
            self.failures.extend(flow.show_failures().flat_map(|[cause, count]| [end, number as i64, cause, count]));
        }
    }
}

/// The share of a count that a percentile p of n values stands for: the ⌈p·n⌉-th smallest, counted from 1.
///
/// The product may miss a whole number by a rounding; then that number is meant.
pub fn nearest_rank(share: f64, count: u64) -> u64 {
    let exact = share * count as f64;
    let whole = crate::maths::nearest(exact);
    let is_whole = (exact - whole).abs() <= f64::max(5e-10, exact * f64::EPSILON);
    (if is_whole { whole } else { exact.ceil() } as u64).clamp(1, count.max(1))
}

#[cfg(test)]
mod tests {
    use super::nearest_rank;

    #[test]
    fn a_rank_is_rounded_up_but_not_for_a_rounding() {
        assert_eq!(nearest_rank(0.5, 3), 2);
        assert_eq!(nearest_rank(0.07, 100), 7); // 0.07 * 100 is 7.000000000000001
        assert_eq!(nearest_rank(0.99, 100), 99);
        assert_eq!(nearest_rank(0.99, 101), 100);
        assert_eq!((nearest_rank(0.0, 5), nearest_rank(1.0, 5)), (1, 5));
        assert_eq!(nearest_rank(0.999, 300_000_000), 299_700_000);
    }
}
