//! Threefry2x64-20: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

const ROTATIONS: [u32; 8] = [16, 42, 12, 31, 16, 32, 24, 21];
const PARITY: u64 = 0x1BD1_1BDA_A9FC_1A22;
const ROUNDS: usize = 20;

/// The two words of a counter under a key.
#[inline]
pub fn threefry2x64(key: [u64; 2], counter: [u64; 2]) -> [u64; 2] {
    let keys = [key[0], key[1], PARITY ^ key[0] ^ key[1]];
    let mut left = counter[0].wrapping_add(keys[0]);
    let mut right = counter[1].wrapping_add(keys[1]);
    for round in 0..ROUNDS {
        left = left.wrapping_add(right);
        right = right.rotate_left(ROTATIONS[round % 8]) ^ left;
        if round % 4 == 3 {
            let lot = round / 4 + 1;
            left = left.wrapping_add(keys[lot % 3]);
            right = right.wrapping_add(keys[(lot + 1) % 3]).wrapping_add(lot as u64);
        }
    }
    [left, right]
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
