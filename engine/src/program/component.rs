//! Components: how many replicas of what.

use crate::nearness::Site;
use crate::reading::{Refused, Row};

pub struct Component {
    pub id: String,
    /// Replicas of each shard that are there at first.
    pub replicas: u32,
    /// Rows of each shard: with those that scaling may add.
    pub most: u32,
    pub shards: u32,
    /// Whether a second set of rows is kept for a blue-green deploy.
    pub beside: bool,
    /// So many replicas must be up for any to serve.
    pub needs: u32,
    /// Per replica.
    pub slots: Option<u32>,
    /// Sessions that each replica holds at most.
    pub connections: Option<u32>,
    pub cores: Option<u32>,
    /// A core works at this speed, as a fraction: 0.5 cores are one at half the speed.
    pub speed: (i64, i64),
    pub queue_limit: Option<u32>,
    /// Requests that fit into the memory of a replica.
    pub memory: Option<u32>,
    /// Whether the status of a failed callee is handed on.
    pub passes_on: bool,
    /// A person, a client or another's system: always there, without resources.
    pub actor: bool,
    /// Whether another replica takes over as the primary.
    pub automatic: bool,
    pub failover_time: i64,
    pub boot_time: i64,
    pub drain_time: i64,
    /// Whether a process that crashed is started again.
    pub supervised: bool,
    pub copy_of: Option<usize>,
    pub chooses: Chooses,
    /// How long a client keeps what was chosen for it here.
    pub remembers: Option<i64>,
    pub rate_limit: Option<RateLimit>,
    pub queue: Option<QueueLimits>,
    pub topic: Option<TopicLimits>,
    pub cache: Option<CacheLimits>,
    /// Of a function: how long an instance waits for work before it is gone.
    pub idle_after: Option<i64>,
    pub scaling: Option<Scaling>,
    /// Whether it admits whoever arrives while its replica is up: no limit, no others that must be up, no instances.
    pub admits_all: bool,
    /// Whether admission is bounded by slots, memory or instances.
    pub is_bounded: bool,
    /// The queues and topics that it pulls from.
    pub feeds: Vec<usize>,
    /// The groups that copy 1, 2, … stands in, and from the beginning again.
    pub places: Vec<Vec<String>>,
    /// Where copy 1, 2, … stands, and from the beginning again; empty where nobody asks for it.
    pub sites: Vec<Site>,
}

/// How a component that sends calls learns which replicas of its targets are up.
#[derive(Clone, Copy, PartialEq)]
pub enum Chooses {
    /// It leaves that to the platform.
    Platform,
    /// By its own health checks; without any it never learns.
    ByChecks,
    /// It chooses by itself, and learns what the platform learns.
    AsTold,
}

/// A token bucket: `rate` tokens a second, room for `burst`.
#[derive(Clone, Copy)]
pub struct RateLimit {
    pub rate: (i64, i64),
    pub burst: i64,
}

pub struct QueueLimits {
    pub most: Option<u32>,
    pub deliveries: u32,
    pub visibility: i64,
    pub dead_letter: Option<usize>,
}

/// A topic: every subscriber gets each message.
pub struct TopicLimits {
    /// Messages of one subscriber that can be in work at once.
    pub partitions: Option<u32>,
    /// After which a message that still waits is gone.
    pub retention: Option<i64>,
    pub deliveries: u32,
    pub visibility: i64,
    pub dead_letter: Option<usize>,
    pub subscribers: Vec<Subscriber>,
}

pub struct Subscriber {
    pub component: usize,
    /// Whether it takes messages when it has a slot free; else it is called.
    pub pulls: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Eviction {
    LeastRecentlyUsed,
    LeastFrequentlyUsed,
    FirstIn,
    Never,
}

pub struct CacheLimits {
    pub entries: u32,
    pub life: Option<i64>,
    pub eviction: Eviction,
    pub single_flight: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum ScalingMetric {
    Cpu,
    QueueLength,
    RequestRate,
}

pub struct Scaling {
    pub metric: ScalingMetric,
    pub target: (i64, i64),
    pub minimum: u32,
    pub maximum: u32,
    pub interval: i64,
    pub cooldown: i64,
}

impl Component {
    /// Rows of replicas, without those of a second set.
    pub fn rows(&self) -> u32 {
        self.most * self.shards
    }

