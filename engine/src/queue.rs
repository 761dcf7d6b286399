//! Message queues: publishing, storing, who is handed a message next (engine contract, sections 7.3 to 7.5).

use crate::cause::Cause;
use crate::log::Told;
use crate::program::{Program, QueueLimits};
use crate::slab::Key;
use crate::task::{Message, MessagePhase, Outcome, Within};
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
