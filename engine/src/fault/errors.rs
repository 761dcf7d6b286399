//! Components that answer errors instead of their own status.

use super::{Blow, Kind};
use crate::program::{Component, Program, Share, Target};
use crate::reading::{Refused, Row};
use crate::world::World;
use std::rc::Rc;

pub struct Errors {
    component: usize,
    share: Share,
    status: u16,
}

impl Kind for Errors {
    const NAME: &'static str = "errors";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        match Target::read(row, components)? {
            Target::Component(component) => Ok(Errors {
                component,
                share: Share::of(row.maybe_share("share")?.unwrap_or(0.0)),
                status: row.maybe_count("status")?.unwrap_or(500) as u16,
            }),
            _ => row.refuse("strikes no component"),
        }
    }

    fn blows(&self, _p: &Program, _world: &mut World) -> Vec<Rc<dyn Blow>> {
        vec![Rc::new(Failing { component: self.component, share: self.share, status: self.status })]
    }
}

struct Failing {
    component: usize,
    share: Share,
    status: u16,
}

impl Blow for Failing {
    fn begin(&self, _p: &Program, world: &mut World, number: u32) {
        let station = &mut world.stations[self.component];
        station.failing.begin(number, self.share);
        station.errors = station.failing.with(Share::NEVER);
        station.error_status = self.status;
    }

    fn end(&self, _p: &Program, world: &mut World, number: u32) {
        let station = &mut world.stations[self.component];
        station.failing.end(number);
        station.errors = station.failing.with(Share::NEVER);
    }
}
