//! Response times, and the figures that are read from them.

use super::batches::{Batches, Ending, BATCHES};
use super::histogram::{Bucket, Histogram, THREE_DIGITS};
use super::nearest_rank;

/// Response times in nanoseconds, of requests that ended alike.
#[derive(Clone, Debug)]
pub struct Times<'a>(Kept<'a>);

#[derive(Clone, Debug)]
enum Kept<'a> {
    Exact { in_order_of_arrival: Vec<u64>, sorted: Vec<u64> },
    Folded { all: &'a Histogram<THREE_DIGITS>, batches: &'a Batches, arrived: u64, ending: Ending },
}

impl<'a> Times<'a> {
    pub(super) fn exact(in_order_of_arrival: Vec<u64>) -> Self {
        let sorted = sorted(in_order_of_arrival.clone());
        Times(Kept::Exact { in_order_of_arrival, sorted })
    }

    pub(super) fn folded(all: &'a Histogram<THREE_DIGITS>, batches: &'a Batches, arrived: u64, ending: Ending) -> Self {
        Times(Kept::Folded { all, batches, arrived, ending })
    }

    /// Whether percentiles are times that occurred; else they are up to a thousandth above.
    pub fn are_exact(&self) -> bool {
        matches!(self.0, Kept::Exact { .. })
    }

    pub fn count(&self) -> u64 {
        match &self.0 {
            Kept::Exact { sorted, .. } => sorted.len() as u64,
            Kept::Folded { all, .. } => all.count(),
        }
    }

    /// None of nothing.
    pub fn mean(&self) -> Option<f64> {
        let sum = match &self.0 {
            Kept::Exact { sorted, .. } => sorted.iter().map(|time| u128::from(*time)).sum(),
            Kept::Folded { all, .. } => all.sum(),
        };
        match self.count() {
            0 => None,
            count => Some(sum as f64 / count as f64),
        }
    }

    /// The percentile of a share by nearest rank; 0 of nothing.
    pub fn quantile(&self, share: f64) -> u64 {
        match &self.0 {
            Kept::Exact { sorted, .. } if sorted.is_empty() => 0,
            Kept::Exact { sorted, .. } => sorted[nearest_rank(share, sorted.len() as u64) as usize - 1],
            Kept::Folded { all, .. } => all.quantile(share),
        }
    }

    /// The means of 20 batches in order of arrival; None where there are too few.
    pub fn batch_means(&self) -> Option<[f64; BATCHES]> {
        match &self.0 {
            Kept::Exact { in_order_of_arrival, .. } => {
                of_batches(in_order_of_arrival, |batch| batch.iter().map(|time| *time as f64).sum())
            }
            Kept::Folded { batches, arrived, ending, .. } => batches.means(*arrived, *ending),
        }
    }

    /// Of 20 batches the shares of times above a value, and of those not below it.
    ///
    /// In constant memory times count as equal that lie in one bucket of the batches, 1/64 of them wide.
    pub fn beyond(&self, value: u64) -> Option<[[f64; BATCHES]; 2]> {
        match &self.0 {
            Kept::Exact { in_order_of_arrival, .. } => {
                let above = shares(in_order_of_arrival, |time| *time > value)?;
                Some([above, shares(in_order_of_arrival, |time| *time >= value)?])
            }
            Kept::Folded { batches, arrived, ending, .. } => batches.beyond(*arrived, *ending, value),
        }
    }

    /// How many there are between which times, to a thousandth, in rising order: what several runs are put together from.
    pub fn tally(&self) -> Vec<Bucket> {
        match &self.0 {
            Kept::Exact { sorted, .. } => tally(sorted),
            Kept::Folded { all, .. } => all.buckets().collect(),
        }
    }
}

/// Of 20 batches the shares of values of which something holds.
pub(super) fn shares<T>(values: &[T], holds: impl Fn(&T) -> bool) -> Option<[f64; BATCHES]> {
    of_batches(values, |batch| batch.iter().filter(|value| holds(value)).count() as f64)
}

/// What 20 batches of equal count sum up to, for each value of theirs; what is too much is left out at the front.
fn of_batches<T>(values: &[T], sum: impl Fn(&[T]) -> f64) -> Option<[f64; BATCHES]> {
    let size = values.len() / BATCHES;
    if size == 0 {
        return None;
    }
    let mut found = [0.0; BATCHES];
    let batches = values[values.len() - size * BATCHES..].chunks_exact(size);
    for (mean, batch) in found.iter_mut().zip(batches) {
        *mean = sum(batch) / size as f64;
    }
    Some(found)
}

/// In rising order, by eleven bits after the other from the lowest on: of a million times, several times as fast as
/// comparing them.
fn sorted(mut times: Vec<u64>) -> Vec<u64> {
    const BITS: u32 = 11;
    let largest = times.iter().copied().max().unwrap_or(0);
    let mut others = vec![0; times.len()];
    for shift in (0..64 - largest.leading_zeros()).step_by(BITS as usize) {
        let digit = |time: u64| (time >> shift) as usize & ((1 << BITS) - 1);
        let mut places = [0usize; 1 << BITS];
        times.iter().for_each(|time| places[digit(*time)] += 1);
        let mut below = 0;
        for place in &mut places {
            below += std::mem::replace(place, below);
        }
        for time in &times {
            others[places[digit(*time)]] = *time;
            places[digit(*time)] += 1;
        }
        std::mem::swap(&mut times, &mut others);
    }
    times
}

/// Bucket by bucket of a histogram, with the least and the largest time that occurred in it.
fn tally(sorted: &[u64]) -> Vec<Bucket> {
    let mut found: Vec<Bucket> = Vec::new();
    let mut end = 0;
    for time in sorted {
        match found.last_mut() {
            Some(bucket) if *time <= end => {
                bucket.high = *time;
                bucket.count += 1;
            }
            _ => {
                end = Histogram::<THREE_DIGITS>::end_of_bucket(*time);
                found.push(Bucket { low: *time, high: *time, count: 1 });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{sorted, Bucket, Times, BATCHES};

    #[test]
    fn times_of_any_length_are_sorted() {
        let mut times: Vec<u64> =
            (0..2000u64).map(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (number % 64)).collect();
        let found = sorted(times.clone());
        times.sort_unstable();
        assert_eq!((found, sorted(vec![])), (times, vec![]));
    }

    #[test]
    fn figures_of_times_one_by_one() {
        let times = Times::exact((0..41).rev().collect());
        assert_eq!((times.count(), times.mean(), times.quantile(0.5), times.quantile(0.99)), (41, Some(20.0), 20, 40));
        // 40, the first to arrive, is left out; then batches of two
        let expected: Vec<f64> = (0..BATCHES).map(|number| 38.5 - 2.0 * number as f64).collect();
        assert_eq!(times.batch_means().unwrap().to_vec(), expected);
        let [above, at_least] = times.beyond(38).unwrap();
        assert_eq!((above[0], above[1], at_least[0], at_least[1]), (0.5, 0.0, 1.0, 0.0));
    }

    #[test]
    fn a_tally_has_the_times_that_occurred() {
        let times = Times::exact(vec![10_000_002, 7, 10_000_001, 7]);
        let expected = [Bucket { low: 7, high: 7, count: 2 }, Bucket { low: 10_000_001, high: 10_000_002, count: 2 }];
        assert_eq!(times.tally(), expected);
    }
}
