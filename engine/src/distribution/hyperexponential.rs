//! One of two exponential times: more varied than either.

use super::{exponential_beyond, halfway, Kind};
use crate::chance::Draw;
use crate::maths::ln;

#[derive(Clone, Debug, PartialEq)]
pub struct Hyperexponential {
    /// The share of the first.
    share: f64,
    means: [f64; 2],
}

impl Kind for Hyperexponential {
    const NAME: &'static str = "hyperexponential";
    const PARAMETERS: &'static str = "the share of the first (0 to 1) and two means";

    fn new(parameters: &[f64]) -> Option<Self> {
        match *parameters {
            [share, first, second] if (0.0..=1.0).contains(&share) && first >= 0.0 && second >= 0.0 => {
                Some(Hyperexponential { share, means: [first, second] })
            }
            _ => None,
        }
    }

    #[inline]
    fn sample(&self, draw: &Draw) -> f64 {
        let [which, how_long] = draw.pair();
        -self.means[usize::from(which >= self.share)] * ln(how_long)
    }

    fn median(&self) -> f64 {
        let [first, second] = self.means;
        halfway(first.max(second), |t| {
            self.share * exponential_beyond(t, first) + (1.0 - self.share) * exponential_beyond(t, second)
        })
    }

    fn is_random(&self) -> bool {
        self.means[0] > 0.0 && self.share > 0.0 || self.means[1] > 0.0 && self.share < 1.0
    }
}
