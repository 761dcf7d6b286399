//! The sum of k exponential times: steadier than one of them.

use super::{halfway, Kind};
use crate::chance::Draw;
use crate::maths::{exp, ln};

#[derive(Clone, Debug, PartialEq)]
pub struct Erlang {
    k: usize,
    mean: f64,
}

impl Kind for Erlang {
    const NAME: &'static str = "erlang";
    const PARAMETERS: &'static str = "k (a whole number from 1) and the mean";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [k, mean] if k >= 1.0 && k.fract() == 0.0 && mean >= 0.0 => Some(Erlang { k: k as usize, mean }),
            _ => None,
        }
    }

    fn sample(&self, draw: &Draw) -> f64 {
        let sum: f64 = draw.uniforms().take(self.k).map(ln).sum();
        -self.mean / self.k as f64 * sum
    }

    /// By its tail, e^-x · Σ x^i / i!, i < k (A. K. Erlang).
    fn median(&self) -> f64 {
        let rate = self.k as f64 / self.mean;
        halfway(self.mean, |t| {
            let x = t * rate;
            let (mut term, mut sum) = (1.0, 1.0);
            for i in 1..self.k {
                term *= x / i as f64;
                sum += term;
            }
            exp(-x) * sum
        })
    }

    fn is_random(&self) -> bool {
        self.mean > 0.0
    }
}
