//! What happens to a user of a session: handshakes and their calls, drops, the wait before coming back, and whom a
//! request over the session meets.

use super::{limits, Epoch, Holder, Place, State, User, HEARTBEAT};
use crate::clock::{Class, Event};
use crate::program::{Jitter, Program, ONE};
use crate::slab::Key;
use crate::task::{Outcome, Within};
use crate::world::World;

impl World {
    /// A session has come to its end: its user is back at once.
    pub fn session_ends(&mut self, p: &Program, of: Epoch) {
        self.sessions[of.session as usize].ended += 1;
        self.close(of.session, of.user);
        self.shake_hands(p, of.session, of.user);
    }

    /// Whether what was scheduled for a user has a meaning still.
    pub fn is_current(&self, of: Epoch) -> bool {
        self.sessions[of.session as usize].users[of.user as usize].epoch == of.epoch
    }

    /// A user connects.
    pub fn shake_hands(&mut self, p: &Program, number: u32, user: u32) {
        let (now, row) = (self.now(), self.record.arrived);
        let sessions = &mut self.sessions[number as usize];
        sessions.turn(user, State::Handshaking, now);
        sessions.count_handshake(now);
        let it = &mut sessions.users[user as usize];
        it.row = row;
        it.is_lost = false;
        it.epoch += 1;
        let (flow, load) = (sessions.flow, sessions.load);
        let request = self.loads[load as usize].take_number();
        self.begin_request(p, flow, request, user, 0);
    }

    /// A handshake has come to an end, good or bad.
    pub fn handshake_ended(&mut self, p: &Program, within: &Within, outcome: Outcome) {
        let (number, user) = match self.session_of[within.flow as usize] {
            Some(number) => (number, within.client),
            None => return,
        };
        let it = &self.sessions[number as usize].users[user as usize];
        if it.state != State::Handshaking || it.row != within.row {
            return;
        }
        if outcome.is_good() {
            let is_lost = it.is_lost;
            self.keep_answered(number, user);
            self.open(p, number, user, false);
            if is_lost {
                self.drop_session(p, number, user);
            }
        } else {
            self.release_all(number, user);
            self.wait_to_reconnect(p, number, user);
        }
    }

    /// Of a handshake's places those are kept that were answered, and so was every call round them.
    fn keep_answered(&mut self, number: u32, user: u32) {
        let places = std::mem::take(&mut self.sessions[number as usize].users[user as usize].places);
        let is_kept = |place: &Place| {
            let mut here = Some(place);
            while let Some(step) = here {
                if !step.good {
                    return false;
                }
                here = places.iter().find(|other| step.around != 0 && other.number == step.around);
            }
            place.holds
        };
        let kept: Vec<bool> = places.iter().map(is_kept).collect();
        let mut left = Vec::new();
        for (place, is_kept) in places.into_iter().zip(kept) {
            if is_kept {
                self.choosers[place.chooser as usize].outstanding[place.replica as usize] += 1;
                left.push(place);
            } else if place.holds {
                self.release(place.replica);
            }
        }
        self.sessions[number as usize].users[user as usize].places = left;
    }

    /// The places of a handshake that failed are free.
    pub(super) fn release_all(&mut self, number: u32, user: u32) {
        let places = std::mem::take(&mut self.sessions[number as usize].users[user as usize].places);
        for place in places.iter().filter(|place| place.holds) {
            if place.number == 0 {
                self.forget_session(place.chooser, place.replica);
            }
            self.release(place.replica);
        }
    }

    /// An open session is none any more: its places are free.
    fn close(&mut self, number: u32, user: u32) {
        let places = std::mem::take(&mut self.sessions[number as usize].users[user as usize].places);
        for place in &places {
            self.forget_session(place.chooser, place.replica);
            if place.holds {
                self.release(place.replica);
            }
        }
    }

    fn forget_session(&mut self, chooser: u32, replica: u32) {
        let outstanding = &mut self.choosers[chooser as usize].outstanding[replica as usize];
        *outstanding = outstanding.saturating_sub(1);
    }

    fn release(&mut self, replica: u32) {
        let held = &mut self.replicas[replica as usize].held;
        *held = held.saturating_sub(1);
        self.drain_if_idle(replica);
    }

    /// The user of a session that is gone hears of it.
    pub fn drop_session(&mut self, p: &Program, number: u32, user: u32) {
        self.sessions[number as usize].dropped += 1;
        self.close(number, user);
        self.wait_to_reconnect(p, number, user);
    }

    /// A user waits before it tries again, the longer the more often it has failed in a row.
    pub(super) fn wait_to_reconnect(&mut self, p: &Program, number: u32, user: u32) {
        let now = self.now();
        let sessions = &mut self.sessions[number as usize];
        sessions.turn(user, State::Waiting, now);
        let session = limits(p, sessions.flow);
        let it = &mut sessions.users[user as usize];
        it.failures += 1;
        it.turns += 1;
        it.epoch += 1;
        let last = session.waits.len().max(1) - 1;
        let wait = session.waits.get((it.failures as usize - 1).min(last)).copied().unwrap_or(0);
        let share = session.reconnect.bits(Some(&p.run.chance), u64::from(user), it.turns) as f64 / ONE as f64;
        let wait = match session.jitter {
            Jitter::None => wait,
            Jitter::Full => (wait as f64 * share + 0.5) as i64,
            Jitter::Equal => wait - wait / 2 + ((wait / 2) as f64 * share + 0.5) as i64,
        };
        let event = Event::SessionTry(Epoch { session: number, user, epoch: it.epoch });
        self.clock.schedule(now + wait, Class::Incoming, event);
    }

