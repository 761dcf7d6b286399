//! Alerts on a timeline, evaluated as Prometheus 3 does (engine contract, section 12).

use crate::clock::{Class, Event};
use crate::program::{Alert, Component, ComponentMetric, FlowMetric, Program, Watched};
use crate::record::nearest_rank;
use crate::replica::Replica;
use crate::world::World;
use std::cmp::Ordering;
use std::collections::VecDeque;

/// How an alert stands; it changes as `AlertingRule.Eval` in rules/alerting.go of Prometheus has it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum State {
    Inactive,
    Pending,
    Firing,
    Resolved,
}

/// What a run keeps of an alert.
pub struct Watching {
    /// What it looks at, at each scrape that a window can still reach.
    scraped: VecDeque<Scraped>,
    state: State,
    since: i64,
    first_false: Option<i64>,
}

/// Two numbers at the moment of a scrape, by the metric:
/// good and bad answers so far, or good ones and those within the limit; time in service and time in use, summed over
/// replicas; lengths summed over the scrapes without and with this one; else one number.
#[derive(Clone, Copy)]
struct Scraped {
    at: i64,
    one: i64,
    other: i64,
}

/// A window (start, end] and the scrapes in it, of which there is at least one.
struct Window<'a> {
    start: i64,
    end: i64,
    first: &'a Scraped,
    last: &'a Scraped,
    /// How many scrapes lie in it.
    count: u128,
}

/// A value, as a fraction of products that are not worked out.
type Value = ([u128; 2], [u128; 2]);

impl World {
    /// Schedules the first look at the alerts.
    pub fn begin_alerts(&mut self, p: &Program) {
        self.alerts = p.run.alerts.iter().map(|_| Watching::new()).collect();
        if !self.alerts.is_empty() {
            self.clock.schedule(0, Class::Rules, Event::Evaluate);
        }
    }

    /// Notes what the alerts look at, at a scrape.
    pub fn scrape_alerts(&mut self, p: &Program) {
        let now = self.now();
        let mut alerts = std::mem::take(&mut self.alerts);
        for (alert, watching) in p.run.alerts.iter().zip(&mut alerts) {
            let before = watching.scraped.back().map_or(0, |last| last.other);
            let (one, other) = self.seen_by(alert, before);
            watching.scraped.push_back(Scraped { at: now, one, other });
            let longest = alert.over.iter().max().copied().unwrap_or(0);
            while watching.scraped.front().map_or(false, |first| first.at <= now - longest) {
                watching.scraped.pop_front();
            }
        }
        self.alerts = alerts;
    }

    /// Looks at every alert, and notes what has changed.
    pub fn evaluate(&mut self, p: &Program) {
        let now = self.now();
        let mut alerts = std::mem::take(&mut self.alerts);
        for (number, (alert, watching)) in p.run.alerts.iter().zip(&mut alerts).enumerate() {
            let holds = alert.over.iter().all(|over| self.is_breached(p, alert, watching, now - over, now));
            for state in watching.pass(alert, now, holds) {
                self.record.alerts.extend([now, number as i64, state as i64]);
            }
        }
        self.alerts = alerts;
        if let Some(interval) = p.run.evaluate {
            self.clock.schedule(now + interval, Class::Rules, Event::Evaluate);
        }
    }

    /// What an alert looks at now; `before` is the second number of the scrape before.
    fn seen_by(&self, alert: &Alert, before: i64) -> (i64, i64) {
        match &alert.watched {
            Watched::Flows(flows, metric) => {
                let flows = flows.iter().map(|flow| &self.record.flows[*flow]);
                match metric {
                    FlowMetric::Percentile(_) => {
                        let within = alert.within();
                        sum(flows.map(|flow| (flow.good, flow.within(within))))
                    }
                    _ => sum(flows.map(|flow| (flow.good, flow.bad))),
                }
            }
            Watched::Component(component, metric) => self.seen_of(*component, *metric, before),
        }
    }

