//! Connection pools whose callers wait for a place (engine contract, section 17).

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::Program;
use crate::record::histogram::{Histogram, THREE_DIGITS};
use crate::replica::Integral;
use crate::slab::Key;
use crate::task::Outcome;
use crate::world::{Next, World};
use std::collections::VecDeque;

/// Who waits at one caller replica for a place, the first come first, and places that are kept for those let in.
#[derive(Default)]
pub struct Queue {
    waiting: VecDeque<Key>,
    kept: u32,
}

/// What is counted of a pool, all caller replicas together: asked = got + refused + waiting + gone with the caller.
#[derive(Default)]
pub struct Pool {
    pub asked: i64,
    pub got: i64,
    pub refused: i64,
    pub gone: i64,
    pub waiting: i64,
    pub most_waiting: i64,
    since: i64,
    pub busy: i64,
    pub time_waiting: Integral,
    pub time_busy: Integral,
    /// Summed over those that got a place.
    pub time_waited: i64,
    pub waits: Histogram<THREE_DIGITS>,
}

impl Pool {
    fn waits(&mut self, more: i64, now: i64) {
        if now > self.since {
            self.most_waiting = self.most_waiting.max(self.waiting);
        }
        self.since = now;
        self.waiting += more;
        self.time_waiting.change(more, now);
    }

    fn works(&mut self, more: i64, now: i64) {
        self.busy += more;
        self.time_busy.change(more, now);
    }
}

impl World {
    /// Counts a place that is taken or given back, where a connection has a pool.
    #[inline]
    pub fn count_place(&mut self, connection: usize, more: i64) {
        let now = self.clock.now;
        if let Some(pool) = &mut self.links[connection].pool {
            pool.works(more, now);
        }
    }

    /// An attempt asks for a place: it takes a free one, or waits for one behind all others.
    pub fn ask_for_place(&mut self, p: &Program, key: Key, line: usize, most: u32, patience: i64) {
        let now = self.now();
        let call = &self.calls[key];
        let (place, connection) = (call.within.place, p.routes[call.route as usize].connection);
        if self.breaker_is_open(p, connection, place) {
            return self.unsent(p, key, Outcome::new(503, Cause::BreakerOpen));
        }
        if let Some(pool) = &mut self.links[connection].pool {
            pool.asked += 1;
        }
        self.calls[key].since = now;
        let in_flight = self.lines[line].in_flight;
        let queue = self.lines[line].queue.get_or_insert_with(Default::default);
        if queue.waiting.is_empty() && in_flight + queue.kept < most {
            queue.kept += 1;
            return self.enter_pool(p, key);
        }
        queue.waiting.push_back(key);
        if let Some(pool) = &mut self.links[connection].pool {
            pool.waits(1, now);
        }
        self.clock.schedule(now.saturating_add(patience), Class::TimeOut, Event::LoseHope(key));
    }

    /// A call has a place: the breaker is asked again, a replica is chosen now, and the attempt is sent.
    pub fn enter_pool(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let call = &self.calls[key];
        let (place, since) = (call.within.place, call.since);
        let (op, context, row) = (i64::from(call.op), i64::from(call.within.context), i64::from(call.within.row));
        let connection = p.routes[call.route as usize].connection;
        let line = self.line_of(connection, place);
        if let Some(queue) = &mut self.lines[line].queue {
            queue.kept = queue.kept.saturating_sub(1);
        }
        if let Some(pool) = &mut self.links[connection].pool {
            pool.got += 1;
            pool.time_waited += now - since;
            pool.waits.add((now - since) as u64);
        }
        if now > since {
            self.tell(Told::Pooled, op, context, now - since, row);
        }
        let sent = self.attempt(p, key, line);
        if !sent {
            if let Some(next) = self.next_waiting(p, connection, place) {
                self.agenda.push(Next::EnterPool(next));
            }
        }
    }

    /// Who gets a place that has fallen free, if anybody waits for one.
    pub fn next_waiting(&mut self, p: &Program, connection: usize, place: u32) -> Option<Key> {
        let now = self.now();
        let most = p.connections[connection].max_concurrent?;
        let line = self.line_of(connection, place);
        let in_flight = self.lines[line].in_flight;
        let queue = self.lines[line].queue.as_mut()?;
        if in_flight + queue.kept >= most {
            return None;
        }
        let next = queue.waiting.pop_front()?;
        queue.kept += 1;
        if let Some(pool) = &mut self.links[connection].pool {
            pool.waits(-1, now);
        }
        Some(next)
    }

    /// A call has waited for a place as long as it may, unless it has got one meanwhile.
    pub fn lose_hope(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let call = &self.calls[key];
        let connection = p.routes[call.route as usize].connection;
        let patience = p.connections[connection].max_wait.unwrap_or(0);
        let line = self.line_of(connection, call.within.place);
        if now != call.since.saturating_add(patience) {
            return;
        }
        let found = self.lines[line].queue.as_mut().and_then(|queue| {
            let number = queue.waiting.iter().position(|waiting| *waiting == key)?;
            queue.waiting.remove(number)
        });
        if found.is_some() {
            if let Some(pool) = &mut self.links[connection].pool {
                pool.waits(-1, now);
                pool.refused += 1;
            }
            self.unsent(p, key, Outcome::new(503, Cause::Pool));
        }
    }

    /// The caller is gone, and with it everybody who waits there.
    pub fn empty_pool(&mut self, connection: usize, line: usize) {
        let now = self.now();
        let gone = self.lines[line].queue.as_ref().map_or(0, |queue| queue.waiting.len()) as i64;
        if let Some(pool) = &mut self.links[connection].pool {
            pool.gone += gone;
            pool.waits(-gone, now);
        }
    }

    /// The figures of a pool at a moment: who waits, integrals of who does and of places taken, who got one after how
    /// long in all.
    pub fn sample_pools(&self, row: &mut Vec<i64>) {
        let now = self.clock.now;
        for pool in self.links.iter().filter_map(|link| link.pool.as_ref()) {
            row.extend([
                pool.waiting,
                pool.time_waiting.until(pool.waiting as u32, now),
                pool.time_busy.until(pool.busy as u32, now),
                pool.got,
                pool.time_waited,
            ]);
        }
    }
}
