//! Keys by Zipf's law: key k is asked for in proportion to k to the power of −exponent.

use super::Draw;
use crate::maths::pow;

/// The keys 1 … count.
#[derive(Clone, Debug)]
pub struct Zipf {
    /// Cumulative probabilities.
    shares: Vec<f64>,
}

impl Zipf {
    /// At least one key.
    pub fn new(count: u32, exponent: f64) -> Self {
        let mut sum = 0.0;
        let mut shares: Vec<f64> = (1..=count)
            .map(|key| {
                sum += pow(f64::from(key), -exponent);
                sum
            })
            .collect();
        shares.iter_mut().for_each(|share| *share /= sum);
        Zipf { shares }
    }

    /// The key whose part of 0 … 1 the draw's bits lie in.
    pub fn key(&self, draw: &Draw) -> u64 {
        let share = draw.bits() as f64 / 9_007_199_254_740_992.0;
        self.shares.partition_point(|reached| *reached <= share) as u64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::Zipf;
    use crate::chance::{Chance, Stream};

    /// Worked out by Python's integers and `bisect`, with the seed 3 and the stream "zipf".
    #[test]
    fn keys_come_by_their_shares() {
        let (zipf, chance, stream) = (Zipf::new(1000, 0.9), Chance::new(3), Stream::new("zipf"));
        let found: Vec<u64> = (0..10).map(|number| zipf.key(&chance.draw(stream, number, 0))).collect();
        assert_eq!(found, [284, 112, 622, 232, 8, 344, 22, 1, 6, 120]);
    }

    #[test]
    fn a_single_key_is_always_asked_for() {
        let draw = Chance::new(3).draw(Stream::new("zipf"), 0, 0);
        assert_eq!(Zipf::new(1, 1.0).key(&draw), 1);
    }
}
