//! How to run: for how long, under which load, with what going wrong.

use super::alert::{self, Alert, FlowMetric, Watched};
use super::component::Component;
use super::flow::Flow;
use super::law::Law;
use crate::chance::Chance;
use crate::fault::{self, Planned};
use crate::json::Json;
use crate::reading::{number_of, Refused, Row};

pub struct Run {
    pub chance: Chance,
    /// Whether random quantities are drawn; else each stands at what is typical.
    pub sampled: bool,
    pub until: Option<i64>,
    pub warm_up: i64,
    pub scrape: Option<i64>,
    pub watch: Watch,
    /// Components whose caches never hit.
    pub misses: Vec<usize>,
    pub loads: Vec<Load>,
    pub faults: Vec<Planned>,
    pub random_faults: Vec<fault::Random>,
    pub supposed: Vec<Supposed>,
    /// Whether charts are drawn of it.
    pub charts: bool,
    /// By flow: the response times (ns) of which scrapes count how many good answers took no longer.
    pub limits: Vec<Vec<i64>>,
    /// Whether all samples of scrapes are kept, however many they are.
    pub keeps_scrapes: bool,
    pub alerts: Vec<Alert>,
    /// Between two looks at the alerts.
    pub evaluate: Option<i64>,
    /// A single request: its flow and its number.
    pub request: Option<(usize, u64)>,
}

/// How much of what happens is written into the log.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Watch {
    Nothing,
    /// What concerns the system.
    Events,
    /// Every call too.
    Everything,
}

/// The load of one flow.
pub struct Load {
    pub flow: usize,
    pub until: Option<i64>,
    pub shape: Shape,
}

pub enum Shape {
    /// Requests come by the clock.
    Open { even: bool, rate: (i64, i64), curve: Curve },
    /// Jobs come at the ticks of a clock: at 0 and every so often, or at moments in rising order.
    Clock { every: Option<i64>, ticks: Vec<i64>, deadline: Option<i64> },
    /// So many clients wait for their answer, think and ask again.
    Closed { users: u32, think: Option<Law> },
    /// So many users stay connected, and come back when they are not.
    Sessions { users: u32 },
}

/// How an open rate changes; rates in requests per second, times in seconds.
pub enum Curve {
    Constant,
    Ramp {
        to: f64,
        over: f64,
    },
    Spike {
        to: f64,
        at: f64,
        lasts: f64,
    },
    /// From the trough, which a run that begins later in the day has passed so many seconds before.
    Daily {
        low: f64,
        since: f64,
    },
    Steps(Vec<(f64, f64)>),
}

/// What a fault strikes.
#[derive(Clone)]
pub enum Target {
    Component(usize),
    /// Its component and number, from 1.
    Replica(usize, u32),
    Group(String),
    /// From one component to another: the connection of this name, or all of them.
    Connection(usize, usize, Option<String>),
}

/// What a trace supposes to have been so for a while.
pub enum Supposed {
    Down { target: Target, noticed: bool },
    Slow { target: Target, factor: (i64, i64), plus: i64 },
}

pub fn read(row: &Row, components: &[Component], flows: &[Flow]) -> Result<Run, Refused> {
    let seed = match row.text("seed")?.parse::<u64>() {
        Ok(seed) => seed,
        Err(_) => return row.refuse("has a `seed` that is no whole number below 2^64"),
    };
    let request = row.maybe_row("request")?;
    let until = row.maybe_whole("until")?;
    if request.is_none() && until.is_none() {
        return row.refuse("has neither a load nor a request");
    }
    Ok(Run {
        chance: Chance::new(seed),
        sampled: row.flag("sampled")?,
        until,
        warm_up: row.maybe_whole("warm_up")?.unwrap_or(0),
        scrape: row.maybe_whole("scrape")?,
        watch: row.word("watch", |word| match word {
            "nothing" => Some(Watch::Nothing),
            "events" => Some(Watch::Events),
            "everything" => Some(Watch::Everything),
            _ => None,
        })?,
        misses: row.indexes("misses", components.len())?,
        loads: row.rows("loads")?.iter().map(|load| read_load(load, flows)).collect::<Result<_, _>>()?,
        faults: row.rows("faults")?.iter().map(|each| fault::read(each, components)).collect::<Result<_, _>>()?,
        random_faults: row
            .rows("random_faults")?
            .iter()
            .map(|each| fault::Random::read(each, components))
            .collect::<Result<_, _>>()?,
        supposed: row.rows("supposed")?.iter().map(|each| read_supposed(each, components)).collect::<Result<_, _>>()?,
        charts: row.flag("charts")?,
        limits: limits(row)?,
        keeps_scrapes: row.flag("keeps_scrapes")?,
        alerts: alerts(row, components, flows)?,
        evaluate: row.maybe_whole("evaluate")?,
        request: match request {
            None => None,
            Some(request) => Some((request.index("flow", flows.len())?, request.whole("number")? as u64)),
        },
    })
}

