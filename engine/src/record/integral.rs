//! How many there are, summed over time: the area under a number that changes.

/// An integral over time, in nanoseconds times what is counted.
///
/// It is the sum of the moments at which one went, less those at which one came, and the present moment for each that
/// is there: so only a change costs anything. In between the sum is negative or beyond what a run can reach; only its
/// value at a moment has a meaning. It wraps, and is right as long as the area itself is below 2^63.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Integral {
    moments: i64,
    present: i64,
}

impl Integral {
    /// So many more are there from now on, or fewer.
    #[inline]
    pub fn change(&mut self, now: u64, by: i64) {
        self.moments = self.moments.wrapping_sub((now as i64).wrapping_mul(by));
        self.present += by;
    }

    /// How many there are.
    #[inline]
    pub fn present(&self) -> i64 {
        self.present
    }

    /// The area up to now.
    pub fn until(&self, now: u64) -> i64 {
        self.moments.wrapping_add((now as i64).wrapping_mul(self.present))
    }
}

#[cfg(test)]
mod tests {
    use super::Integral;

    #[test]
    fn the_area_under_a_staircase() {
        let mut busy = Integral::default();
        busy.change(10, 1);
        busy.change(15, 2);
        assert_eq!((busy.present(), busy.until(20)), (3, 5 + 3 * 5));
        busy.change(20, -3);
        assert_eq!((busy.present(), busy.until(1000)), (0, 20));
    }

    #[test]
    fn what_wraps_in_between_is_right_in_the_end() {
        let mut busy = Integral::default();
        busy.change(1 << 62, 4);
        busy.change((1 << 62) + 7, -4);
        assert_eq!(busy.until(1 << 62), 28);
    }
}
