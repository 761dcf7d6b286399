//! The loop: from event to event until a moment, or until nothing is left.

use crate::clock::{Class, Event};
use crate::program::{Program, Supposed, Target};
use crate::reading::Refused;
use crate::ring::Ring;
use crate::slowness::Slowness;
use crate::task::{Outcome, Waiter};
use crate::world::{Learns, Next, World};

/// A Program and the state that it is in.
pub struct Engine {
    pub program: Program,
    pub world: World,
}

/// So often one thing may lead to the next on the stack.
const DEEPEST: u32 = 20;
/// In place of the moment of something that began before all others.
const LONG_AGO: i64 = -(1 << 60);

impl Engine {
    /// Everything before the first event.
    pub fn new(text: &str) -> Result<Self, Refused> {
        let program = Program::read(text)?;
        let world = World::at_first(&program);
        Ok(Engine { program, world })
    }

    /// Everything before the first event of another run of the same system; where it is refused, nothing changes.
    pub fn again(&mut self, run: &str) -> Result<(), Refused> {
        self.program.read_run(run)?;
        self.world = World::at_first(&self.program);
        Ok(())
    }

    /// Lets happen what happens up to and at a moment, at most so many events; whether that is all.
    pub fn advance(&mut self, until: Option<i64>, events: u64) -> bool {
        let Engine { program, world } = self;
        for _ in 0..events {
            while let Some(next) = world.agenda.pop() {
                world.go_on(program, next);
            }
            match world.clock.next(until.unwrap_or(i64::MAX)) {
                Some((time, event)) => {
                    world.pass_marks(program, time);
                    world.happen(program, time, event);
                }
                None => {
                    world.pass_marks(program, until.map_or(0, |until| until + 1));
                    world.clock.now = world.clock.now.max(until.unwrap_or(0));
                    return true;
                }
            }
        }
        false
    }
}

impl World {
    fn at_first(p: &Program) -> Self {
        let mut world = World::new(p);
        world.add_rings(p);
        world.begin_checks(p);
        world.suppose(p);
        if let Some((flow, number)) = p.run.request {
            world.begun[flow] = number as i64 - 1;
            world.begin_request(p, flow as u32, number, 0, 0);
        } else if let Some(until) = p.run.until {
            world.begin_faults(p, until);
            world.begin_scaling(p);
            if p.run.scrape.is_some() {
                world.clock.schedule(0, Class::Scraping, Event::Scrape);
            }
            world.begin_alerts(p);
            world.begin_loads(p, until);
        }
        world
    }

    fn add_rings(&mut self, p: &Program) {
        use crate::balancing::Algorithm::ConsistentHash;
        for route in p.routes.iter().filter(|route| route.algorithm == ConsistentHash) {
            if self.stations[route.to].ring.is_none() {
                let pool = &self.stations[route.to].pool;
                let names: Vec<String> = pool.iter().map(|replica| self.name_of(p, *replica)).collect();
                self.stations[route.to].ring = Some(Ring::new(&names));
            }
        }
    }

    /// Whether one thing has led to the next so often that what comes has to wait.
    #[inline(always)]
    pub fn is_deep(&self) -> bool {
        self.depth == DEEPEST
    }

    /// Goes on at this very moment, before all that waits for it; where one thing leads to another for too long, from
    /// the agenda, so that the stack does not grow with a run.
    #[inline(always)]
    pub fn at_once(&mut self, p: &Program, next: Next) {
        if self.is_deep() {
            return self.agenda.push(next);
        }
        self.depth += 1;
        self.go_on(p, next);
        self.depth -= 1;
    }

    /// What happens at this very moment.
    #[inline(always)]
    fn go_on(&mut self, p: &Program, next: Next) {
        match next {
            Next::Advance(key) if self.sequences.has(key) => self.advance(p, key),
            Next::StepEnded(key, outcome) if self.sequences.has(key) => self.step_ended(p, key, outcome),
            Next::Result(waiter, outcome) if self.is_there(waiter) => self.ended(p, waiter, outcome),
            Next::Try(key) if self.calls.has(key) => self.try_call(p, key),
            Next::EnterPool(key) if self.calls.has(key) => self.enter_pool(p, key),
            Next::Begin(key) if self.works.has(key) => self.begin(p, key),
            Next::Take(key) if self.works.has(key) => self.take(p, key),
            Next::EndCpu(key) if self.works.has(key) => self.end_cpu(p, key),
            Next::Answer(key) if self.works.has(key) => self.answer(p, key),
            Next::Reply(key) if self.works.has(key) => self.reply(p, key),
            Next::ArriveAtWorker(key) if self.works.has(key) => self.arrive(p, key),
            Next::Replicate(key) if self.works.has(key) => self.replicate_again(p, key),
            Next::Dispatch(queue) => self.dispatch(p, queue),
            Next::Continue(plan) => self.proceed(p, plan),
            _ => {}
        }
    }

    /// What somebody waited for has come to an end.
    pub fn ended(&mut self, p: &Program, waiter: Waiter, outcome: Outcome) {
        match waiter {
            Waiter::Request(key) => self.end_request(p, key, outcome),
            Waiter::Work(key) => self.steps_ended(p, key, outcome),
            Waiter::Call(key) => self.call_ended(p, key, outcome),
            Waiter::Join(key) => self.branch_ended(p, key, outcome),
            Waiter::Message(key, delivery) => self.pushed(p, key, delivery, outcome),
        }
    }

