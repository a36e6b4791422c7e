//! Texts with gaps in brackets, as cloze cards and back.

use std::ops::Range;

use super::build::{bare, card};
use crate::card::{Card, Cloze, Kind, Part};
use crate::text::Safe;

/// What stands where words are hidden, if a text cannot be a cloze.
const GAP: &str = "____";

/// A card of a text with `[hidden words]`. Pictures and links keep their brackets. A text that has braces where gaps
/// would need them becomes a question card that shows the gaps.
pub fn bracketed(text: &str) -> Result<Card, &'static str> {
    let gaps = gaps(text)?;
    let (mut written, mut plain, mut from) = (String::new(), String::new(), 0);
    for gap in &gaps {
        let (before, words) = (&text[from..gap.start], &text[gap.start + 1..gap.end - 1]);
        written += &format!("{}{{{{{}}}}}", protected(before, &["{{"]), protected(words, &["{{", "}}", "|", "::"]));
        plain += &format!("{before}{words}");
        from = gap.end;
    }
    written += &protected(&text[from..], &["{{"]);
    plain += &text[from..];
    let cloze = Cloze::new(Safe::new(&written)).ok();
    let is_whole = |cloze: &Cloze| cloze.answer() == Safe::new(&plain) && cloze.gaps().count() == gaps.len();
    Ok(cloze.filter(is_whole).map_or_else(|| shown(text, &gaps), |cloze| bare(Kind::Cloze(cloze))))
}

/// A card of a text with the gaps of Anki, such as `{{c1::hidden}}` or `{{c2::hidden::hint}}`, all asked at once; none
/// if there are no such gaps.
pub fn of_anki(text: &str) -> Option<Card> {
    let (mut written, mut rest, mut gaps) = (String::new(), text, 0);
    while let Some(start) = rest.find("{{c") {
        let inside = rest[start + 3..].trim_start_matches(|letter: char| letter.is_ascii_digit());
        let has_number = inside.len() < rest.len() - start - 3;
        let gap = inside.strip_prefix("::").filter(|_| has_number).and_then(|inside| inside.split_once("}}"));
        let Some((words, after)) = gap else {
            written += &rest[..start + 3];
            rest = &rest[start + 3..];
            continue;
        };
        written += &format!("{}{{{{{}}}}}", &rest[..start], words.replace('|', "\\|"));
        (rest, gaps) = (after, gaps + 1);
    }
    written += rest;
    let cloze = Cloze::new(Safe::new(written.trim())).ok()?;
    (gaps > 0 && cloze.gaps().count() == gaps).then(|| bare(Kind::Cloze(cloze)))
}

/// The text of a cloze with its gaps in brackets; hints and other ways to fill them are not in it.
pub fn in_brackets(cloze: &Cloze) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.to_string(),
        Part::Gap(gap) => format!("[{}]", gap.words),
    };
    cloze.parts().iter().map(part).collect()
}

/// The text with a backslash before marks that mean something in a cloze.
fn protected(text: &str, marks: &[&str]) -> String {
    marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, &format!("\\{mark}")))
}

fn shown(text: &str, gaps: &[Range<usize>]) -> Card {
    let (mut asked, mut told, mut from) = (String::new(), String::new(), 0);
    for gap in gaps {
        let before = &text[from..gap.start];
        asked += &format!("{before}{GAP}");
        told += &format!("{before}**{}**", &text[gap.start + 1..gap.end - 1]);
        from = gap.end;
    }
    card(&(asked + &text[from..]), &(told + &text[from..]), [])
}

/// The places of the gaps, brackets included.
fn gaps(text: &str) -> Result<Vec<Range<usize>>, &'static str> {
    let (mut gaps, mut open): (Vec<Range<usize>>, Option<usize>) = (Vec::new(), None);
    for (at, letter) in text.char_indices() {
        match (letter, open) {
            ('[', None) => open = Some(at),
            ('[', Some(_)) => return Err("A bracket is opened inside another:"),
            (']', Some(start)) => {
                open = None;
                let is_picture = text[..start].ends_with('!') && text[at..].starts_with("](");
                if !is_picture && !text[at..].starts_with("](") {
                    gaps.push(start..at + 1);
                }
            }
            (']', None) => return Err("A bracket is closed that was never opened:"),
            _ => {}
        }
    }
    match open {
        Some(_) => Err("A bracket is opened and never closed:"),
        None if gaps.is_empty() => Err("A cloze without a gap in brackets:"),
        None if gaps.iter().any(|gap| text[gap.start + 1..gap.end - 1].trim().is_empty()) => {
            Err("A cloze with an empty gap:")
        }
        None => Ok(gaps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, String), &'static str> {
        bracketed(text).map(|card| (card.prompt().to_string(), card.model_answer().to_string()))
    }

    #[test]
    fn gaps_are_asked_and_told() {
        let text = "The [order] of a group is [its size]. ![a](b.png) [docs](url)";
        let card = bracketed(text).expect("a cloze");
        let Kind::Cloze(cloze) = &card.kind else { panic!("a cloze") };
        assert_eq!(cloze.text().as_str(), "The {{order}} of a group is {{its size}}. ![a](b.png) [docs](url)");
        assert_eq!(in_brackets(cloze), text);
    }

    #[test]
    fn the_gaps_of_anki_are_gaps() {
        let card = of_anki("The {{c1::kernel}} owns {{c2::memory::hint}}, c{{c}}").map(|card| card.kind);
        assert!(card.is_none(), "braces that are no gap: {card:?}");
        let card = of_anki("The {{c1::kernel}} owns {{c2::memory::hint}}.").expect("a cloze");
        let Kind::Cloze(cloze) = &card.kind else { panic!("a cloze") };
        assert_eq!(cloze.text().as_str(), "The {{kernel}} owns {{memory::hint}}.");
        assert_eq!(of_anki("no gap"), None);
    }

    #[test]
    fn braces_of_a_text_are_no_gaps() {
        let (asked, told) = read("`{{x}}` is a [template | macro::use].").expect("a cloze");
        assert_eq!((asked.as_str(), told.as_str()), ("`{{x}}` is a [...].", "`{{x}}` is a template | macro::use."));
        let (asked, told) = read(r"`\{{x}}` is [escaped].").expect("a card");
        assert_eq!((asked.as_str(), told.as_str()), (r"`\{{x}}` is ____.", r"`\{{x}}` is **escaped**."));
    }

    #[test]
    fn a_text_without_whole_gaps_is_refused() {
        for text in ["no gap", "an [empty ]] one", "half [open", "[]", "[a [b] c]", "[link](only)"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
