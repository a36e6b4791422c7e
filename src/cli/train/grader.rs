//! `greenroom train grader`: the grader of typed answers, from labelled answers to the cards of some decks.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::output::Output;
use crate::card::{Id, Kind, Recall};
use crate::deck;
use crate::grader::train::{Answer, read, train};
use crate::safe;

/// Writes `grader.model` beside its data.
pub fn run(sources: &Path, output: &mut Output) -> Result<u8, Failure> {
    let folder = sources.join("assets/grader");
    let mut decks = Vec::new();
    for path in files(&sources.join("decks/aws"), "toml")?.into_iter().chain(files(&folder.join("data"), "toml")?) {
        decks.push(recalls(&fs::read(path)?));
    }
    let answers = answers(&folder.join("data"))?;
    let model = train(&decks, &answers);
    fs::write(folder.join("grader.model"), &model)?;
    output.line(&safe!("{} answers, {} bytes of model", answers.len(), model.len()))?;
    Ok(0)
}

/// The cards of a deck that are answered in words.
fn recalls(bytes: &[u8]) -> Vec<(Id, Recall)> {
    let cards = deck::parse_bytes(bytes).deck.map(|deck| deck.cards).unwrap_or_default();
    let recall = |card: crate::card::Card| match card.kind {
        Kind::Recall(recall) => Some((card.id, recall)),
        Kind::Choice(_) => None,
    };
    cards.into_iter().filter_map(recall).collect()
}

fn answers(folder: &Path) -> Result<Vec<Answer>, Failure> {
    let mut answers = Vec::new();
    for path in files(folder, "jsonl")? {
        let author = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        answers.extend(read(&author, &text).map_err(|why| Failure::usage(safe!("greenroom: {why}")))?);
    }
    Ok(answers)
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let named = |why| Failure::usage(safe!("greenroom: {}: {why}", folder.display()));
    let entries = fs::read_dir(folder).map_err(named)?.collect::<Result<Vec<_>, _>>().map_err(named)?;
    let has_ending = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(has_ending).collect();
    paths.sort();
    Ok(paths)
}
