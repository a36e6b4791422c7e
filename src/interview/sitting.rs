//! One mock from the first question to the end. It is kept as a draft while it goes on, so that a crash loses nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clock::{Clock, THINK};
use super::plan::{Drawn, Length, Plan};
use super::probe::{Hint, Probe};
use crate::card::{Id, Level};
use crate::review::{EntryId, Grade, Mark, Percent};
use crate::text::Safe;

/// Changes whenever a draft of an older program would be read wrongly.
const VERSION: u32 = 2;

/// What the learner wants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// None are all.
    pub decks: Vec<Id>,
    /// Questions up to it; none are all.
    pub level: Option<Level>,
    pub has_probes: bool,
    /// The answers are said aloud, and the learner ticks what was said.
    pub is_spoken: bool,
}

/// Where a mock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The question is thought over.
    Think,
    Answer,
    /// How much of a full answer was that?
    Rate,
    /// What was said aloud is ticked.
    Tick,
    /// What an interviewer asks next.
    Probe,
    Over,
}

/// What was said to a question. Times are milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub text: Safe,
    pub is_skipped: bool,
    /// How much of a full answer the learner thought it to be.
    pub confidence: Option<Percent>,
    pub took: u64,
    pub hints: Vec<Hint>,
    pub probes: Vec<Probed>,
    /// What the learner decided of points: as ticked, or in the place of the grader.
    pub decided: Vec<(Id, Mark)>,
    /// The grade that the learner set in the place of the suggested one.
    pub grade: Option<Grade>,
}

/// A probe, and what was said to it: nothing yet, or nothing at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probed {
    pub probe: Probe,
    pub text: Safe,
    pub took: u64,
    pub is_done: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sitting {
    version: u32,
    pub started: Timestamp,
    pub wishes: Wishes,
    pub plan: Plan,
    pub clock: Clock,
    step: Step,
    /// The answers so far; the last one is on the table, unless the mock is over.
    answers: Vec<Answer>,
    /// What is being written.
    pub written: Safe,
    /// The 0 to 4 of the structure, as ticked at the end.
    pub structure: Option<u8>,
    /// The entries under which the answers go on record, once that has begun.
    pub entries: Vec<EntryId>,
    /// Questions are asked once more, for nothing: no score, no record, no draft.
    #[serde(skip)]
    pub is_rehearsal: bool,
}

impl Sitting {
    /// Begins with the first question; over at once if there is none.
    pub fn begin(plan: Plan, wishes: Wishes, now: Timestamp) -> Sitting {
        let has_probes = wishes.has_probes && plan.length.has_probes() && !wishes.is_spoken;
        let wishes = Wishes { has_probes, ..wishes };
        let mut clock = Clock::new(plan.length, plan.questions.len(), has_probes);
        clock.start(now);
        let (step, answers) = match plan.questions.is_empty() {
            true => (Step::Over, Vec::new()),
            false => (Step::Think, vec![Answer::default()]),
        };
        let written = Safe::default();
        let entries = Vec::new();
        Sitting {
            version: VERSION,
            started: now,
            wishes,
            plan,
            clock,
            step,
            answers,
            written,
            structure: None,
            entries,
            is_rehearsal: false,
        }
    }

    /// Some of the questions once more, without follow-ups, for nothing.
    pub fn rehearse(&self, places: &[usize], now: Timestamp) -> Sitting {
        let questions = places.iter().filter_map(|place| self.plan.questions.get(*place).cloned()).collect();
        let plan = Plan { length: Length::Short, questions, ..self.plan.clone() };
        Sitting { is_rehearsal: true, ..Sitting::begin(plan, self.wishes.clone(), now) }
    }

