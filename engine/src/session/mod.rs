//! Long-lived sessions: users who stay connected, are dropped with the replica that holds them, and come back (engine
//! contract, section 19).

mod life;

use crate::cause::Cause;
use crate::clock::{Class, Event};
use crate::program::{OperationKind, Program, Session};
use crate::task::{Call, Outcome, Within};
use crate::world::World;

const SECOND: i64 = 1_000_000_000;
/// Silence is noticed after a missed heartbeat: between 20 and 45 s, as Socket.IO has it.
const HEARTBEAT: (f64, f64) = (20e9, 25e9);

/// A user of some sessions, as long as what was scheduled for it has a meaning.
#[derive(Clone, Copy)]
pub struct Epoch {
    pub session: u32,
    pub user: u32,
    epoch: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Connected,
    Handshaking,
    Waiting,
}

/// A call of a handshake: where it arrived, who chose that, and whether it holds a place there.
struct Place {
    number: u64,
    /// The call within which it was made.
    around: u64,
    chooser: u32,
    replica: u32,
    holds: bool,
    good: bool,
}

struct User {
    state: State,
    /// Of its last handshake: the request's row, and its calls; of an open session those that hold a place.
    row: u32,
    places: Vec<Place>,
    /// Whether a replica that had already let it in has gone before the handshake was over.
    is_lost: bool,
    /// Failures in a row, a drop among them.
    failures: u32,
    /// Waits and lives so far, by which the next is drawn.
    turns: u32,
    /// What was scheduled for it before has no meaning any more once this has changed.
    epoch: u32,
}

/// What is counted: users = connected + handshaking + waiting, opened = open + ended + dropped.
pub struct Sessions {
    pub flow: u32,
    load: u32,
    users: Vec<User>,
    counts: [i64; 3],
    pub opened: i64,
    pub ended: i64,
    pub dropped: i64,
    /// Users that are connected, times time.
    area: i64,
    least: i64,
    since: i64,
    /// When fewer than 99% were connected from, and the longest that this has lasted.
    below: Option<i64>,
    longest_below: i64,
    /// Handshakes of this second, and the most of any.
    second: i64,
    handshakes: i64,
    most_handshakes: i64,
}

/// Where a call goes that runs over a session.
pub enum Holder {
    /// The session holds no place there: as any other.
    Anybody,
    At(u32),
    /// There is no session any more.
    Nobody,
}

impl Sessions {
    pub fn new(flow: u32, load: u32, users: u32) -> Self {
        let user = || User {
            state: State::Waiting,
            row: u32::MAX,
            places: Vec::new(),
            is_lost: false,
            failures: 0,
            turns: 0,
            epoch: 0,
        };
        Sessions {
            flow,
            load,
            users: (0..users).map(|_| user()).collect(),
            counts: [0, 0, i64::from(users)],
            opened: 0,
            ended: 0,
            dropped: 0,
            area: 0,
            least: i64::MAX,
            since: 0,
            below: None,
            longest_below: 0,
            second: 0,
            handshakes: 0,
            most_handshakes: 0,
        }
    }

    fn turn(&mut self, user: u32, state: State, now: i64) {
        if now > self.since {
            self.least = self.least.min(self.counts[0]);
            self.area += self.counts[0] * (now - self.since);
            self.since = now;
        }
        let user = &mut self.users[user as usize];
        self.counts[user.state as usize] -= 1;
        user.state = state;
        self.counts[state as usize] += 1;
        let is_below = self.counts[0] * 100 < self.users.len() as i64 * 99;
        match self.below {
            None if is_below => self.below = Some(now),
            Some(since) if !is_below => {
                self.longest_below = self.longest_below.max(now - since);
                self.below = None;
            }
            _ => {}
        }
    }

    fn count_handshake(&mut self, now: i64) {
        if now / SECOND != self.second {
            self.second = now / SECOND;
            self.handshakes = 0;
        }
        self.handshakes += 1;
        self.most_handshakes = self.most_handshakes.max(self.handshakes);
    }

    /// Flow, users, connected, handshaking, waiting, opened, ended, dropped, users times time connected, the fewest
    /// connected, the most handshakes of a second, the longest that fewer than 99% were connected, and whether that
    /// lasts still.
    pub fn figures(&self, now: i64) -> [i64; 13] {
        let [connected, handshaking, waiting] = self.counts;
        let area = self.area + connected * (now - self.since);
        let lasting = self.below.map_or(0, |since| now - since);
        [
            i64::from(self.flow),
            self.users.len() as i64,
            connected,
            handshaking,
            waiting,
            self.opened,
            self.ended,
            self.dropped,
            area,
            self.least.min(connected),
            self.most_handshakes,
            self.longest_below.max(lasting),
            i64::from(self.below.is_some()),
        ]
    }
}

