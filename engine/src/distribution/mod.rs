//! Times by chance, one file per distribution. Another is a file like these and its line in `distributions!` below.
#![forbid(unsafe_code)]

use crate::chance::Draw;
use crate::maths::{exp, whole};

const HALVINGS: usize = 200;

/// What a distribution can do. All times are in nanoseconds.
pub trait Kind: Sized {
    /// As a spec spells it.
    const NAME: &'static str;
    /// In words.
    const PARAMETERS: &'static str;
    /// None where the parameters are not those.
    fn new(parameters: &[f64]) -> Option<Self>;
    /// By inversion of the distribution function, where there is no better known way.
    fn sample(&self, draw: &Draw) -> f64;
    fn median(&self) -> f64;
    /// Whether two samples can differ.
    fn is_random(&self) -> bool {
        true
    }
}

macro_rules! distributions {
    ($($module:ident $kind:ident)*) => {
        $(mod $module;)*

        /// A distribution of times.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Distribution {
            $($kind($module::$kind),)*
        }

        impl Distribution {
            /// The distribution of that name; an error says in a sentence what does not fit.
            pub fn new(name: &str, parameters: &[f64]) -> Result<Self, String> {
                match name {
                    $($module::$kind::NAME => make::<$module::$kind>(parameters).map(Self::$kind),)*
                    _ => Err(format!("`{name}` is no distribution; there are {}.", [$($module::$kind::NAME),*].join(", "))),
                }
            }

            #[inline]
            fn sample(&self, draw: &Draw) -> f64 {
                match self {
                    $(Self::$kind(kind) => kind.sample(draw),)*
                }
            }

            fn exact_median(&self) -> f64 {
                match self {
                    $(Self::$kind(kind) => kind.median(),)*
                }
            }

            /// Whether two samples can differ.
            pub fn is_random(&self) -> bool {
                match self {
                    $(Self::$kind(kind) => kind.is_random(),)*
                }
            }
        }
    };
}

distributions! {
    constant Constant
    exponential Exponential
    lognormal Lognormal
    normal Normal
    uniform Uniform
    erlang Erlang
    hyperexponential Hyperexponential
    empirical Empirical
}

impl Distribution {
    /// A time in whole nanoseconds.
    #[inline]
    pub fn nanoseconds(&self, draw: &Draw) -> i64 {
        whole(self.sample(draw))
    }

    /// The time that half of all stay under, in whole nanoseconds: what a trace takes.
    pub fn median(&self) -> i64 {
        whole(self.exact_median())
    }
}

fn make<K: Kind>(parameters: &[f64]) -> Result<K, String> {
    let are_numbers = parameters.iter().all(|parameter| parameter.is_finite());
    let kind = if are_numbers { K::new(parameters) } else { None };
    kind.ok_or_else(|| format!("`{}` takes {}, not {parameters:?}.", K::NAME, K::PARAMETERS))
}

/// Box and Muller (1958): a standard normal number out of two uniform ones.
fn standard_normal(draw: &Draw) -> f64 {
    let [first, second] = draw.pair();
    (-2.0 * crate::maths::ln(first)).sqrt() * crate::maths::cos(2.0 * std::f64::consts::PI * second)
}

/// Where a share beyond, that falls with time from 1 to 0, reaches one half.
fn halfway(scale: f64, beyond: impl Fn(f64) -> f64) -> f64 {
    if scale == 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, scale);
    while beyond(high) > 0.5 {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if beyond(middle) > 0.5 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The share of an exponential time beyond t.
fn exponential_beyond(t: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        0.0
    } else {
        exp(-t / mean)
    }
}

#[cfg(test)]
mod tests {
    use super::Distribution;
    use crate::chance::{Chance, Stream};

    /// Five times and the median. The times are worked out from Threefry as its paper states it, and from the formulas of
    /// the families, by Python's integers and `math`, for the seed 5, the stream "time", the numbers 100 to 104 and the
    /// occurrence 1.
    fn check(name: &str, parameters: &[f64], expected: [i64; 5], median: i64) {
        let distribution = Distribution::new(name, parameters).unwrap();
        let (chance, stream) = (Chance::new(5), Stream::new("time"));
        let of = |number| distribution.nanoseconds(&chance.draw(stream, number, 1));
        assert_eq!([of(100), of(101), of(102), of(103), of(104)], expected);
        assert_eq!(distribution.median(), median);
    }

    #[test]
    fn times_are_those_of_their_formulas() {
        check("constant", &[4e6], [4000000; 5], 4000000);
        check("exponential", &[6e6], [11253530, 6790223, 1065007, 15469259, 1702710], 4158883);
        check("uniform", &[2e6, 9e6], [3072853, 4257383, 7861521, 2531368, 7270499], 5500000);
        check("normal", &[6e6, 4e6], [5072950, 9699822, 8118259, 13237042, 3865304], 6000000);
        let mu_and_sigma = [14.914122846632385, 0.9114129317715568];
        check("lognormal", &mu_and_sigma, [2428760, 6970094, 4861099, 15605067, 1844512], 3000000);
        check("erlang", &[3.0, 6e6], [8178121, 7565049, 10276934, 12310597, 4302183], 5348121);
        let bypass = [0.1, 5e7, 2e6];
        check("hyperexponential", &bypass, [626932, 3867336, 5160101, 113518954, 940925], 1606117);
        check("empirical", &[9e6, 1e6, 2e6], [9000000, 9000000, 2000000, 9000000, 2000000], 2000000);
    }

    #[test]
    fn a_long_tail_stays_exact() {
        let hours = [28.911954961390613, 2.980468605416205];
        let expected = [1804299906980, 56697760902773, 17449049631278, 791063180894816, 733692868249];
        check("lognormal", &hours, expected, 3600000000000);
    }

    #[test]
    fn a_time_has_an_end_and_is_never_negative() {
        check("lognormal", &[800.0, 0.0], [1 << 62; 5], 1 << 62);
        check("normal", &[-1e9, 1.0], [0; 5], 0);
    }

    #[test]
    fn only_what_can_vary_is_random() {
        let is_random = |name, parameters: &[f64]| Distribution::new(name, parameters).unwrap().is_random();
        assert!(is_random("uniform", &[1.0, 2.0]) && is_random("exponential", &[1.0]));
        assert!(!is_random("uniform", &[2.0, 2.0]) && !is_random("exponential", &[0.0]));
        assert!(!is_random("constant", &[1.0]) && !is_random("normal", &[1.0, 0.0]));
        assert!(!is_random("empirical", &[3.0, 3.0]) && !is_random("erlang", &[2.0, 0.0]));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let told = |name, parameters: &[f64]| Distribution::new(name, parameters).unwrap_err();
        let known = "constant, exponential, lognormal, normal, uniform, erlang, hyperexponential, empirical";
        assert_eq!(told("gamma", &[1.0]), format!("`gamma` is no distribution; there are {known}."));
        assert_eq!(told("normal", &[1.0]), "`normal` takes mean and sd, not [1.0].");
        assert_eq!(told("constant", &[f64::NAN]), "`constant` takes a time, not [NaN].");
        assert_eq!(
            told("erlang", &[0.0, 1.0]),
            "`erlang` takes k (a whole number from 1) and the mean, not [0.0, 1.0]."
        );
    }
}
