//! One round: which scenarios come, in which order, what was picked, and how a mistake brings the near twin.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::mix::{Tile, arrange};
use crate::card::{Choice, Id, Key};
use crate::chance::Chance;
use crate::review::{Action, Entry, EntryId, Grade, Moment, Said, Source};
use crate::scheduler::{Memory, State};

/// The longest time that counts for one answer, in milliseconds: whoever takes longer was away.
const LONGEST_ANSWER: i64 = 10 * 60 * 1000;

/// How often a round asks one scenario because its twin was missed.
const MOST_TIMES: usize = 2;

/// A scenario that may come in a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub card: Key,
    /// Ids of the right labels.
    pub right: Vec<Id>,
    /// The near twin.
    pub pair: Option<Key>,
    pub memory: Memory,
    /// Probability of recall now, 0 to 1; none for a new one.
    pub retrievability: Option<f32>,
}

/// A round. It decides and remembers; it never writes: what it hands out is to be recorded by its owner, who then
/// tells it what has become of the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Every scenario that may come, known by its place here.
    pool: Vec<Scenario>,
    waiting: VecDeque<usize>,
    asked: Option<Asked>,
    answers: Vec<Answer>,
    /// How many answers it ends with, whatever happens; twins that are brought make other rounds longer.
    length: Option<usize>,
}

/// The scenario on the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    place: usize,
    pub since: Timestamp,
    /// Whether a pick for it is on record: the last of the answers.
    pub is_answered: bool,
}

/// A pick of this round that is on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub entry: EntryId,
    pub card: Key,
    pub picked: Id,
    pub right: Vec<Id>,
    pub is_right: bool,
    /// Milliseconds.
    pub took: u32,
    place: usize,
    /// What waited before, so that taking the pick back brings exactly that again.
    waited: VecDeque<usize>,
}

impl Scenario {
    pub fn new(card: Key, choice: &Choice, memory: Memory, retrievability: Option<f32>) -> Scenario {
        let pair = choice.pair.as_ref().map(|pair| Key { deck: card.deck.clone(), card: pair.clone() });
        Scenario { card, right: choice.right.clone(), pair, memory, retrievability }
    }

    fn may_come(&self, now: Moment) -> bool {
        !self.memory.is_set_aside(now.day)
    }
}

