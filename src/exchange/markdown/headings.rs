//! Headings as questions, the text below each as its answer.

use std::cmp::Reverse;

use crate::exchange::build::{card, shown};
use crate::exchange::pasted::{fenced, strip_answer, strip_number};
use crate::exchange::{Imported, points};
use crate::safe;
use crate::text::Safe;

/// A heading with the text up to the next one.
struct Section {
    line: usize,
    level: usize,
    name: String,
    text: Vec<String>,
}

impl Section {
    fn has_text(&self) -> bool {
        self.text.iter().any(|line| !line.trim().is_empty())
    }
}

/// Whether there are headings with text below.
pub fn are_there(lines: &[&str]) -> bool {
    sections(lines, 0).1.iter().any(Section::has_text)
}

/// Reads a card for each heading of the level that asks most. Headings above it become tags, those below it stay in
/// the answers.
pub fn read(lines: &[&str], above: usize, imported: &mut Imported) {
    let (before, sections) = sections(lines, above);
    let level = asking_level(&sections);
    lose(before.iter().map(|(line, text)| (*line, text.as_str())), imported);
    let is_title = sections.first().is_some_and(|first| first.level < level)
        && sections.iter().filter(|section| section.level == sections[0].level).count() == 1;
    let mut over: Vec<(usize, Safe)> = Vec::new();
    let mut sections = sections.into_iter().enumerate().peekable();
    while let Some((at, section)) = sections.next() {
        if section.level < level {
            over.retain(|(level, _)| *level < section.level);
            if at == 0 && is_title {
                imported.title.get_or_insert(shown(&section.name));
            } else {
                over.push((section.level, Safe::new(&section.name)));
            }
            lose(
                section.text.iter().enumerate().map(|(down, text)| (section.line + 1 + down, text.as_str())),
                imported,
            );
            continue;
        }
        let mut answer = section.text;
        while let Some((_, inner)) = sections.next_if(|(_, next)| next.level > level) {
            answer.push(format!("{} {}", "#".repeat(inner.level), inner.name));
            answer.extend(inner.text);
        }
        let answer = strip_answer(answer.join("\n").trim());
        let points = points::of(&answer).unwrap_or_else(|lines| {
            imported.too_many_points(section.line, lines);
            Vec::new()
        });
        let mut made = card(&strip_number(&section.name), &answer, points);
        made.tags = over.iter().map(|(_, name)| name.clone()).collect();
        imported.offer(section.line, made);
    }
}

/// The level with the most question marks, then with the most texts; of equal ones the outermost.
fn asking_level(sections: &[Section]) -> usize {
    let asks = |section: &&Section| section.name.trim_end_matches(['*', '_', ' ']).ends_with('?');
    let weight = |level: usize| {
        let of_level = || sections.iter().filter(move |section| section.level == level);
        (of_level().filter(asks).count(), of_level().filter(|section| section.has_text()).count(), Reverse(level))
    };
    (1..=6).max_by_key(|level| weight(*level)).unwrap_or(1)
}

/// What stands before the first heading, and the headings with their text. A rule between two is no text.
fn sections(lines: &[&str], above: usize) -> (Vec<(usize, String)>, Vec<Section>) {
    let code = fenced(lines);
    let (mut before, mut sections): (Vec<(usize, String)>, Vec<Section>) = (Vec::new(), Vec::new());
    for (at, (line, is_code)) in lines.iter().zip(code).enumerate() {
        let number = above + at + 1;
        match heading(line).filter(|_| !is_code) {
            Some((level, name)) => sections.push(Section { line: number, level, name, text: Vec::new() }),
            None if !is_code && line.starts_with("---") && line.trim_end().trim_matches('-').is_empty() => {
                if let Some(section) = sections.last_mut() {
                    section.text.push(String::new());
                }
            }
            None => match sections.last_mut() {
                Some(section) => section.text.push((*line).to_owned()),
                None => before.push((number, (*line).to_owned())),
            },
        }
    }
    (before, sections)
}

fn heading(line: &str) -> Option<(usize, String)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let name = rest.strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim_end();
    let name = name.strip_suffix(" #flashcard").or(name.strip_suffix(" #flashcards")).unwrap_or(name).trim_end();
    let name = name.strip_prefix("**").and_then(|name| name.strip_suffix("**")).unwrap_or(name);
    ((1..=6).contains(&level) && !name.is_empty()).then(|| (level, name.to_owned()))
}

fn lose<'t>(lines: impl Iterator<Item = (usize, &'t str)>, imported: &mut Imported) {
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        imported.lose(number, safe!("Stands under no question: {}", Safe::new(line.trim())));
    }
}
