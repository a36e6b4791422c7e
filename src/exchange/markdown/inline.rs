//! Cards as the flashcards of Obsidian have them: `front::back`, or a `?` on a line between question and answer.

use crate::exchange::build::card;
use crate::exchange::pasted::fenced;
use crate::exchange::{Imported, points};
use crate::safe;
use crate::text::Safe;

/// What a line is.
enum Mark<'l> {
    /// `front::back` or `front:::back`.
    Both(&'l str, &'l str),
    /// `?` or `??` alone.
    Between,
    /// `#flashcards` or `#flashcards/os` alone, with the words behind the bar.
    Tag(&'l str),
    Blank,
    Text,
}

/// Whether the lines have such cards: `?` between texts, or `front::back` on most lines or below a `#flashcard` tag.
pub fn is_inline(lines: &[&str]) -> bool {
    let marks = read_marks(lines);
    let count = |is: fn(&Mark<'_>) -> bool| marks.iter().filter(|mark| is(mark)).count();
    let both = count(|mark| matches!(mark, Mark::Both(..)));
    let is_tagged = count(|mark| matches!(mark, Mark::Tag(_))) > 0;
    let said = count(|mark| !matches!(mark, Mark::Blank | Mark::Tag(_)));
    let is_between = |at: usize| at > 0 && matches!(marks[at], Mark::Between) && matches!(marks[at - 1], Mark::Text);
    (0..marks.len()).any(is_between) || both > 0 && (is_tagged || both * 2 > said)
}

/// Reads such cards; the text of a `?` card goes from a blank line to the next. What is in no card is listed.
pub fn read(lines: &[&str], above: usize, imported: &mut Imported) {
    let marks = read_marks(lines);
    let (mut tag, mut from) = (None, 0);
    while from < lines.len() {
        match marks[from] {
            Mark::Tag(name) => tag = Some(name).filter(|name| !name.is_empty()),
            Mark::Both(front, back) => offer(above + from + 1, front, back, tag, imported),
            Mark::Blank => {}
            Mark::Text | Mark::Between => {
                let end = paragraph_end(&marks, from);
                match (from..end).find(|at| matches!(marks[*at], Mark::Between)) {
                    Some(at) => {
                        let (front, back) = (lines[from..at].join("\n"), lines[at + 1..end].join("\n"));
                        offer(above + from + 1, &front, &back, tag, imported);
                    }
                    None => (from..end).for_each(|at| {
                        imported.lose(above + at + 1, safe!("Belongs to no card: {}", Safe::new(lines[at].trim())));
                    }),
                }
                from = end;
                continue;
            }
        }
        from += 1;
    }
}

fn paragraph_end(marks: &[Mark<'_>], from: usize) -> usize {
    let is_end = |mark: &Mark<'_>| !matches!(mark, Mark::Text | Mark::Between);
    marks[from..].iter().position(is_end).map_or(marks.len(), |length| from + length)
}

fn offer(line: usize, front: &str, back: &str, tag: Option<&str>, imported: &mut Imported) {
    let points = points::of(back).unwrap_or_else(|lines| {
        imported.too_many_points(line, lines);
        Vec::new()
    });
    let mut card = card(front.trim(), back.trim(), points);
    card.tags = tag.iter().map(|tag| Safe::new(tag).line()).collect();
    imported.offer(line, card);
}

fn read_marks<'l>(lines: &[&'l str]) -> Vec<Mark<'l>> {
    let code = fenced(lines);
    lines.iter().zip(code).map(|(line, is_code)| if is_code { Mark::Text } else { mark(line) }).collect()
}

fn mark(line: &str) -> Mark<'_> {
    let bare = line.trim();
    match bare {
        "" => return Mark::Blank,
        "?" | "??" => return Mark::Between,
        _ => {}
    }
    if let Some(tag) = bare.strip_prefix("#flashcard").filter(|tag| !tag.contains(' ')) {
        return Mark::Tag(tag.trim_start_matches('s').trim_start_matches('/'));
    }
    match bare.split_once("::") {
        Some((front, back)) if !is_path(front, back) => Mark::Both(front, back.trim_start_matches(':')),
        _ => Mark::Text,
    }
}

/// Whether `::` stands inside a name, as in `std::vector`, or inside code.
fn is_path(front: &str, back: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let is_word = !front.contains(' ') && front.ends_with(is_name) && back.starts_with(is_name);
    front.trim().is_empty()
        || back.trim_matches([' ', ':']).is_empty()
        || is_word
        || !front.matches('`').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(text: &str) -> (Vec<(String, String)>, usize) {
        let lines: Vec<&str> = text.lines().collect();
        assert!(is_inline(&lines));
        let mut imported = Imported::default();
        read(&lines, 0, &mut imported);
        let said = |card: &crate::card::Card| (card.prompt().to_string(), card.model_answer().to_string());
        (imported.cards.iter().map(|found| said(&found.card)).collect(), imported.dropped.len())
    }

    fn pair(front: &str, back: &str) -> (String, String) {
        (front.to_owned(), back.to_owned())
    }

    #[test]
    fn a_line_holds_both_sides() {
        let (cards, lost) = cards("#flashcards\n\nA monad::A monoid\nFrance:::Paris\nstd::vector is a class\n");
        assert_eq!(cards, [pair("A monad", "A monoid"), pair("France", "Paris")]);
        assert_eq!(lost, 1);
    }

    #[test]
    fn a_question_mark_alone_divides_the_sides() {
        let text = "#flashcards/os\n\nWhat is a process?\n?\nA program\nthat runs\n\nThread\n??\nA unit\n\nNo card.\n";
        let (cards, lost) = cards(text);
        assert_eq!(cards, [pair("What is a process?", "A program\nthat runs"), pair("Thread", "A unit")]);
        assert_eq!(lost, 1);
    }

    #[test]
    fn other_texts_have_no_such_cards() {
        for text in ["# Paths\n\nUse `std::fs` here.\n", "## Why?\n\nSo.\n", "a\n\n?\n", "text\nC++: std::vector is\n"]
        {
            assert!(!is_inline(&text.lines().collect::<Vec<_>>()), "{text}");
        }
    }
}
