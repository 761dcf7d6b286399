//! Connections that lose messages: independent chances combine.

use super::{Blow, Kind};
use crate::program::{Component, Program, Share, Target, ONE};
use crate::reading::{Refused, Row};
use crate::world::World;
use std::rc::Rc;

pub struct Lose {
    target: Target,
    share: Share,
}

impl Kind for Lose {
    const NAME: &'static str = "lose";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        let share = Share::of(row.maybe_share("share")?.unwrap_or(0.0));
        Ok(Lose { target: Target::read(row, components)?, share })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let losing = |connection| Rc::new(Losing { connection, share: self.share }) as Rc<dyn Blow>;
        world.struck_links(p, &self.target).into_iter().map(losing).collect()
    }
}

struct Losing {
    connection: usize,
    share: Share,
}

impl Blow for Losing {
    fn begin(&self, p: &Program, world: &mut World, number: u32) {
        let link = &mut world.links[self.connection];
        link.losses.begin(number, self.share);
        link.loss = link.losses.with(p.connections[self.connection].loss);
    }

    fn end(&self, p: &Program, world: &mut World, number: u32) {
        let link = &mut world.links[self.connection];
        link.losses.end(number);
        link.loss = link.losses.with(p.connections[self.connection].loss);
    }
}

/// Chances that hold at one time, by the numbers of their blows.
#[derive(Default)]
pub struct Chances(Vec<(u32, Share)>);

impl Chances {
    pub fn begin(&mut self, number: u32, share: Share) {
        let place = self.0.partition_point(|(other, _)| *other < number);
        self.0.insert(place, (number, share));
    }

    pub fn end(&mut self, number: u32) {
        self.0.retain(|(other, _)| *other != number);
    }

    /// All of them and what is there anyway: 1 − ∏(1 − p).
    pub fn with(&self, base: Share) -> Share {
        let spare = |spared: u64, share: &Share| (spared as f64 * ((ONE - share.0) as f64 / ONE as f64)) as u64;
        let spared = self.0.iter().fold(ONE - base.0, |spared, (_, share)| spare(spared, share));
        Share(ONE - spared)
    }
}
