//! The grader of typed answers, learnt again from labelled answers.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::output::Output;
use super::write;
use crate::card::Kind;
use crate::deck;
use crate::grader::train::{Answer, Subject, Training, read};
use crate::library;
use crate::safe;

/// Learns it from what lies in the folder, and writes or checks the three files that come of it.
pub fn train(from: &Path, check: bool, output: &mut Output) -> Result<u8, Failure> {
    let training = Training::new(subjects(&from.join("data"))?, answers(&from.join("data"))?);
    let dev = answers_of(&from.join("dev.jsonl"))?;
    let mut done = 0;
    let left_out = training.leave_out(|author| {
        done += 1;
        output.complain(&safe!("without {author} (step {done})"));
    });
    output.complain(&safe!("with all of them"));
    let learned = training.learn();
    let card = training.report(&learned, &left_out, &dev);
    let files = [
        (from.join("grader.model"), learned.model_file()),
        (from.join("heard.jsonl"), training.heard_file().into_bytes()),
        (from.join("MODEL.md"), card.into_bytes()),
    ];
    write(files, check, output)
}

/// The shipped decks, and those that lie beside the answers.
fn subjects(folder: &Path) -> Result<Vec<Subject>, Failure> {
    let mut texts: Vec<Vec<u8>> = library::DECKS.iter().map(|deck| deck.text.to_vec()).collect();
    for path in files(folder, "toml")? {
        texts.push(fs::read(&path).map_err(|why| Failure::usage(safe!("greenroom: {}: {why}", path.display())))?);
    }
    let decks = texts.iter().filter_map(|text| deck::parse_bytes(text).deck);
    Ok(decks.map(|deck| Subject { deck: deck.id, cards: recalls(deck.cards) }).collect())
}

fn recalls(cards: Vec<crate::card::Card>) -> Vec<(crate::card::Id, crate::card::Recall)> {
    let recall = |card: crate::card::Card| match card.kind {
        Kind::Recall(recall) => Some((card.id, recall)),
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
    };
    cards.into_iter().filter_map(recall).collect()
}

fn answers(folder: &Path) -> Result<Vec<Answer>, Failure> {
    let files = files(folder, "jsonl")?;
    Ok(files.iter().map(|path| answers_of(path)).collect::<Result<Vec<_>, _>>()?.concat())
}

/// The answers of one file; its name is the author's.
fn answers_of(path: &Path) -> Result<Vec<Answer>, Failure> {
    let told = |why: String| Failure::usage(safe!("greenroom: {}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|why| told(why.to_string()))?;
    let author = path.file_stem().map(OsStr::to_string_lossy).unwrap_or_default();
    read(&author, &text).map_err(|bad| told(bad.to_string()))
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |why| {
        let help = "Run it in the folder of the sources, or name the folder with --from.";
        Failure::usage(safe!("greenroom: {}: {why}. {help}", folder.display()))
    };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension() == Some(OsStr::new(ending)));
    paths.sort();
    Ok(paths)
}
