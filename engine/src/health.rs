//! Health checks: how a balancer replica finds out (engine contract, section 5.1).

use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, Uniform, ONE};
use crate::world::{Learns, World};

/// One replica that checks another, over a connection.
pub struct Checking {
    checker: u32,
    target: u32,
    connection: u32,
}

impl World {
    /// Begins all health checks, each pair of checker and target at a moment of its own; none for a single request.
    ///
    /// It is drawn by their names, so that it is the same in every variant of a system, whatever else is checked.
    pub fn begin_checks(&mut self, p: &Program) {
        for (number, connection) in p.connections.iter().enumerate() {
            let check = match &connection.check {
                None => continue,
                Some(check) => check,
            };
            for checker in self.stations[connection.from].replicas() {
                let chooser = self.chooser_of(checker) as usize;
                self.choosers[chooser].learns = Learns::ByChecks;
                for target in self.stations[connection.to].replicas() {
                    if p.run.request.is_none() {
                        let drawn = || self.drawn_phase(p, checker, target, check.interval);
                        let phase = check.phase.unwrap_or_else(drawn);
                        self.clock.schedule(phase, Class::Controller, Event::Check(self.checks.len() as u32));
                    }
                    self.checks.push(Checking { checker, target, connection: number as u32 });
                }
            }
        }
    }

    fn drawn_phase(&self, p: &Program, checker: u32, target: u32, interval: i64) -> i64 {
        let pair = format!("{} -> {}", self.name_of(p, checker), self.name_of(p, target));
        let bits = Uniform::new(&pair, "phase").bits(Some(&p.run.chance), 0, 0);
        (bits as f64 / ONE as f64 * interval as f64) as i64
    }

    /// The replicas that check one.
    pub fn checkers_of(&self, target: u32) -> Vec<u32> {
        self.checks.iter().filter(|check| check.target == target).map(|check| check.checker).collect()
    }

    /// The name of a replica.
    pub fn name_of(&self, p: &Program, replica: u32) -> String {
        format!("{}-{}", self.component_of(p, replica).id, self.replicas[replica as usize].ordinal + 1)
    }

    /// A balancer replica asks one replica of a target, if that is registered; the next check is scheduled.
    pub fn check(&mut self, p: &Program, number: u32) {
        let now = self.now();
        let Checking { checker, target, connection } = self.checks[number as usize];
        let limits = match &p.connections[connection as usize].check {
            None => return,
            Some(limits) => limits,
        };
        self.clock.schedule(now + limits.interval, Class::Controller, Event::Check(number));
        let (balancer, replica) = (&self.replicas[checker as usize], &self.replicas[target as usize]);
        if !balancer.is_up() || !replica.registered || !replica.exists {
            return;
        }
        let parted = balancer.island != replica.island || self.links[connection as usize].cut > 0;
        if parted || replica.silent > 0 {
            self.clock.schedule(now + limits.timeout, Class::TimeOut, Event::CheckSilent(number));
        } else {
            let passed = replica.refuses == 0;
            self.count_check(p, number, passed);
        }
    }

    /// Counts passes and failures in a row; enough of them change what the balancer believes.
    pub fn count_check(&mut self, p: &Program, number: u32, passed: bool) {
        let Checking { checker, target, connection } = self.checks[number as usize];
        let limits = match &p.connections[connection as usize].check {
            None => return,
            Some(limits) => limits,
        };
        let chooser = self.chooser_of(checker);
        let view = &mut self.choosers[chooser as usize];
        let streak = &mut view.streaks[target as usize];
        *streak = if passed { (*streak).max(0) + 1 } else { (*streak).min(0) - 1 };
        let streak = *streak;
        let believed = &mut view.believed[target as usize];
        let changes = if *believed { streak <= -limits.unhealthy_after } else { streak >= limits.healthy_after };
        if changes {
            *believed = !*believed;
            let believed = i64::from(*believed);
            self.tell(Told::Belief, i64::from(chooser), i64::from(target), believed, 0);
        }
    }
}
