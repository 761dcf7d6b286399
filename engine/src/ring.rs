//! The ring of consistent hashing: a hundred points for each replica.

use crate::chance::hashed;

const POINTS: u32 = 100;

/// Points, by their hashes, and the place of the replica that each stands for.
pub struct Ring(Vec<(u32, usize)>);

impl Ring {
    /// The ring of replicas of these names.
    pub fn new(names: &[String]) -> Self {
        let mut points = Vec::new();
        for (place, name) in names.iter().enumerate() {
            points.extend((0..POINTS).map(|point| (hashed(&format!("{name}#{point}")), place)));
        }
        points.sort_unstable();
        Ring(points)
    }

    /// The places from a point on and round.
    pub fn from(&self, point: u32) -> impl Iterator<Item = usize> + '_ {
        let start = self.0.partition_point(|(hash, _)| *hash < point);
        let count = self.0.len();
        (0..count).map(move |step| self.0[(start + step) % count].1)
    }
}
