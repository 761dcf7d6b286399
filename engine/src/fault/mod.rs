//! Faults: what begins and ends by itself (engine contract, section 5), one file for each kind.
//! Another is a file like these and its line in `faults!` below.

mod random;

pub use errors::Answered;
pub use lose::Chances;
pub use random::Random;

use crate::clock::{Class, Event};
use crate::log::Told;
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};
use crate::world::World;
use std::rc::Rc;

/// What a kind of fault is: how it is read, and what it strikes.
trait Kind: Sized {
    /// As a Program spells it.
    const NAME: &'static str;
    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused>;
    /// Everything that it strikes, each by itself.
    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>>;
}

/// What a fault does to one replica, connection or component.
pub trait Blow {
    /// It begins; `number` tells this blow from all others of the run.
    fn begin(&self, p: &Program, world: &mut World, number: u32);
    fn end(&self, p: &Program, world: &mut World, number: u32);
    /// How long it lasts where nobody says.
    fn lasts(&self, _p: &Program, _world: &World) -> Option<i64> {
        None
    }
}

macro_rules! faults {
    ($($module:ident $kind:ident)*) => {
        $(mod $module;)*

        enum Any {
            $($kind($module::$kind),)*
        }

        impl Any {
            fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
                match row.text("kind")? {
                    $($module::$kind::NAME => Ok(Any::$kind($module::$kind::read(row, components)?)),)*
                    _ => row.refuse("is of a `kind` that this engine does not know"),
                }
            }

            fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
                match self {
                    $(Any::$kind(kind) => kind.blows(p, world),)*
                }
            }
        }
    };
}

faults! {
    fail Fail
    slow Slow
    lose Lose
    errors Errors
    partition Partition
    deploy Deploy
}

/// A fault with its time.
pub struct Planned {
    at: i64,
    lasts: Option<i64>,
    what: Any,
}

/// Reads a fault of a scenario.
pub fn read(row: &Row, components: &[Component]) -> Result<Planned, Refused> {
    Ok(Planned { at: row.whole("at")?, lasts: row.maybe_whole("for")?, what: Any::read(row, components)? })
}

/// All blows of a run, each with the number of its fault.
pub struct Timeline {
    rows: Vec<(u32, Rc<dyn Blow>)>,
    /// The groups or components that are cut off, each a bit of `Replica::island`.
    islands: Vec<String>,
}

impl Timeline {
    pub fn new() -> Self {
        Timeline { rows: Vec::new(), islands: Vec::new() }
    }

    /// The bit of an island; the same name has the same.
    fn island(&mut self, name: String) -> u64 {
        let known = self.islands.iter().position(|island| *island == name);
        let place = known.unwrap_or_else(|| {
            self.islands.push(name);
            self.islands.len() - 1
        });
        1 << (place % 64)
    }
}

impl World {
    /// Schedules what goes wrong: the faults of the scenario, then those by chance.
    pub fn begin_faults(&mut self, p: &Program, until: i64) {
        let mut drawn: Vec<Planned> = p.run.random_faults.iter().flat_map(|each| each.draw(p, until)).collect();
        drawn.sort_by_key(|fault| fault.at);
        for (number, fault) in p.run.faults.iter().chain(&drawn).enumerate() {
            for blow in fault.what.blows(p, self) {
                let lasts = fault.lasts.or_else(|| blow.lasts(p, self));
                let row = self.timeline.rows.len() as u32;
                self.timeline.rows.push((number as u32, blow));
                self.clock.schedule(fault.at, Class::Environment, Event::FaultBegins(row));
                if let Some(lasts) = lasts {
                    self.clock.schedule(fault.at + lasts, Class::Environment, Event::FaultEnds(row));
                }
            }
        }
    }

    /// A fault begins or ends.
    pub fn fault(&mut self, p: &Program, row: u32, begins: bool) {
        let (number, blow) = &self.timeline.rows[row as usize];
        let (number, blow) = (*number, Rc::clone(blow));
        self.tell(Told::Fault, i64::from(number), i64::from(begins), 0, 0);
        if begins {
            blow.begin(p, self, row);
        } else {
            blow.end(p, self, row);
        }
    }

    /// The replicas that a name stands for, in the order of their numbers, those of second sets too.
    pub fn struck(&self, p: &Program, target: &Target) -> Vec<u32> {
        let everybody = 0..self.replicas.len() as u32;
        match target {
            Target::Connection(..) => Vec::new(),
            Target::Component(component) => {
                everybody.filter(|number| self.replicas[*number as usize].component == *component as u32).collect()
            }
            Target::Replica(component, copy) => everybody
                .filter(|number| {
                    let replica = &self.replicas[*number as usize];
                    replica.component == *component as u32 && replica.ordinal + 1 == *copy
                })
                .collect(),
            Target::Group(group) => everybody.filter(|number| self.stands_in(p, *number, group)).collect(),
        }
    }

    fn stands_in(&self, p: &Program, number: u32, group: &str) -> bool {
        let (component, replica) = (self.component_of(p, number), &self.replicas[number as usize]);
        let ordinal = replica.ordinal;
        let copy = if component.shards > 1 { ordinal % component.replicas.max(1) } else { ordinal };
        !component.actor && component.groups_of(copy + 1).iter().any(|name| name == group)
    }

    /// The connections from one component to another, or the one of a name.
    pub fn struck_links(&self, p: &Program, target: &Target) -> Vec<usize> {
        match target {
            Target::Connection(from, to, name) => {
                let is_it = |number: &usize| {
                    let each = &p.connections[*number];
                    each.from == *from && each.to == *to && (name.is_none() || each.name == *name)
                };
                (0..p.connections.len()).filter(is_it).collect()
            }
            _ => Vec::new(),
        }
    }
}
