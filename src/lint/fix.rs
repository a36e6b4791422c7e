//! Mends a deck's text by the fixes of its diagnostics, and never by one that would cost anything.

use crate::card::Id;
use crate::deck::{Diagnostic, Edit, Fix, Parsed, Severity, examine};

/// How often a mended text is looked at again: what a slip hid comes to light when it is gone.
const ROUNDS: usize = 20;
/// Fixes that are tried one by one, if all of them together are refused.
const TRIED: usize = 100;

/// The text with every fix that does what it says, and what each of them said. Each text on the way was read again: it
/// has all the cards that the one before it had, and less is found in it.
pub fn mended(text: &str) -> (String, Vec<Diagnostic>) {
    let mut text = text.to_owned();
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let before = read(&text);
        let fixable: Vec<&Diagnostic> = before.diagnostics.iter().filter(|finding| finding.fix.is_some()).collect();
        let Some((better, mended)) = improved(&text, &before, &fixable) else { break };
        text = better;
        done.extend(mended);
    }
    (text, done)
}

fn read(text: &str) -> Parsed {
    let (mut parsed, switches) = examine(text.as_bytes());
    parsed.diagnostics.retain(|finding| !switches.iter().any(|switch| switch.covers(finding)));
    parsed
}

/// The text after all the fixes together, or after those of them that can be made one by one.
fn improved(text: &str, before: &Parsed, fixable: &[&Diagnostic]) -> Option<(String, Vec<Diagnostic>)> {
    let attempt = |text: &str, before: &Parsed, findings: &[&Diagnostic]| {
        let after = applied(text, findings.iter().filter_map(|finding| finding.fix.as_ref()))?;
        is_better(before, &read(&after)).then_some(after)
    };
    if fixable.is_empty() {
        return None;
    }
    if let Some(after) = attempt(text, before, fixable) {
        return Some((after, fixable.iter().map(|finding| (*finding).clone()).collect()));
    }
    let single = fixable.iter().take(TRIED).find_map(|finding| Some((attempt(text, before, &[finding])?, *finding)));
    single.map(|(after, finding)| (after, vec![finding.clone()]))
}

/// The text with the edits made; none if two of them overlap.
fn applied<'f>(text: &str, fixes: impl Iterator<Item = &'f Fix>) -> Option<String> {
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut after, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        after.push_str(text.get(at..edit.span.start)?);
        after.push_str(&edit.text);
        at = edit.span.end;
    }
    after.push_str(text.get(at..)?);
    Some(after)
}

/// Whether nothing that could be used is lost, and less is found. Of a text that is no deck more may be found once it can
/// be read further, so there it is enough that the first finding is gone.
fn is_better(before: &Parsed, after: &Parsed) -> bool {
    let errors =
        |parsed: &Parsed| parsed.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
    match (&before.deck, &after.deck) {
        (Some(_), None) => false,
        (Some(old), Some(new)) => {
            let kept: std::collections::HashSet<&Id> = new.cards.iter().map(|card| &card.id).collect();
            old.cards.iter().all(|card| kept.contains(&card.id))
                && errors(after) <= errors(before)
                && after.diagnostics.len() < before.diagnostics.len()
        }
        (None, Some(_)) => true,
        (None, None) => {
            let first = |parsed: &Parsed| parsed.diagnostics.first().map_or(usize::MAX, |finding| finding.span.start);
            errors(after) < errors(before) || first(after) > first(before)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\n";

    fn fixed(text: &str) -> String {
        mended(&format!("{HEAD}{text}")).0[HEAD.len()..].to_owned()
    }

    #[test]
    fn a_deck_full_of_slips_is_mended_and_its_comments_stay() {
        let text = "# my deck\nid: \"aws\"\ntitle = Amazon Web Services # the cloud\n\n[card]]\nid = \"A Card\"\nqestion = “What?”\nanswer = \"It is so\nlevel = \"Senior\"\ntags = \"aws\"\n";
        let (after, done) = mended(text);
        assert_eq!(
            after,
            "# my deck\nformat = 1\nid = \"aws\"\ntitle = Amazon Web Services # the cloud\n\n[[card]]\nid = \"a-card\"\nquestion = \"What?\"\nanswer = \"It is so\"\nlevel = \"senior\"\ntags = [\"aws\"]\n"
                .replace("title = Amazon Web Services #", "title = \"Amazon Web Services\" #")
        );
        assert!(done.len() >= 8, "{done:?}");
        assert!(read(&after).diagnostics.is_empty());
    }

    #[test]
    fn a_second_card_with_an_id_gets_a_number_that_is_free() {
        let card = |id: &str| format!("[[card]]\nid = \"{id}\"\nquestion = \"Q?\"\nanswer = \"A.\"\n");
        let text = card("a") + &card("a-2") + &card("a") + &card("a");
        assert_eq!(fixed(&text), card("a") + &card("a-2") + &card("a-3") + &card("a-4"));
    }

    #[test]
    fn every_header_of_the_wrong_name_is_written_anew() {
        let card = |name: &str, id: &str| format!("[[{name}]]\nid = \"{id}\"\nquestion = \"Q?\"\nanswer = \"A.\"\n");
        assert_eq!(fixed(&(card("cards", "a") + &card("cards", "b"))), card("card", "a") + &card("card", "b"));
    }

    #[test]
    fn what_is_in_doubt_is_left_to_its_author() {
        for text in [
            "[[card]]\nid = \"a\"\nquestion = \"Q?\"\nanser = \"One.\"\nanswer = \"Two.\"\n",
            "[[card]]\nid = \"a\"\nquestion = \"Q? # or so\n\nanswer = \"A.\" and more\n",
            "[[card]]\nid = \"a\"\nquestion = \"Q?\"\n",
        ] {
            assert_eq!(fixed(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_mended_without_panic_and_a_mended_one_stays(
            pieces in prop::collection::vec(prop::sample::select(&[
                "id", " = ", ": ", "\"a\"", "“b”", "[[card]]\n", "[card]\n", "question = \"Q?\"\n", "anwser = \"A.\"\n",
                "\n", "tags = \"x\"\n", "weight = 9\n", "\"", "ü", "\u{200b}", "[[card.point]]\n", "text = yes no\n", ";", "format = 1\n",
            ][..]), 0..25)
        ) {
            let text: String = pieces.concat();
            let (once, _) = mended(&text);
            prop_assert_eq!(mended(&once).0, once);
        }
    }
}
