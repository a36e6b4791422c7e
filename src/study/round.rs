//! One sitting: the card that is asked now, the answers so far, and what they add up to.

use jiff::Timestamp;

use super::{Candidate, Queue, Remaining};
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, Grade, Moment, Said, Source};
use crate::scheduler::{Memory, State};

/// The longest time that counts for one answer, in milliseconds: whoever takes longer was away.
const LONGEST_ANSWER: i64 = 10 * 60 * 1000;

/// A sitting. It decides and remembers; it never writes: what it hands out is to be recorded by its owner, who then
/// tells it what has become of the card.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    queue: Queue,
    asked: Option<Asked>,
    answers: Vec<Answer>,
}

/// The card on the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub candidate: Candidate,
    pub since: Timestamp,
    pub is_revealed: bool,
}

/// A graded answer of this sitting that is on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub entry: EntryId,
    pub card: Key,
    /// The point, if it was asked alone.
    pub point: Option<Id>,
    pub grade: Grade,
    /// What the card was before the answer.
    pub before: State,
    pub after: Memory,
    /// Milliseconds.
    pub took: u32,
}

/// What a sitting adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub answers: usize,
    /// Different cards; a point that was asked alone is one.
    pub cards: usize,
    /// Answers to cards that were on a review schedule, and how many of them were recalled.
    pub tested: usize,
    pub recalled: usize,
    /// Milliseconds.
    pub took: u64,
    /// Cards that were forgotten or hard at least once, in order of the first time.
    pub missed: Vec<(Key, Grade)>,
}

impl Study {
    pub fn new(queue: Queue, now: Timestamp) -> Study {
        let mut study = Study { queue, asked: None, answers: Vec::new() };
        study.ask_next(now);
        study
    }

    /// The card that is asked; none when the sitting is over.
    pub fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    pub fn reveal(&mut self) {
        if let Some(asked) = &mut self.asked {
            asked.is_revealed = true;
        }
    }

    /// The entry that records a grade for the card that is asked, with what was said before it, if its answer is
    /// revealed. Nothing changes until [`Study::recorded`] is told.
    pub fn grade(&self, grade: Grade, said: Option<Said>, now: Moment, id: EntryId) -> Option<Entry> {
        let asked = self.asked.as_ref().filter(|asked| asked.is_revealed)?;
        let took = now.at.duration_since(asked.since).as_millis().clamp(0, i128::from(LONGEST_ANSWER)) as u32;
        let action = match &asked.candidate.point {
            None => Action::Review { grade, took, source: Source::Study, said },
            Some(point) => {
                let said = said.and_then(|said| match said {
                    Said::Typed(typed) => Some(typed),
                    Said::Picked { .. } => None,
                });
                Action::Point { point: point.clone(), grade, took, source: Source::Study, said }
            }
        };
        Some(Entry { id, card: asked.candidate.card.clone(), moment: now, action })
    }

    /// An entry is on record and has made of its card what `after` says: the next card is asked if it was the present
    /// one, and it comes back in this sitting if a learning step says so.
    pub fn recorded(&mut self, entry: &Entry, after: Candidate, now: Moment) {
        let was_asked = self.asked.take_if(|asked| asked.candidate.is_of(entry));
        let graded = match entry.action {
            Action::Review { grade, took, .. } | Action::Point { grade, took, .. } => Some((grade, took)),
            _ => None,
        };
        if let (Some((grade, took)), Some(asked)) = (graded, &was_asked) {
            self.answers.push(Answer {
                entry: entry.id,
                card: entry.card.clone(),
                point: asked.candidate.point.clone(),
                grade,
                before: asked.candidate.memory.state,
                after: after.memory,
                took,
            });
        }
        self.queue.put_back(after, now);
        if was_asked.is_some() {
            self.ask_next(now.at);
        }
    }

    /// An entry was taken back: its card is asked again, with its answer hidden.
    pub fn undone(&mut self, entry: EntryId, before: Candidate, now: Timestamp) {
        self.answers.retain(|answer| answer.entry != entry);
        if let Some(asked) = self.asked.take_if(|asked| !asked.candidate.is_same(&before)) {
            self.queue.put_first(asked.candidate);
        }
        self.queue.put_first(before);
        self.ask_next_waiting(now);
    }

