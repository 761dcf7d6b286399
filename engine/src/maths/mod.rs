//! Logarithm, exponential, sine and cosine of the engine's own, so that one seed gives the same bytes on every machine.
//!
//! They use only what IEEE 754 defines to the last bit (add, subtract, multiply, divide, round to a whole number), in
//! the order written: Rust neither reorders nor fuses them. Every result is within one unit in the last place.
#![forbid(unsafe_code)]

mod logarithms;

use logarithms::LOGARITHMS;
use std::f64::consts::{self, LOG2_E, PI};

/// ln 2 in two parts; whole multiples of the first, up to 2048, are exact.
const LN_2: [f64; 2] = [0.693147180559663, 2.8235290563031577e-13];
/// π/2 in three parts; whole multiples of the first two, up to 2^20, are exact.
const HALF_PI: [f64; 3] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
/// x·coth(x/2) − 2 as a polynomial in x² (Bernoulli numbers), lowest power first.
const COTANGENT: [f64; 7] = [
    1.0 / 6.0,
    -1.0 / 360.0,
    1.0 / 15_120.0,
    -1.0 / 604_800.0,
    1.0 / 23_950_080.0,
    -691.0 / 653_837_184_000.0,
    1.0 / 37_362_124_800.0,
];
/// (sin x − x) / x³ as a polynomial in x² (Taylor), lowest power first.
const SINE: [f64; 8] = [
    -1.0 / 6.0,
    1.0 / 120.0,
    -1.0 / 5_040.0,
    1.0 / 362_880.0,
    -1.0 / 39_916_800.0,
    1.0 / 6_227_020_800.0,
    -1.0 / 1_307_674_368_000.0,
    1.0 / 355_687_428_096_000.0,
];
/// (cos x − 1 + x²/2) / x⁴ as a polynomial in x² (Taylor), lowest power first.
const COSINE: [f64; 8] = [
    1.0 / 24.0,
    -1.0 / 720.0,
    1.0 / 40_320.0,
    -1.0 / 3_628_800.0,
    1.0 / 479_001_600.0,
    -1.0 / 87_178_291_200.0,
    1.0 / 20_922_789_888_000.0,
    -1.0 / 6_402_373_705_728_000.0,
];
const MANTISSA: u32 = 52;
const BIAS: i64 = 1023;
/// The bits of the least normal number, of the infinite one, and of 11/16.
const LEAST_NORMAL: u64 = 1 << MANTISSA;
const INFINITE: u64 = 0x7ff << MANTISSA;
const FIRST_OF_TABLE: u64 = 0x3fe6_0000_0000_0000;
const TWO_TO_54: f64 = 18_014_398_509_481_984.0;
/// From here on every number is whole.
const TWO_TO_52: f64 = 4_503_599_627_370_496.0;

/// The natural logarithm, by a table (P. T. P. Tang, ACM Transactions on Mathematical Software 16, 1990): of 2^k·z it is
/// k·ln 2 + ln c + ln(1 + r), where c lies near z and r = (z − c)/c is at most 2^-7.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    if bits.wrapping_sub(LEAST_NORMAL) >= INFINITE - LEAST_NORMAL {
        return ln_at_the_edge(x);
    }
    let above = bits.wrapping_sub(FIRST_OF_TABLE);
    let exponent = (above as i64) >> MANTISSA;
    let [c, reciprocal, of_c, rest_of_c] = LOGARITHMS[(above >> (MANTISSA - 7)) as usize % LOGARITHMS.len()];
    let z = f64::from_bits(bits.wrapping_sub((exponent << MANTISSA) as u64));
    let k = f64::from_bits(TWO_TO_52.to_bits() + (exponent + BIAS) as u64) - (TWO_TO_52 + BIAS as f64);
    let r = (z - c) * reciprocal;
    let whole = k * LN_2[0] + of_c; // exact
    let sum = whole + r;
    let lost = (whole - sum) + r;
    sum + (lost + (k * LN_2[1] + rest_of_c) + r * r * beyond_r(r))
}

/// (ln(1 + r) − r) / r², up to the eighth power of r.
#[inline(always)]
fn beyond_r(r: f64) -> f64 {
    let w = r * r;
    let low = -0.5 + r * (1.0 / 3.0) + w * (-0.25 + r * 0.2);
    low + w * w * (-1.0 / 6.0 + r * (1.0 / 7.0) + w * -0.125)
}

#[cold]
fn ln_at_the_edge(x: f64) -> f64 {
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x < 0.0 {
        f64::NAN
    } else if x < f64::MIN_POSITIVE {
        ln(x * TWO_TO_54) - 54.0 * consts::LN_2
    } else {
        x
    }
}

/// e to the power of x, as fdlibm has it: e^x = 2^k·e^r with |r| ≤ ln 2 / 2, and e^r from r·coth(r/2).
#[inline]
pub fn exp(x: f64) -> f64 {
    if !(-708.0..709.0).contains(&x) {
        return exp_at_the_edge(x);
    }
    let k = nearest(x * LOG2_E);
    let (high, low) = (x - k * LN_2[0], k * LN_2[1]);
    let r = high - low;
    let c = r - r * r * polynomial(&COTANGENT, r * r);
    let around_one = 1.0 - ((low - r * c / (2.0 - c)) - high);
    f64::from_bits((around_one.to_bits() as i64 + ((k as i64) << MANTISSA)) as u64)
}

/// Where the power is no normal number, or nearly none.
#[cold]
fn exp_at_the_edge(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x > 709.782712893384 {
        f64::INFINITY
    } else if x < -745.2 {
        0.0
    } else {
        let half = exp(x / 2.0);
        half * half
    }
}

