//! How one of several is chosen (engine contract, section 4.3): one file for each algorithm.
//! Another is a file like these and its line in `algorithms!` below.

/// Those who can be chosen: members of a list, or replicas of a component.
pub trait Pool {
    /// How many there are, whether they can be chosen or not.
    fn size(&self) -> usize;
    /// Whether this one can be chosen.
    fn is_open(&self, place: usize) -> bool;
    /// What who chooses has under way there.
    fn load(&self, place: usize) -> u32;
    /// Whether these are the members of a list, not replicas of one component.
    fn is_list(&self) -> bool;
    /// The weight of a member, and the credit that it has.
    fn weight(&self, place: usize) -> i64;
    fn credit(&mut self, place: usize) -> &mut i64;
    /// Who was chosen last, -1 at first.
    fn turn(&mut self) -> &mut i32;
    /// Two random draws of 53 bits.
    fn draw(&self) -> u64;
    fn draw_again(&self) -> u64;
    /// A hash of the client who asked.
    fn client(&self) -> u32;
    /// The places behind the point of this request on the ring of a consistent hash, in order.
    fn ring(&self) -> Box<dyn Iterator<Item = usize> + '_>;
}

/// What an algorithm is.
trait Kind {
    /// As the language spells it.
    const NAME: &'static str;
    /// Whether it is by chance, or by who asks, so that a typical request cannot say who is chosen.
    const BY_CHANCE: bool = false;
    /// Whether it asks what is under way where.
    const ASKS_FOR_LOAD: bool = false;
    /// One of those that are open, if any is.
    fn pick<P: Pool>(pool: &mut P) -> Option<usize>;
}

macro_rules! algorithms {
    ($($module:ident $kind:ident)*) => {
        $(mod $module;)*

        /// How one of several is chosen.
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub enum Algorithm {
            $($kind,)*
        }

        impl Algorithm {
            /// The algorithm of that name.
            pub fn named(name: &str) -> Option<Self> {
                $(if name == $module::$kind::NAME {
                    return Some(Algorithm::$kind);
                })*
                None
            }

            /// Whether it asks what is under way where.
            pub fn asks_for_load(self) -> bool {
                match self {
                    $(Algorithm::$kind => $module::$kind::ASKS_FOR_LOAD,)*
                }
            }

            /// One of those that are open, if any is. Of a typical request, not a drawn one, the first is taken
            /// where chance would choose.
            #[inline]
            pub fn pick<P: Pool>(self, pool: &mut P, is_drawn: bool) -> Option<usize> {
                match self {
                    $(Algorithm::$kind => {
                        if $module::$kind::BY_CHANCE && !is_drawn {
                            priority::Priority::pick(pool)
                        } else {
                            $module::$kind::pick(pool)
                        }
                    })*
                }
            }
        }
    };
}

algorithms! {
    round_robin RoundRobin
    least_connections LeastConnections
    random Random
    power_of_two PowerOfTwo
    ip_hash IpHash
    consistent_hash ConsistentHash
    weighted Weighted
    priority Priority
}

impl Default for Algorithm {
    fn default() -> Self {
        Algorithm::RoundRobin
    }
}

/// The first open place from the one at `start` on and round; behind the last is the first.
#[inline]
fn first_open<P: Pool>(pool: &P, start: usize) -> Option<usize> {
    let size = pool.size();
    let mut place = if start < size { start } else { 0 };
    for _ in 0..size {
        if pool.is_open(place) {
            return Some(place);
        }
        place = if place + 1 < size { place + 1 } else { 0 };
    }
    None
}

/// The places of those that are open, from the one at `start` on and round; behind the last is the first.
#[inline]
fn open_from<P: Pool>(pool: &P, start: usize) -> impl Iterator<Item = usize> + '_ {
    let start = start.min(pool.size());
    (start..pool.size()).chain(0..start).filter(move |place| pool.is_open(*place))
}

/// Whose turn it is: the place behind the last one.
fn next_turn<P: Pool>(pool: &mut P) -> usize {
    (*pool.turn() + 1) as usize
}

/// The open place of this number among `count` open ones.
fn nth_open<P: Pool>(pool: &P, number: usize) -> Option<usize> {
    open_from(pool, 0).nth(number)
}

/// Which of `count` equal parts a draw of 53 bits falls into.
fn part_of(bits: u64, count: usize) -> usize {
    (bits as f64 / (1u64 << 53) as f64 * count as f64) as usize
}

/// A hash of a number: the finaliser of MurmurHash3 (Appleby), over both its halves.
pub fn scrambled(number: u64) -> u32 {
    let mut z = (number as u32) ^ ((number >> 32) as u32).wrapping_mul(0x2545_F491);
    z = (z ^ (z >> 16)).wrapping_mul(0x85EB_CA6B);
    z = (z ^ (z >> 13)).wrapping_mul(0xC2B2_AE35);
    z ^ (z >> 16)
}
