//! What is run: the Program, read from one JSON value (its declaration is `engine/program.schema.json`).

mod alert;
mod component;
mod connection;
mod flow;
mod law;
mod run;

pub use alert::{Alert, ComponentMetric, FlowMetric, Watched};
pub use component::{
    CacheLimits, Chooses, Component, Eviction, QueueLimits, RateLimit, Scaling, ScalingMetric, TopicLimits,
};
pub use connection::{BreakerLimits, Check, Connection, Prefer};
pub use flow::{CopyWaitedFor, Flow, Jitter, Operation, OperationKind, Route, Session};
pub use law::{Answers, Law, Share, Uniform, ONE};
pub use run::{Curve, Load, Run, Shape, Supposed, Target, Watch};

use crate::json;
use crate::table::Table;
use crate::reading::{Refused, Row};

/// Programs of another version are refused.
pub const VERSION: i64 = 2;

/// A system, its flows, and how to run them.
pub struct Program {
    pub components: Table<Component>,
    pub connections: Table<Connection>,
    pub flows: Table<Flow>,
    pub operations: Table<Operation>,
    /// Of all operations, those of one side by side.
    pub routes: Table<Route>,
    pub run: Run,
}

impl Program {
    /// Reads a Program; an error is a sentence.
    pub fn read(text: &str) -> Result<Self, Refused> {
        parsed(text, "program", Self::of)
    }

    /// Whether anybody chooses by what is under way.
    pub fn asks_for_load(&self) -> bool {
        let of_lists = self.operations.iter().map(|operation| operation.algorithm);
        of_lists.chain(self.routes.iter().map(|route| route.algorithm)).any(|algorithm| algorithm.asks_for_load())
    }

    /// Reads how to run it another time; where that is refused, nothing changes.
    pub fn read_run(&mut self, text: &str) -> Result<(), Refused> {
        self.run = parsed(text, "run", |row| run::read(row, &self.components, &self.flows))?;
        Ok(())
    }

    fn of(row: &Row) -> Result<Self, Refused> {
        let version = row.whole("version")?;
        if version != VERSION {
            return Err(format!("it is of version {version}, and this engine runs version {VERSION}"));
        }
        let system = row.row("system")?;
        let components = component::read(&system)?;
        let connections = connection::read(&system, components.len())?;
        let (operations, mut routes) = flow::read_operations(&system, components.len(), connections.len())?;
        routes.iter_mut().for_each(|route| route.note(&components[connections[route.connection].from], &components));
        let flows = flow::read_flows(&system, components.len(), operations.len())?;
        let run = run::read(&row.row("run")?, &components, &flows)?;
        Ok(Program {
            components: components.into(),
            connections: connections.into(),
            flows: flows.into(),
            operations: operations.into(),
            routes: routes.into(),
            run,
        })
    }
}

fn parsed<T>(text: &str, name: &str, read: impl Fn(&Row) -> Result<T, Refused>) -> Result<T, Refused> {
    let value = json::parse(text).map_err(|error| format!("the Program is no JSON: {error}."))?;
    let found = Row::new(&value, name).and_then(|row| read(&row));
    found.map_err(|error| format!("the Program is refused: {error}."))
}
