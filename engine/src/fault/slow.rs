//! Replicas whose work, or connections whose way, takes longer.

use super::{Blow, Kind};
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};
use crate::slowness::Slowness;
use crate::world::World;
use std::rc::Rc;

pub struct Slow {
    target: Target,
    by: Slowness,
}

impl Kind for Slow {
    const NAME: &'static str = "slow";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        let factor = row.maybe_fraction("factor")?.unwrap_or((1, 1));
        if factor.0 == 0 {
            return row.refuse("has no `factor` above 0");
        }
        let by = Slowness::new(factor, row.maybe_whole("plus")?.unwrap_or(0));
        Ok(Slow { target: Target::read(row, components)?, by })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let by = self.by;
        let links = world.struck_links(p, &self.target).into_iter();
        let ways = links.map(|connection| Rc::new(SlowWay { connection, by }) as Rc<dyn Blow>);
        let replicas = world.struck(p, &self.target).into_iter();
        ways.chain(replicas.map(|replica| Rc::new(SlowWork { replica, by }) as Rc<dyn Blow>)).collect()
    }
}

struct SlowWork {
    replica: u32,
    by: Slowness,
}

impl Blow for SlowWork {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        let slow = &mut world.replicas[self.replica as usize].slow;
        *slow = slow.and(self.by);
    }

    fn end(&self, _p: &Program, world: &mut World, _number: u32) {
        let slow = &mut world.replicas[self.replica as usize].slow;
        *slow = slow.without(self.by);
    }
}

struct SlowWay {
    connection: usize,
    by: Slowness,
}

impl Blow for SlowWay {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        let slow = &mut world.links[self.connection].slow;
        *slow = slow.and(self.by);
    }

    fn end(&self, _p: &Program, world: &mut World, _number: u32) {
        let slow = &mut world.links[self.connection].slow;
        *slow = slow.without(self.by);
    }
}
