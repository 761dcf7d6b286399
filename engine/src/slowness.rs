//! How much slower something works than it should.

/// A factor as a fraction in lowest terms, and a time on top.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Slowness {
    over: i64,
    under: i64,
    plus: i64,
}

impl Slowness {
    pub const NONE: Slowness = Slowness { over: 1, under: 1, plus: 0 };

    /// A factor and a time on top.
    pub fn new(factor: (i64, i64), plus: i64) -> Self {
        Slowness { over: factor.0, under: factor.1, plus }.reduced()
    }

    /// Both together: factors multiply, times add.
    pub fn and(self, other: Slowness) -> Self {
        let over = i128::from(self.over) * i128::from(other.over);
        let under = i128::from(self.under) * i128::from(other.under);
        let divisor = common_divisor(over, under);
        Slowness { over: narrow(over / divisor), under: narrow(under / divisor), plus: self.plus + other.plus }
    }

    /// What is left when one of those that it is made of ends.
    pub fn without(self, other: Slowness) -> Self {
        self.and(Slowness { over: other.under, under: other.over, plus: -other.plus })
    }

    /// A time as it comes out: multiplied, rounded half to even, lengthened.
    #[inline]
    pub fn of(self, time: i64) -> i64 {
        if self.over == self.under {
            return time + self.plus;
        }
        scaled(time, self.over, self.under) + self.plus
    }

    fn reduced(self) -> Self {
        self.and(Slowness::NONE)
    }
}

/// A time times a fraction, rounded half to even.
pub fn scaled(time: i64, over: i64, under: i64) -> i64 {
    let product = i128::from(time) * i128::from(over);
    let under = i128::from(under);
    let (mut whole, rest) = (product / under, product % under);
    if 2 * rest > under || (2 * rest == under && whole % 2 == 1) {
        whole += 1;
    }
    narrow(whole)
}

fn narrow(value: i128) -> i64 {
    value.clamp(0, 1 << 62) as i64
}

fn common_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        let rest = one % other;
        one = other;
        other = rest;
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_and_ends_leaves_nothing_behind() {
        let (half, third) = (Slowness::new((5, 2), 7), Slowness::new((1, 3), 0));
        assert_eq!(Slowness::NONE.and(half).and(third).without(half).without(third), Slowness::NONE);
    }

    #[test]
    fn halves_are_rounded_to_even() {
        let half = Slowness::new((1, 2), 0);
        assert_eq!([3, 5, 6].map(|time| half.of(time)), [2, 2, 3]);
    }
}
