//! Deploys: of one component, or of several one after the other.

use super::{Blow, Kind};
use crate::deploy::{Plan, Strategy};
use crate::program::{Component, Program};
use crate::reading::{Refused, Row};
use crate::world::{Next, World};
use std::rc::Rc;

pub struct Deploy {
    /// Component, how many at once, how.
    plans: Vec<(usize, u32, Strategy)>,
}

impl Kind for Deploy {
    const NAME: &'static str = "deploy";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        let plan = |row: &Row| {
            let strategy = row.word("strategy", |word| match word {
                "rolling" => Some(Strategy::Rolling),
                "recreate" => Some(Strategy::Recreate),
                "canary" => Some(Strategy::Canary),
                "blue_green" => Some(Strategy::BlueGreen),
                _ => None,
            })?;
            Ok((row.index("component", components.len())?, row.count("at_once")?, strategy))
        };
        Ok(Deploy { plans: row.rows("plans")?.iter().map(plan).collect::<Result<_, Refused>>()? })
    }

    fn blows(&self, _p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let first = world.plans.len() as u32;
        for (place, (component, at_once, strategy)) in self.plans.iter().enumerate() {
            let after = if place + 1 < self.plans.len() { Some(first + place as u32 + 1) } else { None };
            let (component, at_once, strategy) = (*component, *at_once, *strategy);
            world.plans.push(Plan { component, at_once, strategy, next: 0, away: 0, after });
        }
        if self.plans.is_empty() {
            return Vec::new();
        }
        vec![Rc::new(Begins { plan: first })]
    }
}

struct Begins {
    plan: u32,
}

impl Blow for Begins {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        world.agenda.push(Next::Continue(self.plan));
    }

    fn end(&self, _p: &Program, _world: &mut World, _number: u32) {}
}