    fn seen_of(&self, component: usize, metric: ComponentMetric, before: i64) -> (i64, i64) {
        let (now, station) = (self.now(), &self.stations[component]);
        let all = station.first..station.first + station.rows + station.second;
        let replicas = all.map(|replica| &self.replicas[replica as usize]);
        let registered = |each: &Replica| each.counts.registered.until(u32::from(each.registered), now);
        match metric {
            ComponentMetric::Cpu => {
                sum(replicas.map(|each| (registered(each), each.counts.cores.until(each.cores_used, now))))
            }
            ComponentMetric::Memory => {
                sum(replicas.map(|each| (registered(each), each.counts.slots.until(each.slots_used, now))))
            }
            ComponentMetric::QueueLength => match self.messages_for(component) {
                Some(waiting) => (before, before + waiting),
                None => sum(replicas.map(|each| (each.counts.queued.until(each.waiting(), now), 0))),
            },
            ComponentMetric::ReplicasUp => sum(replicas.map(|each| (i64::from(each.is_up() && each.registered), 0))),
            ComponentMetric::Requests => sum(replicas.map(|each| (each.counts.calls, 0))),
            ComponentMetric::Failures => {
                sum(replicas.map(|each| (each.counts.errors + each.counts.shed + each.counts.rate_limited, 0)))
            }
        }
    }

    /// The messages that wait in a queue, for a subscriber, or for that subscriber of a topic for whom most do; nothing
    /// of what has to do with no messages.
    fn messages_for(&self, component: usize) -> Option<i64> {
        let is_its =
            |subscriber: Option<usize>, owner: u32| owner as usize == component || subscriber == Some(component);
        self.queues.iter().filter(|kept| is_its(kept.subscriber, kept.component)).map(|kept| kept.waiting).max()
    }

    /// Whether an alert's condition holds over (start, now]; not without a value.
    fn is_breached(&self, p: &Program, alert: &Alert, watching: &Watching, start: i64, now: i64) -> bool {
        let window = match watching.window(start, now) {
            None => return false,
            Some(window) => window,
        };
        let value = match &alert.watched {
            Watched::Flows(_, FlowMetric::Percentile(share)) => {
                let (count, within) = window.increase();
                return count > 0 && (within >= nearest_rank(*share, count as u64) as i64) != alert.is_above;
            }
            Watched::Flows(_, metric) => of_flows(metric, &window),
            Watched::Component(component, metric) => {
                let keeps_messages = self.messages_for(*component).is_some();
                of_component(*metric, &window, &p.components[*component], keeps_messages)
            }
        };
        let wrong = if alert.is_above { Ordering::Greater } else { Ordering::Less };
        value.map_or(false, |value| compared(value, alert.limit) == wrong)
    }
}

fn of_flows(metric: &FlowMetric, window: &Window) -> Option<Value> {
    let (good, bad) = window.increase();
    let answers = good + bad;
    match metric {
        FlowMetric::RequestRate => rate(window, window.first.one + window.first.other, answers),
        _ if answers == 0 => None,
        FlowMetric::BurnRate((over, under)) => Some(([bad as u128, *under as u128], [answers as u128, *over as u128])),
        FlowMetric::SuccessRate | FlowMetric::Percentile(_) => Some(([good as u128, 1], [answers as u128, 1])),
    }
}

fn of_component(
    metric: ComponentMetric,
    window: &Window,
    component: &Component,
    keeps_messages: bool,
) -> Option<Value> {
    let (one, other) = window.increase();
    let share = |capacity: Option<u32>| part(other, [one as u128, u128::from(capacity.unwrap_or(0))]);
    match metric {
        ComponentMetric::Cpu => share(component.cores),
        ComponentMetric::Memory => share(component.memory),
        ComponentMetric::ReplicasUp => part(window.last.one, [1, 1]),
        ComponentMetric::QueueLength if keeps_messages => part(window.last.other - window.first.one, [window.count, 1]),
        ComponentMetric::QueueLength => part(one, [(window.last.at - window.first.at) as u128, 1]),
        ComponentMetric::Requests | ComponentMetric::Failures => rate(window, window.first.one, one),
    }
}

