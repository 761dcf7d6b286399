//! Anything between two times, equally likely.

use super::Kind;
use crate::chance::Draw;

#[derive(Clone, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Kind for Uniform {
    const NAME: &'static str = "uniform";
    const PARAMETERS: &'static str = "the least and the largest time";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [low, high] if low <= high => Some(Uniform { low, high }),
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        self.low + (self.high - self.low) * draw.uniform()
    }

    fn median(&self) -> f64 {
        self.low + (self.high - self.low) * 0.5
    }

    fn is_random(&self) -> bool {
        self.low < self.high
    }
}
