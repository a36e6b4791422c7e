//! Which questions a mock asks, and in which order: drawn by a seed, so that the same mock can be drawn again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::card::Key;
use crate::chance::Chance;
use crate::text::Safe;

/// Days before a mock may ask the same question again.
const REST: i64 = 3;

/// Questions of one topic, where there are topics enough.
const PER_TOPIC: usize = 2;

/// A question is weak when its chance of recall is less.
const WEAK: f32 = 0.9;

/// A question is easy when its chance of recall is more.
const EASY: f32 = 0.85;

/// How often the questions are drawn anew because no order of them begins with an easy one.
const TRIES: usize = 20;

/// How long a mock is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Length {
    Short,
    #[default]
    Usual,
    Long,
}

/// A question that may be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub card: Key,
    /// Its first tag. A question without one is a topic of its own.
    pub topic: Option<Safe>,
    /// Whether it asks for the difference of things.
    pub compares: bool,
    /// Chance of recall now, 0 to 1; none for a new card.
    pub retrievability: Option<f32>,
    /// How well its topic is known, 0 to 1.
    pub strength: f32,
    pub is_due: bool,
    /// Whether it was ever recalled.
    pub was_recalled: bool,
    /// The study day on which it was last answered.
    pub last_met: Option<Date>,
    /// The study day of the last mock that asked it.
    pub last_mock: Option<Date>,
}

/// Why a question was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// Due, or remembered badly.
    Weak,
    Random,
    /// Of the topic that was not met for longest.
    Unmet,
    /// Never asked in a mock.
    Stretch,
}

/// A question of a mock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    pub card: Key,
    pub topic: Option<Safe>,
    pub why: Why,
}

/// What a mock asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub length: Length,
    pub seed: u64,
    /// In the order of asking; at most [`Length::questions`].
    pub questions: Vec<Drawn>,
    /// How many of them the learner has never recalled: they are drawn only where the others do not suffice.
    pub unlearnt: usize,
    /// How many could not be asked because a mock asked them within three days.
    pub resting: usize,
}

impl Length {
    pub const ALL: [Length; 3] = [Length::Short, Length::Usual, Length::Long];

    pub fn minutes(self) -> u16 {
        match self {
            Length::Short => 10,
            Length::Usual => 20,
            Length::Long => 40,
        }
    }

    pub fn questions(self) -> usize {
        match self {
            Length::Short => 3,
            Length::Usual => 6,
            Length::Long => 10,
        }
    }

    /// Whether there is time for what an interviewer asks next.
    pub fn has_probes(self) -> bool {
        self != Length::Short
    }

    pub fn of_minutes(minutes: u16) -> Option<Length> {
        Length::ALL.into_iter().find(|length| length.minutes() == minutes)
    }
}

impl Candidate {
    fn rests(&self, today: Date) -> bool {
        self.last_mock.is_some_and(|day| today.duration_since(day).as_hours() < 24 * REST)
    }

    fn is_weak(&self) -> bool {
        self.is_due || self.retrievability.is_some_and(|recall| recall < WEAK)
    }

    fn recall(&self) -> f32 {
        self.retrievability.unwrap_or(0.0)
    }
}

fn is_one_topic(one: &Candidate, other: &Candidate) -> bool {
    one.topic.is_some() && one.topic == other.topic
}

