//! Steps one after the other, and branches together: what runs on the caller's side without a network.

use crate::cause::Cause;
use crate::program::{OperationKind, Program};
use crate::slab::Key;
use crate::task::{Join, Outcome, Sequence, Waiter, Within};
use crate::world::{Next, World};

impl World {
    /// Lets steps be done, from one on, for who waits; what is on its way before comes first.
    pub fn begin_sequence(&mut self, waiter: Waiter, within: Within, op: Option<u32>) {
        let sequence = self.sequences.insert(Sequence { within, waiter, op, repeat: 0, times: 0, degraded: false });
        self.agenda.push(Next::Advance(sequence));
    }

    /// The same, at once.
    #[inline(always)]
    pub fn run_sequence(&mut self, p: &Program, waiter: Waiter, within: Within, op: Option<u32>) {
        let sequence = self.sequences.insert(Sequence { within, waiter, op, repeat: 0, times: 0, degraded: false });
        if self.is_deep() {
            return self.agenda.push(Next::Advance(sequence));
        }
        self.depth += 1;
        self.advance(p, sequence);
        self.depth -= 1;
    }

    /// Ends steps and tells who waits for them, if it still does, what came of it.
    fn end_sequence(&mut self, p: &Program, key: Key, outcome: Outcome, degraded: bool) {
        let waiter = self.sequences[key].waiter;
        self.sequences.remove(key);
        let degraded = degraded && outcome.is_good();
        match waiter {
            Waiter::Request(request) if self.requests.has(request) => self.requests[request].degraded |= degraded,
            Waiter::Work(work) if self.works.has(work) => self.works[work].degraded |= degraded,
            Waiter::Call(call) if self.calls.has(call) => self.calls[call].degraded |= degraded,
            Waiter::Join(join) if self.joins.has(join) => self.joins[join].degraded |= degraded,
            Waiter::Message(message, _) if self.messages.has(message) => {}
            _ => return,
        }
        self.ended(p, waiter, outcome);
    }

    /// Tells steps that what they waited for has ended, if they still wait; they go on at once.
    pub fn report(&mut self, p: &Program, parent: Option<Key>, outcome: Outcome, degraded: bool) {
        if let Some(next) = self.reported(parent, outcome, degraded) {
            self.at_once(p, next);
        }
    }

    fn reported(&mut self, parent: Option<Key>, outcome: Outcome, degraded: bool) -> Option<Next> {
        let key = parent.filter(|key| self.sequences.has(*key))?;
        self.sequences[key].degraded |= degraded && outcome.is_good();
        Some(Next::StepEnded(key, outcome))
    }

    /// Starts the step that a sequence stands at, or ends the sequence after its last.
    pub fn advance(&mut self, p: &Program, key: Key) {
        let sequence = &self.sequences[key];
        match sequence.op {
            None => {
                let degraded = sequence.degraded;
                self.end_sequence(p, key, Outcome::GOOD, degraded);
            }
            Some(op) => self.start_step(p, key, op),
        }
    }

    fn start_step(&mut self, p: &Program, key: Key, op: u32) {
        let operation = &p.operations[op as usize];
        let sequence = &mut self.sequences[key];
        let mut within = sequence.within;
        if sequence.times == 0 {
            if !self.is_taken(p, &within, op) {
                self.skip(p, key);
                return self.agenda.push(Next::Advance(key));
            }
            self.sequences[key].times = operation.times;
        }
        let repeat = self.sequences[key].repeat;
        let run = match operation.kind {
            OperationKind::Call if repeat > 0 => repeat.wrapping_mul(operation.spread / operation.times),
            _ => repeat,
        };
        within.occurrence = within.occurrence.wrapping_mul(operation.spread).wrapping_add(run);
        let parent = if operation.waits {
            Some(key)
        } else {
            self.step_over(p, key);
            self.agenda.push(Next::Advance(key));
            None
        };
        match operation.kind {
            OperationKind::Call => self.begin_call(p, op, within, parent),
            OperationKind::Work => self.begin_own_work(p, op, within, parent),
            OperationKind::Together => self.begin_branches(p, op, within, parent),
            OperationKind::Follow => {
                let join = self.joins.insert(Join { within, parent, op, left: 1, lacking: 1, degraded: false });
                self.begin_sequence(Waiter::Join(join), within, operation.branches.first().copied());
            }
        }
    }

