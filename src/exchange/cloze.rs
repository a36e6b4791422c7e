//! Texts with gaps in brackets, as question cards that show the gaps.

use std::ops::Range;

use super::build::card;
use crate::card::Card;

/// What stands where words are hidden.
const GAP: &str = "____";

/// A card of a text with `[hidden words]`. Pictures and links keep their brackets.
pub fn bracketed(text: &str) -> Result<Card, &'static str> {
    let gaps = gaps(text)?;
    let (mut asked, mut told, mut from) = (String::new(), String::new(), 0);
    for gap in &gaps {
        let before = &text[from..gap.start];
        asked += &format!("{before}{GAP}");
        told += &format!("{before}**{}**", &text[gap.start + 1..gap.end - 1]);
        from = gap.end;
    }
    Ok(card(&(asked + &text[from..]), &(told + &text[from..]), []))
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
        let (asked, told) = read("The [order] of a group is [its size]. ![a](b.png) [docs](url)").expect("a cloze");
        assert_eq!(asked, "The ____ of a group is ____. ![a](b.png) [docs](url)");
        assert_eq!(told, "The **order** of a group is **its size**. ![a](b.png) [docs](url)");
    }

    #[test]
    fn a_text_without_whole_gaps_is_refused() {
        for text in ["no gap", "an [empty ]] one", "half [open", "[]", "[a [b] c]", "[link](only)"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
