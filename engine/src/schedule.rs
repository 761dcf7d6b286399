//! Jobs by the clock: one request at each tick, started again after a failure until its deadline (engine contract,
//! section 18).

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, Shape};
use crate::slab::Key;
use crate::task::{Outcome, Waiter, Within};
use crate::world::World;

/// What passes between a failure and the next start, in ns; it doubles from failure to failure, up to the longest.
const FIRST_PAUSE: i64 = 10_000_000_000;
const LONGEST_PAUSE: i64 = 360_000_000_000;

/// What is counted of a flow that comes by the clock: ticks = done + failed + overdue + running.
pub struct Job {
    deadline: Option<i64>,
    pub ticks: i64,
    pub done: i64,
    pub failed: i64,
    /// Not done by their deadline.
    pub overdue: i64,
    pub running: i64,
    /// Ticks at which one before was not over.
    pub overlaps: i64,
    /// Runs that were started again after a failure.
    pub restarts: i64,
    pub most_running: i64,
}

impl Job {
    fn new(deadline: Option<i64>) -> Self {
        Job {
            deadline,
            ticks: 0,
            done: 0,
            failed: 0,
            overdue: 0,
            running: 0,
            overlaps: 0,
            restarts: 0,
            most_running: 0,
        }
    }
}

impl World {
    /// Knows the flows of the loads that come by the clock.
    pub fn add_jobs(&mut self, p: &Program) {
        for load in &p.run.loads {
            if let Shape::Clock { deadline, .. } = load.shape {
                self.jobs[load.flow] = Some(Box::new(Job::new(deadline)));
            }
        }
    }

    /// A request arrives; where it is a job, it is due now, and has its deadline from now on.
    #[inline]
    pub fn due(&mut self, flow: u32, key: Key) {
        let now = self.clock.now;
        let job = match &mut self.jobs[flow as usize] {
            Some(job) => job,
            None => return,
        };
        job.ticks += 1;
        job.overlaps += i64::from(job.running > 0);
        job.running += 1;
        job.most_running = job.most_running.max(job.running);
        if let Some(deadline) = job.deadline {
            self.clock.schedule(now.saturating_add(deadline), Class::TimeOut, Event::Overdue(key));
        }
    }

    /// Lets a job that has failed begin anew after a pause, if it has a deadline: that ends it whatever happens.
    pub fn pauses(&mut self, key: Key, outcome: Outcome) -> bool {
        let now = self.clock.now;
        let request = &mut self.requests[key];
        let job = self.jobs[request.within.flow as usize].as_ref();
        if !job.map_or(false, |job| job.deadline.is_some()) {
            return false;
        }
        let pause = FIRST_PAUSE << request.restarts.min(6);
        request.restarts += 1;
        request.degraded = false;
        let place = std::mem::replace(&mut request.within.place, u32::MAX);
        self.leave_place(place);
        self.clock.schedule(now + pause.min(LONGEST_PAUSE), Class::Incoming, Event::Restart(key, outcome.cause));
        true
    }

    /// A job begins anew, from its first step.
    pub fn restart(&mut self, p: &Program, key: Key, cause: Cause) {
        let request = &self.requests[key];
        let (within, restarts) = (request.within, request.restarts);
        let Within { flow, number, .. } = within;
        if let Some(job) = &mut self.jobs[flow as usize] {
            job.restarts += 1;
        }
        self.tell(Told::Restarted, i64::from(flow), number as i64, i64::from(restarts), cause as i64);
        self.start_request(p, key, within, restarts);
    }

    /// The deadline of a job is over: it has failed. What is under way works on for nobody.
    pub fn overdue(&mut self, p: &Program, key: Key) {
        let is_of_job = |waiter: Waiter| matches!(waiter, Waiter::Request(request) if request == key);
        for sequence in self.sequences.keys() {
            if is_of_job(self.sequences[sequence].waiter) {
                self.sequences.remove(sequence);
            }
        }
        self.finish_request(p, key, Outcome::new(0, Cause::Deadline));
    }

    /// What came of a request, where it is a job.
    #[inline]
    pub fn count_job(&mut self, flow: u32, cause: Cause) {
        if let Some(job) = &mut self.jobs[flow as usize] {
            job.running -= 1;
            match cause {
                Cause::None => job.done += 1,
                Cause::Deadline => job.overdue += 1,
                _ => job.failed += 1,
            }
        }
    }

    /// A row for each flow that comes by the clock.
    pub fn show_jobs(&self, found: &mut Vec<i64>) {
        for (flow, job) in self.jobs.iter().enumerate() {
            if let Some(job) = job {
                found.push(flow as i64);
                found.extend([job.ticks, job.done, job.failed, job.overdue, job.running]);
                found.extend([job.overlaps, job.restarts, job.most_running]);
            }
        }
    }
}
