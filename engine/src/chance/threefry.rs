//! Threefry2x64-20: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

const ROTATIONS: [[u32; 4]; 2] = [[16, 42, 12, 31], [16, 32, 24, 21]];
const PARITY: u64 = 0x1BD1_1BDA_A9FC_1A22;

/// The two words of a counter under a key.
#[inline]
pub fn threefry2x64(key: [u64; 2], counter: [u64; 2]) -> [u64; 2] {
    let [first, second] = key;
    let third = PARITY ^ first ^ second;
    let words = [counter[0].wrapping_add(first), counter[1].wrapping_add(second)];
    let words = four_rounds(words, ROTATIONS[0], [second, third.wrapping_add(1)]);
    let words = four_rounds(words, ROTATIONS[1], [third, first.wrapping_add(2)]);
    let words = four_rounds(words, ROTATIONS[0], [first, second.wrapping_add(3)]);
    let words = four_rounds(words, ROTATIONS[1], [second, third.wrapping_add(4)]);
    four_rounds(words, ROTATIONS[0], [third, first.wrapping_add(5)])
}

/// Written out, and always inlined: rotations by constants are several times faster.
#[inline(always)]
fn four_rounds([mut left, mut right]: [u64; 2], rotations: [u32; 4], keys: [u64; 2]) -> [u64; 2] {
    for rotation in rotations {
        left = left.wrapping_add(right);
        right = right.rotate_left(rotation) ^ left;
    }
    [left.wrapping_add(keys[0]), right.wrapping_add(keys[1])]
}

#[cfg(test)]
mod tests {
    use super::threefry2x64;

    /// The file `kat_vectors` of Random123, version 1.14.
    #[test]
    fn agrees_with_the_published_answers() {
        let (zero, ones) = ([0, 0], [u64::MAX, u64::MAX]);
        assert_eq!(threefry2x64(zero, zero), [0xc2b6e3a8c2c69865, 0x6f81ed42f350084d]);
        assert_eq!(threefry2x64(ones, ones), [0xe02cb7c4d95d277a, 0xd06633d0893b8b68]);
        let counter = [0x243f6a8885a308d3, 0x13198a2e03707344];
        let key = [0xa4093822299f31d0, 0x082efa98ec4e6c89];
        assert_eq!(threefry2x64(key, counter), [0x263c7d30bb0f0af1, 0x56be8361d3311526]);
    }
}
