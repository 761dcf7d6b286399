//! When requests arrive: open ones by the clock, those of closed clients when they have thought (engine contract,
//! section 8).

use crate::chance::{Chance, Stream};
use crate::clock::{Class, Event};
use crate::distribution::Distribution;
use crate::maths::{sin, whole};
use crate::program::{Curve, Program, Shape};
use crate::world::World;

const DAY: f64 = 86400.0;
/// What a client that does not think waits (ns) after an answer that took no time: else it would ask for ever at one
/// moment.
const BREATH: i64 = 1_000_000;

/// The load of a flow while it runs.
pub struct Loading {
    flow: u32,
    /// When arrivals end.
    end: i64,
    /// The number of the next request.
    next: u64,
    arrivals: Option<Arrivals>,
}

impl Loading {
    /// The number of the next request.
    pub fn take_number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }
}

/// The moments of open arrivals.
struct Arrivals {
    even: bool,
    rate: (i64, i64),
    level: f64,
    gap: Distribution,
    stream: Stream,
    /// How many requests are expected until the last arrival, or the sum of unit exponential gaps.
    mark: f64,
    /// Where the search for the next moment begins, in seconds.
    from: f64,
    /// The next moment, worked out one request ahead, so that the processor need not wait for it.
    ahead: Option<i64>,
}

impl Arrivals {
    /// The moment of the next arrival, before number `following`.
    fn next(&mut self, chance: &Chance, curve: &Curve, following: u64, end: i64) -> Option<i64> {
        let following = self.moment(chance, curve, following, end);
        std::mem::replace(&mut self.ahead, following)
    }

    /// The moment of arrival `number`, asked for in order; it may lie beyond the end.
    fn moment(&mut self, chance: &Chance, curve: &Curve, number: u64, end: i64) -> Option<i64> {
        let is_constant = matches!(curve, Curve::Constant);
        if is_constant && self.rate.0 == 0 {
            return None;
        }
        if is_constant && self.even {
            return Some(evenly(number, self.rate));
        }
        self.mark = if self.even {
            number as f64
        } else {
            self.mark + self.gap.nanoseconds(&chance.draw(self.stream, number, 0)) as f64 / 1e9
        };
        let seconds = if is_constant { self.mark / self.level } else { self.changing(curve, end)? };
        Some(whole(seconds * 1e9))
    }

    /// The second of an arrival under a load that changes.
    #[inline(never)]
    fn changing(&mut self, curve: &Curve, end: i64) -> Option<f64> {
        let last = end as f64 / 1e9;
        if expected(curve, self.level, last) < self.mark {
            return None;
        }
        self.from = inverse(curve, self.level, self.mark, self.from, last);
        Some(self.from)
    }
}

/// Arrival k at k / rate, rounded half to even.
#[inline(never)]
fn evenly(number: u64, rate: (i64, i64)) -> i64 {
    let over = i128::from(number) * i128::from(rate.1) * 1_000_000_000;
    let under = i128::from(rate.0);
    let (mut whole, rest) = (over / under, over % under);
    if 2 * rest > under || (2 * rest == under && whole % 2 == 1) {
        whole += 1;
    }
    whole.min(1 << 62) as i64
}

/// How many requests are expected by a second, of a flow with this rate.
fn expected(curve: &Curve, rate: f64, t: f64) -> f64 {
    match curve {
        Curve::Constant => rate * t,
        Curve::Ramp { to, over } => {
            let rising = t.min(*over);
            rate * rising + (to - rate) * (rising * rising) / (2.0 * over) + to * (t - over).max(0.0)
        }
        Curve::Spike { to, at, lasts } => rate * t + (to - rate) * (t - at).clamp(0.0, *lasts),
        Curve::Daily { low, since } => {
            let turn = 2.0 * std::f64::consts::PI / DAY;
            low * t + (rate - low) * (t - (sin(turn * (t + since)) - sin(turn * since)) / turn) / 2.0
        }
        Curve::Steps(steps) => {
            let mut sum = 0.0;
            for (number, (second, rate)) in steps.iter().enumerate() {
                let until = steps.get(number + 1).map_or(f64::INFINITY, |next| next.0).min(t);
                if until <= *second {
                    break;
                }
                sum += (until - second) * rate;
            }
            sum
        }
    }
}