    /// The draft of a mock, as JSON.
    pub fn draft(&self) -> Safe {
        Safe::new(&serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads a draft; its clock stands. None if it is not one of this program.
    pub fn read(draft: &Safe) -> Option<Sitting> {
        let read: Sitting = serde_json::from_str(draft.as_str()).ok()?;
        let is_whole = read.answers.len() <= read.plan.questions.len()
            && (read.step == Step::Over || !read.answers.is_empty())
            && (read.step != Step::Probe || read.answers.last().is_some_and(|answer| answer.open_probe().is_some()));
        (read.version == VERSION && is_whole).then_some(read)
    }

    pub fn step(&self) -> Step {
        self.step
    }

    /// The question on the table, and its number from 1.
    pub fn asked(&self) -> Option<(&Drawn, usize)> {
        let number = self.answers.len();
        let drawn = self.plan.questions.get(number.checked_sub(1)?)?;
        (self.step != Step::Over).then_some((drawn, number))
    }

    /// The answers with their questions.
    pub fn answers(&self) -> impl Iterator<Item = (&Drawn, &Answer)> {
        self.plan.questions.iter().zip(&self.answers)
    }

    pub fn answer_mut(&mut self, place: usize) -> Option<&mut Answer> {
        self.answers.get_mut(place)
    }

    /// The answer on the table, or the last one.
    pub fn last(&self) -> Option<&Answer> {
        self.answers.last()
    }

    /// The probe on the table.
    pub fn probe(&self) -> Option<&Probe> {
        self.last()?.open_probe().map(|probed| &probed.probe)
    }

    pub fn is_paused(&self) -> bool {
        !self.clock.runs() && self.is_timed()
    }

    /// Whether time counts at this step.
    fn is_timed(&self) -> bool {
        matches!(self.step, Step::Think | Step::Answer | Step::Probe)
    }

    /// Looks at the clock; thinking ends by itself.
    pub fn look(&mut self, now: Timestamp) {
        self.clock.look(now);
        if self.step == Step::Think && self.clock.here() >= THINK {
            self.step = Step::Answer;
        }
    }

    pub fn pause(&mut self, now: Timestamp) {
        self.clock.stop(now);
    }

    pub fn resume(&mut self, now: Timestamp) {
        if self.is_timed() {
            self.clock.start(now);
        }
    }

    /// Thinking is done.
    pub fn start_answering(&mut self, now: Timestamp) {
        self.look(now);
        if self.step == Step::Think {
            self.step = Step::Answer;
        }
    }

    pub fn hinted(&mut self, hint: Hint) {
        if let Some(answer) = self.answers.last_mut().filter(|_| self.step == Step::Answer) {
            answer.hints.push(hint);
        }
    }

    /// What is written is the answer to the question, or to the probe.
    pub fn hand_in(&mut self, now: Timestamp) {
        self.clock.stop(now);
        let took = self.clock.here();
        let text = std::mem::take(&mut self.written);
        match (self.step, self.answers.last_mut()) {
            (Step::Answer, Some(answer)) => {
                (answer.text, answer.took) = (text, took);
                self.step = Step::Rate;
            }
            (Step::Probe, Some(answer)) => {
                if let Some(probed) = answer.probes.iter_mut().find(|probed| !probed.is_done) {
                    *probed = Probed { probe: probed.probe.clone(), text, took, is_done: true };
                }
                self.ask_on(now);
            }
            _ => {}
        }
    }

    /// The learner has said how much of a full answer it was, or not, and this is what an interviewer asks next.
    pub fn rate(&mut self, confidence: Option<Percent>, probes: Vec<Probe>, now: Timestamp) {
        let Some(answer) = self.answers.last_mut().filter(|_| self.step == Step::Rate) else { return };
        answer.confidence = confidence;
        if self.wishes.is_spoken {
            self.step = Step::Tick;
            return;
        }
        if self.wishes.has_probes && !self.clock.is_over() {
            let open = |probe| Probed { probe, text: Safe::default(), took: 0, is_done: false };
            answer.probes = probes.into_iter().map(open).collect();
        }
        self.ask_on(now);
    }

    /// Ticks a point, or takes the tick back.
    pub fn tick(&mut self, point: &Id) {
        let Some(answer) = self.answers.last_mut().filter(|_| self.step == Step::Tick) else { return };
        match answer.decided.iter().position(|(known, _)| known == point) {
            Some(place) => drop(answer.decided.remove(place)),
            None => answer.decided.push((point.clone(), Mark::Covered)),
        }
    }

    /// What was said aloud is ticked.
    pub fn ticked(&mut self, now: Timestamp) {
        if self.step == Step::Tick {
            self.ask_on(now);
        }
    }

    /// The question, or the probe, is left without an answer.
    pub fn skip(&mut self, now: Timestamp) {
        self.clock.stop(now);
        self.written = Safe::default();
        match (self.step, self.answers.last_mut()) {
            (Step::Think | Step::Answer, Some(answer)) => {
                (answer.is_skipped, answer.took) = (true, self.clock.here());
                self.next(now);
            }
            (Step::Probe, _) => self.hand_in(now),
            _ => {}
        }
    }

    /// Ends before the last question: the one on the table counts for nothing unless it was handed in.
    pub fn end(&mut self, now: Timestamp) {
        self.clock.stop(now);
        if matches!(self.step, Step::Think | Step::Answer) {
            self.answers.pop();
        }
        self.written = Safe::default();
        self.step = Step::Over;
    }

    /// The next probe, the next question, or the end. When the time is over nothing more is asked.
    fn ask_on(&mut self, now: Timestamp) {
        let has_probe = self.answers.last().is_some_and(|answer| answer.open_probe().is_some());
        if !has_probe || self.clock.is_over() {
            return self.next(now);
        }
        self.step = Step::Probe;
        self.clock.turn();
        self.clock.start(now);
    }

    fn next(&mut self, now: Timestamp) {
        if self.clock.is_over() || self.answers.len() == self.plan.questions.len() {
            self.clock.stop(now);
            self.step = Step::Over;
            return;
        }
        self.answers.push(Answer::default());
        self.step = Step::Think;
        self.clock.turn();
        self.clock.start(now);
    }
}

impl Answer {
    fn open_probe(&self) -> Option<&Probed> {
        self.probes.iter().find(|probed| !probed.is_done)
    }

    /// What was said to probes.
    pub fn prompted(&self) -> impl Iterator<Item = &Probed> {
        self.probes.iter().filter(|probed| !probed.text.as_str().trim().is_empty())
    }

    pub fn words(&self) -> usize {
        self.text.as_str().split_whitespace().count()
    }
}

#[cfg(test)]
mod tests;