/// x to the power of y, for x above 0: within some units in the last place for each unit of y·ln x.
pub fn pow(x: f64, y: f64) -> f64 {
    exp(y * ln(x))
}

/// The sine of up to 2^20 quarters of a turn, in radians.
pub fn sin(x: f64) -> f64 {
    in_quarter(x, 0)
}

/// The cosine of up to 2^20 quarters of a turn, in radians.
pub fn cos(x: f64) -> f64 {
    in_quarter(x, 1)
}

/// The sine of x and some quarters of a turn.
fn in_quarter(x: f64, quarters: i64) -> f64 {
    let k = nearest(x / (PI / 2.0));
    let high = (x - k * HALF_PI[0]) - k * HALF_PI[1];
    let low = k * HALF_PI[2];
    let r = high - low;
    let tail = (high - r) - low;
    match (k as i64 + quarters).rem_euclid(4) {
        0 => sine(r, tail),
        1 => cosine(r, tail),
        2 => -sine(r, tail),
        _ => -cosine(r, tail),
    }
}

/// The sine of r + tail, |r| ≤ π/4.
fn sine(r: f64, tail: f64) -> f64 {
    let square = r * r;
    r + (r * square * polynomial(&SINE, square) + tail * (1.0 - 0.5 * square))
}

/// The cosine of r + tail, |r| ≤ π/4.
fn cosine(r: f64, tail: f64) -> f64 {
    let square = r * r;
    let near = 1.0 - 0.5 * square;
    let lost = (1.0 - near) - 0.5 * square;
    near + (lost + (square * square * polynomial(&COSINE, square) - r * tail))
}

/// By Horner's rule.
#[inline]
fn polynomial<const COUNT: usize>(coefficients: &[f64; COUNT], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The nearest whole number, of two the even one.
///
/// Adding 2^52 leaves no bits for a fraction: the addition itself rounds so.
#[inline]
pub fn nearest(x: f64) -> f64 {
    if x.abs() < TWO_TO_52 {
        ((x.abs() + TWO_TO_52) - TWO_TO_52).copysign(x)
    } else {
        x
    }
}

/// The nearest whole number, of two the even one; not below 0, nor above 2^62 (146 years in nanoseconds: a heavy tail ends
/// there, far beyond any run).
#[inline]
pub fn whole(x: f64) -> i64 {
    if (0.0..TWO_TO_52).contains(&x) {
        // the sum has no bits for a fraction, and those of the whole number are its lowest
        ((x + TWO_TO_52).to_bits() - TWO_TO_52.to_bits()) as i64
    } else {
        whole_at_the_edge(x)
    }
}

/// A cast takes what is no number for 0.
#[cold]
fn whole_at_the_edge(x: f64) -> i64 {
    (x as i64).clamp(0, 1 << 62)
}

#[cfg(test)]
mod tests {
    use super::{cos, exp, ln, nearest, pow, sin};
    use std::f64::consts::PI;

    /// How many numbers lie between two.
    fn apart(one: f64, other: f64) -> u64 {
        (one.to_bits() as i64).abs_diff(other.to_bits() as i64)
    }

    /// A million numbers between two, evenly spread, each with some more bits.
    fn between(low: f64, high: f64) -> impl Iterator<Item = f64> {
        (0..1_000_000).map(move |i| low + (high - low) * ((f64::from(i) + 0.37219) / 1e6))
    }

    #[test]
    fn a_logarithm_has_the_same_bits_everywhere() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(2.0), 0.6931471805599453);
        assert_eq!(ln(0.1), -2.3025850929940455);
        assert_eq!(ln(1e9), 20.72326583694641);
        assert_eq!(ln(0.9999999999999999), -1.1102230246251565e-16);
        assert_eq!(ln(2f64.powi(-54)), -37.429947750237046);
        assert!(apart(ln(5e-324), -744.4400719213812) <= 1);
        assert_eq!((ln(0.0), ln(f64::INFINITY)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
    }

    #[test]
    fn a_power_of_e_has_the_same_bits_everywhere() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(1.0), 2.7182818284590455);
        assert_eq!(exp(-1.0), 0.36787944117144233);
        assert!(apart(exp(20.5), 799902177.4755055) <= 1);
        assert_eq!((exp(-800.0), exp(800.0)), (0.0, f64::INFINITY));
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn a_million_values_are_a_unit_in_the_last_place_from_those_of_this_machine() {
        assert!(between(0.0, 1.0).all(|x| apart(ln(x), x.ln()) <= 1));
        assert!(between(1e-3, 1e12).all(|x| apart(ln(x), x.ln()) <= 1));
        assert!(between(-50.0, 50.0).all(|x| apart(exp(x), x.exp()) <= 1));
        assert!(between(0.0, 2.0 * PI).all(|x| apart(cos(x), x.cos()) <= 1));
        assert!(between(-100.0, 10_000.0).all(|x| apart(sin(x), x.sin()) <= 1));
    }

    #[test]
    fn a_power_is_near() {
        assert_eq!(pow(2.0, 10.0), 1024.0000000000001);
        assert!((pow(10.0, -1.2) - 0.06309573444801933).abs() < 1e-16);
    }

    #[test]
    fn halves_are_rounded_to_even() {
        let numbers = [0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e17];
        assert_eq!(numbers.map(nearest), [0.0, 2.0, 2.0, -0.0, -2.0, 2.0, 1e17]);
    }
}