    /// Whether this request takes a step that has a `chance`.
    #[inline]
    pub fn is_taken(&self, p: &Program, within: &Within, op: u32) -> bool {
        let operation = &p.operations[op as usize];
        match operation.chance {
            None => true,
            Some(share) => {
                let draw = operation.draws.chance;
                share.holds(draw.bits(self.chance.as_ref(), within.number, within.occurrence))
            }
        }
    }

    /// Goes behind a step.
    #[inline]
    fn skip(&mut self, p: &Program, key: Key) {
        let sequence = &mut self.sequences[key];
        sequence.repeat = 0;
        sequence.times = 0;
        sequence.op = sequence.op.and_then(|op| p.operations[op as usize].next);
    }

    /// Goes to the next repetition of a step, or behind it.
    #[inline]
    fn step_over(&mut self, p: &Program, key: Key) {
        let sequence = &mut self.sequences[key];
        if sequence.repeat + 1 < sequence.times {
            sequence.repeat += 1;
        } else {
            self.skip(p, key);
        }
    }

    /// Starts all branches at this moment, in written order; one with `times: n` is n branches.
    fn begin_branches(&mut self, p: &Program, op: u32, within: Within, parent: Option<Key>) {
        let operation = &p.operations[op as usize];
        let lacking = i64::from(operation.needs);
        let join = self.joins.insert(Join { within, parent, op, left: 0, lacking, degraded: false });
        let mut begun = Vec::new();
        for branch in &operation.branches {
            let times = p.operations[*branch as usize].times;
            if !self.is_taken(p, &within, *branch) {
                self.joins[join].lacking -= i64::from(times);
                continue;
            }
            for repeat in 0..times {
                begun.push(self.sequences.insert(Sequence {
                    within,
                    waiter: Waiter::Join(join),
                    op: Some(*branch),
                    repeat,
                    times: repeat + 1,
                    degraded: false,
                }));
            }
        }
        self.joins[join].left = begun.len() as i64;
        if self.joins[join].lacking <= 0 {
            let next = self.end_join(join, Outcome::GOOD);
            self.agenda.extend(next);
        }
        self.agenda.extend(begun.into_iter().rev().map(Next::Advance));
    }

    fn end_join(&mut self, key: Key, outcome: Outcome) -> Option<Next> {
        let join = &self.joins[key];
        let (parent, degraded) = (join.parent, join.degraded);
        self.joins.remove(key);
        self.reported(parent, outcome, degraded)
    }

    /// A step has come to an end: go on, pass its failure over where it is optional, or fail with it.
    pub fn step_ended(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let is_optional = |op: Option<u32>| op.map_or(false, |op| p.operations[op as usize].optional);
        if outcome.is_good() || is_optional(self.sequences[key].op) {
            self.sequences[key].degraded |= outcome.cause != Cause::None;
            self.step_over(p, key);
            self.advance(p, key);
        } else {
            self.end_sequence(p, key, outcome, false);
        }
    }

    /// A branch has come to an end: go on at the last success needed, fail when it can no longer be reached.
    pub fn branch_ended(&mut self, p: &Program, key: Key, outcome: Outcome) {
        let join = &mut self.joins[key];
        join.left -= 1;
        join.lacking -= i64::from(outcome.is_good());
        let is_over = if outcome.is_good() { join.lacking == 0 } else { join.left < join.lacking };
        if is_over {
            if let Some(next) = self.end_join(key, outcome) {
                self.at_once(p, next);
            }
        }
    }
}
