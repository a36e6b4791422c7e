//! Questions and answers pasted from a page or a chat: numbered, marked, bold, or known by their question marks alone.

mod marks;
mod split;
mod tidy;

pub use self::marks::{strip_answer, strip_number};
pub use self::split::fenced;
use self::split::{Block, Line};
use super::build::card;
use super::{Imported, Refused, points, source};
use crate::safe;
use crate::text::Safe;

/// What a page says when it has nothing more to say; with its small letters alone.
const CLOSINGS: [&str; 8] = [
    "feel free to",
    "these questions should",
    "let me know",
    "i hope this",
    "hope this helps",
    "if you have any",
    "good luck with your",
    "would you like me to",
];

/// A card for each question, with points from the lists of its answer. Every word is in a card or on the list of what
/// was dropped.
pub fn import(bytes: &[u8]) -> Result<Imported, Refused> {
    let (text, mut imported) = source::read(bytes)?;
    imported.tell_tabs(&text);
    read(&text, imported)
}

/// The same for a text that was read already.
pub fn read(text: &str, mut imported: Imported) -> Result<Imported, Refused> {
    let split = split::split(text).ok_or_else(|| {
        let help = "Number the questions, begin them with Q:, or end them with a question mark.";
        Refused::new(None, "No question was found in this text.", help)
    })?;
    lose(&split.before, "stands before the first question", &mut imported);
    for block in split.blocks {
        take(block, &mut imported);
    }
    Ok(imported.finish())
}

fn take(block: Block<'_>, imported: &mut Imported) {
    let Block { line, question, section, mut answer, noise } = block;
    for line in noise {
        imported.lose(line.number, safe!("Belongs to the page, not to an answer: {}", Safe::new(line.text.trim())));
    }
    let closing = take_closing(&mut answer);
    lose(&closing, "closes the page", imported);
    let answer = tidy::markdown(&answer);
    let points = points::of(&answer).unwrap_or_else(|lines| {
        imported.too_many_points(line, lines);
        Vec::new()
    });
    let mut card = card(&question, &answer, points);
    card.tags = section.iter().map(|name| Safe::new(name).line()).collect();
    imported.offer(line, card);
}

/// Takes the closing words from the end of an answer.
fn take_closing<'t>(answer: &mut Vec<Line<'t>>) -> Vec<Line<'t>> {
    let is_closing = |line: &Line<'_>| {
        let text = line.text.trim().to_lowercase();
        CLOSINGS.iter().any(|start| text.starts_with(start))
    };
    let mut start = answer.len();
    for (at, line) in answer.iter().enumerate().rev() {
        match is_closing(line) {
            true => start = at,
            false if line.text.trim().is_empty() => {}
            false => break,
        }
    }
    answer.split_off(start)
}

fn lose(lines: &[Line<'_>], why: &str, imported: &mut Imported) {
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        imported.lose(line.number, safe!("This {why}: {}", Safe::new(line.text.trim())));
    }
}
