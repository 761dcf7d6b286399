//! Columns that are made when somebody asks for them.

use crate::world::World;
use std::collections::BTreeMap;

/// The columns that were asked for last, by their numbers.
#[derive(Default)]
pub struct Views(BTreeMap<u32, Vec<i64>>);

impl Views {
    pub fn keep(&mut self, which: u32, column: Vec<i64>) {
        self.0.insert(which, column);
    }

    pub fn kept(&self, which: u32) -> &[i64] {
        self.0.get(&which).map_or(&[], |column| column)
    }

    /// A column as it is now: 3 a sample, 11 the counts of replicas, 12 queues, 13 retries by connection, 14 replicas,
    /// 15 by flow what came of the requests of the window, 19 pools, 21 jobs by the clock, 22 sessions,
    /// 23 functions.
    pub fn column(world: &World, which: u32) -> Vec<i64> {
        let mut found = Vec::new();
        match which {
            3 => world.sample_into(&mut found),
            11 => counts(world, &mut found),
            12 => {
                for queue in &world.queues {
                    found.push(i64::from(queue.component));
                    found.extend([queue.published, queue.done, queue.dead, queue.waiting, queue.in_work]);
                    found.extend([queue.deliveries, queue.subscriber.map_or(-1, |subscriber| subscriber as i64)]);
                    found.extend([
                        queue.expired,
                        queue.figures.most_waiting.max(queue.waiting),
                        queue.figures.longest_to_done,
                    ]);
                    found.push(world.oldest(queue));
                }
            }
            19 => {
                for (connection, link) in world.links.iter().enumerate() {
                    if let Some(pool) = &link.pool {
                        let p99 = if pool.got > 0 { pool.waits.quantile(0.99) as i64 } else { -1 };
                        let counts = [pool.asked, pool.got, pool.refused, pool.waiting, pool.gone];
                        found.push(connection as i64);
                        found.extend(counts);
                        found.extend([pool.most_waiting.max(pool.waiting), p99]);
                    }
                }
            }
            21 => world.show_jobs(&mut found),
            22 => found.extend(world.sessions.iter().flat_map(|sessions| sessions.figures(world.now()))),
            23 => found = world.functions(),
            13 => found.extend(world.links.iter().map(|link| link.retries)),
            15 => {
                for flow in &world.record.flows {
                    let offered = flow.window.arrived() as i64;
                    found.extend([offered, flow.ok, flow.degraded, flow.in_flight, flow.halfway, flow.since_half]);
                    found.push(flow.offered());
                    found.extend(flow.failed);
                }
            }
            14 => {
                for replica in world.replicas.iter() {
                    let shard = replica.shard.map_or(-1, i64::from);
                    found.extend([i64::from(replica.component), i64::from(replica.ordinal), shard]);
                }
            }
            _ => {}
        }
        found
    }
}

/// What each replica has counted, the calls inside it now, and how long these have been there.
fn counts(world: &World, found: &mut Vec<i64>) {
    let now = world.now();
    let mut inside = vec![0; world.replicas.len()];
    for key in world.works.keys() {
        let work = &world.works[key];
        if work.is_inside() {
            inside[work.at as usize] += now - work.entered;
        }
    }
    for (replica, inside) in world.replicas.iter().zip(inside) {
        let counts = &replica.counts;
        found.extend([
            counts.calls,
            counts.answered,
            counts.shed,
            counts.rate_limited,
            counts.refused,
            counts.reset,
            counts.lost,
            counts.waited,
            counts.retries,
            counts.errors,
            counts.time_waited,
            counts.cores.until(replica.cores_used, now),
            counts.slots.until(replica.slots_used, now),
            counts.in_work.until(replica.in_work, now),
            counts.queued.until(replica.waiting(), now),
            counts.registered.until(u32::from(replica.registered), now),
            counts.time_inside,
            i64::from(replica.in_work),
            inside,
        ]);
    }
}