    /// The requests that a replica can have in work.
    pub fn room(&self) -> u32 {
        self.slots.unwrap_or(u32::MAX).min(self.memory.unwrap_or(u32::MAX))
    }

    /// Where a copy (counted from 1) stands.
    pub fn site_of(&self, copy: u32) -> Site {
        if self.sites.is_empty() {
            return Site::default();
        }
        self.sites[(copy as usize - 1) % self.sites.len()]
    }

    /// The groups that a copy (counted from 1) stands in.
    pub fn groups_of(&self, copy: u32) -> &[String] {
        if self.places.is_empty() {
            return &[];
        }
        &self.places[(copy as usize - 1) % self.places.len()]
    }
}

pub fn read(system: &Row) -> Result<Vec<Component>, Refused> {
    let rows = system.rows("components")?;
    let mut groups = Vec::new();
    let found: Vec<Component> =
        rows.iter().map(|row| component(row, rows.len(), &mut groups)).collect::<Result<_, _>>()?;
    let total: u64 = found.iter().map(|each| u64::from(each.most) * u64::from(each.shards)).sum();
    if total > MOST_REPLICAS {
        return Err(format!("it has {total} replicas, {MOST_REPLICAS} at most"));
    }
    Ok(found)
}

/// Of one run.
const MOST_REPLICAS: u64 = 1_000_000;

fn component(row: &Row, components: usize, groups: &mut Vec<String>) -> Result<Component, Refused> {
    let replicas = row.count("replicas")?;
    let shards = row.count("shards")?.max(1);
    let (cores, speed) = cores(row)?;
    let (needs, idle_after) = (row.count("needs")?, row.maybe_whole("idle_after")?);
    let (slots, memory) = (row.maybe_count("slots")?, row.maybe_count("memory")?);
    let rate_limit = row.maybe_row("rate_limit")?.map(|limit| limit_of(&limit)).transpose()?;
    Ok(Component {
        id: row.text("id")?.to_string(),
        replicas,
        most: row.maybe_count("most")?.unwrap_or(0).max(replicas),
        shards,
        beside: row.flag("beside")?,
        needs,
        is_bounded: slots.is_some() || memory.is_some() || idle_after.is_some(),
        slots,
        connections: row.maybe_count("connections")?,
        cores,
        speed,
        queue_limit: row.maybe_count("queue_limit")?,
        memory,
        passes_on: row.flag("passes_on")?,
        actor: row.flag("actor")?,
        automatic: row.flag("automatic")?,
        failover_time: row.whole("failover_time")?,
        boot_time: row.whole("boot_time")?,
        drain_time: row.whole("drain_time")?,
        supervised: row.flag("supervised")?,
        copy_of: row.maybe_index("copy_of", components)?,
        chooses: row.word("chooses", |word| match word {
            "platform" => Some(Chooses::Platform),
            "by_checks" => Some(Chooses::ByChecks),
            "as_told" => Some(Chooses::AsTold),
            _ => None,
        })?,
        remembers: row.maybe_whole("remembers")?,
        admits_all: needs <= 1 && rate_limit.is_none() && idle_after.is_none(),
        rate_limit,
        queue: row.maybe_row("queue")?.map(|queue| queue_limits(&queue, components)).transpose()?,
        topic: row.maybe_row("topic")?.map(|topic| topic_limits(&topic, components)).transpose()?,
        cache: row.maybe_row("cache")?.map(|cache| cache_limits(&cache)).transpose()?,
        idle_after,
        scaling: row.maybe_row("scaling")?.map(|scaling| scaling_of(&scaling)).transpose()?,
        feeds: row.indexes("feeds", components)?,
        places: places(row)?,
        sites: row.rows("sites")?.iter().map(|site| site_in(site, groups)).collect::<Result<_, _>>()?,
    })
}

/// Half a core is one core at half the speed.
fn cores(row: &Row) -> Result<(Option<u32>, (i64, i64)), Refused> {
    match row.maybe_fraction("cores")? {
        None => Ok((None, (1, 1))),
        Some((over, under)) if over > 0 => {
            let whole = (over + under - 1) / under;
            Ok((Some(whole as u32), (over, under * whole)))
        }
        Some(_) => row.refuse("has no `cores` above 0"),
    }
}

fn limit_of(row: &Row) -> Result<RateLimit, Refused> {
    let rate = row.fraction("rate")?;
    if rate.0 == 0 {
        return row.refuse("has no `rate` above 0");
    }
    Ok(RateLimit { rate, burst: row.whole("burst")?.max(1) })
}

fn queue_limits(row: &Row, components: usize) -> Result<QueueLimits, Refused> {
    Ok(QueueLimits {
        most: row.maybe_count("max_length")?,
        deliveries: row.count("deliveries")?.max(1),
        visibility: row.whole("visibility")?,
        dead_letter: row.maybe_index("dead_letter", components)?,
    })
}

fn topic_limits(row: &Row, components: usize) -> Result<TopicLimits, Refused> {
    let subscriber = |row: &Row| -> Result<Subscriber, Refused> {
        Ok(Subscriber { component: row.index("component", components)?, pulls: row.flag("pulls")? })
    };
    Ok(TopicLimits {
        partitions: row.maybe_count("partitions")?,
        retention: row.maybe_whole("retention")?,
        deliveries: row.count("deliveries")?.max(1),
        visibility: row.whole("visibility")?,
        dead_letter: row.maybe_index("dead_letter", components)?,
        subscribers: row.rows("subscribers")?.iter().map(subscriber).collect::<Result<_, _>>()?,
    })
}

fn cache_limits(row: &Row) -> Result<CacheLimits, Refused> {
    Ok(CacheLimits {
        entries: row.count("entries")?,
        life: row.maybe_whole("ttl")?,
        eviction: row.word("eviction", |word| match word {
            "lru" => Some(Eviction::LeastRecentlyUsed),
            "lfu" => Some(Eviction::LeastFrequentlyUsed),
            "fifo" => Some(Eviction::FirstIn),
            "none" => Some(Eviction::Never),
            _ => None,
        })?,
        single_flight: row.flag("single_flight")?,
    })
}

fn scaling_of(row: &Row) -> Result<Scaling, Refused> {
    let target = row.fraction("target")?;
    if target.0 == 0 {
        return row.refuse("has no `target` above 0");
    }
    Ok(Scaling {
        metric: row.word("metric", |word| match word {
            "cpu" => Some(ScalingMetric::Cpu),
            "queue_length" => Some(ScalingMetric::QueueLength),
            "request_rate" => Some(ScalingMetric::RequestRate),
            _ => None,
        })?,
        target,
        minimum: row.count("minimum")?,
        maximum: row.count("maximum")?,
        interval: row.whole("interval")?.max(1),
        cooldown: row.whole("cooldown")?,
    })
}

/// Groups are told apart by their numbers in a list that grows with each new one.
fn site_in(row: &Row, groups: &mut Vec<String>) -> Result<Site, Refused> {
    let mut number = |name: &str| -> Result<Option<u32>, Refused> {
        let found = match row.maybe_text(name)? {
            None => return Ok(None),
            Some(group) => groups.iter().position(|known| known == group).unwrap_or_else(|| {
                groups.push(group.to_string());
                groups.len() - 1
            }),
        };
        Ok(Some(found as u32))
    };
    Ok(Site { zone: number("zone")?, region: number("region")? })
}

fn places(row: &Row) -> Result<Vec<Vec<String>>, Refused> {
    use crate::json::Json;
    let group = |value: &Json| match value {
        Json::Text(name) => Some(name.clone()),
        _ => None,
    };
    let copy = |value: &Json| match value {
        Json::List(groups) => groups.iter().map(group).collect(),
        _ => None,
    };
    match row.list("places")?.iter().map(copy).collect() {
        Some(places) => Ok(places),
        None => row.refuse("has `places` that are no lists of groups"),
    }
}