    /// The card that is asked comes again when everything else has been.
    pub fn skip(&mut self, now: Timestamp) {
        if let Some(asked) = self.asked.take() {
            self.queue.put_last(asked.candidate);
            self.ask_next(now);
        }
    }

    /// Somebody else has put something on record for the card that is asked: it comes again only if its new memory
    /// says so, and counts as no answer of this sitting.
    pub fn overtaken(&mut self, after: Candidate, now: Moment) {
        self.asked.take_if(|asked| asked.candidate.is_same(&after));
        self.queue.put_back(after, now);
        if self.asked.is_none() {
            self.ask_next(now.at);
        }
    }

    /// The cards that are still to come and fail the test, the one that is asked among them, are not asked any more.
    pub fn retain(&mut self, is_there: impl Fn(&Key) -> bool, now: Timestamp) {
        self.queue.retain(&is_there);
        if self.asked.take_if(|asked| !is_there(&asked.candidate.card)).is_some() {
            self.ask_next(now);
        }
    }

    /// Asks a card again that came due while nothing was left to ask.
    pub fn look_again(&mut self, now: Timestamp) {
        if self.asked.is_none() {
            self.ask_next(now);
        }
    }

    /// Cards still to come, the one that is asked among them.
    pub fn remaining(&self) -> Remaining {
        let mut remaining = self.queue.remaining();
        match self.asked.as_ref().map(|asked| asked.candidate.memory.state) {
            None => {}
            Some(State::New) if self.asked.as_ref().is_some_and(|asked| asked.candidate.is_new()) => remaining.new += 1,
            Some(State::New | State::Review) => remaining.reviews += 1,
            Some(State::Learning | State::Relearning) => remaining.steps += 1,
        }
        remaining
    }

    /// When the next learning step ends that is too far off to be asked now.
    pub fn next_step(&self) -> Option<Timestamp> {
        self.queue.next_step()
    }

