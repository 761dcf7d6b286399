//! The state of a run.

use crate::alert::Watching;
use crate::breaker::Line;
use crate::cache::Cache;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::deadline::Deadlines;
use crate::deploy::Plan;

use crate::fault::{Answered, Chances, Timeline};
use crate::function::Instances;
use crate::health::Checking;
use crate::limit::Limiter;
use crate::load::Loading;
use crate::marks::Marks;
use crate::pool::Pool;
use crate::program::{Chooses, Component, Program, Share};
use crate::queue::Messages;
use crate::record::Record;
use crate::replica::{Counts, Replica};
use crate::ring::Ring;
use crate::scaling::Scaler;
use crate::schedule::Job;
use crate::session::Sessions;
use crate::slab::{Key, Slab};
use crate::slowness::Slowness;
use crate::sticky::Memory;
use crate::table::Table;
use crate::task::{Call, Join, Message, Outcome, Request, Sequence, Waiter, Work};
use std::collections::VecDeque;

/// What happens next at this very moment.
#[derive(Clone, Copy)]
pub enum Next {
    Advance(Key),
    Result(Waiter, Outcome),
    StepEnded(Key, Outcome),
    Try(Key),
    EnterPool(Key),
    Begin(Key),
    Take(Key),
    EndCpu(Key),
    Answer(Key),
    Reply(Key),
    ArriveAtWorker(Key),
    Dispatch(u32),
    Continue(u32),
    Replicate(Key),
}

/// What a run keeps of a component.
pub struct Station {
    /// Its first replica; then come the others, and after them those of a second set.
    pub first: u32,
    pub rows: u32,
    pub second: u32,
    /// Its replicas and those of the stores that copy it.
    pub pool: Vec<u32>,
    pub limiter: Option<Limiter>,
    pub cache: Option<Cache>,
    pub function: Option<Box<Instances>>,
    pub queue: Option<u32>,
    /// Of a topic: who subscribes, and the queue that is kept for it.
    pub subscriptions: Vec<(usize, u32)>,
    pub ring: Option<Ring>,
}

impl Station {
    /// Its replicas, without those of a second set.
    pub fn replicas(&self) -> std::ops::Range<u32> {
        self.first..self.first + self.rows
    }
}

/// What a run keeps of a connection.
pub struct Link {
    /// Whether its calls are counted.
    pub is_counted: bool,
    /// What the caller's replica of number r keeps of it is line `lines_from + r`.
    lines_from: i64,
    pub cut: u32,
    pub cut_since: i64,
    pub slow: Slowness,
    pub loss: Share,
    pub losses: Chances,
    /// Calls that were not a first attempt.
    pub retries: i64,
    /// Where callers wait for a place.
    pub pool: Option<Box<Pool>>,
}

/// How who sends calls learns of deaths.
#[derive(Clone, Copy, PartialEq)]
pub enum Learns {
    Never,
    /// A while after a death, as the platform does.
    Late,
    ByChecks,
}

/// Whoever remembers whom it sent to: the platform, or a replica of a balancer.
pub struct Chooser {
    pub learns: Learns,
    /// By replica: whether it is believed up, and what is under way there.
    pub believed: Table<bool>,
    pub outstanding: Table<u32>,
    /// Health checks in a row: positive passed, negative failed.
    pub streaks: Vec<i32>,
    /// Whose turn it was: by first replica of a component, shard or tier, by first route, by component for its shards.
    pub turns: Table<i32>,
    pub member_turns: Vec<i32>,
    pub shard_turns: Vec<i32>,
    /// By route: the credit of smooth weighted round robin.
    pub credits: Vec<i64>,
}

/// The platform is the first of the choosers.
pub const PLATFORM: u32 = 0;