impl Round {
    /// Chooses up to `length` of the scenarios, which come in the order of their decks.
    ///
    /// First come twins of scenarios that were missed last, if nobody has looked at them since; then what is due, the
    /// most forgotten first; then new ones; then those that are least sure. The order is mixed by `seed`: no label
    /// more than twice in a row and no two twins side by side, where that is possible.
    pub fn choose(scenarios: Vec<Scenario>, length: usize, seed: u64, now: Moment) -> Round {
        let mut round =
            Round { pool: scenarios, waiting: VecDeque::new(), asked: None, answers: Vec::new(), length: None };
        let owed = round.owed(now);
        let (mut due, mut fresh, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for (place, scenario) in round.pool.iter().enumerate() {
            match scenario.memory.state {
                _ if !scenario.may_come(now) || owed.contains(&place) => {}
                State::New => fresh.push(place),
                _ if scenario.memory.is_due(&now) => due.push(place),
                _ => rest.push(place),
            }
        }
        let mut chance = Chance(seed);
        chance.shuffle(&mut fresh);
        let recall = |place: &usize| round.pool[*place].retrievability.unwrap_or(0.0);
        due.sort_by(|one, other| recall(one).total_cmp(&recall(other)));
        rest.sort_by(|one, other| recall(one).total_cmp(&recall(other)));
        let mut chosen: Vec<usize> = due.into_iter().chain(fresh).chain(rest).collect();
        chosen.truncate(length.saturating_sub(owed.len()));
        chance.shuffle(&mut chosen);
        let order: Vec<usize> = owed.into_iter().take(length).chain(chosen).collect();
        round.waiting = round.mixed(&order, &[]);
        round.next(now.at);
        round
    }

    /// The round with a length that stays: a twin that is brought takes the place of the last scenario.
    pub fn of_fixed_length(self) -> Round {
        Round { length: Some(self.left()), ..self }
    }

    /// Twins of missed scenarios that nobody has looked at since, the latest mistake first.
    fn owed(&self, now: Moment) -> Vec<usize> {
        let is_owed = |missed: &Scenario, twin: &Scenario| {
            let was_missed = missed.memory.last_grade == Some(Grade::Again);
            was_missed && twin.memory.last_at() < missed.memory.last_at() && twin.may_come(now)
        };
        let mut owed: Vec<(Option<Timestamp>, usize)> = Vec::new();
        for (place, missed) in self.pool.iter().enumerate() {
            let Some(twin) = self.twin(place).filter(|twin| is_owed(missed, &self.pool[*twin])) else { continue };
            if !owed.iter().any(|(_, known)| *known == twin) {
                owed.push((missed.memory.last_at(), twin));
            }
        }
        owed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        owed.into_iter().map(|(_, twin)| twin).collect()
    }

    /// The near twin of a scenario: the one that it names, else the one that names it.
    fn twin(&self, place: usize) -> Option<usize> {
        let own = &self.pool[place];
        let named = own.pair.as_ref().and_then(|pair| self.pool.iter().position(|other| other.card == *pair));
        named.or_else(|| self.pool.iter().position(|other| other.pair.as_ref() == Some(&own.card)))
    }

    fn mixed(&self, order: &[usize], before: &[usize]) -> VecDeque<usize> {
        let answer =
            |place: usize| self.pool.iter().position(|other| other.right == self.pool[place].right).unwrap_or(place);
        let tile = |place: &usize| Tile { place: *place, answer: answer(*place), twin: self.twin(*place) };
        let tiles: Vec<Tile> = order.iter().map(tile).collect();
        let before: Vec<Tile> = before.iter().map(tile).collect();
        arrange(&tiles, &before).into_iter().map(|tile| tile.place).collect()
    }

    /// The scenario that is asked or was just answered; none when the round is over.
    pub fn asked(&self) -> Option<(&Scenario, &Asked)> {
        self.asked.as_ref().map(|asked| (&self.pool[asked.place], asked))
    }

    /// The answer to the scenario on the table, if it has one.
    pub fn answer(&self) -> Option<&Answer> {
        self.answers.last().filter(|_| self.asked.as_ref().is_some_and(|asked| asked.is_answered))
    }

    /// The answers of this round that are on record, in order.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Scenarios that are still to be answered, the one that is asked among them.
    pub fn left(&self) -> usize {
        self.waiting.len() + usize::from(self.asked.as_ref().is_some_and(|asked| !asked.is_answered))
    }

    /// The entry that records a pick for the scenario that is asked: good if the label is right, again if not.
    /// Nothing changes until [`Round::recorded`] is told.
    pub fn pick(&self, label: &Id, why: &str, now: Moment, id: EntryId) -> Option<Entry> {
        let asked = self.asked.as_ref().filter(|asked| !asked.is_answered)?;
        let scenario = &self.pool[asked.place];
        let took = now.at.duration_since(asked.since).as_millis().clamp(0, i128::from(LONGEST_ANSWER)) as u32;
        let grade = if scenario.right.contains(label) { Grade::Good } else { Grade::Again };
        let said = Some(Said::picked(label.clone(), why));
        let action = Action::Review { grade, took, source: Source::Choice, said };
        Some(Entry { id, card: scenario.card.clone(), moment: now, action })
    }

    /// An entry is on record and has made `after` of its card's memory. If it is a pick for the scenario on the
    /// table, that one is answered now; after a mistake its near twin comes soon.
    pub fn recorded(&mut self, entry: &Entry, after: Memory) {
        self.remember(&entry.card, after);
        let Some(asked) = self.asked.as_mut().filter(|asked| !asked.is_answered) else { return };
        let Action::Review { took, said: Some(Said::Picked { label, .. }), .. } = &entry.action else { return };
        let place = asked.place;
        if self.pool[place].card != entry.card {
            return;
        }
        asked.is_answered = true;
        let right = self.pool[place].right.clone();
        let is_right = right.contains(label);
        self.answers.push(Answer {
            entry: entry.id,
            card: entry.card.clone(),
            picked: label.clone(),
            right,
            is_right,
            took: *took,
            place,
            waited: self.waiting.clone(),
        });
        if !is_right {
            self.bring_twin(place);
        }
    }

    fn remember(&mut self, card: &Key, memory: Memory) {
        if let Some(scenario) = self.pool.iter_mut().find(|scenario| scenario.card == *card) {
            scenario.memory = memory;
        }
    }

    /// The near twin comes with one or two others before it, or none if none is left.
    fn bring_twin(&mut self, missed: usize) {
        let times = |twin: &usize| self.answers.iter().filter(|answer| answer.place == *twin).count();
        let is_open = |twin: &usize| !self.pool[*twin].memory.suspended && times(twin) < MOST_TIMES;
        let Some(twin) = self.twin(missed).filter(is_open) else { return };
        let others: Vec<usize> = self.waiting.iter().copied().filter(|place| *place != twin).collect();
        let so_far: Vec<usize> = self.answers.iter().map(|answer| answer.place).collect();
        let ahead = |count: usize| [&others[..count], &[twin]].concat();
        let is_mixed = |count: &usize| {
            let row = [so_far.as_slice(), &ahead(*count)].concat();
            let tail = &row[row.len().saturating_sub(3)..];
            tail.len() < 3 || tail.iter().any(|place| self.pool[*place].right != self.pool[twin].right)
        };
        let soonest = 1.min(others.len());
        let count = [1, 2].into_iter().filter(|count| *count <= others.len()).find(is_mixed).unwrap_or(soonest);
        let head = ahead(count);
        let rest = self.mixed(&others[count..], &[so_far.as_slice(), &head].concat());
        self.waiting = head.into_iter().chain(rest).collect();
        if let Some(length) = self.length {
            self.waiting.truncate(length.saturating_sub(self.answers.len()));
        }
    }

    /// Goes on to the next scenario, or to the end.
    pub fn next(&mut self, now: Timestamp) {
        self.asked = self.waiting.pop_front().map(|place| Asked { place, since: now, is_answered: false });
    }

    /// The scenario that is asked comes again when everything else has been.
    pub fn skip(&mut self, now: Timestamp) {
        if let Some(asked) = self.asked.take_if(|asked| !asked.is_answered) {
            self.waiting.push_back(asked.place);
            self.next(now);
        }
    }

    /// A scenario that was not there when the round began comes last, unless the round is over.
    pub fn add(&mut self, scenario: Scenario) {
        if self.asked.is_some() && !self.pool.iter().any(|known| known.card == scenario.card) {
            self.waiting.push_back(self.pool.len());
            self.pool.push(scenario);
        }
    }

    /// An entry was taken back and has left `before` of its card's memory: if it was a pick of this round, its
    /// scenario is asked again, and what waited then waits again.
    pub fn undone(&mut self, entry: &Entry, before: Memory, now: Timestamp) {
        self.remember(&entry.card, before);
        let Some(at) = self.answers.iter().position(|answer| answer.entry == entry.id) else { return };
        let is_last = at + 1 == self.answers.len();
        let answer = self.answers.remove(at);
        if is_last {
            self.waiting = answer.waited;
        } else if let Some(asked) = self.asked.take_if(|asked| !asked.is_answered) {
            self.waiting.push_front(asked.place);
        }
        self.asked = Some(Asked { place: answer.place, since: now, is_answered: false });
    }

    /// An entry counts again and has made `after` of its card's memory: its scenario is answered, as it was before it
    /// was taken back, and the next one is asked.
    pub fn redone(&mut self, entry: &Entry, after: Memory, now: Timestamp) {
        let before = self.answers.len();
        self.recorded(entry, after);
        if self.answers.len() > before {
            self.next(now);
        }
    }

    /// Somebody else has put something on record for the scenario that is asked: it counts as no answer of this round.
    pub fn overtaken(&mut self, card: &Key, after: Memory, now: Timestamp) {
        self.remember(card, after);
        let is_asked =
            self.asked.as_ref().is_some_and(|asked| !asked.is_answered && self.pool[asked.place].card == *card);
        if is_asked {
            self.next(now);
        }
    }
}

#[cfg(test)]
mod tests;
