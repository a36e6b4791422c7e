//! What an author should look at in decks: how they are read, how well they can be learned from, and what mends them.
//!
//! The rules of learning look at several decks at once, and ask the grader and the classifier what they make of them.

mod answers;
mod cards;
mod explain;
mod fix;
mod labels;
mod places;
mod questions;
mod words;

use toml::Spanned;
use toml::de::DeTable;

pub use explain::{Explanation, explain, explanations};
pub use fix::mended;

use crate::deck::{self, Deck, Diagnostic, Parsed, Switch, learning};
use places::Places;

/// Everything that is found in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linted {
    /// Missing if the text as a whole is no deck.
    pub deck: Option<Deck>,
    /// In order of place, without those that the deck switches off.
    pub diagnostics: Vec<Diagnostic>,
}

/// A deck that could be read, with the places of its parts.
struct Sheet<'t> {
    /// Which of the texts it is.
    number: usize,
    deck: &'t Deck,
    places: Places<'t>,
}

/// Looks at deck texts, of any size and encoding, as one collection: what two of them ask alike is told in the later
/// one. The outcomes stand in the order of the texts.
pub fn lint<T: AsRef<[u8]>>(texts: &[T]) -> Vec<Linted> {
    let examined: Vec<(Parsed, Vec<Switch>)> = texts.iter().map(|text| deck::examine(text.as_ref())).collect();
    let trees: Vec<_> = texts.iter().map(|text| tree(text.as_ref())).collect();
    let sheets = examined.iter().zip(&trees).enumerate().filter_map(|(number, ((parsed, _), tree))| {
        Some(Sheet { number, deck: parsed.deck.as_ref()?, places: Places::of(tree.as_ref()?.get_ref()) })
    });
    let sheets: Vec<Sheet<'_>> = sheets.collect();
    let mut found: Vec<Vec<Diagnostic>> = vec![Vec::new(); texts.len()];
    for sheet in &sheets {
        let own = &mut found[sheet.number];
        cards::check(sheet, own);
        labels::check(sheet, own);
        answers::check(sheet, own);
    }
    questions::check(&sheets, &mut found);
    labels::count(&sheets, &mut found);
    let whole = texts.iter().zip(examined).zip(found);
    whole.map(|((text, (parsed, switches)), found)| linted(text.as_ref(), parsed, &switches, found)).collect()
}

/// The text of a deck as a tree; none if it cannot be read.
fn tree(bytes: &[u8]) -> Option<Spanned<DeTable<'_>>> {
    DeTable::parse(std::str::from_utf8(bytes).ok()?).ok()
}

/// Puts together what was found while reading and after it, and takes out what the deck switches off.
fn linted(bytes: &[u8], parsed: Parsed, switches: &[Switch], found: Vec<Diagnostic>) -> Linted {
    let Parsed { deck, mut diagnostics } = parsed;
    diagnostics.extend(found);
    for switch in switches {
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| !switch.covers(diagnostic));
        if diagnostics.len() == before {
            let message = format!("Nothing of the kind `{}` is found in this deck.", switch.code);
            let help = "Delete this [[lint]]: it would hide the next slip.";
            diagnostics.push(Diagnostic::new(&learning::UNUSED_SWITCH, switch.span.clone(), message, help));
        }
    }
    Linted { deck, diagnostics: deck::listed(diagnostics, &deck::decode(bytes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECK: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"What is ECS?\"\nanswer = \"It runs containers.\"\n[[card.point]]\nid = \"p\"\ntext = \"containers\"\n";

    fn codes(texts: &[&str]) -> Vec<Vec<&'static str>> {
        let found = lint(texts).into_iter();
        found.map(|linted| linted.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()).collect()
    }

    fn allowing(code: &str) -> String {
        format!("{DECK}[[lint]]\nallow = \"{code}\"\nreason = \"One word is what is asked.\"\n")
    }

    #[test]
    fn a_deck_switches_off_what_is_right_in_it() {
        assert_eq!(codes(&[DECK]), [["short-point"]]);
        assert_eq!(codes(&[&allowing("short-point")]), [Vec::<&str>::new()]);
        assert!(deck::parse(&allowing("short-point")).diagnostics.is_empty(), "also where the deck is only read");
    }

    #[test]
    fn a_switch_that_switches_nothing_off_is_found() {
        assert_eq!(codes(&[&allowing("many-points")]), [["short-point", "unused-switch"]]);
        assert_eq!(codes(&[&allowing("missing-key")]), [["short-point", "bad-switch"]]);
        assert_eq!(codes(&[&allowing("unused-switch")]), [["short-point", "bad-switch"]]);
    }

    #[test]
    fn a_switch_without_a_reason_switches_nothing_off() {
        let text = format!("{DECK}[[lint]]\nallow = \"short-point\"\n");
        assert_eq!(codes(&[&text]), [["short-point", "missing-key"]]);
        assert_eq!(lint(&[text])[0].deck.as_ref().map(|deck| deck.cards.len()), Some(1));
    }

    #[test]
    fn what_is_no_deck_is_told_once_and_disturbs_no_other() {
        assert_eq!(codes(&["[[broken", DECK, "\u{feff}"]), [vec!["syntax"], vec!["short-point"], vec!["missing-key"]]);
    }
}
