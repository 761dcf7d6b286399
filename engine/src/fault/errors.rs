//! Replicas that answer errors instead of their own status.

use super::{Blow, Chances, Kind};
use crate::program::{Component, Program, Share, Target};
use crate::reading::{Refused, Row};
use crate::replica::Replica;
use crate::world::World;
use std::rc::Rc;

/// The errors that a replica answers, of all faults that strike it now.
pub struct Answered {
    pub share: Share,
    pub status: u16,
    chances: Chances,
}

impl Default for Answered {
    fn default() -> Self {
        Answered { share: Share::NEVER, status: 500, chances: Chances::default() }
    }
}

pub struct Errors {
    target: Target,
    share: Share,
    status: u16,
    /// Whether they are answered at admission, without work.
    at_once: bool,
}

impl Kind for Errors {
    const NAME: &'static str = "errors";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        let target = Target::read(row, components)?;
        if matches!(target, Target::Connection(..)) {
            return row.refuse("strikes a connection");
        }
        Ok(Errors {
            target,
            share: Share::of(row.maybe_share("share")?.unwrap_or(0.0)),
            status: row.maybe_count("status")?.unwrap_or(500) as u16,
            at_once: row.flag("at_once")?,
        })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let Errors { share, status, at_once, .. } = *self;
        vec![Rc::new(Failing { replicas: world.struck(p, &self.target), share, status, at_once })]
    }
}

struct Failing {
    replicas: Vec<u32>,
    share: Share,
    status: u16,
    at_once: bool,
}

impl Failing {
    fn of<'a>(&self, replica: &'a mut Replica) -> &'a mut Answered {
        if self.at_once {
            &mut replica.errors_at_once
        } else {
            &mut replica.errors
        }
    }
}

impl Blow for Failing {
    fn begin(&self, _p: &Program, world: &mut World, number: u32) {
        for replica in &self.replicas {
            let answered = self.of(&mut world.replicas[*replica as usize]);
            answered.chances.begin(number, self.share);
            answered.share = answered.chances.with(Share::NEVER);
            answered.status = self.status;
        }
    }

    fn end(&self, _p: &Program, world: &mut World, number: u32) {
        for replica in &self.replicas {
            let answered = self.of(&mut world.replicas[*replica as usize]);
            answered.chances.end(number);
            answered.share = answered.chances.with(Share::NEVER);
        }
    }
}
