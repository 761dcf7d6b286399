//! What outlives a call: a client's replica (`sticky_sessions`) and a caller's answer from a dns (`ttl`; engine contract,
//! section 4.6).
//!
//! Who remembers is the client for a balancer, since a cookie names the replica, and the caller for a dns, since a
//! resolver keeps the answer. Closed clients come back and remember; of open arrivals each is a new one.

use crate::program::Program;
use crate::slab::Key;
use crate::task::Waiter;
use crate::world::{Learns, World};
use std::collections::HashMap;

/// What was chosen, by asker, component that chose, and what for.
pub type Memory = HashMap<Place, Kept>;

/// Where something is remembered.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    asker: Asker,
    component: u32,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asker {
    Replica(u32),
    Client { number: u32, flow: u32 },
}

/// What was chosen: one of several components, or a replica of one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Member(u32),
    Replica(u32),
}

#[derive(Clone, Copy)]
pub struct Kept {
    chosen: u32,
    at: i64,
}

impl World {
    /// Where it is remembered what was chosen for a call's asker; nowhere, where nobody remembers.
    pub fn memory_of(&self, p: &Program, call: Key, what: What) -> Option<Place> {
        let place = self.calls[call].within.place;
        let component = self.replicas[place as usize].component;
        p.components[component as usize].remembers?;
        let asker = if self.keeps_the_dead(place) { self.asker_of(p, call) } else { self.client_of(call) };
        asker.map(|asker| Place { asker, component, what })
    }

    /// Whether what was chosen is kept though it may be dead: the answer of a dns is, the cookie of a balancer not.
    pub fn keeps_the_dead(&self, place: u32) -> bool {
        self.choosers[self.chooser_of(place) as usize].learns == Learns::Late
    }

    /// A number of the client behind a call: of open arrivals each is another.
    pub fn client_number(&self, call: Key) -> u64 {
        let within = &self.calls[call].within;
        self.closed[within.flow as usize].map_or(within.number, |_| u64::from(within.client))
    }

    /// The client behind a call; none of open arrivals.
    fn client_of(&self, call: Key) -> Option<Asker> {
        let within = &self.calls[call].within;
        self.closed[within.flow as usize].map(|_| Asker::Client { number: within.client, flow: within.flow })
    }

    /// Who asked the dns: a replica, or a client; the dns itself where the call is nobody's any more.
    fn asker_of(&self, p: &Program, call: Key) -> Option<Asker> {
        let asker = self.asking_work(call).map_or(self.calls[call].within.place, |work| self.works[work].within.place);
        if self.component_of(p, asker).actor {
            self.client_of(call)
        } else {
            Some(Asker::Replica(asker))
        }
    }

    /// The work within which a call is made, while all between them are waited for.
    fn asking_work(&self, call: Key) -> Option<Key> {
        let mut sequence = self.calls[call].parent?;
        loop {
            if !self.sequences.has(sequence) {
                return None;
            }
            match self.sequences[sequence].waiter {
                Waiter::Work(work) => return Some(work).filter(|work| self.works.has(*work)),
                Waiter::Request(_) => return None,
                Waiter::Call(call) if self.calls.has(call) => sequence = self.calls[call].parent?,
                Waiter::Join(join) if self.joins.has(join) => sequence = self.joins[join].parent?,
                _ => return None,
            }
        }
    }

    /// What was chosen before, unless it is too long ago.
    pub fn remembered(&self, p: &Program, call: Key, memory: Place) -> Option<u32> {
        let kept = self.memory.get(&memory)?;
        let life = self.component_of(p, self.calls[call].within.place).remembers?;
        if self.now() < kept.at.saturating_add(life) {
            Some(kept.chosen)
        } else {
            None
        }
    }

    /// Keeps what was chosen just now.
    pub fn remember(&mut self, memory: Option<Place>, chosen: u32) {
        if let Some(place) = memory {
            let at = self.now();
            self.memory.insert(place, Kept { chosen, at });
        }
    }
}