impl Plan {
    /// Draws the questions of a mock from the candidates.
    ///
    /// Each slot is drawn from what is weak or due (40 %; the weaker the topic, the likelier), at random (30 %), from the topic not met for longest (20 %) or
    /// from what no mock has asked yet (10 %); at random where that finds nothing. No question comes twice, nor within
    /// three days of a mock that asked it. Of a topic come two at most, and more only as far as there are too few topics;
    /// two neighbours are of different topics wherever an order allows that. One question compares things and the first
    /// one is easy, if there are such. Questions that were never recalled come only where the others do not suffice.
    pub fn draw(candidates: &[Candidate], length: Length, seed: u64, today: Date) -> Plan {
        let open: Vec<&Candidate> = candidates.iter().filter(|candidate| !candidate.rests(today)).collect();
        let wanted = length.questions().min(open.len());
        let limit = topic_limit(&open, wanted);
        let mut draw = Draw { open, limit, chosen: Vec::new(), chance: Chance(seed) };
        let mut order = draw.order(wanted);
        for _ in 0..TRIES {
            if order.first().is_none_or(|(first, _)| first.recall() > EASY) {
                break;
            }
            order = draw.order(wanted);
        }
        let unlearnt = order.iter().filter(|(candidate, _)| !candidate.was_recalled).count();
        let resting = candidates.iter().filter(|candidate| candidate.rests(today)).count();
        let drawn =
            |(candidate, why): Pick| Drawn { card: candidate.card.clone(), topic: candidate.topic.clone(), why };
        Plan { length, seed, questions: order.into_iter().map(drawn).collect(), unlearnt, resting }
    }

    /// How many questions fewer are asked than the length allows.
    pub fn missing(&self) -> usize {
        self.length.questions().saturating_sub(self.questions.len())
    }
}

/// The smallest limit for one topic, two or more, with which there are enough questions.
fn topic_limit(open: &[&Candidate], wanted: usize) -> usize {
    let allowed = |limit: usize| {
        let counts = |(at, candidate): (usize, &&Candidate)| {
            open[..at].iter().filter(|other| is_one_topic(other, candidate)).count() < limit
        };
        open.iter().enumerate().filter(|(at, candidate)| counts((*at, candidate))).count()
    };
    (PER_TOPIC..=wanted).find(|limit| allowed(*limit) >= wanted).unwrap_or(PER_TOPIC)
}

type Pick<'c> = (&'c Candidate, Why);

struct Draw<'c> {
    open: Vec<&'c Candidate>,
    limit: usize,
    chosen: Vec<Pick<'c>>,
    chance: Chance,
}

impl<'c> Draw<'c> {
    /// Draws all questions anew, and puts them in order.
    fn order(&mut self, wanted: usize) -> Vec<Pick<'c>> {
        self.chosen.clear();
        self.take(Why::Random, |candidate| candidate.compares);
        if !self.chosen.iter().any(|(candidate, _)| candidate.recall() > EASY) {
            self.take(Why::Random, |candidate| candidate.recall() > EASY);
        }
        while self.chosen.len() < wanted && self.slot() {}
        arrange(&mut self.chance, self.chosen.clone())
    }

    /// Fills one slot. False if nothing is left.
    fn slot(&mut self) -> bool {
        let why = match self.chance.below(10) {
            0..4 => Why::Weak,
            4..7 => Why::Random,
            7..9 => Why::Unmet,
            _ => Why::Stretch,
        };
        let is_found = match why {
            Why::Weak => self.take_weak(),
            Why::Random => false,
            Why::Unmet => self.take_unmet(),
            Why::Stretch => self.take(why, |candidate| candidate.last_mock.is_none()),
        };
        is_found || self.take(Why::Random, |_| true)
    }

    /// Draws one that fits, of those that were recalled before if there is any.
    fn take(&mut self, why: Why, fits: impl Fn(&Candidate) -> bool) -> bool {
        let allowed: Vec<&'c Candidate> =
            self.open.iter().copied().filter(|candidate| self.allows(candidate)).collect();
        let has_learnt = allowed.iter().any(|candidate| candidate.was_recalled);
        let is_wanted = |candidate: &&Candidate| fits(candidate) && (candidate.was_recalled || !has_learnt);
        let found: Vec<&'c Candidate> = allowed.into_iter().filter(is_wanted).collect();
        let drawn = found.get(self.chance.below(found.len())).copied();
        self.chosen.extend(drawn.map(|candidate| (candidate, why)));
        drawn.is_some()
    }

    /// Draws a weak one, the likelier the weaker its topic is: at a strength of nothing eleven times as likely as at full
    /// strength.
    fn take_weak(&mut self) -> bool {
        let allowed = self.open.iter().filter(|candidate| self.allows(candidate) && candidate.is_weak());
        let learnt = allowed.filter(|candidate| candidate.was_recalled);
        let shares: Vec<(Key, usize)> = learnt
            .map(|candidate| {
                (candidate.card.clone(), ((1.1 - candidate.strength.clamp(0.0, 1.0)) * 100.0).round() as usize)
            })
            .collect();
        let mut drawn = self.chance.below(shares.iter().map(|(_, share)| share).sum());
        for (card, share) in shares {
            if drawn < share {
                return self.take(Why::Weak, |candidate| candidate.card == card);
            }
            drawn -= share;
        }
        self.take(Why::Weak, Candidate::is_weak)
    }

    /// Draws one of the topic whose last answer is the oldest; a topic never met is older than all.
    fn take_unmet(&mut self) -> bool {
        let last = |candidate: &Candidate| {
            let same = self.open.iter().filter(|other| is_one_topic(other, candidate) || other.card == candidate.card);
            same.map(|other| other.last_met).max().flatten()
        };
        let allowed = self.open.iter().filter(|candidate| self.allows(candidate) && candidate.was_recalled);
        let Some(oldest) = allowed.map(|candidate| last(candidate)).min() else { return false };
        let of_topic: Vec<&Key> =
            self.open.iter().filter(|candidate| last(candidate) == oldest).map(|candidate| &candidate.card).collect();
        let of_topic: Vec<Key> = of_topic.into_iter().cloned().collect();
        self.take(Why::Unmet, |candidate| of_topic.contains(&candidate.card))
    }

    fn allows(&self, candidate: &Candidate) -> bool {
        let is_new = self.chosen.iter().all(|(chosen, _)| chosen.card != candidate.card);
        is_new && self.chosen.iter().filter(|(chosen, _)| is_one_topic(chosen, candidate)).count() < self.limit
    }
}