pub struct World {
    pub clock: Clock,
    /// A stack, last first: what takes no time runs depth first.
    pub agenda: Vec<Next>,
    /// How deep what happens at this moment is on the stack.
    pub depth: u32,
    /// None where nothing is drawn.
    pub chance: Option<Chance>,
    pub requests: Slab<Request>,
    pub sequences: Slab<Sequence>,
    pub joins: Slab<Join>,
    pub calls: Slab<Call>,
    pub works: Slab<Work>,
    pub messages: Slab<Message>,
    pub replicas: Table<Replica>,
    pub stations: Table<Station>,
    pub links: Table<Link>,
    pub lines: Table<Line>,
    pub choosers: Table<Chooser>,
    pub deadlines: Table<Deadlines>,
    pub queues: Vec<Messages>,
    pub checks: Vec<Checking>,
    pub memory: Memory,
    /// Writes that wait for a copy.
    pub waiting_writes: Vec<Key>,
    pub loads: Vec<Loading>,
    /// By flow: which of the replicas where it begins began the last request.
    pub begun: Vec<i64>,
    /// By flow: its load, if clients wait for their answers.
    pub closed: Vec<Option<u32>>,
    /// By flow: what is counted of it, if it comes by the clock.
    pub jobs: Vec<Option<Box<Job>>>,
    pub sessions: Vec<Sessions>,
    /// By flow: its sessions, if it has any.
    pub session_of: Vec<Option<u32>>,
    pub timeline: Timeline,
    pub plans: Vec<Plan>,
    pub scalers: Vec<Scaler>,
    pub alerts: Vec<Watching>,
    pub record: Record,
    pub marks: Marks,
    /// The middle of the window.
    pub middle: i64,
    /// Whether there was a partition at any time.
    pub is_parted: bool,
    /// Whether any component has instances.
    pub has_functions: bool,
    /// Whether anybody chooses by what is under way.
    pub counts_outstanding: bool,
    /// Attempts made.
    pub attempts: u64,
}

impl World {
    /// An empty system at time 0: everything up and believed up, every bucket full.
    pub fn new(p: &Program) -> Self {
        let mut world = World {
            clock: Clock::new(),
            agenda: Vec::new(),
            depth: 0,
            chance: if p.run.sampled { Some(p.run.chance) } else { None },
            requests: Slab::new(),
            sequences: Slab::new(),
            joins: Slab::new(),
            calls: Slab::new(),
            works: Slab::new(),
            messages: Slab::new(),
            replicas: Table::new(),
            stations: Table::new(),
            links: Table::new(),
            lines: Table::new(),
            choosers: Table::new(),
            deadlines: p.routes.iter().map(|_| Deadlines::default()).collect(),
            queues: Vec::new(),
            checks: Vec::new(),
            memory: Memory::new(),
            waiting_writes: Vec::new(),
            loads: Vec::new(),
            begun: vec![-1; p.flows.len()],
            closed: vec![None; p.flows.len()],
            jobs: p.flows.iter().map(|_| None).collect(),
            sessions: Vec::new(),
            session_of: vec![None; p.flows.len()],
            timeline: Timeline::new(),
            plans: Vec::new(),
            scalers: Vec::new(),
            alerts: Vec::new(),
            record: Record::new(p),
            marks: Marks::new(p),
            middle: p.run.until.map_or(0, |until| (p.run.warm_up + until) / 2),
            is_parted: false,
            counts_outstanding: p.asks_for_load(),
            has_functions: p.components.iter().any(|component| component.idle_after.is_some()),
            attempts: 0,
        };
        let learns = world.add_components(p);
        world.choosers = learns.into_iter().map(|learns| Chooser::new(learns, p, world.replicas.len())).collect();
        world.add_connections(p);
        world
    }

    /// Adds all components; how each chooser learns.
    fn add_components(&mut self, p: &Program) -> Vec<Learns> {
        let mut learns = vec![Learns::Late];
        for (number, component) in p.components.iter().enumerate() {
            let first = self.replicas.len() as u32;
            let second = if component.beside { component.rows() } else { 0 };
            for row in 0..component.rows() + second {
                let chooser = match component.chooses {
                    Chooses::Platform => PLATFORM,
                    Chooses::ByChecks => add(&mut learns, Learns::Never),
                    Chooses::AsTold => add(&mut learns, Learns::Late),
                };
                self.replicas.push(new_replica(number as u32, component, row, chooser));
            }
            let queue = component.queue.as_ref().map(|limits| {
                self.queues.push(Messages::of_queue(number as u32, limits, first));
                self.queues.len() as u32 - 1
            });
            let subscriptions = component
                .topic
                .as_ref()
                .map_or(Vec::new(), |limits| self.add_subscriptions(number as u32, limits, first));
            self.stations.push(Station {
                first,
                rows: component.rows(),
                second,
                pool: (first..first + component.rows()).collect(),
                limiter: component.rate_limit.as_ref().map(Limiter::new),
                cache: component.cache.as_ref().map(Cache::new),
                function: component.idle_after.map(|idle_after| Box::new(Instances::new(idle_after))),
                queue,
                subscriptions,
                ring: None,
            });
        }
        for (number, component) in p.components.iter().enumerate() {
            if let Some(original) = component.copy_of {
                let copies: Vec<u32> = self.stations[number].replicas().collect();
                self.stations[original].pool.extend(copies);
            }
        }
        learns
    }

