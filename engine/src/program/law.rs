//! What a run draws: times, shares, statuses.

use crate::chance::{Chance, Stream};
use crate::distribution::Distribution;
use crate::json::Json;
use crate::reading::{number_of, Refused, Row};

/// One, in the 53 bits of a uniform draw.
pub const ONE: u64 = 1 << 53;
/// What stands for a uniform draw where nothing is drawn: just under one half.
const HALF: u64 = (1 << 52) - 1;

/// A time that a step takes: written, or by chance.
pub enum Law {
    Constant(i64),
    Random { stream: Stream, distribution: Distribution, typical: i64 },
}

impl Law {
    /// A law at a field of a row, if there is one. Its draws are named by the stream.
    pub fn read(row: &Row, name: &str, stream: &str) -> Result<Option<Law>, Refused> {
        match row.get(name) {
            None => Ok(None),
            Some(Json::Object(_)) => {
                let law = row.row(name)?;
                let distribution = Distribution::new(law.text("family")?, &law.numbers("parameters")?);
                Ok(Some(Law::Random {
                    stream: Stream::new(stream),
                    distribution: distribution.or_else(|error| law.refuse(&format!("is wrong: {error}")))?,
                    typical: law.whole("typical")?,
                }))
            }
            Some(_) => Ok(row.maybe_whole(name)?.map(Law::Constant)),
        }
    }

    /// The time for a request, in nanoseconds; without chance the typical one.
    #[inline]
    pub fn time(&self, chance: Option<&Chance>, number: u64, occurrence: u32) -> i64 {
        match (self, chance) {
            (Law::Constant(time), _) => *time,
            (Law::Random { typical, .. }, None) => *typical,
            (Law::Random { stream, distribution, .. }, Some(chance)) => {
                distribution.nanoseconds(&chance.draw(*stream, number, u64::from(occurrence)))
            }
        }
    }
}

/// A uniform draw, named by its purpose.
#[derive(Clone, Copy)]
pub struct Uniform(Stream);

impl Uniform {
    pub fn new(stream: &str, purpose: &str) -> Self {
        Uniform(Stream::new(&format!("{stream}#{purpose}")))
    }

    /// 53 bits for a request; without chance just under one half.
    #[inline]
    pub fn bits(self, chance: Option<&Chance>, number: u64, occurrence: u32) -> u64 {
        chance.map_or(HALF, |chance| chance.draw(self.0, number, u64::from(occurrence)).bits())
    }
}

/// A probability as the number that 53 random bits stay under with it.
#[derive(Clone, Copy, PartialEq)]
pub struct Share(pub u64);

impl Share {
    pub const NEVER: Share = Share(0);

    pub fn of(share: f64) -> Self {
        Share((share * ONE as f64).ceil() as u64)
    }

    /// Whether it happens, of these random bits.
    #[inline]
    pub fn holds(self, bits: u64) -> bool {
        bits < self.0
    }
}

/// The status that a callee answers.
pub enum Answers {
    Always(u16),
    /// Statuses with their summed shares, and the likeliest.
    Random(Uniform, Vec<(u16, f64)>, u16),
}

impl Answers {
    pub fn read(row: &Row, name: &str, stream: &str) -> Result<Option<Answers>, Refused> {
        match row.get(name) {
            None => Ok(None),
            Some(Json::Object(_)) => {
                let answers = row.row(name)?;
                let mut sum = 0.0;
                let mut shares = Vec::new();
                for (status, share) in answers.pairs("shares")? {
                    sum += share;
                    shares.push((status as u16, sum));
                }
                if shares.is_empty() {
                    return answers.refuse("has no shares");
                }
                Ok(Some(Answers::Random(Uniform::new(stream, "status"), shares, answers.count("typical")? as u16)))
            }
            Some(status) => match number_of(status) {
                Some(status) => Ok(Some(Answers::Always(status as u16))),
                None => row.refuse("has a `status` that is neither a number nor shares"),
            },
        }
    }

    #[inline]
    pub fn status(&self, chance: Option<&Chance>, number: u64, occurrence: u32) -> u16 {
        match self {
            Answers::Always(status) => *status,
            Answers::Random(_, _, typical) if chance.is_none() => *typical,
            Answers::Random(draw, shares, _) => {
                let uniform = draw.bits(chance, number, occurrence) as f64 / ONE as f64;
                let found = shares.iter().find(|(_, upto)| uniform < *upto);
                found.unwrap_or(&shares[shares.len() - 1]).0
            }
        }
    }
}
