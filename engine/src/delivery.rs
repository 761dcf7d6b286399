//! Deliveries of messages: on their way, acknowledged, given back, dead (engine contract, sections 7.3 to 7.5).

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::Program;
use crate::slab::Key;
use crate::task::{MessagePhase, Origin, Outcome, Phase, Within, Work};
use crate::world::{Next, World};

impl World {
    /// One delivery: work of the consumer in a slot of its own, held from now on, which nobody waits for.
    pub fn deliver(&mut self, p: &Program, number: u32, key: Key, route: u32, hub: u32, replica: u32) {
        let now = self.now();
        let (within, delivery) = self.take_message(number, key, hub);
        let message = &self.messages[key];
        let (in_queue, op) = (message.number as i64, message.op.unwrap_or(0));
        self.attempts += 1;
        let attempt = self.attempts;
        let origin = Origin::Message(key, delivery);
        let cpu = self.draw_cpu(p, op, &within);
        let begun = Work { within, origin, op, at: replica, route, cpu, sent: now, number: attempt, ..Work::default() };
        let work = self.works.insert(begun);
        let (told, connection) = (attempt as i64, p.routes[route as usize].connection);
        self.tell(Told::Sent, told, i64::from(within.context), i64::from(op), i64::from(replica));
        self.tell(Told::Attempt, told, i64::from(delivery), i64::from(within.row), connection as i64);
        self.tell(Told::Delivered, i64::from(number), in_queue, i64::from(delivery), told);
        self.await_acknowledgement(number, key);
        self.travel(p, work);
    }

    /// The message at the head leaves the queue, to be worked on: on whose behalf, and which delivery of it that is.
    pub fn take_message(&mut self, number: u32, key: Key, hub: u32) -> (Within, u32) {
        let now = self.now();
        let queue = &mut self.queues[number as usize];
        queue.list.pop_front();
        queue.waits(-1, now);
        queue.works(1, now);
        queue.deliveries += 1;
        let tries = queue.tries;
        let message = &mut self.messages[key];
        message.phase = MessagePhase::Delivered;
        message.deliveries += 1;
        message.since = now;
        let delivery = message.deliveries;
        let mut within = Within { place: hub, ..message.within };
        within.occurrence = within.occurrence.wrapping_mul(tries).wrapping_add((delivery - 1) % tries);
        (within, delivery)
    }

    /// A message in work that is not acknowledged for so long appears again.
    pub fn await_acknowledgement(&mut self, number: u32, key: Key) {
        let visibility = self.queues[number as usize].visibility;
        self.clock.schedule(self.clock.now + visibility, Class::TimeOut, Event::Reappear(key));
    }

    /// A message sets off for the worker that has pulled it; lost on its way, it reappears when its time is up.
    fn travel(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &mut self.works[key];
        let (within, number, at) = (work.within, work.number as i64, work.at);
        let route = &p.routes[work.route as usize];
        let latency = match &route.latency {
            None => 0,
            Some(law) => law.time(self.chance.as_ref(), within.number, within.occurrence),
        };
        let latency = self.links[route.connection].slow.of(latency);
        work.back = latency - latency / 2;
        let draw = p.operations[work.op as usize].draws.loss_out;
        if self.is_lost(route.connection, &within, || draw) {
            self.tell(Told::Lost, number, 0, 0, 0);
            return self.works.remove(key);
        }
        let replica = &mut self.replicas[at as usize];
        replica.counts.calls += 1;
        replica.counts.in_work.more(1, now);
        replica.in_work += 1;
        replica.take_slot(now);
        let work = &mut self.works[key];
        work.entered = now;
        work.holds_slot = true;
        work.phase = Phase::WaitsForSlot;
        if latency / 2 == 0 {
            self.agenda.push(Next::ArriveAtWorker(key));
        } else {
            self.clock.schedule(now + latency / 2, Class::Incoming, Event::Arrive(key));
        }
    }

    /// A message reaches its worker, unless a partition has begun meanwhile.
    pub fn receive_message(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let (number, at) = (work.number as i64, work.at);
        if self.is_cut(p, key, work.sent) {
            self.tell(Told::Lost, number, 0, 0, 0);
            self.replicas[at as usize].counts.lost += 1;
            let component = self.replicas[at as usize].component as usize;
            if let Some(instances) = &mut self.stations[component].function {
                instances.lost += 1;
            }
            self.leave(key, at);
            self.works.remove(key);
            self.pull_messages(p, component);
        } else {
            self.tell(Told::Arrived, number, i64::from(at), 0, 0);
            let component = self.replicas[at as usize].component as usize;
            if self.stations[component].function.is_some() {
                self.take_instance(p, key, at);
            } else {
                self.agenda.push(Next::Begin(key));
            }
        }
    }

