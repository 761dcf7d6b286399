//! Response times of a flow: as they were up to a limit, of more in a histogram and batches, in constant memory.

use super::batches::{Batches, Ending, BATCHES};
use super::histogram::{Histogram, THREE_DIGITS};
use super::times::{shares, Times};

/// So many requests are kept one by one: percentiles are then values that occurred.
pub const EXACT: usize = 1_000_000;
/// So many lie together: a table that grows takes room for three, a long one would take it for all.
const CHUNK: usize = 1 << 16;
/// At the limit every batch of requests is so large, and there are between 80 and 160.
const FIRST_SIZE: usize = EXACT / 100;

/// How a request ended and after how many nanoseconds, in a single word: most of a run's memory are these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcome(u64);

impl Outcome {
    const IN_FLIGHT: Outcome = Outcome(u64::MAX);
    const BAD: u64 = 1 << 63;

    fn new(ending: Ending, nanoseconds: u64) -> Self {
        match ending {
            Ending::Good => Outcome(nanoseconds),
            Ending::Bad => Outcome(nanoseconds | Self::BAD),
        }
    }

    fn ended(self) -> Option<(Ending, u64)> {
        match self {
            Self::IN_FLIGHT => None,
            Outcome(word) if word & Self::BAD != 0 => Some((Ending::Bad, word & !Self::BAD)),
            Outcome(word) => Some((Ending::Good, word)),
        }
    }
}

#[derive(Clone, Debug)]
struct Folded {
    good: Histogram<THREE_DIGITS>,
    bad: Histogram<THREE_DIGITS>,
    batches: Batches,
}

impl Folded {
    fn all(&self, ending: Ending) -> &Histogram<THREE_DIGITS> {
        match ending {
            Ending::Good => &self.good,
            Ending::Bad => &self.bad,
        }
    }

    fn add(&mut self, ordinal: u64, ending: Ending, nanoseconds: u64) {
        match ending {
            Ending::Good => self.good.add(nanoseconds),
            Ending::Bad => self.bad.add(nanoseconds),
        }
        self.batches.add(ordinal, ending, nanoseconds);
    }
}

/// The requests of one flow that arrived within the window.
#[derive(Clone, Debug)]
pub struct Responses {
    limit: usize,
    arrived: u64,
    /// In order of arrival, `CHUNK` after `CHUNK`; empty once there were more than the limit.
    each: Vec<Vec<Outcome>>,
    folded: Option<Box<Folded>>,
}

impl Default for Responses {
    fn default() -> Self {
        Responses::with_limit(EXACT)
    }
}

impl Responses {
    /// With another limit than `EXACT`.
    pub fn with_limit(limit: usize) -> Self {
        Responses { limit, arrived: 0, each: Vec::new(), folded: None }
    }

    /// One more arrives; the number by which to name it when it ends.
    #[inline]
    pub fn arrive(&mut self) -> u64 {
        if self.folded.is_none() {
            if self.arrived == self.limit as u64 {
                self.fold();
            } else if let Some(last) = self.each.last_mut().filter(|last| last.len() < CHUNK) {
                last.push(Outcome::IN_FLIGHT);
            } else {
                self.each.push(vec![Outcome::IN_FLIGHT]);
            }
        }
        self.arrived += 1;
        self.arrived - 1
    }

    /// One ended, after less than 2^63 nanoseconds.
    #[inline]
    pub fn end(&mut self, ordinal: u64, ending: Ending, nanoseconds: u64) {
        match &mut self.folded {
            Some(folded) => folded.add(ordinal, ending, nanoseconds),
            None => self.each[ordinal as usize / CHUNK][ordinal as usize % CHUNK] = Outcome::new(ending, nanoseconds),
        }
    }

    #[cold]
    fn fold(&mut self) {
        let size = (self.limit * FIRST_SIZE / EXACT).max(1) as u64;
        let (good, bad) = (Histogram::new(), Histogram::new());
        let mut folded = Folded { good, bad, batches: Batches::new(size) };
        for (ordinal, outcome) in std::mem::take(&mut self.each).into_iter().flatten().enumerate() {
            if let Some((ending, nanoseconds)) = outcome.ended() {
                folded.add(ordinal as u64, ending, nanoseconds);
            }
        }
        self.folded = Some(Box::new(folded));
    }

    pub fn arrived(&self) -> u64 {
        self.arrived
    }

