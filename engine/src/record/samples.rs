//! What a metrics service sees: the counters of every replica at one moment (engine contract, section 12.1).

use crate::clock::{Class, Event};
use crate::program::Program;
use crate::queue::Messages;
use crate::replica::Replica;
use crate::world::World;

/// Of a run with more scrapes so many samples are kept at most, those equally far apart.
const MOST: u64 = 2048;

/// What scrapes saw, row after row.
pub struct Samples {
    pub rows: Vec<i64>,
    scrapes: u64,
    /// One of so many scrapes is kept.
    every: u64,
    keeps_all: bool,
}

impl Samples {
    pub fn new(keeps_all: bool) -> Self {
        Samples { rows: Vec::new(), scrapes: 0, every: 1, keeps_all }
    }

    /// Keeps a sample in its turn; where there are too many, every other one goes.
    fn keep(&mut self, row: Vec<i64>) {
        if self.scrapes % self.every == 0 {
            self.rows.extend(&row);
            if self.scrapes / self.every == MOST && !self.keeps_all {
                let width = row.len();
                let kept = (0..=MOST as usize).step_by(2);
                self.rows = kept.flat_map(|number| &self.rows[number * width..][..width]).copied().collect();
                self.every *= 2;
            }
        }
        self.scrapes += 1;
    }
}

impl World {
    /// Keeps a sample, and schedules the next one.
    pub fn scrape(&mut self, p: &Program) {
        let mut row = Vec::new();
        self.sample_into(&mut row);
        let record = &mut self.record;
        record.samples.keep(row);
        record.flow_samples.push(self.clock.now);
        record.flows.iter_mut().for_each(|flow| flow.scrape(&mut record.flow_samples));
        self.scrape_alerts(p);
        if let Some(interval) = p.run.scrape {
            self.clock.schedule(self.clock.now + interval, Class::Scraping, Event::Scrape);
        }
    }

    /// The time, then the integrals and counters of each replica, then the figures of the pools, and of
    /// the message queues.
    pub fn sample_into(&self, row: &mut Vec<i64>) {
        row.push(self.now());
        for replica in self.replicas.iter() {
            row.extend(figures(replica, self.now()));
        }
        self.sample_pools(row);
        row.extend(self.queues.iter().flat_map(|queue| of_messages(queue, self.now())));
    }
}

fn of_messages(queue: &Messages, now: i64) -> [i64; 5] {
    let figures = &queue.figures;
    [
        queue.waiting,
        figures.waiting.until(queue.waiting as u32, now),
        figures.in_work.until(queue.in_work as u32, now),
        queue.done,
        figures.time_to_done,
    ]
}

fn figures(replica: &Replica, now: i64) -> [i64; 13] {
    let counts = &replica.counts;
    [
        counts.cores.until(replica.cores_used, now),
        counts.slots.until(replica.slots_used, now),
        counts.in_work.until(replica.in_work, now),
        counts.queued.until(replica.waiting(), now),
        counts.registered.until(u32::from(replica.registered), now),
        counts.calls,
        counts.answered,
        i64::from(replica.is_up() && replica.registered),
        counts.waited,
        counts.time_waited,
        counts.shed,
        counts.rate_limited,
        counts.errors,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(count: i64, keeps_all: bool) -> Vec<i64> {
        let mut samples = Samples::new(keeps_all);
        (0..count).for_each(|number| samples.keep(vec![number, -number]));
        assert!(samples.rows.chunks(2).all(|row| row[0] == -row[1]));
        samples.rows.into_iter().step_by(2).collect()
    }

    #[test]
    fn samples_of_a_long_run_are_kept_further_apart() {
        let apart = |step: usize, end: i64| (0..end).step_by(step).collect::<Vec<i64>>();
        assert_eq!(kept(2048, false), apart(1, 2048));
        assert_eq!(kept(2049, false), apart(2, 2049));
        assert_eq!(kept(4096, false), apart(2, 4096));
        assert_eq!(kept(4097, false), apart(4, 4097));
        assert_eq!(kept(10_000, false), apart(8, 10_000));
        assert_eq!(kept(10_000, true), apart(1, 10_000));
    }
}
