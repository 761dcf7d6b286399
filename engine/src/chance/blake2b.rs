//! BLAKE2b of 64 bits (RFC 7693): turns the name of a stream into its number.

const START: [u64; 8] = [
    0x6A09_E667_F3BC_C908,
    0xBB67_AE85_84CA_A73B,
    0x3C6E_F372_FE94_F82B,
    0xA54F_F53A_5F1D_36F1,
    0x510E_527F_ADE6_82D1,
    0x9B05_688C_2B3E_6C1F,
    0x1F83_D9AB_FB41_BD6B,
    0x5BE0_CD19_137E_2179,
];
/// In which order each round takes the sixteen words of a block.
const ORDERS: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
/// Which four words of the state each step of a round mixes: the columns, then the diagonals.
const QUARTERS: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];
const BLOCK: usize = 128;
const ROUNDS: usize = 12;
/// No key, one leaf: the parameters that the first word starts with, beside the size of the digest.
const PARAMETERS: u64 = 0x0101_0000;

/// The digest of so many bytes (8 at most), read as a number with the lowest byte first.
pub fn blake2b(text: &[u8], size: u64) -> u64 {
    let mut state = START;
    state[0] ^= PARAMETERS | size;
    let blocks = text.chunks(BLOCK).count().max(1);
    for number in 0..blocks {
        let begin = number * BLOCK;
        let end = text.len().min(begin + BLOCK);
        compress(&mut state, &text[begin..end], end as u64, number + 1 == blocks);
    }
    state[0] & (u64::MAX >> (64 - 8 * size))
}

fn compress(state: &mut [u64; 8], block: &[u8], bytes_so_far: u64, is_last: bool) {
    let mut bytes = [0; BLOCK];
    bytes[..block.len()].copy_from_slice(block);
    let mut words = [0; 16];
    for (word, eight) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = eight.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    }
    let mut v = [0; 16];
    v[..8].copy_from_slice(state);
    v[8..].copy_from_slice(&START);
    v[12] ^= bytes_so_far;
    if is_last {
        v[14] = !v[14];
    }
    for round in 0..ROUNDS {
        let order = ORDERS[round % ORDERS.len()];
        for (step, quarter) in QUARTERS.iter().enumerate() {
            mix(&mut v, *quarter, words[order[2 * step]], words[order[2 * step + 1]]);
        }
    }
    for (place, word) in state.iter_mut().enumerate() {
        *word ^= v[place] ^ v[place + 8];
    }
}

fn mix(v: &mut [u64; 16], [a, b, c, d]: [usize; 4], first: u64, second: u64) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(first);
    v[d] = (v[d] ^ v[a]).rotate_right(32);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(24);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(second);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(63);
}

#[cfg(test)]
mod tests {
    use super::blake2b;

    /// `int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")` in Python.
    #[test]
    fn agrees_with_python() {
        assert_eq!(blake2b(b"", 8), 0xb4b2797457a0a6e4);
        assert_eq!(blake2b(b"flows.checkout#arrival", 8), 0x97739c064c519bb5);
        assert_eq!(blake2b(&[b'a'; 128], 8), 0xda187e9cfe4366f0);
        assert_eq!(blake2b(&[b'a'; 129], 8), 0x99a2c5b05b5362e4);
        assert_eq!(blake2b(&[b'a'; 1000], 8), 0xd821dbebb613d51f);
    }
}