    /// What came of a delivery sets off for the queue; lost on its way, the message reappears all the same.
    pub fn acknowledge(&mut self, p: &Program, key: Key) {
        let now = self.now();
        let work = &self.works[key];
        let (number, back, within) = (work.number as i64, work.back, work.within);
        let connection = p.routes[work.route as usize].connection;
        let draw = p.operations[work.op as usize].draws.loss_back;
        if self.is_cut(p, key, now) || self.is_lost(connection, &within, || draw) {
            self.tell(Told::Lost, number, 1, 0, 0);
            self.works.remove(key);
        } else if back == 0 {
            self.delivery_ended(p, key);
        } else {
            let work = &mut self.works[key];
            work.phase = Phase::Returning;
            work.since = now;
            self.clock.schedule(now + back, Class::Completion, Event::Hear(key));
        }
    }

    /// What came of a delivery reaches the queue, unless a partition has begun meanwhile.
    pub fn acknowledged(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let number = work.number as i64;
        if self.is_cut(p, key, work.since) {
            self.tell(Told::Lost, number, 1, 0, 0);
            self.works.remove(key);
        } else {
            self.delivery_ended(p, key);
        }
    }

    /// The queue learns that the consumer is done, if it is up to learn it.
    fn delivery_ended(&mut self, p: &Program, key: Key) {
        let work = &self.works[key];
        let (outcome, origin) = (work.outcome, work.origin);
        if let Origin::Message(message, delivery) = origin {
            self.message_ended(p, message, delivery, outcome);
        }
        self.works.remove(key);
    }

    /// What came of a delivery is known to the consumer: the queue learns it, if it is up and still has the message.
    pub fn message_ended(&mut self, p: &Program, message: Key, delivery: u32, outcome: Outcome) {
        if self.messages.has(message) && self.messages[message].phase != MessagePhase::Settled {
            let queue = self.messages[message].queue as usize;
            if self.handing_out(p, self.queues[queue].component as usize).is_some() {
                self.conclude_delivery(message, delivery, outcome.cause == Cause::None);
            }
        }
    }

    /// Acknowledges the message, or puts it back to the tail.
    fn conclude_delivery(&mut self, key: Key, delivery: u32, done: bool) {
        let now = self.now();
        let message = &mut self.messages[key];
        let (number, in_queue) = (message.queue, message.number as i64);
        let waits_again = message.phase == MessagePhase::Stored;
        let (is_last, published) = (delivery == message.deliveries, message.published);
        self.tell(Told::Delivery, i64::from(number), in_queue, i64::from(delivery), i64::from(done));
        let queue = &mut self.queues[number as usize];
        if done {
            queue.done += 1;
            queue.figures.done_after(now - published);
            if waits_again {
                queue.waits(-1, now);
                self.messages[key].phase = MessagePhase::Settled;
            } else {
                queue.works(-1, now);
                self.messages.remove(key);
                self.look_for_more(number);
            }
        } else if !waits_again && is_last {
            self.return_message(number, key);
        }
    }

    /// A delivery has failed: once more, or, after the last, to the dead letters.
    fn return_message(&mut self, number: u32, key: Key) {
        let now = self.now();
        let queue = &mut self.queues[number as usize];
        queue.works(-1, now);
        let message = &self.messages[key];
        let in_queue = message.number as i64;
        if queue.is_too_old(message.published, now) {
            queue.expired += 1;
            self.messages.remove(key);
            return self.look_for_more(number);
        }
        if message.deliveries < queue.tries {
            return self.store(number, key);
        }
        queue.dead += 1;
        self.look_for_more(number);
        let dead_letter = self.queues[number as usize].dead_letter;
        let letters = dead_letter.and_then(|component| self.stations[component].queue);
        let to = dead_letter.map_or(-1, |component| component as i64);
        self.tell(Told::Dead, i64::from(number), in_queue, to, 0);
        match letters {
            None => self.messages.remove(key),
            Some(letters) => {
                let queue = &mut self.queues[letters as usize];
                queue.published += 1;
                self.messages[key].op = None;
                self.messages[key].number = queue.published as u64;
                self.store(letters, key);
            }
        }
    }

    /// The visibility time-out: a delivery not acknowledged by now counts as failed.
    pub fn reappear(&mut self, key: Key) {
        let message = &self.messages[key];
        let number = message.queue;
        let is_due = self.now() == message.since + self.queues[number as usize].visibility;
        if message.phase == MessagePhase::Delivered && is_due {
            self.return_message(number, key);
        }
    }
}
