//! What is kept of a run, in memory that does not grow with it.
#![forbid(unsafe_code)]

pub mod batches;
pub mod histogram;
pub mod integral;
mod requests;
pub mod responses;
mod samples;
pub mod times;
mod views;

pub use views::Views;

use crate::program::Watch;
use requests::Requests;

/// What a run keeps of what happened.
pub struct Record {
    pub watch: Watch,
    /// Rows of (time, what, four numbers).
    pub log: Vec<[i64; 6]>,
    /// Row after row.
    pub samples: Vec<i64>,
    /// The sample at the end of the warm-up.
    pub first: Vec<i64>,
    pub requests: Requests,
    pub views: Views,
}

impl Record {
    pub fn new(watch: Watch) -> Self {
        Record { watch, log: Vec::new(), samples: Vec::new(), first: Vec::new(), requests: Requests::default(), views: Views::default() }
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
