//! Topics: every subscriber gets each message, out of a queue that the topic keeps for it (engine contract, section 16).

use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, TopicLimits};
use crate::queue::Messages;
use crate::replica::Integral;
use crate::slab::Key;
use crate::task::{Message, MessagePhase, Outcome, Sequence, Waiter, Within};
use crate::world::{Next, World};
use std::collections::VecDeque;

/// What is counted of the messages of one queue over time, in ns.
#[derive(Default)]
pub struct Figures {
    pub waiting: Integral,
    pub in_work: Integral,
    /// The most that waited for longer than a moment, and since when as many wait as now.
    pub most_waiting: i64,
    since: i64,
    /// From publication to done: the sum, and the longest.
    pub time_to_done: i64,
    pub longest_to_done: i64,
}

impl Figures {
    /// So many more wait, which makes as many as are given.
    pub fn waiting_changed(&mut self, more: i64, waiting: i64, now: i64) {
        self.waiting.change(more, now);
        if now > self.since {
            self.most_waiting = self.most_waiting.max(waiting - more);
        }
        self.since = now;
    }

    pub fn in_work_changed(&mut self, more: i64, now: i64) {
        self.in_work.change(more, now);
    }

    pub fn done_after(&mut self, time: i64) {
        self.time_to_done = self.time_to_done.saturating_add(time);
        self.longest_to_done = self.longest_to_done.max(time);
    }
}

impl Messages {
    /// Whether as many messages are in work as may be at once.
    pub fn is_full(&self) -> bool {
        self.at_once.map_or(false, |most| self.in_work >= i64::from(most))
    }

    /// Whether a message that does not come to an end now is kept no longer.
    pub fn is_too_old(&self, published: i64, now: i64) -> bool {
        self.retention.map_or(false, |retention| now >= published.saturating_add(retention))
    }
}

impl World {
    /// Adds the queue of each subscriber of a topic; who they are, with the numbers of these.
    pub fn add_subscriptions(&mut self, topic: u32, limits: &TopicLimits, first: u32) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for subscriber in &limits.subscribers {
            found.push((subscriber.component, self.queues.len() as u32));
            self.queues.push(Messages {
                component: topic,
                subscriber: Some(subscriber.component),
                first,
                most: None,
                at_once: limits.partitions,
                is_pushed: !subscriber.pulls,
                retention: limits.retention,
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
            });
        }
        found
    }

    /// The queue out of which a component gets what is published to a queue or topic.
    pub fn queue_for(&self, source: usize, component: usize) -> Option<u32> {
        let station = &self.stations[source];
        let its = station.subscriptions.iter().find(|(subscriber, _)| *subscriber == component);
        station.queue.or_else(|| its.map(|(_, queue)| *queue))
    }

    /// Accepts a message and keeps it for every subscriber; the topic answers at once, and is never full.
    pub fn announce(&mut self, p: &Program, key: Key, component: usize) {
        let now = self.now();
        self.agenda.push(Next::Answer(key));
        let work = &self.works[key];
        let first = self.stations[component].first;
        let within = Within { place: first, context: work.number as u32, ..work.within };
        for op in p.routes[work.route as usize].subscriptions.iter().rev() {
            let to = p.routes[p.operations[*op as usize].first_route as usize].to;
            let number = match self.queue_for(component, to) {
                Some(number) if self.is_taken(p, &within, *op) => number,
                _ => continue,
            };
            let queue = &mut self.queues[number as usize];
            queue.published += 1;
            let (published, retention) = (queue.published, queue.retention);
            let message = self.messages.insert(Message {
                within,
                queue: number,
                op: Some(*op),
                phase: MessagePhase::Stored,
                number: published as u64,
                deliveries: 0,
                since: 0,
                published: now,
            });
            self.tell(Told::Published, i64::from(number), published, i64::from(within.context), 0);
            if let Some(retention) = retention {
                self.clock.schedule(now.saturating_add(retention), Class::TimeOut, Event::Expire(message));
            }
            self.store(number, message);
        }
    }

    /// Gives the message at the head to its subscriber by calling it, from the replica that speaks for the topic.
    pub fn push(&mut self, p: &Program, number: u32, key: Key, hub: u32) {
        let (within, delivery) = self.take_message(number, key, hub);
        let in_queue = self.messages[key].number as i64;
        self.tell(Told::Delivered, i64::from(number), in_queue, i64::from(delivery), -1);
        self.await_acknowledgement(number, key);
        let op = self.messages[key].op;
        let times = op.map_or(1, |op| p.operations[op as usize].times);
        let waiter = Waiter::Message(key, delivery);
        let call = self.sequences.insert(Sequence { within, waiter, op, repeat: 0, times, degraded: false });
        self.agenda.push(Next::Advance(call));
    }

    /// A subscriber has answered, or all tries of calling it have failed.
    pub fn pushed(&mut self, p: &Program, key: Key, delivery: u32, outcome: Outcome) {
        self.message_ended(p, key, delivery, outcome);
    }

    /// A message that still waits is kept no longer; one in work may come to a good end.
    pub fn expire(&mut self, key: Key) {
        let now = self.now();
        let message = &mut self.messages[key];
        let queue = &mut self.queues[message.queue as usize];
        if message.phase == MessagePhase::Stored && queue.is_too_old(message.published, now) {
            message.phase = MessagePhase::Settled;
            queue.waits(-1, now);
            queue.expired += 1;
        }
    }

    /// How long the message that was published first of those that wait has waited.
    pub fn oldest(&self, queue: &Messages) -> i64 {
        let waiting = queue.list.iter().map(|key| &self.messages[*key]);
        let waiting = waiting.filter(|message| message.phase == MessagePhase::Stored);
        waiting.map(|message| self.clock.now - message.published).max().unwrap_or(0)
    }

    /// Where so many messages can be in work at once, the end of one makes room for the next.
    pub fn look_for_more(&mut self, number: u32) {
        if self.queues[number as usize].at_once.is_some() {
            self.agenda.push(Next::Dispatch(number));
        }
    }
}
