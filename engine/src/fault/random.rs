//! Failures and repairs by chance: from every mtbf and mttr, exponentially distributed.

use super::{fail, Planned};
use crate::chance::Stream;
use crate::distribution::Distribution;
use crate::maths::nearest;
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};

/// What fails and is repaired, again and again.
pub struct Random {
    stream: Stream,
    unit: Distribution,
    target: Target,
    mtbf: f64,
    mttr: f64,
    silent: bool,
}

impl Random {
    pub fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        Ok(Random {
            stream: Stream::new(&format!("{}#fault", row.text("name")?)),
            unit: Distribution::new("exponential", &[1e9])?,
            target: Target::read(row, components)?,
            mtbf: row.whole("mtbf")? as f64,
            mttr: row.whole("mttr")? as f64,
            silent: row.text("mode")? == "silent",
        })
    }

    /// All failures that begin before the end of a run.
    pub fn draw(&self, p: &Program, until: i64) -> Vec<Planned> {
        let unit = |number| {
            let draw = p.run.chance.draw(self.stream, number, 0);
            self.unit.nanoseconds(&draw) as f64 / 1e9
        };
        let mut found = Vec::new();
        let mut now = 0.0;
        for number in (0..).step_by(2) {
            now += self.mtbf * unit(number);
            if now >= until as f64 {
                break;
            }
            let lasts = nearest(self.mttr * unit(number + 1)).max(1.0);
            found.push(fail::planned(self.target.clone(), self.silent, nearest(now) as i64, lasts as i64));
            now += lasts;
        }
        found
    }
}
