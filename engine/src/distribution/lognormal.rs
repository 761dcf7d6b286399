//! A time whose logarithm is normal: e^(mu + sigma·z).

use super::{standard_normal, Kind};
use crate::chance::Draw;
use crate::maths::exp;

/// Of e^700 nanoseconds there is no telling from infinity; it keeps `exp` within its range.
const LARGEST: f64 = 700.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Lognormal {
    mu: f64,
    sigma: f64,
}

impl Kind for Lognormal {
    const NAME: &'static str = "lognormal";
    const PARAMETERS: &'static str = "mu and sigma of the logarithm of nanoseconds";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [mu, sigma] if sigma >= 0.0 => Some(Lognormal { mu, sigma }),
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        exp((self.mu + self.sigma * standard_normal(draw)).min(LARGEST))
    }

    fn median(&self) -> f64 {
        exp(self.mu.min(LARGEST))
    }

    fn is_random(&self) -> bool {
        self.sigma > 0.0
    }
}
