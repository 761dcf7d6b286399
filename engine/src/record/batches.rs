//! Requests in order of arrival, cut into batches of equal count: what intervals are made from in constant memory.
//!
//! Nobody knows beforehand how many requests will come. So a batch holds `size` requests, and when there are
//! `MOST` batches neighbours are merged and the size doubles (batch means in bounded memory: Y. Yeh and B. Schmeiser,
//! "On the MSE robustness of batching estimators", Operations Research Letters 22, 1998).

use super::histogram::Histogram;

/// Intervals are made from so many batches (docs/adr/0019).
pub const BATCHES: usize = 20;
/// Enough that at most a fifth of the requests is left out when they are made into `BATCHES` equal ones.
const MOST: usize = 8 * BATCHES;
/// A bucket of a batch's times is 1/64 of its numbers wide: batches tell how far a share strays, not where it lies.
const DIGITS: u32 = 6;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Good,
    Bad,
}

#[derive(Clone, Debug, Default)]
struct Batch {
    good: Histogram<DIGITS>,
    bad: Histogram<DIGITS>,
}

impl Batch {
    fn of(&self, ending: Ending) -> &Histogram<DIGITS> {
        match ending {
            Ending::Good => &self.good,
            Ending::Bad => &self.bad,
        }
    }

    fn merge(&mut self, other: &Batch) {
        self.good.merge(&other.good);
        self.bad.merge(&other.bad);
    }
}

/// The batches of one flow.
#[derive(Clone, Debug)]
pub struct Batches {
    size: u64,
    batches: Vec<Batch>,
}

impl Batches {
    /// Batches of at first so many requests.
    pub fn new(size: u64) -> Self {
        Batches { size, batches: Vec::new() }
    }

    /// A request ended that was the `ordinal`-th to arrive, counted from 0, and took so long.
    pub fn add(&mut self, ordinal: u64, ending: Ending, nanoseconds: u64) {
        while ordinal / self.size >= MOST as u64 {
            self.merge_neighbours();
        }
        let number = (ordinal / self.size) as usize;
        if self.batches.len() <= number {
            self.batches.resize_with(number + 1, Batch::default);
        }
        let batch = &mut self.batches[number];
        match ending {
            Ending::Good => batch.good.add(nanoseconds),
            Ending::Bad => batch.bad.add(nanoseconds),
        }
    }

    fn merge_neighbours(&mut self) {
        let merged = self.batches.chunks(2).map(|pair| {
            let mut one = pair[0].clone();
            pair[1..].iter().for_each(|other| one.merge(other));
            one
        });
        self.batches = merged.collect();
        self.size *= 2;
    }

    /// The mean times of 20 batches in nanoseconds; None where one is empty.
    pub fn means(&self, arrived: u64, ending: Ending) -> Option<[f64; BATCHES]> {
        self.ratios(arrived, |batch| (batch.of(ending).sum() as f64, batch.of(ending).count()))
    }

    /// Of 20 batches the shares of times in buckets above that of a value, and in that bucket and above.
    pub fn beyond(&self, arrived: u64, ending: Ending, value: u64) -> Option<[[f64; BATCHES]; 2]> {
        let of = |side: usize| {
            self.ratios(arrived, |batch| (batch.of(ending).beyond(value)[side] as f64, batch.of(ending).count()))
        };
        Some([of(0)?, of(1)?])
    }

    /// Of 20 batches the shares of requests that ended well among all that ended.
    pub fn successes(&self, arrived: u64) -> Option<[f64; BATCHES]> {
        self.ratios(arrived, |batch| (batch.good.count() as f64, batch.good.count() + batch.bad.count()))
    }

    /// A figure over a count, of each of the last 20 equal batches out of all that are full.
    fn ratios(&self, arrived: u64, figures: impl Fn(&Batch) -> (f64, u64)) -> Option<[f64; BATCHES]> {
        let full = (arrived / self.size).min(self.batches.len() as u64) as usize;
        let together = full / BATCHES;
        let mut found = [0.0; BATCHES];
        for (number, ratio) in found.iter_mut().enumerate() {
            let first = full - (BATCHES - number) * together;
            let (sum, count) = self.batches[first..first + together]
                .iter()
                .map(&figures)
                .fold((0.0, 0), |(sum, count), (more, others)| (sum + more, count + others));
            if count == 0 {
                return None;
            }
            *ratio = sum / count as f64;
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{Batches, Ending, BATCHES, MOST};

    #[test]
    fn memory_does_not_grow() {
        let mut batches = Batches::new(1);
        (0..1_000_000).for_each(|ordinal| batches.add(ordinal, Ending::Good, 5));
        assert_eq!((batches.size, batches.batches.len()), (8192, 123));
        assert!(batches.batches.len() < MOST);
    }

    #[test]
    fn twenty_equal_batches_are_the_last_full_ones() {
        let mut batches = Batches::new(10);
        (0..1655).for_each(|ordinal| batches.add(ordinal, Ending::Good, ordinal));
        // sizes doubled to 20: 82 full batches, in fours from the third on
        let expected: Vec<f64> = (0..BATCHES).map(|number| 40.0 + 80.0 * number as f64 + 39.5).collect();
        assert_eq!(batches.means(1655, Ending::Good).unwrap().to_vec(), expected);
    }

    #[test]
    fn what_answers_late_belongs_to_its_batch() {
        let (mut early, mut late) = (Batches::new(1), Batches::new(1));
        (0..400).for_each(|ordinal| early.add(ordinal, Ending::Good, ordinal));
        (0..400).rev().for_each(|ordinal| late.add(ordinal, Ending::Good, ordinal));
        assert_eq!(early.means(400, Ending::Good), late.means(400, Ending::Good));
    }

    #[test]
    fn shares_are_those_of_each_batch() {
        let mut batches = Batches::new(1);
        for ordinal in 0..2000u64 {
            let ending = if ordinal % 4 == 0 { Ending::Bad } else { Ending::Good };
            batches.add(ordinal, ending, if ordinal % 4 == 1 { 100 } else { 1 });
        }
        assert_eq!(batches.successes(2000), Some([0.75; BATCHES]));
        let [above, at_least] = batches.beyond(2000, Ending::Good, 100).unwrap();
        assert_eq!((above, at_least), ([0.0; BATCHES], [1.0 / 3.0; BATCHES]));
        assert_eq!(batches.means(2000, Ending::Bad), Some([1.0; BATCHES]));
    }

    #[test]
    fn an_empty_batch_has_no_figure() {
        let mut batches = Batches::new(1);
        (0..200).for_each(|ordinal| batches.add(ordinal, Ending::Good, 5));
        assert_eq!(batches.means(200, Ending::Bad), None);
        assert_eq!(Batches::new(1).successes(0), None);
    }
}
