//! Rate limits: token buckets in whole numbers (engine contract, section 7.6).

use crate::program::RateLimit;

/// A bucket. A token is `unit` parts, of which `flow` come in every nanosecond: no rounding anywhere.
pub struct Limiter {
    unit: i128,
    flow: i128,
    full: i128,
    tokens: i128,
    since: i64,
}

impl Limiter {
    /// A full bucket.
    pub fn new(limit: &RateLimit) -> Self {
        let unit = i128::from(limit.rate.1) * 1_000_000_000;
        let full = i128::from(limit.burst) * unit;
        Limiter { unit, flow: i128::from(limit.rate.0), full, tokens: full, since: 0 }
    }

    /// Whether there is a whole token at this moment; takes it.
    pub fn passes(&mut self, now: i64) -> bool {
        self.tokens = self.full.min(self.tokens + i128::from(now - self.since) * self.flow);
        self.since = now;
        let passes = self.tokens >= self.unit;
        if passes {
            self.tokens -= self.unit;
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_of_two_with_three_a_second() {
        let mut limiter = Limiter::new(&RateLimit { rate: (3, 1), burst: 2 });
        let third = 333_333_333;
        let passed: Vec<bool> = [0, 0, 0, third, third + 1].iter().map(|now| limiter.passes(*now)).collect();
        assert_eq!(passed, [true, true, false, false, true]);
    }
}
