//! Philox4x64-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

const MULTIPLIERS: [u64; 2] = [0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157];
const WEYL: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B];
const ROUNDS: usize = 10;

/// The four words of a counter (lowest word first) under a key.
#[inline]
pub fn philox4x64(key: [u64; 2], counter: [u64; 4]) -> [u64; 4] {
    let (mut key, mut words) = (key, counter);
    for _ in 0..ROUNDS {
        let first = u128::from(MULTIPLIERS[0]) * u128::from(words[0]);
        let second = u128::from(MULTIPLIERS[1]) * u128::from(words[2]);
        words = [
            (second >> 64) as u64 ^ words[1] ^ key[0],
            second as u64,
            (first >> 64) as u64 ^ words[3] ^ key[1],
            first as u64,
        ];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::philox4x64;

    /// The file `kat_vectors` of Random123, version 1.14.
    #[test]
    fn agrees_with_the_published_answers() {
        assert_eq!(
            philox4x64([0, 0], [0, 0, 0, 0]),
            [0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b]
        );
        assert_eq!(
            philox4x64([u64::MAX, u64::MAX], [u64::MAX, u64::MAX, u64::MAX, u64::MAX]),
            [0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0]
        );
    }

    /// `numpy.random.Philox(key=7, counter=(3 + (2 << 64) + (9 << 128)) - 1).random_raw(4)`.
    #[test]
    fn agrees_with_numpy() {
        assert_eq!(
            philox4x64([7, 0], [3, 2, 9, 0]),
            [0x5b25e9c71be73df9, 0x29bb8dad8c46f9b6, 0x1791aec9ff7452f4, 0xe01d529c6625088]
        );
    }
}
