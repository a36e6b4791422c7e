//! Mock interviews: what may be asked, and what those of the past came to.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Workspace;
use crate::card::{Id, Key, Kind, Level, Recall};
use crate::interview::{Candidate, Report};
use crate::review::{Action, Entry, Grade, Percent, Said, Source};
use crate::scheduler::State;

/// Mocks of the past that are told.
const TOLD: usize = 10;

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
    /// What was counted of each point, 0 to 1.
    pub points: Vec<(Id, f32)>,
}

/// A mock of the past. Shares are weighted, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub day: Date,
    pub questions: usize,
    pub said: f64,
    /// Of the answers that the learner rated.
    pub expected: Option<f64>,
    pub points_per_minute: f64,
}

impl Mocked {
    /// What an entry says of a mock, if it is of one.
    pub fn of(entry: &Entry) -> Option<Mocked> {
        let Action::Review { took, source: Source::Mock, said, .. } = &entry.action else { return None };
        let typed = match said {
            Some(Said::Typed(typed)) => Some(typed),
            _ => None,
        };
        let points = typed.map_or_else(Vec::new, |typed| {
            typed.marks.iter().map(|mark| (mark.point.clone(), mark.share() as f32)).collect()
        });
        let confidence = typed.and_then(|typed| typed.confidence);
        let (at, day) = (entry.moment.at, entry.moment.day);
        Some(Mocked { card: entry.card.clone(), at, day, took: *took, confidence, points })
    }

    /// The sum of what was said and of the weights, with the weights that the card has now.
    fn weighed(&self, workspace: &Workspace) -> (f64, f64) {
        let card = workspace.library.card(&self.card.deck, &self.card.card).ok();
        let recall = card.and_then(|card| match card.kind {
            Kind::Recall(recall) => Some(recall),
            Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        });
        let weight =
            |recall: &Recall, id: &Id| recall.points.iter().find(|point| point.id == *id).map(|point| point.weight);
        let weighed = |(id, share): &(Id, f32)| {
            let weight = f64::from(recall.as_ref().and_then(|recall| weight(recall, id)).unwrap_or(1));
            (f64::from(*share) * weight, weight)
        };
        self.points.iter().map(weighed).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

impl Workspace {
    /// What a mock may ask: the questions of these decks, or of all, that are answered in words, have points to mark, and
    /// are not above a level.
    pub fn interview_pool(&self, decks: &[Id], level: Option<Level>, today: Date) -> Vec<Candidate> {
        let shelves = self.library.decks().iter().filter(|shelf| decks.is_empty() || decks.contains(&shelf.id));
        let mut pool = Vec::new();
        for shelf in shelves {
            for card in self.library.cards(shelf).unwrap_or_default() {
                let Kind::Recall(recall) = &card.kind else { continue };
                let is_wanted = level.is_none_or(|level| card.level.is_none_or(|own| own <= level));
                if is_wanted && !recall.points.is_empty() {
                    let key = Key { deck: shelf.id.clone(), card: card.id.clone() };
                    pool.extend(self.interviewed(key, card.tags.first().map(|tag| tag.line()), recall, today));
                }
            }
        }
        pool
    }

    fn interviewed(
        &self,
        card: Key,
        topic: Option<crate::text::Safe>,
        recall: &Recall,
        today: Date,
    ) -> Option<Candidate> {
        let memory = self.memory(&card);
        let is_known = memory.state != State::New;
        let last_mock = self.memories.mocks().iter().rev().find(|mocked| mocked.card == card).map(|mocked| mocked.day);
        (!memory.suspended).then(|| Candidate {
            topic,
            compares: recall.sides.len() > 1,
            retrievability: self.scheduler.retrievability(&memory, today),
            is_due: is_known && matches!(memory.due(), crate::scheduler::Due::On(day) if day <= today),
            was_recalled: memory.state == State::Review || memory.last_grade.is_some_and(|grade| grade > Grade::Again),
            last_met: memory.last_day,
            last_mock,
            card,
        })
    }

    /// The last ten mocks, the oldest first.
    pub fn past_mocks(&self) -> Vec<Past> {
        let all: Vec<&[Mocked]> = self.memories.mocks().chunk_by(|one, next| one.at == next.at).collect();
        let past = |answers: &&[Mocked]| {
            let weighed: Vec<(f64, f64)> = answers.iter().map(|answer| answer.weighed(self)).collect();
            let sum = |of: &dyn Fn(&(f64, f64)) -> f64| weighed.iter().map(of).sum::<f64>();
            let (said, all) = (sum(&|one| one.0), sum(&|one| one.1));
            let rated = answers.iter().zip(&weighed);
            let rated: Vec<(f64, f64)> = rated
                .filter_map(|(answer, (_, weight))| Some((f64::from(answer.confidence?.number()) / 100.0, *weight)))
                .collect();
            let rated_weight: f64 = rated.iter().map(|(_, weight)| weight).sum();
            let expected = rated.iter().map(|(sure, weight)| sure * weight).sum::<f64>() / rated_weight;
            let points: f64 =
                answers.iter().flat_map(|answer| &answer.points).map(|(_, share)| f64::from(*share)).sum();
            let minutes = answers.iter().map(|answer| f64::from(answer.took)).sum::<f64>() / 60_000.0;
            Past {
                day: answers[0].day,
                questions: answers.len(),
                said: if all > 0.0 { said / all } else { 0.0 },
                expected: (rated_weight > 0.0).then_some(expected),
                points_per_minute: if minutes > 0.0 { points / minutes } else { 0.0 },
            }
        };
        all.iter().skip(all.len().saturating_sub(TOLD)).map(past).collect()
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