fn alerts(row: &Row, components: &[Component], flows: &[Flow]) -> Result<Vec<Alert>, Refused> {
    let limits = limits(row)?;
    let read = |row: &Row| {
        let alert = alert::read(row, components, flows)?;
        let has_limit = |flow: &usize| limits.get(*flow).map_or(false, |limits| limits.contains(&alert.within()));
        match &alert.watched {
            Watched::Flows(flows, FlowMetric::Percentile(_)) if !flows.iter().all(has_limit) => {
                row.refuse("has a limit that is not among the `limits` of its flows")
            }
            _ => Ok(alert),
        }
    };
    row.rows("alerts")?.iter().map(read).collect()
}

fn limits(row: &Row) -> Result<Vec<Vec<i64>>, Refused> {
    let of_flow = |value: &Json| match value {
        Json::List(limits) => limits.iter().map(|limit| number_of(limit).map(|limit| limit as i64)).collect(),
        _ => None,
    };
    match row.list("limits")?.iter().map(of_flow).collect() {
        Some(limits) => Ok(limits),
        None => row.refuse("has `limits` that are no lists of numbers"),
    }
}

fn read_load(row: &Row, flows: &[Flow]) -> Result<Load, Refused> {
    let flow = row.index("flow", flows.len())?;
    let shape = match row.maybe_count("users")? {
        Some(users) if flows[flow].session.is_some() => Shape::Sessions { users },
        Some(users) => {
            let stream = format!("flows.{}#think", flows[flow].id);
            Shape::Closed { users, think: Law::read(row, "think", &stream)? }
        }
        None if row.get("every").is_some() || row.get("ticks").is_some() => Shape::Clock {
            every: row.maybe_whole("every")?.map(|every| every.max(1)),
            ticks: row.wholes("ticks")?,
            deadline: row.maybe_whole("deadline")?,
        },
        None => Shape::Open {
            even: row.maybe_text("arrivals")? == Some("even"),
            rate: row.maybe_fraction("rate")?.unwrap_or((0, 1)),
            curve: curve(row)?,
        },
    };
    Ok(Load { flow, until: row.maybe_whole("until")?, shape })
}

fn curve(row: &Row) -> Result<Curve, Refused> {
    let level = |name: &str| row.fraction(name).map(|(over, under)| over as f64 / under as f64);
    let seconds = |name: &str| row.whole(name).map(|time| time as f64 / 1e9);
    Ok(match row.maybe_text("shape")?.unwrap_or("constant") {
        "constant" => Curve::Constant,
        "ramp" => Curve::Ramp { to: level("to")?, over: seconds("over")?.max(1e-9) },
        "spike" => Curve::Spike { to: level("to")?, at: seconds("at")?, lasts: seconds("for")? },
        "daily" => Curve::Daily { low: level("low")?, since: row.maybe_whole("since")?.unwrap_or(0) as f64 / 1e9 },
        "file" => Curve::Steps(row.pairs("curve")?),
        _ => return row.refuse("has a `shape` that this engine does not know"),
    })
}

fn read_supposed(row: &Row, components: &[Component]) -> Result<Supposed, Refused> {
    let target = Target::read(row, components)?;
    match row.text("kind")? {
        "down" => Ok(Supposed::Down { target, noticed: row.flag("noticed")? }),
        "slow" => Ok(Supposed::Slow {
            target,
            factor: row.maybe_fraction("factor")?.unwrap_or((1, 1)),
            plus: row.maybe_whole("plus")?.unwrap_or(0),
        }),
        _ => row.refuse("is of a `kind` that this engine does not know"),
    }
}

impl Target {
    pub fn read(row: &Row, components: &[Component]) -> Result<Target, Refused> {
        let target = row.row("target")?;
        if let Some(component) = target.maybe_index("component", components.len())? {
            return Ok(Target::Component(component));
        }
        if let Some(group) = target.maybe_text("group")? {
            return Ok(Target::Group(group.to_string()));
        }
        match (target.wholes("replica")?.as_slice(), target.indexes("connection", components.len())?.as_slice()) {
            ([component, number], []) if (*component as usize) < components.len() && *number > 0 => {
                Ok(Target::Replica(*component as usize, *number as u32))
            }
            ([], [from, to]) => Ok(Target::Connection(*from, *to, target.maybe_text("name")?.map(str::to_string))),
            _ => target.refuse("names nothing"),
        }
    }
}
