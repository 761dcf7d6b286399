//! Times that were measured, each as likely as the others.

use super::Kind;
use crate::chance::Draw;

#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    /// In the order in which they were given.
    times: Vec<f64>,
}

impl Kind for Empirical {
    const NAME: &'static str = "empirical";
    const PARAMETERS: &'static str = "at least one time";

    fn new(parameters: &[f64]) -> Option<Self> {
        let times = parameters.to_vec();
        if times.is_empty() {
            None
        } else {
            Some(Empirical { times })
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        self.times[(draw.uniform() * self.times.len() as f64) as usize]
    }

    /// The nearest rank.
    fn median(&self) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[(sorted.len() - 1) / 2]
    }

    fn is_random(&self) -> bool {
        self.times.iter().any(|time| *time != self.times[0])
    }
}
