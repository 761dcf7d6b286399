//! Message queues: publishing, delivering, redelivering, dead letters (engine contract, sections 7.3 to 7.5).

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, QueueLimits};
use crate::slab::Key;
use crate::task::{Message, MessagePhase, Origin, Outcome, Phase, Within};
use crate::topic::Figures;
use crate::world::{Next, World};
use std::collections::VecDeque;

/// A queue, or what a topic keeps for one subscriber, and what became of its messages.
pub struct Messages {
    pub component: u32,
    /// Of a topic: whom it is kept for.
    pub subscriber: Option<usize>,
    /// Its first replica.
    pub first: u32,
    pub most: Option<u32>,
    /// Messages that can be in work at once.
    pub at_once: Option<u32>,
    /// Whether the subscriber is called, and does not pull.
    pub is_pushed: bool,
    /// After which a message that still waits is gone.
    pub retention: Option<i64>,
    pub tries: u32,
    pub visibility: i64,
    /// The component that gets what cannot be delivered.
    pub dead_letter: Option<usize>,
    /// Messages waiting, and those that were settled after they had reappeared.
    pub list: VecDeque<Key>,
    pub waiting: i64,
    pub in_work: i64,
    pub published: i64,
    pub done: i64,
    pub dead: i64,
    pub expired: i64,
    pub deliveries: i64,
    pub figures: Figures,
}

impl Messages {
    pub fn of_queue(component: u32, limits: &QueueLimits, first: u32) -> Self {
        Messages {
            component,
            subscriber: None,
            first,
            most: limits.most,
            at_once: None,
            is_pushed: false,
            retention: None,
            tries: limits.deliveries,
            visibility: limits.visibility,
            dead_letter: limits.dead_letter,
            list: VecDeque::new(),
            waiting: 0,
            in_work: 0,
            published: 0,
            done: 0,
            dead: 0,
            expired: 0,
            deliveries: 0,
            figures: Figures::default(),
        }
    }

    /// Puts a message at the tail.
    fn add(&mut self, key: Key, now: i64) {
        self.list.push_back(key);
        self.waits(1, now);
    }

    /// So many more messages wait from now on.
    pub fn waits(&mut self, more: i64, now: i64) {
        self.waiting += more;
        self.figures.waiting_changed(more, self.waiting, now);
    }

    /// So many more messages are in work from now on.
    pub fn works(&mut self, more: i64, now: i64) {
        self.in_work += more;
        self.figures.in_work_changed(more, now);
    }
}

impl World {
    /// Stores a message, or refuses it where the queue is full; the consumers' steps hang on the message.
    pub fn publish(&mut self, p: &Program, key: Key, component: usize) {
        let number = match self.stations[component].queue {
            None => return,
            Some(number) => number,
        };
        self.agenda.push(Next::Answer(key));
        let queue = &mut self.queues[number as usize];
        let work = &mut self.works[key];
        if queue.most.map_or(false, |most| queue.waiting >= i64::from(most)) {
            work.outcome = Outcome::new(503, Cause::Shed);
            work.own = true;
            return;
        }
        queue.published += 1;
        let published = queue.published;
        let within = Within { place: queue.first, context: work.number as u32, ..work.within };
        let message = self.messages.insert(Message {
            within,
            queue: number,
            op: p.routes[work.route as usize].steps,
            phase: MessagePhase::Stored,
            number: published as u64,
            deliveries: 0,
            since: 0,
            published: self.clock.now,
        });
        self.tell(Told::Published, i64::from(number), published, i64::from(within.context), 0);
        self.store(number, message);
    }

    /// Puts a message at the tail and sees whether a worker is free for it.
    pub fn store(&mut self, number: u32, key: Key) {
        let now = self.now();
        let message = &mut self.messages[key];
        message.queue = number;
        message.phase = MessagePhase::Stored;
        let queue = &mut self.queues[number as usize];
        queue.add(key, now);
        self.agenda.push(Next::Dispatch(number));
    }

