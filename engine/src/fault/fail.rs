//! Replicas that are dead: they refuse, or nothing comes back (engine contract, section 5.2).

use super::{Any, Blow, Kind, Planned};
use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};
use crate::world::{Learns, World, PLATFORM};
use std::rc::Rc;

pub struct Fail {
    target: Target,
    silent: bool,
}

impl Kind for Fail {
    const NAME: &'static str = "fail";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        let target = Target::read(row, components)?;
        let silent = match row.maybe_text("mode")? {
            Some("silent") => true,
            Some("refuse") => false,
            None => matches!(target, Target::Group(_)),
            Some(_) => return row.refuse("has a `mode` that is neither refuse nor silent"),
        };
        Ok(Fail { target, silent })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let down = |replica| Rc::new(Down { replica, silent: self.silent }) as Rc<dyn Blow>;
        world.struck(p, &self.target).into_iter().map(down).collect()
    }
}

/// The same at a moment, for a while.
pub fn planned(target: Target, silent: bool, at: i64, lasts: i64) -> Planned {
    Planned { at, lasts: Some(lasts), what: Any::Fail(Fail { target, silent }) }
}

struct Down {
    replica: u32,
    silent: bool,
}

impl Blow for Down {
    fn begin(&self, p: &Program, world: &mut World, _number: u32) {
        let now = world.now();
        let replica = &mut world.replicas[self.replica as usize];
        let was_up = replica.is_up();
        if self.silent {
            replica.silent += 1;
        } else {
            replica.refuses += 1;
        }
        if was_up {
            replica.down_since = now;
            world.clear(p, self.replica, self.silent);
            let noticed = now + world.component_of(p, self.replica).failover_time;
            world.clock.schedule(noticed, Class::Controller, Event::Notice(self.replica));
        }
    }

    fn end(&self, p: &Program, world: &mut World, _number: u32) {
        let replica = &mut world.replicas[self.replica as usize];
        if self.silent {
            replica.silent -= 1;
        } else {
            replica.refuses -= 1;
        }
        if replica.is_up() {
            let component = replica.component as usize;
            world.believe(self.replica, true);
            world.pull_messages(p, component);
            world.wake_writes();
        }
    }

    /// A supervised process that crashed is back after its boot time.
    fn lasts(&self, p: &Program, world: &World) -> Option<i64> {
        let component = world.component_of(p, self.replica);
        Some(component.boot_time).filter(|_| component.supervised && !self.silent)
    }
}

impl World {
    /// The platform learns of a death, unless the replica has been up again in the meantime.
    pub fn notice(&mut self, p: &Program, number: u32) {
        let since = self.now() - self.component_of(p, number).failover_time;
        let replica = &self.replicas[number as usize];
        if !replica.is_up() && replica.down_since <= since {
            self.believe(number, false);
        }
    }

    /// Whoever learns from the platform believes a replica up, or dead.
    fn believe(&mut self, number: u32, up: bool) {
        for chooser in 0..self.choosers.len() {
            let view = &mut self.choosers[chooser];
            if view.learns == Learns::Late && view.believed[number as usize] != up {
                view.believed[number as usize] = up;
                if chooser == PLATFORM as usize {
                    self.tell(Told::Belief, i64::from(PLATFORM), i64::from(number), i64::from(up), 0);
                }
            }
        }
    }
}