/// A number by a product; nothing where that is 0.
fn part(number: i64, by: [u128; 2]) -> Option<Value> {
    if by.contains(&0) {
        None
    } else {
        Some(([number as u128, 1], by))
    }
}

/// What `rate` of Prometheus gives of a counter, per second: its increase carried on to the ends of the window.
///
/// `before` is the counter at the first scrape. A gap to an end of the window is bridged if it is under 1.1 of the mean
/// distance of the scrapes, else half that distance is; never further back than where the counter would have been 0.
/// (`extrapolatedRate` in promql/functions.go, Prometheus 3.0.)
fn rate(window: &Window, before: i64, increase: i64) -> Option<Value> {
    let distances = window.count - 1;
    if distances == 0 {
        return None;
    }
    let sampled = (window.last.at - window.first.at) as u128;
    // in halves of a mean distance, of which there are twice as many as distances, times `sampled`
    let halves = 2 * distances;
    let bridged = |gap: i64| if 5 * gap as u128 * halves < 11 * sampled { gap as u128 * halves } else { sampled };
    let (to_start, to_end) = (bridged(window.first.at - window.start), bridged(window.end - window.last.at));
    let grown = increase as u128;
    let from_start = (grown * to_start).min(halves * sampled * before as u128);
    let over = grown * (halves * sampled + to_end) + from_start;
    Some(([over, 1_000_000_000], [halves * sampled, (window.end - window.start) as u128]))
}

/// How a value compares to a limit, exactly.
fn compared(([a, b], [c, d]): Value, (over, under): (i64, i64)) -> Ordering {
    product(a, b * under as u128).cmp(&product(c, d * over as u128))
}

/// A product of 256 bits, as its upper and its lower half.
fn product(a: u128, b: u128) -> (u128, u128) {
    let halves = |number: u128| (number >> 64, number & u128::from(u64::MAX));
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    let ((one, one_low), (other, other_low)) = (halves(a_high * b_low), halves(a_low * b_high));
    let (carried, low) = halves(a_low * b_low);
    let (carried, middle) = halves(carried + one_low + other_low);
    (a_high * b_high + one + other + carried, (middle << 64) | low)
}

fn sum(numbers: impl Iterator<Item = (i64, i64)>) -> (i64, i64) {
    numbers.fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
}

impl Watching {
    fn new() -> Self {
        Watching { scraped: VecDeque::new(), state: State::Inactive, since: 0, first_false: None }
    }

    /// The scrapes in (start, end]; none where there is none.
    fn window(&self, start: i64, end: i64) -> Option<Window> {
        let first = self.scraped.partition_point(|each| each.at <= start);
        let count = self.scraped.len() - first;
        let (first, last) = (self.scraped.get(first)?, self.scraped.back()?);
        Some(Window { start, end, first, last, count: count as u128 })
    }

    /// The states that it comes into: pending when its condition holds, firing when that has held for long enough,
    /// resolved when it has not held for long enough.
    fn pass(&mut self, alert: &Alert, now: i64, holds: bool) -> Vec<State> {
        let mut passed = Vec::new();
        if holds {
            self.first_false = None;
            if matches!(self.state, State::Inactive | State::Resolved) {
                self.since = now;
                self.state = State::Pending;
                passed.push(self.state);
            }
            if self.state == State::Pending && now - self.since >= alert.lasts {
                self.state = State::Firing;
                passed.push(self.state);
            }
        } else if self.state == State::Pending {
            self.state = State::Inactive;
            passed.push(self.state);
        } else if self.state == State::Firing && now - *self.first_false.get_or_insert(now) >= alert.keep_firing_for {
            self.state = State::Resolved;
            passed.push(self.state);
        }
        passed
    }
}

