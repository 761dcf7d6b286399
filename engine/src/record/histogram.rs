//! A log-linear histogram of whole numbers, as HdrHistogram has it (G. Tene, hdrhistogram.org).
//!
//! Each power of two is cut into 2^DIGITS buckets of equal width, so that a bucket is at most 2^-DIGITS of its numbers
//! wide; below 2^(DIGITS + 1) every number has its own. Powers of two that never occurred take no memory.

use super::nearest_rank;

/// So many binary digits after the first are three decimal ones: 0.1%.
pub const THREE_DIGITS: u32 = 10;

/// Some numbers that lie in one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The least that lies in it.
    pub low: u64,
    /// The largest that lies in it.
    pub high: u64,
    pub count: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Histogram<const DIGITS: u32> {
    /// Buckets by powers of two; no counts where nothing lies in any of them.
    counts: Vec<Vec<u64>>,
    count: u64,
    sum: u128,
    largest: u64,
}

impl<const DIGITS: u32> Histogram<DIGITS> {
    pub fn new() -> Self {
        Histogram { counts: Vec::new(), count: 0, sum: 0, largest: 0 }
    }

    #[inline]
    pub fn add(&mut self, value: u64) {
        let (power, place) = Self::place(value);
        if self.counts.len() <= power || self.counts[power].is_empty() {
            self.make_room(power);
        }
        self.counts[power][place] += 1;
        self.count += 1;
        self.sum += u128::from(value);
        self.largest = self.largest.max(value);
    }

    pub fn merge(&mut self, other: &Self) {
        for (power, counts) in other.counts.iter().enumerate() {
            if !counts.is_empty() {
                self.make_room(power);
                self.counts[power].iter_mut().zip(counts).for_each(|(mine, more)| *mine += more);
            }
        }
        self.count += other.count;
        self.sum += other.sum;
        self.largest = self.largest.max(other.largest);
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// The percentile of a share by nearest rank: never below the exact one, nor more than a bucket above; 0 of nothing.
    pub fn quantile(&self, share: f64) -> u64 {
        let rank = nearest_rank(share, self.count);
        let mut below = 0;
        let reached = self.buckets().find(|bucket| {
            below += bucket.count;
            below >= rank
        });
        reached.map_or(0, |bucket| bucket.high.min(self.largest))
    }

    /// How many lie in buckets above that of a value, and how many in that bucket and above.
    pub fn beyond(&self, value: u64) -> [u64; 2] {
        let place = Self::place(value);
        let mut found = [0; 2];
        for (power, counts) in self.counts.iter().enumerate().skip(place.0) {
            for (number, count) in counts.iter().enumerate() {
                found[0] += count * u64::from((power, number) > place);
                found[1] += count * u64::from((power, number) >= place);
            }
        }
        found
    }

    /// Every bucket that holds any, in rising order.
    pub fn buckets(&self) -> impl Iterator<Item = Bucket> + '_ {
        let of_power = |(power, counts): (usize, &'_ Vec<u64>)| {
            let filled: Vec<Bucket> = counts
                .iter()
                .enumerate()
                .filter(|(_, count)| **count > 0)
                .map(|(place, count)| Self::bucket(power, place, *count))
                .collect();
            filled
        };
        self.counts.iter().enumerate().flat_map(of_power)
    }

    /// The largest number in the bucket of a value.
    pub fn end_of_bucket(value: u64) -> u64 {
        let (power, place) = Self::place(value);
        Self::bucket(power, place, 0).high
    }

    fn make_room(&mut self, power: usize) {
        if self.counts.len() <= power {
            self.counts.resize(power + 1, Vec::new());
        }
        if self.counts[power].is_empty() {
            self.counts[power] = vec![0; 1 << DIGITS];
        }
    }

    /// Which power of two a value belongs to (0: all below 2^DIGITS), and which of its buckets.
    #[inline]
    fn place(value: u64) -> (usize, usize) {
        let length = 64 - (value | 1).leading_zeros();
        let power = length.saturating_sub(DIGITS);
        let shift = power.saturating_sub(1);
        (power as usize, (value >> shift) as usize & ((1 << DIGITS) - 1))
    }

    fn bucket(power: usize, place: usize, count: u64) -> Bucket {
        let shift = power.saturating_sub(1);
        let first = if power == 0 { 0 } else { 1 << DIGITS };
        let low = (first + place as u64) << shift;
        Bucket { low, high: low + ((1 << shift) - 1), count }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Histogram, THREE_DIGITS};

    fn of(values: &[u64]) -> Histogram<THREE_DIGITS> {
        let mut histogram = Histogram::new();
        values.iter().for_each(|value| histogram.add(*value));
        histogram
    }

    #[test]
    fn small_numbers_have_a_bucket_each() {
        let buckets: Vec<Bucket> = of(&[0, 2047, 7, 1023, 1024, 7]).buckets().collect();
        let expected = [(0, 1), (7, 2), (1023, 1), (1024, 1), (2047, 1)];
        assert_eq!(buckets, expected.map(|(value, count)| Bucket { low: value, high: value, count }));
    }

    #[test]
    fn a_bucket_is_a_thousandth_of_its_numbers_wide() {
        let buckets: Vec<Bucket> = of(&[2048, 2049, 2050, 10_000_002, u64::MAX]).buckets().collect();
        let expected = [
            Bucket { low: 2048, high: 2049, count: 2 },
            Bucket { low: 2050, high: 2051, count: 1 },
            Bucket { low: 9_994_240, high: 10_002_431, count: 1 },
            Bucket { low: u64::MAX - (1 << 53) + 1, high: u64::MAX, count: 1 },
        ];
        assert_eq!(buckets, expected);
    }

    #[test]
    fn percentiles_are_a_thousandth_above_at_most() {
        let values: Vec<u64> = (1..=100_000).map(|i| i * i).collect();
        let histogram = of(&values);
        for (share, exact) in [(0.5, 50_000u64.pow(2)), (0.99, 99_000u64.pow(2)), (0.001, 100u64.pow(2))] {
            let found = histogram.quantile(share);
            assert!(exact <= found && found as f64 <= exact as f64 * 1.001, "{found} for {exact}");
        }
        assert_eq!(histogram.quantile(1.0), 100_000u64.pow(2));
        assert_eq!((of(&[]).quantile(0.5), histogram.count(), of(&[3, 4]).sum()), (0, 100_000, 7));
    }

    #[test]
    fn what_is_merged_counts_as_if_added() {
        let mut one = of(&[5, 70_000]);
        one.merge(&of(&[5, 1 << 40]));
        assert!(one.buckets().eq(of(&[5, 5, 70_000, 1 << 40]).buckets()));
        assert_eq!((one.count(), one.sum(), one.quantile(1.0)), (4, 70_010 + (1 << 40), 1 << 40));
    }

    #[test]
    fn those_beyond_are_counted_by_bucket() {
        let histogram = of(&[5, 1_000_000, 1_000_001, 2_000_000, 9]);
        assert_eq!(histogram.beyond(5), [4, 5]);
        assert_eq!(histogram.beyond(6), [4, 4]);
        assert_eq!(histogram.beyond(1_000_000), [1, 3]);
        assert_eq!(histogram.beyond(3_000_000), [0, 0]);
    }
}