    /// The user whose handshake a call belongs to.
    fn hand_of(&mut self, within: &Within) -> Option<&mut User> {
        let number = *self.session_of.get(within.flow as usize)?;
        let user = &mut self.sessions[number? as usize].users[within.client as usize];
        Some(user).filter(|user| user.state == State::Handshaking && user.row == within.row)
    }

    /// A call of a handshake is sent.
    pub fn note_handshake(&mut self, within: &Within, number: u64, replica: u32) {
        let chooser = self.chooser_of(within.place);
        let around = u64::from(within.context);
        if let Some(user) = self.hand_of(within) {
            user.places.push(Place { number, around, chooser, replica, holds: false, good: false });
        }
    }

    /// A call of a handshake arrives where sessions have places; whether there is one left.
    pub fn takes_place(&mut self, p: &Program, key: Key, at: u32) -> bool {
        let work = &self.works[key];
        let (within, number) = (work.within, work.number);
        let most = match self.component_of(p, at).connections {
            Some(most) if self.session_of[within.flow as usize].is_some() => most,
            _ => return true,
        };
        if self.replicas[at as usize].held >= most {
            return false;
        }
        let place = self.hand_of(&within).and_then(|user| user.places.iter_mut().find(|place| place.number == number));
        if let Some(place) = place {
            place.holds = true;
            self.replicas[at as usize].held += 1;
        }
        true
    }

    /// A call of a handshake is over for its caller.
    pub fn handshake_hears(&mut self, within: &Within, number: u64, is_good: bool) {
        let place = self.hand_of(within).and_then(|user| user.places.iter_mut().find(|place| place.number == number));
        let released = match place {
            Some(place) if is_good => {
                place.good = true;
                None
            }
            Some(place) if place.holds => {
                place.holds = false;
                Some(place.replica)
            }
            _ => None,
        };
        if let Some(replica) = released {
            self.release(replica);
        }
    }

    /// A replica has gone, and with it the sessions that it held: they are dropped at once, or when their users notice
    /// the silence.
    pub fn lose_sessions(&mut self, p: &Program, replica: u32, silent: bool) {
        for number in 0..self.sessions.len() as u32 {
            for user in 0..self.sessions[number as usize].users.len() as u32 {
                self.lose_session(p, number, user, replica, silent);
            }
        }
    }

    fn lose_session(&mut self, p: &Program, number: u32, user: u32, replica: u32, silent: bool) {
        let sessions = &mut self.sessions[number as usize];
        let flow = sessions.flow;
        let it = &mut sessions.users[user as usize];
        let (state, epoch, turn) = (it.state, it.epoch, it.turns);
        let mut lost = 0;
        for place in it.places.iter_mut().filter(|place| place.replica == replica && place.holds && place.good) {
            place.holds = false;
            lost += 1;
        }
        if lost == 0 {
            return;
        }
        it.is_lost = state == State::Handshaking;
        let held = &mut self.replicas[replica as usize].held;
        *held = held.saturating_sub(lost);
        if state != State::Connected {
            return;
        }
        if !silent {
            return self.drop_session(p, number, user);
        }
        let session = limits(p, flow);
        let noticed = session.notice.unwrap_or_else(|| {
            let share = p.run.chance.draw(session.heartbeat, u64::from(user), u64::from(turn)).uniform();
            (HEARTBEAT.0 + HEARTBEAT.1 * share) as i64
        });
        let event = Event::SessionLost(Epoch { session: number, user, epoch });
        self.clock.schedule(self.clock.now + noticed, Class::TimeOut, event);
    }

    /// The sessions of a process that is replaced stay with it, in the row beside.
    pub fn hand_over_sessions(&mut self, number: u32, second: u32) {
        let held = std::mem::take(&mut self.replicas[number as usize].held);
        self.replicas[second as usize].held += held;
        let (mine, its) = (self.chooser_of(number), self.chooser_of(second));
        for place in self.sessions.iter_mut().flat_map(|each| &mut each.users).flat_map(|user| &mut user.places) {
            if place.replica == number {
                place.replica = second;
            }
            if mine != its && place.chooser == mine {
                place.chooser = its;
            }
        }
    }

    /// Which user's session a request runs over: its number, and whether it is open; nothing for others.
    #[inline]
    pub fn session_of_request(&self, p: &Program, flow: u32, number: u64) -> Option<(u32, bool)> {
        let (of, stream) = p.flows[flow as usize].via?;
        let users = &self.sessions[self.session_of[of]? as usize].users;
        if users.is_empty() {
            return Some((0, false));
        }
        let share = p.run.chance.draw(stream, number, 0).uniform();
        let user = ((users.len() as f64 * share) as usize).min(users.len() - 1);
        Some((user as u32, users[user].state == State::Connected))
    }

    /// Where a request that runs over a session finds a component that may hold it.
    #[inline]
    pub fn holder(&self, p: &Program, within: &Within, component: usize) -> Holder {
        if self.sessions.is_empty() {
            return Holder::Anybody;
        }
        self.holder_of(p, within, component)
    }

    fn holder_of(&self, p: &Program, within: &Within, component: usize) -> Holder {
        let of = match p.flows[within.flow as usize].via {
            Some((of, _)) => of,
            None => return Holder::Anybody,
        };
        let number = match self.session_of[of] {
            Some(number) if limits(p, of as u32).holds.contains(&component) => number,
            _ => return Holder::Anybody,
        };
        let user = &self.sessions[number as usize].users[within.client as usize];
        if user.state != State::Connected {
            return Holder::Nobody;
        }
        let is_there = |place: &&Place| self.replicas[place.replica as usize].component as usize == component;
        user.places.iter().find(is_there).map_or(Holder::Anybody, |place| Holder::At(place.replica))
    }
}
