//! Always the same time.

use super::Kind;
use crate::chance::Draw;

#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    time: f64,
}

impl Kind for Constant {
    const NAME: &'static str = "constant";
    const PARAMETERS: &'static str = "a time";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [time] => Some(Constant { time }),
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, _draw: &Draw) -> f64 {
        self.time
    }

    fn median(&self) -> f64 {
        self.time
    }

    fn is_random(&self) -> bool {
        false
    }
}