/// When as many are expected as a mark says, by bisection to the last bit.
fn inverse(curve: &Curve, rate: f64, mark: f64, from: f64, end: f64) -> f64 {
    let (mut low, mut high) = (from, end);
    let mut step = (end - from) / 1024.0;
    while step > 0.0 && low + step < end {
        if expected(curve, rate, low + step) >= mark {
            high = low + step;
            break;
        }
        low += step;
        step *= 2.0;
    }
    loop {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            return high;
        }
        if expected(curve, rate, middle) < mark {
            low = middle;
        } else {
            high = middle;
        }
    }
}

impl World {
    /// Awaits the first request of every flow, and lets every closed client think.
    pub fn begin_loads(&mut self, p: &Program, run_until: i64) {
        self.add_jobs(p);
        for (number, load) in p.run.loads.iter().enumerate() {
            let end = load.until.map_or(run_until, |until| until.min(run_until));
            let mut loading = Loading { flow: load.flow as u32, end, next: 0, arrivals: None };
            match &load.shape {
                Shape::Open { even, rate, curve, .. } => {
                    let mut arrivals = Arrivals {
                        even: *even,
                        rate: *rate,
                        level: rate.0 as f64 / rate.1 as f64,
                        gap: unit_gap(),
                        stream: Stream::new(&format!("flows.{}#arrival", p.flows[load.flow].id)),
                        mark: 0.0,
                        from: 0.0,
                        ahead: None,
                    };
                    arrivals.next(&p.run.chance, curve, 0, end);
                    loading.arrivals = Some(arrivals);
                    self.loads.push(loading);
                    self.await_request(p, number as u32);
                }
                Shape::Clock { .. } => {
                    self.loads.push(loading);
                    self.await_request(p, number as u32);
                }
                Shape::Sessions { users } => {
                    self.loads.push(loading);
                    self.begin_sessions(p, load.flow as u32, number as u32, *users);
                }
                Shape::Closed { users, .. } => {
                    self.closed[load.flow] = Some(number as u32);
                    self.loads.push(loading);
                    for client in 0..*users {
                        self.think(p, number as u32, client, 0, 0);
                    }
                }
            }
        }
    }

    /// Schedules the next arrival of an open flow, if there is one.
    fn await_request(&mut self, p: &Program, number: u32) {
        let loading = &mut self.loads[number as usize];
        let (next, end) = (loading.next, loading.end);
        let moment = match (&p.run.loads[number as usize].shape, &mut loading.arrivals) {
            (Shape::Open { curve, .. }, Some(arrivals)) => arrivals.next(&p.run.chance, curve, next + 1, end),
            (Shape::Clock { every: Some(every), .. }, _) => every.checked_mul(next as i64),
            (Shape::Clock { ticks, .. }, _) => ticks.get(next as usize).copied(),
            _ => None,
        };
        if let Some(moment) = moment.filter(|moment| *moment < end) {
            self.clock.schedule(moment, Class::Incoming, Event::Arrival(number));
        }
    }

    /// The next request of an open flow arrives, and the one after it is awaited.
    pub fn next_request(&mut self, p: &Program, number: u32) {
        let loading = &mut self.loads[number as usize];
        let (flow, request) = (loading.flow, loading.next);
        loading.next += 1;
        self.await_request(p, number);
        self.begin_request(p, flow, request, 0, 0);
    }

    /// A client of a closed flow thinks before its next request; one who does not think takes a breath.
    fn think(&mut self, p: &Program, number: u32, client: u32, round: u32, breath: i64) {
        let time = match &p.run.loads[number as usize].shape {
            Shape::Closed { think: Some(law), .. } => law.time(self.chance.as_ref(), u64::from(client), round),
            _ => 0,
        };
        let time = if time == 0 { breath } else { time };
        let event = Event::Thought { load: number, client, round };
        self.clock.schedule(self.clock.now + time, Class::Incoming, event);
    }

    /// A client has thought: it asks, unless arrivals have ended.
    pub fn thought(&mut self, p: &Program, number: u32, client: u32, round: u32) {
        let loading = &mut self.loads[number as usize];
        if loading.end <= self.clock.now {
            return;
        }
        let (flow, request) = (loading.flow, loading.next);
        loading.next += 1;
        self.begin_request(p, flow, request, client, round);
    }

    /// A request of a closed client has its answer, good or bad: the client thinks again.
    pub fn ask_again(&mut self, p: &Program, flow: u32, client: u32, round: u32, asked_at: i64) {
        if let Some(number) = self.closed[flow as usize] {
            let breath = if self.now() == asked_at { BREATH } else { 0 };
            self.think(p, number, client, round + 1, breath);
        }
    }
}

fn unit_gap() -> Distribution {
    match Distribution::new("exponential", &[1e9]) {
        Ok(gap) => gap,
        Err(error) => unreachable!("{}", error),
    }
}