    /// The answers of this sitting that are on record, in order.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    pub fn summary(&self) -> Summary {
        let mut cards: Vec<(&Key, Option<&Id>)> = Vec::new();
        let mut missed: Vec<(Key, Grade)> = Vec::new();
        for answer in &self.answers {
            let asked = (&answer.card, answer.point.as_ref());
            if !cards.contains(&asked) {
                cards.push(asked);
            }
            let is_miss = answer.grade <= Grade::Hard;
            if is_miss && !missed.iter().any(|(card, _)| *card == answer.card) {
                missed.push((answer.card.clone(), answer.grade));
            }
        }
        let tested = self.answers.iter().filter(|answer| answer.before == State::Review);
        Summary {
            answers: self.answers.len(),
            cards: cards.len(),
            tested: tested.clone().count(),
            recalled: tested.filter(|answer| answer.grade != Grade::Again).count(),
            took: self.answers.iter().map(|answer| u64::from(answer.took)).sum(),
            missed,
        }
    }

    fn ask_next(&mut self, now: Timestamp) {
        self.asked = self.queue.next(now).map(|candidate| Asked { candidate, since: now, is_revealed: false });
    }

    fn ask_next_waiting(&mut self, now: Timestamp) {
        self.asked = self.queue.next_waiting().map(|candidate| Asked { candidate, since: now, is_revealed: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::sample::{due, later, new, now, scheduler};

    fn sitting(candidates: Vec<Candidate>) -> Study {
        Study::new(Queue::choose(candidates, 10, 100, now()), now().at)
    }

    /// Reveals, grades, and records as an owner would; gives what is recorded.
    fn answer(study: &mut Study, grade: Grade, minute: i64) -> Entry {
        let moment = later(minute);
        study.reveal();
        let before = study.asked().expect("a card").candidate.clone();
        let entry = study.grade(grade, None, moment, EntryId::new(moment.at, minute as u128)).expect("revealed");
        let memory = scheduler().apply(&before.memory, &entry);
        study.recorded(&entry, Candidate { memory, ..before }, moment);
        entry
    }

    fn asked(study: &Study) -> Option<String> {
        study.asked().map(|asked| asked.candidate.card.card.to_string())
    }

    #[test]
    fn a_card_is_graded_only_when_its_answer_was_seen() {
        let mut study = sitting(vec![new("a")]);
        assert_eq!(study.grade(Grade::Good, None, now(), EntryId::new(now().at, 1)), None);
        study.reveal();
        assert!(study.grade(Grade::Good, None, now(), EntryId::new(now().at, 1)).is_some());
        assert_eq!(asked(&study).as_deref(), Some("a"), "nothing moves before the entry is on record");
    }

    #[test]
    fn a_forgotten_card_comes_back_in_the_same_sitting() {
        let mut study = sitting(vec![new("a"), new("b")]);
        answer(&mut study, Grade::Again, 0);
        assert_eq!(asked(&study).as_deref(), Some("b"));
        answer(&mut study, Grade::Easy, 2);
        assert_eq!(asked(&study).as_deref(), Some("a"));
        answer(&mut study, Grade::Easy, 3);
        assert_eq!((asked(&study), study.remaining().all()), (None, 0));
    }

    #[test]
    fn undo_asks_the_card_again_and_forgets_the_answer_also_at_the_end() {
        let mut study = sitting(vec![due("a", 0.2), due("b", 0.9)]);
        let before = study.clone();
        let first = study.asked().expect("a card").candidate.clone();
        let entry = answer(&mut study, Grade::Good, 0);
        study.undone(entry.id, first, now().at);
        assert_eq!(study, before);
        answer(&mut study, Grade::Good, 0);
        let second = study.asked().expect("a card").candidate.clone();
        let entry = answer(&mut study, Grade::Again, 1);
        study.undone(entry.id, second, later(2).at);
        assert_eq!((asked(&study).as_deref(), study.summary().answers), (Some("b"), 1));
    }

    #[test]
    fn a_skipped_card_comes_last() {
        let mut study = sitting(vec![new("a"), new("b")]);
        study.skip(now().at);
        assert_eq!(asked(&study).as_deref(), Some("b"));
        answer(&mut study, Grade::Easy, 0);
        assert_eq!(asked(&study).as_deref(), Some("a"));
    }

    #[test]
    fn a_card_that_was_graded_elsewhere_is_not_asked_again_and_not_counted() {
        let mut study = sitting(vec![due("a", 0.2), due("b", 0.9)]);
        let elsewhere = crate::study::sample::review("a", Grade::Good, now());
        let asked_now = study.asked().expect("a card").candidate.clone();
        let memory = scheduler().apply(&asked_now.memory, &elsewhere);
        study.overtaken(Candidate { memory, ..asked_now }, now());
        assert_eq!((asked(&study).as_deref(), study.summary().answers), (Some("b"), 0));
    }

    #[test]
    fn cards_that_are_gone_are_not_asked_and_answers_stay() {
        let mut study = sitting(vec![due("a", 0.1), due("b", 0.2), due("c", 0.3), new("d")]);
        answer(&mut study, Grade::Again, 0);
        study.retain(|key| key.card.as_str() != "b" && key.card.as_str() != "a", later(1).at);
        assert_eq!((asked(&study).as_deref(), study.remaining().all(), study.answers().len()), (Some("c"), 2, 1));
        study.retain(|_| false, later(1).at);
        assert_eq!((asked(&study), study.remaining().all()), (None, 0));
    }

    #[test]
    fn a_summary_counts_cards_recall_and_time() {
        let mut study = sitting(vec![due("a", 0.1), due("b", 0.2), new("c")]);
        answer(&mut study, Grade::Again, 1);
        answer(&mut study, Grade::Hard, 2);
        answer(&mut study, Grade::Easy, 3);
        let summary = study.summary();
        assert_eq!((summary.answers, summary.cards, summary.tested, summary.recalled), (3, 3, 2, 1));
        assert_eq!(summary.took, 180_000);
        let missed: Vec<_> = summary.missed.iter().map(|(card, grade)| (card.card.as_str(), *grade)).collect();
        assert_eq!(missed, [("a", Grade::Again), ("b", Grade::Hard)]);
    }
}
