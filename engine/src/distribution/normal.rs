//! Around a mean; below 0 it counts as 0.

use super::{standard_normal, Kind};
use crate::chance::Draw;

#[derive(Clone, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    deviation: f64,
}

impl Kind for Normal {
    const NAME: &'static str = "normal";
    const PARAMETERS: &'static str = "mean and sd";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [mean, deviation] if deviation >= 0.0 => Some(Normal { mean, deviation }),
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        self.mean + self.deviation * standard_normal(draw)
    }

    fn median(&self) -> f64 {
        self.mean
    }

    fn is_random(&self) -> bool {
        self.deviation > 0.0
    }
}
