//! The classifier of an exercise: shipped for the two roles, learned from the deck's scenarios for every other one.

use std::fs;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use super::{Scenarios, Workspace};
use crate::card::{Exercise, Id};
use crate::classifier::{FAIR, Model, Own, learn, roles};
use crate::safe;
use crate::text::Safe;

/// A classifier for an exercise, whose labels stand in the exercise's order.
#[derive(Debug, Clone)]
pub struct Taught {
    pub model: Model,
    /// Of a classifier that was learned from a deck: the share of scenarios that it got right without having met them,
    /// and how many scenarios there are.
    pub trial: Option<(f64, usize)>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    accuracy: f64,
    scenarios: usize,
    model: Vec<u8>,
}

impl Workspace {
    /// The classifier of an exercise; none while its deck has too few scenarios of some label. What was learned is kept
    /// in the cache folder until a scenario changes.
    pub fn model(&self, scenarios: &Scenarios) -> Option<Taught> {
        if is_roles(&scenarios.exercise) {
            return Some(Taught { model: Model::roles(), trial: None });
        }
        let labels: Vec<_> = scenarios.exercise.labels.iter().map(|label| label.id.to_string()).collect();
        let told = told(scenarios);
        let path = self.paths.cache.join("models").join(format!("{:016x}", key(&labels, &told)));
        if let Some(taught) = read(&path) {
            return Some(taught);
        }
        let told: Vec<_> = told.iter().map(|(text, label, tie)| (text.as_str(), *label, tie.as_str())).collect();
        let labelled = scenarios.exercise.labels.iter().enumerate();
        let basic: Vec<_> = labelled.filter(|(_, label)| !label.expert).map(|(place, _)| place).collect();
        let own = learn(&labels, &basic, &told)?;
        keep(&path, &own);
        Some(Taught { model: own.model, trial: Some((own.accuracy, own.scenarios)) })
    }
}

impl Taught {
    /// How far the classifier can be trusted, for the author of its deck; nothing of the shipped one.
    pub fn modesty(&self) -> Option<Safe> {
        let (accuracy, scenarios) = self.trial?;
        let percent = (accuracy * 100.0).round();
        let told =
            safe!("Learned from {scenarios} scenarios of the deck; right on {percent} % of those it had not met.");
        Some(if accuracy < FAIR { safe!("{told} That is little: take its word as a guess.") } else { told })
    }
}

/// Whether the shipped classifier knows these labels.
pub fn is_roles(exercise: &Exercise) -> bool {
    exercise.id.as_str() == roles::EXERCISE && exercise.labels.iter().map(|label| label.id.as_str()).eq(roles::LABELS)
}

/// Text, place of the label and tie to its twin, of each scenario that has one right label.
fn told(scenarios: &Scenarios) -> Vec<(String, usize, String)> {
    let one = |(key, choice): (&crate::card::Key, &crate::card::Choice)| {
        let [right] = choice.right.as_slice() else { return None };
        let label = choice.exercise.labels.iter().position(|label| label.id == *right)?;
        let twin: &Id = choice.pair.as_ref().map_or(&key.card, |twin| twin.min(&key.card));
        Some((choice.scenario.to_string(), label, format!("{}/{twin}", key.deck)))
    };
    scenarios.choices().filter_map(one).collect()
}

fn key(labels: &[String], told: &[(String, usize, String)]) -> u64 {
    let mut hasher = XxHash3_64::with_seed(0);
    hasher.write(env!("GREENROOM_STAMP").as_bytes());
    for label in labels {
        hasher.write(label.as_bytes());
        hasher.write_u8(0);
    }
    for (text, label, tie) in told {
        hasher.write(text.as_bytes());
        hasher.write_u8(0);
        hasher.write_usize(*label);
        hasher.write(tie.as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}

fn read(path: &Path) -> Option<Taught> {
    let kept: Kept = postcard::from_bytes(&fs::read(path).ok()?).ok()?;
    Some(Taught { model: Model::from_bytes(&kept.model)?, trial: Some((kept.accuracy, kept.scenarios)) })
}

/// Keeps what was learned; if that is not possible, it is learned again next time.
fn keep(path: &Path, own: &Own) {
    let kept = Kept { accuracy: own.accuracy, scenarios: own.scenarios, model: own.model.to_bytes() };
    let Ok(bytes) = postcard::to_stdvec(&kept) else { return };
    let folder: PathBuf = path.parent().map(Path::to_owned).unwrap_or_default();
    let written = fs::create_dir_all(&folder).and_then(|()| {
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        file.persist(path).map_err(|error| error.error)
    });
    // A cache that cannot be written only costs time.
    drop(written);
}
