//! The engine of archspec: runs every request of a trace or simulation, and counts what came of it.

pub mod chance;
pub mod distribution;
pub mod maths;
pub mod record;