    /// Something happens by the clock; what is meant for something that has gone does not, and time does not pass.
    fn happen(&mut self, p: &Program, time: i64, event: Event) {
        match event {
            Event::Arrive(key) if self.works.has(key) => self.at(time).arrive(p, key),
            Event::EndCpu(key) if self.works.has(key) => self.at(time).end_cpu(p, key),
            Event::Taken(key) if self.works.has(key) => self.at(time).taken(p, key),
            Event::Started(key) if self.works.has(key) => self.at(time).started(p, key),
            Event::Hear(key) if self.works.has(key) => self.at(time).hear(p, key),
            Event::Replicate(key) if self.works.has(key) => self.at(time).replicate_again(p, key),
            Event::Replicated(key) if self.works.has(key) => self.at(time).replicated(p, key),
            Event::Try(key) if self.calls.has(key) => self.at(time).try_call(p, key),
            Event::LoseHope(key) if self.calls.has(key) => self.at(time).lose_hope(p, key),
            Event::Restart(key, cause) if self.requests.has(key) => self.at(time).restart(p, key, cause),
            Event::Overdue(key) if self.requests.has(key) => self.at(time).overdue(p, key),
            Event::Reappear(key) if self.messages.has(key) => self.at(time).reappear(key),
            Event::Expire(key) if self.messages.has(key) => self.at(time).expire(key),
            Event::Arrive(_) | Event::EndCpu(_) | Event::Taken(_) | Event::Hear(_) => {}
            Event::Replicate(_) | Event::Replicated(_) | Event::Try(_) | Event::LoseHope(_) => {}
            Event::Started(_) | Event::Restart(..) | Event::Overdue(_) | Event::Reappear(_) | Event::Expire(_) => {}
            Event::TimeOut(route) => self.at(time).time_out(p, route),
            Event::Arrival(load) => self.at(time).next_request(p, load),
            Event::Thought { load, client, round } => self.at(time).thought(p, load, client, round),
            Event::SessionEnds(user) if self.is_current(user) => self.at(time).session_ends(p, user),
            Event::SessionLost(user) if self.is_current(user) => self.at(time).drop_session(p, user.session, user.user),
            Event::SessionTry(user) if self.is_current(user) => self.at(time).shake_hands(p, user.session, user.user),
            Event::SessionEnds(_) | Event::SessionLost(_) | Event::SessionTry(_) => {}
            Event::FaultBegins(row) => self.at(time).fault(p, row, true),
            Event::FaultEnds(row) => self.at(time).fault(p, row, false),
            Event::Check(number) => self.at(time).check(p, number),
            Event::CheckSilent(number) => self.at(time).count_check(p, number, false),
            Event::Notice(replica) => self.at(time).notice(p, replica),
            Event::Idle(component) => self.at(time).end_idle(component),
            Event::Drained(replica) => self.at(time).drained(p, replica),
            Event::Booted(replica) => self.at(time).booted(p, replica),
            Event::Continue(plan) => self.at(time).proceed(p, plan),
            Event::Scale(scaler) => self.at(time).scale(p, scaler),
            Event::Scrape => self.at(time).scrape(p),
            Event::Evaluate => self.at(time).evaluate(p),
        }
    }

    /// Time passes.
    #[inline]
    fn at(&mut self, time: i64) -> &mut Self {
        self.clock.now = time;
        self
    }

    /// Brings about what is supposed to have been so for a while.
    fn suppose(&mut self, p: &Program) {
        for supposed in &p.run.supposed {
            match supposed {
                Supposed::Slow { target, factor, plus } => {
                    let by = Slowness::new(*factor, *plus);
                    for connection in self.struck_links(p, target) {
                        self.links[connection].slow = self.links[connection].slow.and(by);
                    }
                    for replica in self.struck(p, target) {
                        let slow = &mut self.replicas[replica as usize].slow;
                        *slow = slow.and(by);
                    }
                }
                Supposed::Down { target, noticed } => self.suppose_down(p, target, *noticed),
            }
        }
    }

    fn suppose_down(&mut self, p: &Program, target: &Target, noticed: bool) {
        for connection in self.struck_links(p, target) {
            self.is_parted = true;
            self.links[connection].cut = 1;
            self.links[connection].cut_since = if noticed { LONG_AGO } else { 0 };
        }
        for number in self.struck(p, target) {
            let replica = &mut self.replicas[number as usize];
            if matches!(target, Target::Group(_)) {
                replica.silent += 1;
            } else {
                replica.refuses += 1;
            }
            if noticed {
                self.suppose_noticed(number);
            }
        }
    }

    /// Lets those know of a death who learn of it: those who check the replica, and those whom the platform tells.
    fn suppose_noticed(&mut self, number: u32) {
        for chooser in self.choosers.iter_mut().filter(|chooser| chooser.learns == Learns::Late) {
            chooser.believed[number as usize] = false;
        }
        let checkers: Vec<u32> = self.checkers_of(number);
        for checker in checkers {
            let chooser = self.chooser_of(checker) as usize;
            self.choosers[chooser].believed[number as usize] = false;
        }
    }
}