fn limits(p: &Program, flow: u32) -> &Session {
    match &p.flows[flow as usize].session {
        Some(session) => session,
        None => unreachable!("a load of sessions is of a flow with a session"),
    }
}

impl World {
    /// Lets users be connected from the start, placed in turn by those who choose, each at some point of its life.
    pub fn begin_sessions(&mut self, p: &Program, flow: u32, load: u32, users: u32) {
        let number = self.sessions.len() as u32;
        self.session_of[flow as usize] = Some(number);
        self.sessions.push(Sessions::new(flow, load, users));
        for user in 0..users {
            let place = self.stations[p.flows[flow as usize].from].first;
            let within =
                Within { row: u32::MAX, flow, number: u64::from(user), client: user, place, occurrence: 0, context: 0 };
            let mut places = Vec::new();
            let found = self.find_places(p, p.flows[flow as usize].first, within, &mut places);
            self.sessions[number as usize].users[user as usize].places = places;
            if found {
                self.open(p, number, user, true);
            } else {
                self.release_all(number, user);
                self.wait_to_reconnect(p, number, user);
            }
        }
    }

    /// The places of a handshake that nobody has to work for; whether there are any left.
    fn find_places(&mut self, p: &Program, first: Option<u32>, within: Within, places: &mut Vec<Place>) -> bool {
        let mut next = first;
        while let Some(op) = next {
            let operation = &p.operations[op as usize];
            next = operation.next;
            if !self.is_taken(p, &within, op) {
                continue;
            }
            let is_there = match operation.kind {
                OperationKind::Work => true,
                OperationKind::Call => self.find_place(p, op, within, places),
                OperationKind::Together | OperationKind::Follow => {
                    operation.branches.iter().all(|branch| self.find_branch(p, *branch, within, places))
                }
            };
            if !is_there && !operation.optional && operation.waits {
                return false;
            }
        }
        true
    }

    fn find_branch(&mut self, p: &Program, op: u32, within: Within, places: &mut Vec<Place>) -> bool {
        match p.operations[op as usize].kind {
            OperationKind::Call => self.find_place(p, op, within, places),
            _ => self.find_places(p, Some(op), within, places),
        }
    }

    fn find_place(&mut self, p: &Program, op: u32, within: Within, places: &mut Vec<Place>) -> bool {
        let key = self.calls.insert(Call { within, op, tries: 1, ..Call::default() });
        let route = &p.routes[self.choose_route(p, key) as usize];
        let chosen = self.choose_replica(p, key, route, within.place);
        self.calls.remove(key);
        let replica = match chosen {
            Some(replica) => replica,
            None => return false,
        };
        if let Some(most) = p.components[route.to].connections {
            if self.replicas[replica as usize].held >= most {
                return false;
            }
            self.replicas[replica as usize].held += 1;
            let chooser = self.chooser_of(within.place);
            self.choosers[chooser as usize].outstanding[replica as usize] += 1;
            places.push(Place { number: 0, around: 0, chooser, replica, holds: true, good: true });
        }
        self.find_places(p, route.steps, Within { place: replica, ..within }, places)
    }

    /// A session is open: its end is drawn. Of the first ones a part of their life is over.
    fn open(&mut self, p: &Program, number: u32, user: u32, is_first: bool) {
        let now = self.now();
        let sessions = &mut self.sessions[number as usize];
        sessions.turn(user, State::Connected, now);
        sessions.opened += 1;
        let flow = sessions.flow;
        let it = &mut sessions.users[user as usize];
        it.failures = 0;
        it.epoch += 1;
        it.turns += 1;
        let (epoch, turn) = (it.epoch, it.turns);
        let session = limits(p, flow);
        let chance = Some(&p.run.chance);
        let life = if is_first {
            session.first.as_ref().map(|law| {
                let left = p.run.chance.draw(session.left, u64::from(user), 0).uniform();
                (law.time(chance, u64::from(user), 0) as f64 * left) as i64
            })
        } else {
            session.lasts.as_ref().map(|law| law.time(chance, u64::from(user), turn))
        };
        if let Some(life) = life {
            self.clock.schedule(
                now + life,
                Class::Incoming,
                Event::SessionEnds(Epoch { session: number, user, epoch }),
            );
        }
    }
}

/// A request over a session that is not open.
pub const NO_SESSION: Outcome = Outcome { status: 0, cause: Cause::NoSession };