impl Window<'_> {
    /// By how much both numbers have grown in it.
    fn increase(&self) -> (i64, i64) {
        (self.last.one - self.first.one, self.last.other - self.first.other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    fn rate_of(start: i64, end: i64, first: i64, last: i64, before: i64, increase: i64) -> Option<Value> {
        let at = |seconds: i64| Scraped { at: seconds * SECOND, one: 0, other: 0 };
        let count = ((last - first) / 15 + 1) as u128;
        let window = Window { start: start * SECOND, end: end * SECOND, first: &at(first), last: &at(last), count };
        rate(&window, before, increase)
    }

    fn is_rate(found: Option<Value>, over: i64, under: i64) -> bool {
        found.map_or(false, |value| compared(value, (over, under)) == Ordering::Equal)
    }

    #[test]
    fn a_rate_is_that_of_prometheus() {
        // (5 m, 10 m] has scrapes from 5:15 to 10:00: 2,850 in 285 s, not in 300
        assert!(is_rate(rate_of(300, 600, 315, 600, 3150, 2850), 10, 1));
        // (0, 1 m] from 15 s on: 450 in 45 s, the counter stood at 20, so 2 s earlier at 0: 450 · 47/45 / 60
        assert!(is_rate(rate_of(0, 60, 15, 60, 20, 450), 450 * 47, 45 * 60));
        // (-4 m, 1 m] has scrapes at 0, 15, …, 60; the counter was 0 at the first: 600 in 60 s, over 300
        assert!(is_rate(rate_of(-240, 60, 0, 60, 0, 600), 2, 1));
        // the last scrape is 20 s before the end: 300 in 30 s, and 15 s before and 7.5 s after, over 65 s
        assert!(is_rate(rate_of(0, 65, 15, 45, 1000, 300), 10 * 105, 130));
        assert_eq!(rate_of(0, 15, 15, 15, 0, 0), None);
    }

    /// What becomes of an alert that is looked at again and again, and whose condition holds in some of them.
    fn passed(lasts: i64, keep_firing_for: i64, bad: &[std::ops::Range<i64>], until: i64) -> Vec<(i64, State)> {
        let watched = Watched::Component(0, ComponentMetric::Cpu);
        let alert = Alert { watched, is_above: true, limit: (1, 1), over: vec![1], lasts, keep_firing_for };
        let mut watching = Watching::new();
        let states = (0..until).map(|now| (now, watching.pass(&alert, now, bad.iter().any(|bad| bad.contains(&now)))));
        states.flat_map(|(now, states)| states.into_iter().map(move |state| (now, state))).collect()
    }

    #[test]
    fn an_alert_goes_from_state_to_state_as_in_prometheus() {
        use State::{Firing, Inactive, Pending, Resolved};
        // true from 5 to 20, for 10 minutes: fires at the eleventh true evaluation
        assert_eq!(passed(10, 0, &[5..21], 26), [(5, Pending), (15, Firing), (21, Resolved)]);
        // ten true, one false, ten true: one false evaluation takes a pending alert back
        let twice = [(1, Pending), (11, Inactive), (12, Pending), (22, Inactive)];
        assert_eq!(passed(10, 0, &[1..11, 12..22], 24), twice);
        assert_eq!(passed(0, 0, &[3..4], 6), [(3, Pending), (3, Firing), (4, Resolved)]);
        // first false at 5, kept for 3 minutes
        assert_eq!(passed(0, 3, &[3..5], 10), [(3, Pending), (3, Firing), (8, Resolved)]);
        assert_eq!(passed(0, 3, &[3..4, 6..7], 12), [(3, Pending), (3, Firing), (10, Resolved)]);
    }

    #[test]
    fn values_are_compared_exactly() {
        let most = u128::from(u64::MAX);
        let value = ([most * most, 5], [most * 5, most]);
        assert_eq!(compared(value, (1, 1)), Ordering::Equal);
        assert_eq!(compared(value, (i64::MAX, i64::MAX - 1)), Ordering::Less);
        assert_eq!(product(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
    }
}
