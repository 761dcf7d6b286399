//! What is kept of the requests of a flow, in memory that does not grow with the run.

use super::batches::Ending;
use super::histogram::{Histogram, THREE_DIGITS};
use super::nearest_rank;
use super::responses::Responses;
use crate::cause::Cause;
use crate::task::Outcome;

const CAUSES: usize = Cause::Throttled as usize + 1;
/// Up to so many response times of an interval are kept one by one.
const MOST_OF_AN_INTERVAL: usize = 100_000;

/// The requests of a flow: those of the window, and all of them as metrics see them.
pub struct FlowRecord {
    pub window: Responses,
    /// Of the window: answered well, of which degraded, failed by cause, in flight.
    pub ok: i64,
    pub degraded: i64,
    pub failed: [i64; CAUSES],
    pub in_flight: i64,
    /// Of the window: in flight at its middle, and of those still.
    pub halfway: i64,
    pub since_half: i64,
    /// Of the whole run.
    offered: i64,
    pub good: i64,
    pub bad: i64,
    /// Response times, and how many good answers took no longer.
    limits: Vec<(i64, i64)>,
    scraped: Interval,
    shown: Interval,
    shown_before: [i64; 3],
    /// Failures by cause since charts were last told.
    shown_failed: [i64; CAUSES],
    /// Whether charts are drawn of the run.
    is_shown: bool,
}

impl FlowRecord {
    pub fn new(limits: &[i64], is_shown: bool) -> Self {
        FlowRecord {
            window: Responses::default(),
            ok: 0,
            degraded: 0,
            failed: [0; CAUSES],
            in_flight: 0,
            halfway: 0,
            since_half: 0,
            offered: 0,
            good: 0,
            bad: 0,
            limits: limits.iter().map(|limit| (*limit, 0)).collect(),
            scraped: Interval::default(),
            shown: Interval::default(),
            shown_before: [0; 3],
            shown_failed: [0; CAUSES],
            is_shown,
        }
    }

    /// A request arrives: its number in the window, if it is of that.
    #[inline]
    pub fn arrive(&mut self, of_window: bool) -> Option<u64> {
        self.offered += 1;
        if !of_window {
            return None;
        }
        self.in_flight += 1;
        Some(self.window.arrive())
    }

    /// A request ends after so many nanoseconds; `is_early` says that it arrived in the first half of the window, which
    /// is over.
    pub fn end(&mut self, number: Option<u64>, outcome: Outcome, degraded: bool, took: i64, is_early: bool) {
        let ending = if outcome.cause == Cause::None { Ending::Good } else { Ending::Bad };
        match ending {
            Ending::Good => {
                self.good += 1;
                for (limit, within) in &mut self.limits {
                    *within += i64::from(took <= *limit);
                }
                self.scraped.add(took as u64);
                if self.is_shown {
                    self.shown.add(took as u64);
                }
            }
            Ending::Bad => {
                self.bad += 1;
                self.shown_failed[outcome.cause as usize] += 1;
            }
        }
        if let Some(number) = number {
            self.window.end(number, ending, took as u64);
            self.in_flight -= 1;
            self.since_half -= i64::from(is_early);
            match ending {
                Ending::Good => {
                    self.ok += 1;
                    self.degraded += i64::from(degraded);
                }
                Ending::Bad => self.failed[outcome.cause as usize] += 1,
            }
        }
    }

    /// Requests of the whole run.
    pub fn offered(&self) -> i64 {
        self.offered
    }

    /// The middle of the window.
    pub fn pass_middle(&mut self) {
        self.halfway = self.in_flight;
        self.since_half = self.in_flight;
    }

    /// How many good answers took no longer than one of the limits.
    pub fn within(&self, limit: i64) -> i64 {
        self.limits.iter().find(|(each, _)| *each == limit).map_or(0, |(_, within)| *within)
    }

    /// What metrics see now: good and bad answers so far, the median of the good ones since they looked last (-1: there
    /// are none), and how many good ones so far took no longer than each limit.
    pub fn scrape(&mut self, row: &mut Vec<i64>) {
        row.extend([self.good, self.bad, self.scraped.quantile(0.5)]);
        row.extend(self.limits.iter().map(|(_, within)| within));
        self.scraped.clear();
    }

    /// What happened since this was last asked: requests offered, answered well, failed; p50 and p99 of the good ones.
    pub fn show(&mut self, row: &mut Vec<i64>) {
        let now = [self.offered, self.good, self.bad];
        row.extend(now.iter().zip(&self.shown_before).map(|(now, before)| now - before));
        row.extend([self.shown.quantile(0.5), self.shown.quantile(0.99)]);
        self.shown_before = now;
        self.shown.clear();
    }

    /// Why requests have failed since this was last asked: cause and how many, of the causes that there were.
    pub fn show_failures(&mut self) -> impl Iterator<Item = [i64; 2]> {
        let found = std::mem::take(&mut self.shown_failed);
        let found = (0..).zip(found).map(|(cause, count)| [cause, count]);
        found.filter(|[_, count]| *count > 0)
    }
}

/// The response times of a stretch of time.
#[derive(Default)]
struct Interval {
    each: Vec<u64>,
    folded: Option<Box<Histogram<THREE_DIGITS>>>,
}

impl Interval {
    #[inline]
    fn add(&mut self, took: u64) {
        match &mut self.folded {
            Some(folded) => folded.add(took),
            None if self.each.len() < MOST_OF_AN_INTERVAL => self.each.push(took),
            None => {
                let mut folded = Histogram::new();
                self.each.drain(..).for_each(|each| folded.add(each));
                folded.add(took);
                self.folded = Some(Box::new(folded));
            }
        }
    }

    /// The nearest rank, -1 of nothing.
    fn quantile(&mut self, share: f64) -> i64 {
        if let Some(folded) = &self.folded {
            return folded.quantile(share) as i64;
        }
        if self.each.is_empty() {
            return -1;
        }
        let rank = nearest_rank(share, self.each.len() as u64) as usize - 1;
        *self.each.select_nth_unstable(rank).1 as i64
    }

    fn clear(&mut self) {
        self.each.clear();
        self.folded = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_of_many_reads_percentiles_off_a_histogram() {
        let mut interval = Interval::default();
        (1..=100_000).for_each(|took| interval.add(took));
        assert_eq!(interval.quantile(0.5), 50_000);
        (100_001..=200_000).for_each(|took| interval.add(took));
        assert_eq!(interval.quantile(0.5), 100_031);
        interval.clear();
        assert_eq!(interval.quantile(0.5), -1);
    }

    #[test]
    fn metrics_see_all_and_the_window_what_arrives_in_it() {
        let mut flow = FlowRecord::new(&[5], true);
        let (before, inside) = (flow.arrive(false), flow.arrive(true));
        flow.pass_middle();
        flow.end(before, Outcome::GOOD, false, 5, false);
        flow.end(inside, Outcome::new(503, Cause::Shed), true, 7, true);
        let mut row = Vec::new();
        flow.scrape(&mut row);
        flow.show(&mut row);
        assert_eq!(row, [1, 1, 5, 1, 2, 1, 1, 5, 5]);
        assert_eq!((flow.ok, flow.failed[Cause::Shed as usize], flow.halfway, flow.since_half), (0, 1, 1, 0));
    }
}
