//! Without memory: −mean · ln u.

use super::Kind;
use crate::chance::Draw;
use crate::maths::ln;

#[derive(Clone, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Kind for Exponential {
    const NAME: &'static str = "exponential";
    const PARAMETERS: &'static str = "the mean";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [mean] if mean >= 0.0 => Some(Exponential { mean }),
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        ln(draw.uniform()) * -self.mean
    }

    fn median(&self) -> f64 {
        self.mean * std::f64::consts::LN_2
    }

    fn is_random(&self) -> bool {
        self.mean > 0.0
    }
}