    /// Gives the messages at the head to free workers: the first component written, its lowest replica first.
    pub fn dispatch(&mut self, p: &Program, number: u32) {
        let hub = self.handing_out(p, self.queues[number as usize].component as usize);
        while let Some(key) = self.queues[number as usize].list.front().copied() {
            if self.messages[key].phase == MessagePhase::Settled {
                self.queues[number as usize].list.pop_front();
                self.messages.remove(key);
                continue;
            }
            let (op, hub) = match (self.messages[key].op, hub) {
                (Some(op), Some(hub)) => (&p.operations[op as usize], hub),
                _ => return,
            };
            if self.queues[number as usize].is_full() {
                return;
            }
            if self.queues[number as usize].is_pushed {
                self.push(p, number, key, hub);
                continue;
            }
            let mut routes = op.first_route..op.first_route + op.routes;
            let found = routes.find_map(|route| self.free_worker(p, route, hub).map(|replica| (route, replica)));
            match found {
                None => return,
                Some((route, replica)) => {
                    self.deliver(p, number, key, route, hub, replica);
                }
            }
        }
    }

    /// The replica that speaks for a queue or worker: the lowest one up; none where too few are up to serve.
    pub fn handing_out(&self, p: &Program, component: usize) -> Option<u32> {
        let is_up = |number: &u32| {
            let replica = &self.replicas[*number as usize];
            replica.registered && replica.is_up()
        };
        let lowest = self.stations[component].replicas().find(is_up)?;
        Some(lowest).filter(|_| self.enough_up(p, component))
    }

    /// The lowest replica of a worker that hears the queue and has a slot free.
    fn free_worker(&self, p: &Program, route: u32, hub: u32) -> Option<u32> {
        let route = &p.routes[route as usize];
        let component = &p.components[route.to];
        if self.links[route.connection].cut > 0 || (component.needs > 1 && self.handing_out(p, route.to).is_none()) {
            return None;
        }
        let island = self.replicas[hub as usize].island;
        let is_free = |number: &u32| {
            let replica = &self.replicas[*number as usize];
            replica.slot_queue.is_empty()
                && replica.registered
                && replica.is_up()
                && replica.island == island
                && replica.slots_used < component.room()
        };
        self.stations[route.to].replicas().find(is_free)
    }

    /// One delivery: work of the consumer in a slot of its own, held from now on, which nobody waits for.
    fn deliver(&mut self, p: &Program, number: u32, key: Key, route: u32, hub: u32, replica: u32) {
        let now = self.now();
        let (within, delivery) = self.take_message(number, key, hub);
        let message = &self.messages[key];
        let (in_queue, op) = (message.number as i64, message.op.unwrap_or(0));
        self.attempts += 1;
        let attempt = self.attempts;
        let work = self.works.place();
        let begun = &mut self.works[work];
        begun.begin(within, Origin::Message(key, delivery), op, replica);
        begun.route = route;
        begun.sent = now;
        begun.number = attempt;
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
            self.leave(key, at);
            self.works.remove(key);
            let component = self.replicas[at as usize].component as usize;
            self.pull_messages(p, component);
        } else {
            self.tell(Told::Arrived, number, i64::from(at), 0, 0);
            self.agenda.push(Next::Begin(key));
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

    /// A worker has a slot free: it looks into the queues it pulls from. A queue that serves again is looked into.
    pub fn pull_messages(&mut self, p: &Program, component: usize) {
        if let Some(queue) = self.stations[component].queue {
            self.agenda.push(Next::Dispatch(queue));
        }
        let subscriptions = &self.stations[component].subscriptions;
        self.agenda.extend(subscriptions.iter().rev().map(|(_, queue)| Next::Dispatch(*queue)));
        for fed in &p.components[component].feeds {
            if let Some(queue) = self.queue_for(*fed, component) {
                self.agenda.push(Next::Dispatch(queue));
            }
        }
    }

    /// Workers and queues hear each other again: every queue is looked into, the first one first.
    pub fn pull_all(&mut self) {
        self.agenda.extend((0..self.queues.len() as u32).rev().map(Next::Dispatch));
    }
}
