//! Deploys: replicas that leave, boot and come back (engine contract, section 5.4).

use crate::clock::{Class, Event};
use crate::log::{Move, Told};
use crate::program::Program;
use crate::replica::Leaving;
use crate::world::{Next, World};

/// How replicas are replaced.
#[derive(Clone, Copy, PartialEq)]
pub enum Strategy {
    Rolling,
    Recreate,
    Canary,
    BlueGreen,
}

/// The deploy of one component.
pub struct Plan {
    pub component: usize,
    pub at_once: u32,
    pub strategy: Strategy,
    /// The number of the next replica to leave.
    pub next: u32,
    /// How many are out.
    pub away: u32,
    /// The plan that follows.
    pub after: Option<u32>,
}

impl World {
    /// Takes out as many replicas as a deploy may have out at once; after the last, goes on with the next component.
    pub fn proceed(&mut self, p: &Program, number: u32) {
        let plan = &self.plans[number as usize];
        if let Some(instances) = &mut self.stations[plan.component].function {
            instances.replace();
            let first = self.stations[plan.component].first;
            self.agenda.extend(plan.after.map(Next::Continue));
            return self.tell(Told::Deploy, i64::from(first), Move::TakesOver as i64, 0, 0);
        }
        if plan.strategy == Strategy::BlueGreen {
            return self.switch(p, number);
        }
        let is_first = plan.strategy == Strategy::Canary && plan.next == 0;
        let at_once = if is_first { 1 } else { plan.at_once };
        let (first, count) = (self.stations[plan.component].first, self.stations[plan.component].rows);
        while self.plans[number as usize].next < count && self.plans[number as usize].away < at_once {
            let plan = &mut self.plans[number as usize];
            let replica = first + plan.next;
            plan.next += 1;
            let row = &self.replicas[replica as usize];
            if row.exists && row.registered {
                plan.away += 1;
                self.drain(p, replica, Leaving::Deploy(number));
            }
        }
        let plan = &self.plans[number as usize];
        if plan.away == 0 {
            self.agenda.extend(plan.after.map(Next::Continue));
        }
    }

    /// Boots a second set beside the first; when all of it serves, lets it take over, and drains the first.
    fn switch(&mut self, p: &Program, number: u32) {
        let plan = &mut self.plans[number as usize];
        let boots = plan.next == 0;
        let (component, after) = (plan.component, plan.after);
        plan.next = self.stations[component].rows;
        if boots {
            let ready = self.now() + p.components[component].boot_time;
            self.clock.schedule(ready, Class::Environment, Event::Continue(number));
        }
        for replica in self.stations[component].replicas() {
            let row = &self.replicas[replica as usize];
            if row.exists && row.registered {
                if boots {
                    self.tell(Told::Deploy, i64::from(replica), Move::BootsBeside as i64, 0, 0);
                } else {
                    self.take_over(p, replica);
                }
            }
        }
        if !boots {
            if let Some(cache) = &mut self.stations[component].cache {
                cache.clear();
            }
            self.pull_messages(p, component);
            self.agenda.extend(after.map(Next::Continue));
        }
    }

    /// A new process serves in a replica's place; an old one that drains still from the deploy before is cut short.
    fn take_over(&mut self, p: &Program, replica: u32) {
        let second = self.second_of(replica);
        if self.replicas[second as usize].exists {
            self.clear(p, second, false);
        }
        self.hand_over(p, replica, second);
        self.tell(Told::Deploy, i64::from(replica), Move::TakesOver as i64, 0, 0);
        self.drain(p, second, Leaving::Replaced);
    }

    /// A replica leaves all choosers at once and may finish what it has.
    pub fn drain(&mut self, p: &Program, number: u32, why: Leaving) {
        let now = self.now();
        let drain_time = self.component_of(p, number).drain_time;
        let replica = &mut self.replicas[number as usize];
        replica.counts.registered.fewer(u32::from(replica.registered), now);
        replica.registered = false;
        replica.leaving = Some(why);
        replica.left = Some(now);
        let patience = if replica.has_something() { drain_time } else { 0 };
        match why {
            Leaving::Replaced => {}
            Leaving::ScaledAway => self.tell(Told::Deploy, i64::from(number), Move::LeavesForGood as i64, 0, 0),
            Leaving::Deploy(_) => self.tell(Told::Deploy, i64::from(number), Move::Leaves as i64, 0, 0),
        }
        self.clock.schedule(now + patience, Class::Environment, Event::Drained(number));
    }

    /// A replica that is leaving, and has finished what it had, goes.
    #[inline]
    pub fn drain_if_idle(&mut self, number: u32) {
        let replica = &self.replicas[number as usize];
        if replica.leaving.is_some() && !replica.has_something() {
            self.clock.schedule(self.clock.now, Class::Environment, Event::Drained(number));
        }
    }

    /// A leaving replica is idle, or its time is up: it goes down.
    pub fn drained(&mut self, p: &Program, number: u32) {
        let now = self.now();
        let component = self.component_of(p, number);
        let replica = &self.replicas[number as usize];
        let (why, left) = match (replica.leaving, replica.left) {
            (Some(why), Some(left)) => (why, left),
            _ => return,
        };
        if replica.has_something() && now < left + component.drain_time {
            return;
        }
        self.replicas[number as usize].left = None;
        self.clear(p, number, false);
        let what = match why {
            Leaving::ScaledAway => Move::IsGone,
            Leaving::Replaced => Move::WasReplaced,
            Leaving::Deploy(_) => Move::GoesDown,
        };
        self.tell(Told::Deploy, i64::from(number), what as i64, 0, 0);
        let replica = &mut self.replicas[number as usize];
        if !matches!(why, Leaving::Deploy(_)) {
            replica.exists = false;
            replica.leaving = None;
            return;
        }
        replica.refuses += 1;
        self.clock.schedule(now + component.boot_time, Class::Environment, Event::Booted(number));
    }

    /// A replica serves again, or for the first time.
    pub fn booted(&mut self, p: &Program, number: u32) {
        let now = self.now();
        let replica = &mut self.replicas[number as usize];
        let why = replica.leaving;
        if why.is_none() && replica.registered {
            return;
        }
        if !replica.registered {
            replica.counts.registered.more(1, now);
        }
        replica.registered = true;
        replica.leaving = None;
        let component = replica.component as usize;
        let what = if why.is_none() { Move::Serves } else { Move::Returns };
        self.tell(Told::Deploy, i64::from(number), what as i64, 0, 0);
        self.pull_messages(p, component);
        self.wake_writes();
        if let Some(Leaving::Deploy(plan_number)) = why {
            self.replicas[number as usize].refuses -= 1;
            let plan = &mut self.plans[plan_number as usize];
            plan.away -= 1;
            if plan.strategy == Strategy::Canary && plan.next == 1 {
                let watched = now + p.components[component].boot_time;
                self.clock.schedule(watched, Class::Environment, Event::Continue(plan_number));
            } else {
                self.proceed(p, plan_number);
            }
        }
    }
}
