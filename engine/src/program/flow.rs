//! Flows: steps, calls, and where a call may go.

use super::component::Component;
use super::law::{Answers, Law, Share, Uniform};
use crate::balancing::Algorithm;
use crate::chance::zipf::Zipf;
use crate::reading::{Refused, Row};

pub struct Flow {
    pub id: String,
    pub from: usize,
    /// Whether it begins at a replica of the system, and not somewhere outside that is never down.
    pub inside: bool,
    pub first: Option<u32>,
    pub session: Option<Session>,
    /// The flow over whose sessions it runs, and the draw that says whose.
    pub via: Option<(usize, crate::chance::Stream)>,
}

/// How users stay connected; the flow's steps are their handshake.
pub struct Session {
    pub lasts: Option<Law>,
    /// How long the lives are that one looks into at any moment: the longer, the more often.
    pub first: Option<Law>,
    /// How much of such a life is left.
    pub left: crate::chance::Stream,
    /// The waits after failure 1, 2, …; the last stands for all that follow.
    pub waits: Vec<i64>,
    pub jitter: Jitter,
    pub reconnect: Uniform,
    /// How long until silence is noticed; else a heartbeat has to be missed.
    pub notice: Option<i64>,
    pub heartbeat: crate::chance::Stream,
    /// The components at which a session holds a place.
    pub holds: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum OperationKind {
    Call,
    /// The caller's own work.
    Work,
    /// Branches, all at one moment.
    Together,
    /// The steps of another flow.
    Follow,
}

/// A step.
pub struct Operation {
    pub kind: OperationKind,
    pub next: Option<u32>,
    pub times: u32,
    /// Runs of one request that draw apart: times × attempts.
    pub spread: u32,
    pub chance: Option<Share>,
    pub optional: bool,
    pub waits: bool,
    pub cpu: Option<Law>,
    pub takes: Option<Law>,
    pub status: Option<Answers>,
    /// The keys that are asked for where hits are simulated.
    pub keys: Option<(Zipf, crate::chance::Stream)>,
    pub fallback: Option<u32>,
    /// The first step of each branch.
    pub branches: Vec<u32>,
    /// Branches that must succeed.
    pub needs: u32,
    pub shard: Option<u32>,
    /// How one of several routes is chosen.
    pub algorithm: Algorithm,
    pub first_route: u32,
    pub routes: u32,
    pub draws: OperationDraws,
}

/// The uniform draws of a step.
pub struct OperationDraws {
    pub chance: Uniform,
    pub fault: Uniform,
    pub fault_at_once: Uniform,
    pub hit: Uniform,
    pub member: Uniform,
    pub member_again: Uniform,
    pub loss_out: Uniform,
    pub loss_back: Uniform,
    pub balance: Uniform,
    pub balance_again: Uniform,
    pub jitter: Uniform,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Jitter {
    None,
    Full,
    Equal,
}

/// One possible target of a call, over its connection.
pub struct Route {
    pub to: usize,
    pub connection: usize,
    pub timeout: Option<i64>,
    /// Whether the time-out is the patience of who asked from outside, after which nothing is tried again.
    pub gives_up: bool,
    pub attempts: u32,
    /// The waits after attempt 1, 2, …
    pub waits: Vec<i64>,
    pub jitter: Jitter,
    pub idempotent: bool,
    /// Retry tokens that a first attempt adds, in billionths.
    pub budget: Option<i64>,
    /// Whether only the primary answers.
    pub writes: bool,
    pub algorithm: Algorithm,
    pub weight: i64,
    pub latency: Option<Law>,
    /// How long a new instance of a function takes until it works.
    pub cold_start: Option<Law>,
    /// The callee's steps; at a queue those of the consumer.
    pub steps: Option<u32>,
    /// At a topic: what each subscriber does with a message.
    pub subscriptions: Vec<u32>,
    /// What is looked up there is found with this share.
    pub hit: Option<Share>,
    pub miss: Option<u32>,
    pub miss_by_caller: bool,
    pub copies: Vec<CopyWaitedFor>,
    /// Whether all there is to choose from is one replica, and whoever calls remembers no choice.
    pub is_single: bool,
    /// Whether the callee has nothing to do after its own work but its steps: no message, copy or look-up.
    pub has_steps_only: bool,
}

impl Route {
    /// Notes what follows from the components, once, so that not every call has to ask.
    pub fn note(&mut self, caller: &Component, components: &[Component]) {
        let callee = &components[self.to];
        let is_copied = components.iter().any(|each| each.copy_of == Some(self.to));
        self.is_single = callee.rows() == 1 && !is_copied && caller.remembers.is_none();
        let has_messages = callee.queue.is_some() || callee.topic.is_some();
        self.has_steps_only = !has_messages && !is_copied && self.copies.is_empty() && self.hit.is_none();
    }
}

/// A copy that a write waits for.
pub struct CopyWaitedFor {
    pub store: usize,
    pub connection: usize,
    pub latency: Option<Law>,
    /// Whether writes go on without it once its loss is known.
    pub continues: bool,
}

pub fn read_flows(system: &Row, components: usize, operations: usize) -> Result<Vec<Flow>, Refused> {
    let rows = system.rows("flows")?;
    let read = |row: &Row| {
        let id = row.text("id")?;
        let via = row.maybe_index("via", rows.len())?;
        Ok(Flow {
            id: id.to_string(),
            from: row.index("from", components)?,
            inside: row.flag("inside")?,
            first: step(row, "first", operations)?,
            session: row.maybe_row("session")?.map(|session| read_session(&session, id, components)).transpose()?,
            via: via.map(|of| (of, crate::chance::Stream::new(&format!("flows.{id}#session")))),
        })
    };
    let flows: Vec<Flow> = rows.iter().map(read).collect::<Result<_, Refused>>()?;
    match flows.iter().find(|flow| flow.via.map_or(false, |(of, _)| flows[of].session.is_none())) {
        Some(flow) => Err(format!("flow `{}` runs over the sessions of one that has none", flow.id)),
        None => Ok(flows),
    }
}

fn read_session(row: &Row, id: &str, components: usize) -> Result<Session, Refused> {
    let stream = format!("flows.{id}");
    Ok(Session {
        lasts: Law::read(row, "lasts", &format!("{stream}#life"))?,
        first: Law::read(row, "first", &format!("{stream}#first-life"))?,
        left: crate::chance::Stream::new(&format!("{stream}#life-left")),
        waits: row.wholes("waits")?,
        jitter: jitter(row)?,
        reconnect: Uniform::new(&stream, "reconnect"),
        notice: row.maybe_whole("notice")?,
        heartbeat: crate::chance::Stream::new(&format!("{stream}#heartbeat")),
        holds: row.indexes("holds", components)?,
    })
}

fn jitter(row: &Row) -> Result<Jitter, Refused> {
    match row.maybe_text("jitter")? {
        None | Some("none") => Ok(Jitter::None),
        Some("full") => Ok(Jitter::Full),
        Some("equal") => Ok(Jitter::Equal),
        Some(_) => row.refuse("has a `jitter` that this engine does not know"),
    }
}

pub fn read_operations(
    system: &Row,
    components: usize,
    connections: usize,
) -> Result<(Vec<Operation>, Vec<Route>), Refused> {
    let rows = system.rows("operations")?;
    let mut routes = Vec::new();
    let mut operations = Vec::new();
    for row in &rows {
        let stream = row.text("stream")?;
        let first_route = routes.len() as u32;
        for route in row.rows("routes")? {
            routes.push(read_route(&route, stream, components, connections, rows.len())?);
        }
        operations.push(operation(row, stream, first_route, routes.len() as u32 - first_route, rows.len())?);
    }
    Ok((operations, routes))
}

fn operation(row: &Row, stream: &str, first_route: u32, routes: u32, rows: usize) -> Result<Operation, Refused> {
    let kind = row.word("kind", |word| match word {
        "call" => Some(OperationKind::Call),
        "work" => Some(OperationKind::Work),
        "together" => Some(OperationKind::Together),
        "follow" => Some(OperationKind::Follow),
        _ => None,
    })?;
    if (kind == OperationKind::Call) != (routes > 0) {
        return row.refuse("is no call with routes");
    }
    let times = row.maybe_count("times")?.unwrap_or(1).max(1);
    Ok(Operation {
        kind,
        next: step(row, "next", rows)?,
        times,
        spread: row.maybe_count("spread")?.unwrap_or(times).max(times),
        chance: row.maybe_share("chance")?.map(Share::of),
        optional: row.flag("optional")?,
        waits: row.get("waits").is_none() || row.flag("waits")?,
        cpu: Law::read(row, "cpu", &format!("{stream}#cpu"))?,
        takes: Law::read(row, "takes", &format!("{stream}#takes"))?,
        status: Answers::read(row, "status", stream)?,
        keys: keys(row, stream)?,
        fallback: step(row, "fallback", rows)?,
        branches: row.indexes("branches", rows)?.into_iter().map(|branch| branch as u32).collect(),
        needs: row.maybe_count("needs")?.unwrap_or(1),
        shard: row.maybe_count("shard")?,
        algorithm: algorithm(row)?,
        first_route,
        routes,
        draws: OperationDraws::new(stream),
    })
}

impl OperationDraws {
    fn new(stream: &str) -> Self {
        OperationDraws {
            chance: Uniform::new(stream, "chance"),
            fault: Uniform::new(stream, "fault"),
            fault_at_once: Uniform::new(stream, "fault-at-once"),
            hit: Uniform::new(stream, "hit"),
            member: Uniform::new(stream, "member"),
            member_again: Uniform::new(stream, "member-again"),
            loss_out: Uniform::new(stream, "loss-out"),
            loss_back: Uniform::new(stream, "loss-back"),
            balance: Uniform::new(stream, "balance"),
            balance_again: Uniform::new(stream, "balance-again"),
            jitter: Uniform::new(stream, "jitter"),
        }
    }
}

fn keys(row: &Row, stream: &str) -> Result<Option<(Zipf, crate::chance::Stream)>, Refused> {
    match row.numbers("keys")?.as_slice() {
        [] => Ok(None),
        [count, exponent] if *count >= 1.0 && *count <= 1e8 => {
            let stream = crate::chance::Stream::new(&format!("{stream}#key"));
            Ok(Some((Zipf::new(*count as u32, *exponent), stream)))
        }
        _ => row.refuse("has `keys` that are no number and exponent"),
    }
}

fn algorithm(row: &Row) -> Result<Algorithm, Refused> {
    match row.get("algorithm") {
        None => Ok(Algorithm::default()),
        Some(_) => row.word("algorithm", Algorithm::named),
    }
}

fn step(row: &Row, name: &str, rows: usize) -> Result<Option<u32>, Refused> {
    Ok(row.maybe_index(name, rows)?.map(|index| index as u32))
}

fn read_route(row: &Row, stream: &str, components: usize, connections: usize, rows: usize) -> Result<Route, Refused> {
    let copies = row.rows("copies")?;
    Ok(Route {
        to: row.index("to", components)?,
        connection: row.index("connection", connections)?,
        timeout: row.maybe_whole("timeout")?,
        gives_up: row.flag("gives_up")?,
        attempts: row.maybe_count("attempts")?.unwrap_or(1),
        waits: row.wholes("waits")?,
        jitter: jitter(row)?,
        idempotent: row.flag("idempotent")?,
        budget: row.maybe_share("budget")?.map(|share| crate::maths::nearest(share * 1e9) as i64),
        writes: row.flag("writes")?,
        algorithm: algorithm(row)?,
        weight: row.maybe_whole("weight")?.unwrap_or(1),
        latency: Law::read(row, "latency", &format!("{stream}#latency"))?,
        cold_start: Law::read(row, "cold_start", &format!("{stream}#cold"))?,
        steps: step(row, "steps", rows)?,
        subscriptions: row.indexes("subscriptions", rows)?.into_iter().map(|step| step as u32).collect(),
        hit: row.maybe_share("hit")?.map(Share::of),
        miss: step(row, "miss", rows)?,
        miss_by_caller: row.flag("miss_by_caller")?,
        copies: copies.iter().map(|copy| read_copy(copy, components, connections)).collect::<Result<_, _>>()?,
        is_single: false,
        has_steps_only: false,
    })
}

fn read_copy(row: &Row, components: usize, connections: usize) -> Result<CopyWaitedFor, Refused> {
    Ok(CopyWaitedFor {
        store: row.index("store", components)?,
        connection: row.index("connection", connections)?,
        latency: Law::read(row, "latency", &format!("{}#latency", row.text("stream")?))?,
        continues: row.flag("continues")?,
    })
}
