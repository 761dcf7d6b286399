//! Chance: every draw is a function of what it is for, and of nothing else.
//!
//! A draw depends on (seed, stream, request number, occurrence), not on how many draws were made before it, so that a
//! retry or a changed component moves nobody else's draws.
#![forbid(unsafe_code)]

mod blake2b;
mod threefry;
pub mod zipf;

use threefry::threefry2x64;

/// What a draw is for: 64 bits of BLAKE2b of `step path#purpose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(u64);

impl Stream {
    pub fn new(name: &str) -> Self {
        Stream(blake2b::blake2b(name.as_bytes(), 8))
    }
}

/// A hash of a name: four bytes of BLAKE2b, the first of them the highest.
pub fn hashed(name: &str) -> u32 {
    (blake2b::blake2b(name.as_bytes(), 4) as u32).swap_bytes()
}

/// All the chance of a run.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    seed: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance { seed }
    }

    #[inline]
    pub fn draw(&self, stream: Stream, number: u64, occurrence: u64) -> Draw {
        Draw { seed: self.seed, stream, number, occurrence }
    }
}

/// One draw. Nothing is computed before it is asked for, and it gives the same however often it is.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    seed: u64,
    stream: Stream,
    number: u64,
    /// Below 2^48.
    occurrence: u64,
}

impl Draw {
    /// 53 random bits: an event with a probability of p happens where they are below p·2^53.
    #[inline]
    pub fn bits(&self) -> u64 {
        self.pair_of_words(0)[0] >> 11
    }

    /// A number in (0, 1): the middle of one of 2^53 equal parts.
    #[inline]
    pub fn uniform(&self) -> f64 {
        middle(self.pair_of_words(0)[0])
    }

    /// Two independent numbers in (0, 1), the first of them that of `uniform`.
    #[inline]
    pub fn pair(&self) -> [f64; 2] {
        self.pair_of_words(0).map(middle)
    }

    /// As many independent numbers in (0, 1) as are asked for, the first two of them those of `pair`.
    pub fn uniforms(&self) -> impl Iterator<Item = f64> {
        let draw = *self;
        (0..).flat_map(move |pair| draw.pair_of_words(pair)).map(middle)
    }

    /// Threefry2x64-20 with the key (seed, stream) and the counter (number, occurrence and, in its highest 16 bits, pair).
    #[inline]
    fn pair_of_words(&self, pair: u64) -> [u64; 2] {
        threefry2x64([self.seed, self.stream.0], [self.number, self.occurrence | pair << 48])
    }
}

#[inline]
fn middle(word: u64) -> f64 {
    ((word >> 11) as i64 as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

#[cfg(test)]
mod tests {
    use super::{Chance, Stream};

    #[test]
    fn the_ways_to_ask_agree() {
        let draw = Chance::new(7).draw(Stream::new("flows.buy.steps.0#takes"), 1234, 2);
        let many: Vec<f64> = draw.uniforms().take(2).collect();
        assert_eq!(draw.pair().to_vec(), many);
        assert_eq!(draw.uniform(), many[0]);
        assert_eq!((draw.bits() as f64 + 0.5) / 2f64.powi(53), many[0]);
    }

    #[test]
    fn each_part_of_what_a_draw_is_for_changes_it() {
        let (one, two) = (Stream::new("one"), Stream::new("two"));
        let of = |seed, stream, number, occurrence| Chance::new(seed).draw(stream, number, occurrence).bits();
        let mut found = [of(1, one, 0, 0), of(2, one, 0, 0), of(1, two, 0, 0), of(1, one, 1, 0), of(1, one, 0, 1)];
        found.sort_unstable();
        assert!(found.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn the_numbers_of_threefry_are_evenly_spread() {
        let (chance, stream) = (Chance::new(1), Stream::new("spread"));
        let mut tenths = [0; 10];
        for number in 0..100_000 {
            tenths[(chance.draw(stream, number, 0).uniform() * 10.0) as usize] += 1;
        }
        // chi-square with 9 degrees of freedom: 27.9 is exceeded once in 1000 times
        let strays: f64 = tenths.iter().map(|count| (f64::from(*count) - 1e4).powi(2) / 1e4).sum();
        assert!(strays < 27.9, "{strays}");
    }
}
