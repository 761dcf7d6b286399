//! Alerts as they are declared: what is watched, when it is wrong, and for how long.

use super::component::Component;
use super::flow::Flow;
use crate::reading::{Refused, Row};

/// A fraction: neither part is negative, the second is not 0.
pub type Fraction = (i64, i64);

pub struct Alert {
    pub watched: Watched,
    /// Wrong when the metric is above its limit, else when it is below.
    pub is_above: bool,
    /// A response time in ns is a limit of the percentile itself.
    pub limit: Fraction,
    /// It must hold in each of these windows.
    pub over: Vec<i64>,
    pub lasts: i64,
    pub keep_firing_for: i64,
}

pub enum Watched {
    Flows(Vec<usize>, FlowMetric),
    Component(usize, ComponentMetric),
}

pub enum FlowMetric {
    SuccessRate,
    RequestRate,
    /// Of the good answers, this share took no longer.
    Percentile(f64),
    /// The share of failures by the one that is allowed.
    BurnRate(Fraction),
}

#[derive(Clone, Copy, PartialEq)]
pub enum ComponentMetric {
    Cpu,
    Memory,
    QueueLength,
    ReplicasUp,
    Requests,
    Failures,
}

pub fn read(row: &Row, components: &[Component], flows: &[Flow]) -> Result<Alert, Refused> {
    let component = row.maybe_index("component", components.len())?;
    let watched = match component {
        Some(component) => Watched::Component(component, row.word("metric", of_component)?),
        None => Watched::Flows(row.indexes("flows", flows.len())?, of_flows(row)?),
    };
    let above = row.maybe_fraction("above")?;
    let limit = match above {
        Some(limit) => limit,
        None => row.fraction("below")?,
    };
    Ok(Alert {
        watched,
        is_above: above.is_some(),
        limit,
        over: row.wholes("over")?,
        lasts: row.whole("for")?,
        keep_firing_for: row.whole("keep_firing_for")?,
    })
}

fn of_component(word: &str) -> Option<ComponentMetric> {
    match word {
        "cpu" => Some(ComponentMetric::Cpu),
        "memory" => Some(ComponentMetric::Memory),
        "queue_length" => Some(ComponentMetric::QueueLength),
        "replicas_up" => Some(ComponentMetric::ReplicasUp),
        "requests" => Some(ComponentMetric::Requests),
        "failures" => Some(ComponentMetric::Failures),
        _ => None,
    }
}

fn of_flows(row: &Row) -> Result<FlowMetric, Refused> {
    match row.text("metric")? {
        "success_rate" => Ok(FlowMetric::SuccessRate),
        "request_rate" => Ok(FlowMetric::RequestRate),
        "burn_rate" => Ok(FlowMetric::BurnRate(row.fraction("allowed")?)),
        "percentile" => Ok(FlowMetric::Percentile(row.maybe_share("share")?.unwrap_or(1.0))),
        _ => row.refuse("has a `metric` of flows that this engine does not know"),
    }
}

impl Alert {
    /// The response time (ns) of which it has to know how many good answers took no longer: the limit of a percentile;
    /// a nanosecond less where it must not be below, since the limit itself is not below.
    pub fn within(&self) -> i64 {
        self.limit.0 / self.limit.1 - i64::from(!self.is_above)
    }
}
