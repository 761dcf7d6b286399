//! Moments at which something is noted, beside the events: the end of the warm-up, the middle of the window, the ends
//! of the intervals that charts show.

use crate::program::Program;
use crate::world::World;
use std::collections::VecDeque;

/// A chart shows a run in so many intervals.
const INTERVALS: i64 = 60;

#[derive(Clone, Copy)]
enum Mark {
    WarmUp,
    Middle,
    Interval,
}

/// What is noted once everything up to a moment has happened, the earliest first.
pub struct Marks {
    next: i64,
    marks: VecDeque<(i64, Mark)>,
}

impl Marks {
    /// Those of a run; a single request has none.
    pub fn new(p: &Program) -> Self {
        let mut marks = Vec::new();
        if let (Some(until), None) = (p.run.until, p.run.request) {
            marks.push((p.run.warm_up, Mark::WarmUp));
            marks.push(((p.run.warm_up + until) / 2, Mark::Middle));
            // the first moment of an interval belongs to it, and to the last one its end too
            let end = |step: i64| if step == INTERVALS { until } else { (until * step / INTERVALS - 1).max(-1) };
            let shown = if p.run.charts { INTERVALS } else { 0 };
            marks.extend((1..=shown).map(|step| (end(step), Mark::Interval)));
            marks.sort_by_key(|(moment, _)| *moment);
        }
        let next = marks.first().map_or(i64::MAX, |(moment, _)| *moment);
        Marks { next, marks: marks.into() }
    }
}

impl World {
    /// Notes what there is to note, when everything before a moment has happened.
    #[inline]
    pub fn pass_marks(&mut self, p: &Program, before: i64) {
        while self.marks.next < before {
            self.pass_mark(p);
        }
    }

    #[cold]
    fn pass_mark(&mut self, p: &Program) {
        if let Some((moment, mark)) = self.marks.marks.pop_front() {
            self.clock.now = self.clock.now.max(moment);
            match mark {
                Mark::WarmUp => {
                    let mut first = Vec::new();
                    self.sample_into(&mut first);
                    self.record.first = first;
                }
                Mark::Middle => self.record.flows.iter_mut().for_each(|flow| flow.pass_middle()),
                Mark::Interval => {
                    let until = p.run.until.unwrap_or(0);
                    self.record.show(until, INTERVALS);
                }
            }
        }
        self.marks.next = self.marks.marks.front().map_or(i64::MAX, |(moment, _)| *moment);
    }
}
