//! Mock interviews: what may be asked, and what those of the past came to.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Workspace;
use crate::card::{Card, Id, Key, Kind, Level, Recall};
use crate::interview::{Calibration, Candidate, Counted, Credit, Mould, Past, Report, Scored, strength};
use crate::review::{Action, Entry, Grade, Mark, Marked, Mock, Percent, Source};
use crate::scheduler::State;
use crate::text::Safe;

/// One answer in a mock, as the log has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mocked {
    pub card: Key,
    /// The moment of the whole mock: its answers go on record together.
    pub at: Timestamp,
    pub day: Date,
    /// Milliseconds.
    pub took: u32,
    pub confidence: Option<Percent>,
    pub points: Vec<(Id, Credit)>,
    /// What the mock was like, what was said in it, and its score; none in a row that does not tell.
    pub of: Option<(Mould, Percent, Percent)>,
}

impl Mocked {
    /// What an entry says of a mock, if it is of one.
    pub fn of(entry: &Entry) -> Option<Mocked> {
        let Action::Review { took, source: Source::Mock, .. } = &entry.action else { return None };
        let typed = entry.typed();
        let mock = typed.and_then(|typed| typed.mock.as_ref());
        let points = typed.map_or_else(Vec::new, |typed| {
            typed.marks.iter().map(|mark| (mark.point.clone(), credit(mark, mock))).collect()
        });
        let confidence = typed.and_then(|typed| typed.confidence);
        let mould = |mock: &Mock| Mould { minutes: mock.minutes, level: mock.level, is_spoken: mock.spoken };
        let of = mock.map(|mock| (mould(mock), mock.said, mock.score));
        let (at, day) = (entry.moment.at, entry.moment.day);
        Some(Mocked { card: entry.card.clone(), at, day, took: *took, confidence, points, of })
    }

    /// The answer with the weights that the card has now, and the topic of the card.
    fn scored(&self, workspace: &Workspace) -> (Scored, Option<Safe>) {
        let card = workspace.library.card(&self.card.deck, &self.card.card).ok();
        let topic = card.as_ref().and_then(topic);
        let known = card.as_ref().and_then(recall).map_or(&[][..], |recall| &recall.points);
        let weight = |id: &Id| known.iter().find(|point| point.id == *id).map_or(1, |point| point.weight);
        let points = self.points.iter().map(|(id, credit)| Counted { weight: weight(id), credit: *credit }).collect();
        let confidence = self.confidence.map(|sure| f64::from(sure.number()) / 100.0);
        (Scored { points, confidence, ..Scored::default() }, topic)
    }
}

/// How a point was said, as its row tells.
fn credit(mark: &Marked, mock: Option<&Mock>) -> Credit {
    let is_of = |points: fn(&Mock) -> &Vec<Id>| mock.is_some_and(|mock| points(mock).contains(&mark.point));
    match mark.counting() {
        _ if is_of(|mock| &mock.prompted) => Credit::Prompted,
        _ if is_of(|mock| &mock.hinted) => Credit::Hinted,
        _ if !mark.is_decided() => Credit::Undecided,
        Mark::Covered => Credit::Said,
        Mark::Partial => Credit::Partial,
        Mark::Missed => Credit::Missed,
    }
}

fn recall(card: &Card) -> Option<&Recall> {
    match &card.kind {
        Kind::Recall(recall) => Some(recall),
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
    }
}

/// What a card is about: its first tag.
fn topic(card: &Card) -> Option<Safe> {
    card.tags.first().map(Safe::line)
}

impl Workspace {
    /// What a mock may ask: the questions of these decks, or of all, that are answered in words, have points to mark, and
    /// are not above a level.
    pub fn interview_pool(&self, decks: &[Id], level: Option<Level>, today: Date) -> Vec<Candidate> {
        let shelves = self.library.decks().iter().filter(|shelf| decks.is_empty() || decks.contains(&shelf.id));
        let mut pool = Vec::new();
        for shelf in shelves {
            for card in self.library.cards(shelf).unwrap_or_default() {
                let Some(recall) = recall(&card) else { continue };
                let is_wanted = level.is_none_or(|level| card.level.is_none_or(|own| own <= level));
                if is_wanted && !recall.points.is_empty() {
                    let key = Key { deck: shelf.id.clone(), card: card.id.clone() };
                    pool.extend(self.interviewed(key, topic(&card), recall, today));
                }
            }
        }
        self.strengthen(&mut pool, today);
        pool
    }

    fn interviewed(&self, card: Key, topic: Option<Safe>, recall: &Recall, today: Date) -> Option<Candidate> {
        let memory = self.memory(&card);
        let is_known = memory.state != State::New;
        let last_mock = self.memories.mocks().iter().rev().find(|mocked| mocked.card == card).map(|mocked| mocked.day);
        (!memory.suspended).then(|| Candidate {
            topic,
            compares: recall.sides.len() > 1,
            retrievability: self.scheduler.retrievability(&memory, today),
            strength: 0.0,
            is_due: is_known && matches!(memory.due(), crate::scheduler::Due::On(day) if day <= today),
            was_recalled: memory.state == State::Review || memory.last_grade.is_some_and(|grade| grade > Grade::Again),
            last_met: memory.last_day,
            last_mock,
            card,
        })
    }

