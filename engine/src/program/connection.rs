//! Connections: what a caller replica keeps of those that it calls.

use super::law::Share;
use crate::reading::{Refused, Row};

pub struct Connection {
    pub from: usize,
    pub to: usize,
    /// Tells it from others between the same two.
    pub name: Option<String>,
    /// Calls in flight of each caller replica.
    pub max_concurrent: Option<u32>,
    /// How long a call waits for a place where so many are in flight; without it, it fails at once.
    pub max_wait: Option<i64>,
    /// Who is asked first: whoever stands near.
    pub prefer: Option<Prefer>,
    pub loss: Share,
    pub breaker: Option<BreakerLimits>,
    pub check: Option<Check>,
}

impl Connection {
    /// Whether it matters how many calls are in flight or how they end: it has a bound, a pool or a breaker.
    pub fn counts_calls(&self) -> bool {
        self.max_concurrent.is_some() || self.max_wait.is_some() || self.breaker.is_some()
    }
}

/// Up to where somebody counts as near.
#[derive(Clone, Copy, PartialEq)]
pub enum Prefer {
    SameZone,
    SameRegion,
}

/// When a circuit breaker opens and closes.
pub struct BreakerLimits {
    /// The share of failures, as a fraction.
    pub opens_after: (i64, i64),
    /// One of the ten buckets of its window.
    pub bucket: i64,
    pub min_calls: i64,
    pub half_open_after: i64,
    pub probes: u32,
}

/// How a balancer asks its targets whether they are well.
pub struct Check {
    /// When the first check is sent; drawn where nothing is said.
    pub phase: Option<i64>,
    pub interval: i64,
    pub timeout: i64,
    pub unhealthy_after: i32,
    pub healthy_after: i32,
}

pub fn read(system: &Row, components: usize) -> Result<Vec<Connection>, Refused> {
    system.rows("connections")?.iter().map(|row| connection(row, components)).collect()
}

fn connection(row: &Row, components: usize) -> Result<Connection, Refused> {
    Ok(Connection {
        from: row.index("from", components)?,
        to: row.index("to", components)?,
        name: row.maybe_text("name")?.map(str::to_string),
        max_concurrent: row.maybe_count("max_concurrent")?,
        max_wait: row.maybe_whole("max_wait")?,
        prefer: row.get("prefer").map(|_| row.word("prefer", prefer)).transpose()?,
        loss: Share::of(row.maybe_share("loss")?.unwrap_or(0.0)),
        breaker: row.maybe_row("breaker")?.map(|breaker| breaker_limits(&breaker)).transpose()?,
        check: row.maybe_row("check")?.map(|check| check_of(&check)).transpose()?,
    })
}

fn prefer(word: &str) -> Option<Prefer> {
    match word {
        "same_zone" => Some(Prefer::SameZone),
        "same_region" => Some(Prefer::SameRegion),
        _ => None,
    }
}

fn breaker_limits(row: &Row) -> Result<BreakerLimits, Refused> {
    Ok(BreakerLimits {
        opens_after: row.fraction("opens_after")?,
        bucket: (row.whole("over")? / 10).max(1),
        min_calls: row.whole("min_calls")?,
        half_open_after: row.whole("half_open_after")?,
        probes: row.count("probes")?,
    })
}

fn check_of(row: &Row) -> Result<Check, Refused> {
    Ok(Check {
        phase: row.maybe_whole("phase")?,
        interval: row.whole("interval")?.max(1),
        timeout: row.whole("timeout")?,
        unhealthy_after: row.count("unhealthy_after")? as i32,
        healthy_after: row.count("healthy_after")? as i32,
    })
}
