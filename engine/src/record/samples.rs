//! What a metrics service sees: the counters of every replica at one moment (engine contract, section 12.1).

use crate::clock::{Class, Event};
use crate::program::Program;
use crate::queue::Messages;
use crate::replica::Replica;
use crate::world::World;

impl World {
    /// Keeps a sample, and schedules the next one.
    pub fn scrape(&mut self, p: &Program) {
        let mut samples = std::mem::take(&mut self.record.samples);
        self.sample_into(&mut samples);
        self.record.samples = samples;
        let record = &mut self.record;
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
        for replica in &self.replicas {
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