    fn add_connections(&mut self, p: &Program) {
        for connection in p.connections.iter() {
            let caller = &self.stations[connection.from];
            let first_line = self.lines.len() as u32;
            for _ in 0..caller.rows + caller.second {
                self.lines.push(Line::new(connection.breaker.is_some()));
            }
            self.links.push(Link {
                is_counted: connection.counts_calls(),
                lines_from: i64::from(first_line) - i64::from(caller.first),
                cut: 0,
                cut_since: -1,
                slow: Slowness::NONE,
                loss: connection.loss,
                losses: Chances::default(),
                retries: 0,
                pool: connection.max_wait.map(|_| Box::default()),
            });
        }
    }

    #[inline]
    pub fn now(&self) -> i64 {
        self.clock.now
    }

    /// What a caller replica keeps of a connection.
    #[inline]
    pub fn line_of(&self, connection: usize, place: u32) -> usize {
        (self.links[connection].lines_from + i64::from(place)) as usize
    }

    #[inline]
    pub fn component_of<'a>(&self, p: &'a Program, replica: u32) -> &'a Component {
        &p.components[self.replicas[replica as usize].component as usize]
    }

    /// Whether as many replicas of a component are up as it needs to serve.
    pub fn enough_up(&self, p: &Program, component: usize) -> bool {
        let up = self.stations[component].replicas().filter(|replica| {
            let replica = &self.replicas[*replica as usize];
            replica.is_up() && replica.registered
        });
        up.count() >= p.components[component].needs as usize
    }

    /// The chooser of who sends a call.
    #[inline]
    pub fn chooser_of(&self, place: u32) -> u32 {
        self.replicas[place as usize].chooser
    }
}

fn add(learns: &mut Vec<Learns>, how: Learns) -> u32 {
    learns.push(how);
    learns.len() as u32 - 1
}

fn new_replica(number: u32, component: &Component, row: u32, chooser: u32) -> Replica {
    let ordinal = row % component.rows().max(1);
    let exists = row < component.rows() && ordinal % component.most < component.replicas;
    Replica {
        component: number,
        ordinal,
        site: component.site_of(ordinal % component.most.max(1) + 1),
        shard: if component.shards > 1 { Some(ordinal / component.most) } else { None },
        exists,
        registered: exists,
        refuses: 0,
        silent: 0,
        slots_used: 0,
        cores_used: 0,
        in_work: 0,
        begun: 0,
        held: 0,
        slow: Slowness::NONE,
        errors: Answered::default(),
        errors_at_once: Answered::default(),
        island: 0,
        island_since: 0,
        down_since: 0,
        chooser,
        leaving: None,
        left: Some(0),
        slot_queue: VecDeque::new(),
        core_queue: VecDeque::new(),
        counts: Counts::default(),
    }
}

impl Chooser {
    fn new(learns: Learns, p: &Program, replicas: usize) -> Self {
        Chooser {
            learns,
            believed: vec![true; replicas].into(),
            outstanding: vec![0; replicas].into(),
            streaks: vec![0; replicas],
            turns: vec![-1; replicas].into(),
            member_turns: vec![-1; p.routes.len()],
            shard_turns: vec![-1; p.components.len()],
            credits: vec![0; p.routes.len()],
        }
    }

    /// A balancer that starts takes everybody for healthy, and begins with the first.
    pub fn forget_view(&mut self) {
        self.believed.iter_mut().for_each(|believed| *believed = true);
        self.streaks.iter_mut().for_each(|streak| *streak = 0);
        self.forget_turns();
    }

    fn forget_turns(&mut self) {
        for turns in [&mut self.turns, &mut self.member_turns, &mut self.shard_turns] {
            turns.iter_mut().for_each(|turn| *turn = -1);
        }
        self.credits.iter_mut().for_each(|credit| *credit = 0);
    }
}
