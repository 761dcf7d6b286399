//! Scaling, by the formula of Kubernetes' horizontal pod autoscaler (engine contract, section 5.5).

use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Program, ScalingMetric};
use crate::replica::Leaving;
use crate::world::World;

pub struct Scaler {
    component: usize,
    /// What was measured, summed up, at the last decision.
    seen: i128,
    /// What it wanted lately: when, how many.
    wanted: Vec<(i64, u32)>,
}

/// Whether a load is within a tenth of what it should be: nothing changes then.
fn is_near(load: i128, level: i128) -> bool {
    10 * (load - level).abs() <= level
}

/// Replicas that are loaded as they should be by `over / under`.
fn needed(over: i128, under: i128) -> u32 {
    (over + under - 1).div_euclid(under).clamp(0, i128::from(u32::MAX)) as u32
}

impl World {
    /// Schedules the decisions of every component that scales by itself.
    pub fn begin_scaling(&mut self, p: &Program) {
        for (component, row) in p.components.iter().enumerate() {
            if let Some(scaling) = &row.scaling {
                let number = self.scalers.len() as u32;
                self.scalers.push(Scaler { component, seen: 0, wanted: Vec::new() });
                self.clock.schedule(scaling.interval, Class::Controller, Event::Scale(number));
            }
        }
    }

    /// Decides how many replicas there should be.
    pub fn scale(&mut self, p: &Program, number: u32) {
        let now = self.now();
        let component = self.scalers[number as usize].component;
        let scaling = match &p.components[component].scaling {
            None => return,
            Some(scaling) => scaling,
        };
        self.clock.schedule(now + scaling.interval, Class::Controller, Event::Scale(number));
        let present = self.present_replicas(component);
        let (mut seen, unit) = self.measured(p, component, scaling.metric, scaling.interval);
        if scaling.metric != ScalingMetric::QueueLength {
            seen -= std::mem::replace(&mut self.scalers[number as usize].seen, seen);
        }
        // load / target, as a fraction: seen / unit over numerator / denominator
        let over = seen * i128::from(scaling.target.1);
        let under = unit * i128::from(scaling.target.0);
        let want = match scaling.metric {
            ScalingMetric::QueueLength if is_near(over, i128::from(present) * under) => present,
            ScalingMetric::QueueLength => needed(over, under),
            _ => self.wanted_by_replicas(component, present, over, under),
        };
        let want = want.max(scaling.minimum).min(scaling.maximum);
        let scaler = &mut self.scalers[number as usize];
        scaler.wanted.retain(|(time, _)| *time > now - scaling.cooldown);
        scaler.wanted.push((now, want));
        let least =
            scaler.wanted.iter().filter(|(time, _)| *time > now - scaling.cooldown).map(|(_, want)| *want).max();
        let least = want.max(least.unwrap_or(0));
        if want > present {
            self.grow(p, component, want - present);
        } else if least < present {
            self.shrink(p, component, present - least);
        }
    }

    /// How many replicas a load of `over / under` wants. What a dead one has to do nobody can see: it counts as loaded as
    /// it should be where few would do, and as idle, like one that boots, where more are wanted. Where nobody serves
    /// nothing is measured, and all stays as it is.
    fn wanted_by_replicas(&self, component: usize, present: u32, over: i128, under: i128) -> u32 {
        let (serving, dead) = self.serving_and_dead(component);
        let of = |replicas: u32| i128::from(replicas) * under;
        if serving == 0 {
            return present;
        }
        if over < of(serving) {
            let over = over + of(dead);
            return if is_near(over, of(serving + dead)) { present } else { needed(over, under) };
        }
        if over < of(present) || is_near(over, of(present)) {
            return present;
        }
        needed(over, under)
    }

    /// Replicas that serve, and those that would but for a fault; the others boot.
    fn serving_and_dead(&self, component: usize) -> (u32, u32) {
        let registered = |replica: &u32| {
            let replica = &self.replicas[*replica as usize];
            replica.exists && replica.registered
        };
        let all = self.stations[component].replicas().filter(registered).count();
        let up = self.stations[component].replicas().filter(registered);
        let up = up.filter(|replica| self.replicas[*replica as usize].is_up()).count();
        (up as u32, (all - up) as u32)
    }

    /// Replicas that serve or boot: those on their way out do not count.
    fn present_replicas(&self, component: usize) -> u32 {
        let is_present = |replica: &u32| {
            let replica = &self.replicas[*replica as usize];
            replica.exists && replica.leaving != Some(Leaving::ScaledAway)
        };
        self.stations[component].replicas().filter(is_present).count() as u32
    }

    /// The load a scaler looks at, summed over replicas, and the unit it is counted in.
    fn measured(&self, p: &Program, component: usize, metric: ScalingMetric, interval: i64) -> (i128, i128) {
        let replicas = || self.stations[component].replicas().map(|replica| &self.replicas[replica as usize]);
        let interval = i128::from(interval);
        match metric {
            ScalingMetric::QueueLength => {
                let feeds = p.components[component].feeds.iter();
                let queues = feeds.filter_map(|source| self.queue_for(*source, component));
                (queues.map(|queue| i128::from(self.queues[queue as usize].waiting)).sum(), 1)
            }
            ScalingMetric::Cpu => {
                let busy = replicas().map(|each| i128::from(each.counts.cores.until(each.cores_used, self.now())));
                let cores = p.components[component].cores.unwrap_or(1).max(1);
                (busy.sum(), interval * i128::from(cores))
            }
            ScalingMetric::RequestRate => {
                let calls: i128 = replicas().map(|each| i128::from(each.counts.calls)).sum();
                (calls * 1_000_000_000, interval)
            }
        }
    }

    /// Boots the lowest replicas that do not exist.
    fn grow(&mut self, p: &Program, component: usize, count: u32) {
        let ready = self.now() + p.components[component].boot_time;
        let missing = self.stations[component].replicas().filter(|replica| !self.replicas[*replica as usize].exists);
        for number in missing.take(count as usize).collect::<Vec<u32>>() {
            let replica = &mut self.replicas[number as usize];
            replica.exists = true;
            replica.registered = false;
            self.clock.schedule(ready, Class::Environment, Event::Booted(number));
        }
        self.tell_scaled(component);
    }

    /// Drains the highest replicas; they are gone when they are idle.
    fn shrink(&mut self, p: &Program, component: usize, count: u32) {
        let can_leave = |replica: &u32| {
            let replica = &self.replicas[*replica as usize];
            replica.exists && replica.leaving.is_none()
        };
        let highest = self.stations[component].replicas().rev().filter(can_leave);
        for number in highest.take(count as usize).collect::<Vec<u32>>() {
            self.drain(p, number, Leaving::ScaledAway);
        }
        self.tell_scaled(component);
    }

    fn tell_scaled(&mut self, component: usize) {
        let present = i64::from(self.present_replicas(component));
        self.tell(Told::Scaled, component as i64, present, 0, 0);
    }
}