    /// Of 20 batches, the shares of requests that ended well among those that ended; None where there are too few.
    pub fn successes(&self) -> Option<[f64; BATCHES]> {
        match &self.folded {
            Some(folded) => folded.batches.successes(self.arrived),
            None => {
                let ended: Vec<bool> = self.ended().map(|(ending, _)| ending == Ending::Good).collect();
                shares(&ended, |good| *good)
            }
        }
    }

    /// The times of the requests that ended so.
    pub fn times(&self, ending: Ending) -> Times<'_> {
        match &self.folded {
            Some(folded) => Times::folded(folded.all(ending), &folded.batches, self.arrived, ending),
            None => self.exact_times(ending),
        }
    }

    /// Whether requests are kept one by one.
    pub fn is_exact(&self) -> bool {
        self.folded.is_none()
    }

    /// The same of requests that are kept one by one, for as long as one likes.
    pub fn exact_times(&self, ending: Ending) -> Times<'static> {
        Times::exact(self.ended().filter(|(end, _)| *end == ending).map(|(_, time)| time).collect())
    }

    fn ended(&self) -> impl Iterator<Item = (Ending, u64)> + '_ {
        self.each.iter().flatten().filter_map(|outcome| outcome.ended())
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Responses, BATCHES};
    use crate::chance::{Chance, Stream};
    use crate::distribution::Distribution;

    /// Requests that take an exponential time; each tenth fails after 7 ns, each 1000th never ends.
    fn run(limit: usize, count: u64) -> Responses {
        let (chance, stream) = (Chance::new(1), Stream::new("test"));
        let exponential = Distribution::new("exponential", &[1e6]).unwrap();
        let mut responses = Responses::with_limit(limit);
        for number in 0..count {
            let ordinal = responses.arrive();
            match number % 1000 {
                999 => (),
                rest if rest % 10 == 0 => responses.end(ordinal, Ending::Bad, 7),
                _ => responses.end(
                    ordinal,
                    Ending::Good,
                    exponential.nanoseconds(&chance.draw(stream, number, 0)) as u64,
                ),
            }
        }
        responses
    }

    #[test]
    fn every_request_is_counted() {
        for limit in [100_000, 1000] {
            let responses = run(limit, 50_000);
            assert_eq!(responses.arrived(), 50_000);
            assert_eq!(responses.times(Ending::Good).count(), 44_950);
            assert_eq!(responses.times(Ending::Bad).count(), 5_000);
            assert_eq!(responses.times(Ending::Bad).mean(), Some(7.0));
        }
    }

    #[test]
    fn in_constant_memory_figures_are_the_same_to_a_thousandth() {
        let (exact, folded) = (run(100_000, 50_000), run(1000, 50_000));
        let (exact, folded) = (exact.times(Ending::Good), folded.times(Ending::Good));
        assert_eq!(exact.mean(), folded.mean());
        for share in [0.5, 0.9, 0.95, 0.99, 0.999] {
            let (one, other) = (exact.quantile(share) as f64, folded.quantile(share) as f64);
            assert!(one <= other && other <= one * 1.001, "{one} {other}");
        }
    }

    #[test]
    fn batches_stray_alike_however_they_are_kept() {
        let (exact, folded) = (run(100_000, 40_000), run(1000, 40_000));
        // 40,000 requests make 125 batches of 320, and 20 of 6 of them, the last 38,400
        let spread = |batches: [f64; BATCHES]| {
            let mean = batches.iter().sum::<f64>() / BATCHES as f64;
            (batches.iter().map(|batch| (batch - mean).powi(2)).sum::<f64>() / mean.powi(2)).sqrt()
        };
        let near = |one: f64, other: f64| (one / other - 1.0).abs() < 0.35;
        let of = |responses: &Responses| {
            let times = responses.times(Ending::Good);
            let [above, at_least] = times.beyond(2_302_585).unwrap();
            [spread(times.batch_means().unwrap()), spread(above), spread(at_least)]
        };
        let (exact_spreads, folded_spreads) = (of(&exact), of(&folded));
        for (one, other) in exact_spreads.into_iter().zip(folded_spreads) {
            assert!(near(one, other), "{one} {other}");
        }
        let success = folded.successes().unwrap();
        assert!(success.iter().all(|share| (share - 0.9).abs() < 0.001), "{success:?}");
    }

    #[test]
    fn nothing_has_no_figures() {
        let responses = Responses::default();
        let times = responses.times(Ending::Good);
        assert_eq!((times.count(), times.mean(), times.quantile(0.5)), (0, None, 0));
        assert_eq!((times.batch_means(), times.beyond(0), responses.successes()), (None, None, None));
    }
}