    /// Tells each candidate how strong its topic is: by the memories of its cards and of the points that are asked by
    /// themselves, and by how far off the learner was in the last mock that asked of it.
    fn strengthen(&self, pool: &mut [Candidate], today: Date) {
        let recalls = |candidate: &Candidate| {
            let points = self.memories.points(&candidate.card).into_iter().flat_map(|points| points.asked());
            let of_points = points.map(|(_, memory)| self.scheduler.retrievability(memory, today));
            std::iter::once(candidate.retrievability).chain(of_points).collect::<Vec<_>>()
        };
        let last = self.last_gaps();
        let strengths: Vec<f32> = pool
            .iter()
            .map(|candidate| {
                let alike = |other: &&Candidate| {
                    other.card == candidate.card || (candidate.topic.is_some() && other.topic == candidate.topic)
                };
                let gap = last.iter().find(|(topic, card, _)| match &candidate.topic {
                    Some(own) => topic.as_ref() == Some(own),
                    None => *card == candidate.card,
                });
                strength(pool.iter().filter(alike).flat_map(recalls), gap.map(|(.., gap)| *gap))
            })
            .collect();
        for (candidate, strength) in pool.iter_mut().zip(strengths) {
            candidate.strength = strength;
        }
    }

    /// What was expected less what was said, for each topic of the last mock that asked of it.
    fn last_gaps(&self) -> Vec<(Option<Safe>, Key, f64)> {
        let mut gaps: Vec<(Option<Safe>, Key, Timestamp, Vec<Scored>)> = Vec::new();
        for mocked in self.memories.mocks().iter().rev() {
            let (scored, topic) = mocked.scored(self);
            let alike = gaps.iter_mut().find(|(known, card, ..)| match &topic {
                Some(topic) => known.as_ref() == Some(topic),
                None => *card == mocked.card,
            });
            match alike {
                Some((.., at, answers)) if *at == mocked.at => answers.push(scored),
                Some(_) => {}
                None => gaps.push((topic, mocked.card.clone(), mocked.at, vec![scored])),
            }
        }
        let gap = |answers: &[Scored]| Calibration::of(answers).map(|found| found.gap());
        gaps.into_iter().filter_map(|(topic, card, _, answers)| Some((topic, card, gap(&answers)?))).collect()
    }

    /// The mocks of the past, the oldest first.
    pub fn past_mocks(&self) -> Vec<Past> {
        let all = self.memories.mocks().chunk_by(|one, next| one.at == next.at);
        all.map(|answers| self.past(answers)).collect()
    }

    /// The last mock.
    pub fn last_mock(&self) -> Option<Past> {
        let all = self.memories.mocks().chunk_by(|one, next| one.at == next.at);
        all.last().map(|answers| self.past(answers))
    }

    /// How well the learner judged their own answers in these mocks.
    pub fn mock_calibration(&self, mould: Mould, last: usize) -> Option<Calibration> {
        let all = self.memories.mocks().chunk_by(|one, next| one.at == next.at);
        let alike: Vec<_> =
            all.filter(|answers| answers[0].of.as_ref().is_some_and(|(own, ..)| *own == mould)).collect();
        let scored = alike.iter().rev().take(last).copied().flatten().map(|answer| answer.scored(self).0);
        Calibration::of(&scored.collect::<Vec<_>>())
    }

    fn past(&self, answers: &[Mocked]) -> Past {
        let (scored, topics): (Vec<Scored>, Vec<_>) = answers.iter().map(|answer| answer.scored(self)).unzip();
        let calibration = Calibration::of(&scored);
        let won = |answer: &Scored| answer.coverage() * answer.weight();
        let topics = scored.iter().zip(topics).filter_map(|(one, topic)| Some((topic?, won(one), one.weight())));
        let all: f64 = scored.iter().map(Scored::weight).sum();
        let said = if all > 0.0 { scored.iter().map(won).sum::<f64>() / all } else { 0.0 };
        let points: f64 = scored.iter().flat_map(|answer| &answer.points).map(|point| point.credit.share()).sum();
        let minutes = answers.iter().map(|answer| f64::from(answer.took)).sum::<f64>() / 60_000.0;
        let share = |percent: Percent| f64::from(percent.number()) / 100.0;
        let of = answers[0].of.as_ref();
        Past {
            day: answers[0].day,
            mould: of.map(|(mould, ..)| *mould),
            questions: answers.len(),
            said: of.map_or(said, |(_, said, _)| share(*said)),
            score: of.map(|(.., score)| share(*score)),
            expected: calibration.map(|found| found.expected),
            gap: calibration.map(|found| found.gap()),
            points_per_minute: if minutes > 0.0 { points / minutes } else { 0.0 },
            topics: topics.collect(),
        }
    }
}

/// Writes a report as Markdown and as JSON into the folder of interviews; gives the path of the first.
///
/// # Errors
/// The files cannot be written.
pub fn export_interview(data: &Path, report: &Report) -> io::Result<PathBuf> {
    let folder = data.join("interviews");
    fs::create_dir_all(&folder)?;
    let name = report.at.strftime("%Y-%m-%d-%H%M%S").to_string();
    let write = |ending: &str, text: &str| {
        let path = folder.join(format!("{name}.{ending}"));
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(path)
    };
    write("json", &report.json())?;
    write("md", &report.markdown())
}
