//! The engine of archspec: runs every request of a trace or simulation, and counts what came of it.
//!
//! The contract that it keeps is `docs/engine.md`; comments name its sections.

mod alert;
mod arrival;
mod balancing;
mod breaker;
mod cache;
mod call;
mod cause;
pub mod chance;
mod choose;
mod clock;
mod copies;
mod deadline;
mod delivery;
mod deploy;
pub mod distribution;
mod door;
mod engine;
mod fault;
mod function;
mod health;
mod json;
mod limit;
mod load;
mod log;
mod marks;
pub mod maths;
mod nearness;
mod network;
mod pool;
mod program;
mod queue;
mod reading;
pub mod record;
mod replacing;
mod replica;
mod request;
mod ring;
mod scaling;
mod schedule;
mod sequence;
mod session;
mod slab;
mod slowness;
mod sticky;
mod table;
mod task;
mod topic;
mod work;
mod world;

pub use engine::Engine;