/// The questions in an order without two neighbours of one topic, an easy one first; if there is no such order, with
/// as few neighbours as simple means make.
fn arrange<'c>(chance: &mut Chance, mut picks: Vec<Pick<'c>>) -> Vec<Pick<'c>> {
    chance.shuffle(&mut picks);
    let ease = |(candidate, _): &Pick| if candidate.recall() > EASY { f32::INFINITY } else { candidate.recall() };
    picks.sort_by(|one, other| ease(other).total_cmp(&ease(one)));
    let found = (0..picks.len()).find(|first| {
        let mut rest = picks.clone();
        let head = rest.remove(*first);
        can_follow(head.0, &rest)
    });
    let mut rest = picks;
    let mut order: Vec<Pick> = Vec::new();
    if !rest.is_empty() {
        order.push(rest.remove(found.unwrap_or(0)));
    }
    chance.shuffle(&mut rest);
    while let Some((last, _)) = order.last().filter(|_| !rest.is_empty()) {
        let others = |at: usize| {
            let mut others = rest.clone();
            others.remove(at);
            others
        };
        let is_apart = |at: &usize| !is_one_topic(rest[*at].0, last);
        let best = (0..rest.len()).find(|at| is_apart(at) && can_follow(rest[*at].0, &others(*at)));
        let next = best.or_else(|| (0..rest.len()).find(is_apart)).unwrap_or(0);
        order.push(rest.remove(next));
    }
    order
}

/// Whether the rest can stand behind a question with no two neighbours of one topic.
fn can_follow(last: &Candidate, rest: &[Pick]) -> bool {
    rest.iter().all(|(candidate, _)| {
        let of_topic = rest.iter().filter(|(other, _)| is_one_topic(other, candidate)).count();
        let room = if is_one_topic(last, candidate) { rest.len() / 2 } else { rest.len().div_ceil(2) };
        of_topic <= room.max(usize::from(candidate.topic.is_none()))
    })
}

#[cfg(test)]
mod tests;
