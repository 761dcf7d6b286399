//! Partitions: of a connection, both ways, or of a place that is cut off from all others.

use super::{Blow, Kind};
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};
use crate::world::World;
use std::rc::Rc;

pub struct Partition {
    target: Target,
}

impl Kind for Partition {
    const NAME: &'static str = "partition";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        Ok(Partition { target: Target::read(row, components)? })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        if let Target::Connection(from, to, name) = &self.target {
            let there = world.struck_links(p, &self.target).into_iter();
            let back = world.struck_links(p, &Target::Connection(*to, *from, name.clone()));
            return there.chain(back).map(|connection| Rc::new(Cut { connection }) as Rc<dyn Blow>).collect();
        }
        let bit = world.timeline.island(match &self.target {
            Target::Group(group) => format!("group {group}"),
            Target::Component(component) => format!("component {component}"),
            Target::Replica(component, copy) => format!("replica {component} {copy}"),
            Target::Connection(from, to, _) => format!("connection {from} {to}"),
        });
        let island = |replica| Rc::new(Island { replica, bit }) as Rc<dyn Blow>;
        world.struck(p, &self.target).into_iter().map(island).collect()
    }
}

struct Cut {
    connection: usize,
}

impl Blow for Cut {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        let now = world.now();
        world.is_parted = true;
        let link = &mut world.links[self.connection];
        link.cut += 1;
        link.cut_since = now;
    }

    fn end(&self, _p: &Program, world: &mut World, _number: u32) {
        world.links[self.connection].cut -= 1;
        world.pull_all();
        world.wake_writes();
    }
}

struct Island {
    replica: u32,
    bit: u64,
}

impl Blow for Island {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        let now = world.now();
        world.is_parted = true;
        let replica = &mut world.replicas[self.replica as usize];
        replica.island ^= self.bit;
        replica.island_since = now;
    }

    fn end(&self, _p: &Program, world: &mut World, _number: u32) {
        world.replicas[self.replica as usize].island ^= self.bit;
        world.pull_all();
        world.wake_writes();
    }
}
