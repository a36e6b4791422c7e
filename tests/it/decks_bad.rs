//! The corpus of decks: what is found in each of them, where, and in which words.

use std::fmt::Write as _;

use greenroom::deck::{self, Diagnostic, Parsed, RULES};
use greenroom::lint::{Linted, lint, mended};
use proptest::prelude::*;

use crate::corpus::{Case, cases, folder};

/// What was found, as the corpus writes it.
fn found(parsed: &Parsed, text: &str) -> String {
    let one = |diagnostic: &Diagnostic| {
        let (line, column) = deck::place(text, diagnostic.span.start);
        format!("{} {line}:{column}", diagnostic.code)
    };
    let all: Vec<_> = parsed.diagnostics.iter().map(one).collect();
    let cards = match parsed.deck.as_ref().map(|deck| deck.cards.len()) {
        None => "no deck".to_owned(),
        Some(1) => "1 card".to_owned(),
        Some(count) => format!("{count} cards"),
    };
    if all.is_empty() { format!("nothing; {cards}") } else { format!("{}; {cards}", all.join(", ")) }
}

/// What is found in a case by its part of the corpus: by all rules, or only while it is read.
fn parsed(case: &Case) -> Parsed {
    if !case.is_linted {
        return deck::parse_bytes(&case.bytes);
    }
    let Linted { deck, diagnostics } = lint(&[&case.bytes]).remove(0);
    Parsed { deck, diagnostics }
}

/// Compares every case with what it expects; a failure prints the lines as they would have to be.
fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for case in cases {
        let text = deck::decode(&case.bytes);
        let found = found(&parsed(case), &text);
        if found != case.expect {
            writeln!(wrong, "{}\n    expected {}\n--- expect: {found}", case.place, case.expect).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn bad_decks_get_their_findings_at_their_places() {
    let cases = cases("bad");
    assert!(cases.len() >= 290, "{}", cases.len());
    check(&cases);
}

#[test]
fn odd_decks_that_are_right_get_no_finding() {
    let cases = cases("good");
    assert!(cases.len() >= 25, "{}", cases.len());
    assert!(cases.iter().all(|case| case.expect.starts_with("nothing")));
    check(&cases);
}

#[test]
fn hostile_decks_get_their_findings_at_their_places() {
    let cases = cases("hostile");
    assert!(cases.len() >= 120, "{}", cases.len());
    check(&cases);
}

#[test]
fn decks_that_are_hard_to_learn_from_get_their_findings_at_their_places() {
    let cases = cases("learning");
    assert!(cases.len() >= 60, "{}", cases.len());
    check(&cases);
}

#[test]
fn the_corpus_has_more_than_five_hundred_decks_with_mistakes() {
    let count: usize = ["bad", "hostile", "learning"].map(|part| cases(part).len()).iter().sum();
    assert!(count > 500, "{count}");
}

/// Fixes are applied to every deck of the corpus: none loses a card, and none leaves more to be mended.
#[test]
fn every_fix_leaves_a_better_deck() {
    let mut mended_decks = 0;
    for case in ["bad", "hostile", "learning"].iter().flat_map(|part| cases(part)) {
        let Ok(text) = std::str::from_utf8(&case.bytes) else { continue };
        let (after, done) = mended(text);
        assert_eq!(done.is_empty(), after == text, "{}", case.place);
        let count = |text: &str| deck::parse(text).deck.map_or(0, |deck| deck.cards.len());
        assert!(count(&after) >= count(text), "{}: {after}", case.place);
        assert_eq!(mended(&after).0, after, "{}", case.place);
        mended_decks += usize::from(!done.is_empty());
    }
    assert!(mended_decks > 60, "{mended_decks}");
}

#[test]
fn every_finding_says_what_is_wrong_and_what_to_do() {
    for case in ["bad", "hostile", "learning"].iter().flat_map(|part| cases(part)) {
        let text = deck::decode(&case.bytes);
        let diagnostics = parsed(&case).diagnostics;
        for diagnostic in &diagnostics {
            let rule = RULES.iter().find(|rule| rule.code == diagnostic.code);
            assert_eq!(rule.map(|rule| rule.severity), Some(diagnostic.severity), "{}", case.place);
            assert!(diagnostic.message.as_str().ends_with('.'), "{}: {}", case.place, diagnostic.message);
            assert!(!diagnostic.help.is_empty(), "{}", case.place);
            assert!(text.get(diagnostic.span.clone()).is_some(), "{}: {:?}", case.place, diagnostic.span);
        }
        assert!(diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span.start), "{}", case.place);
    }
}

#[test]
fn every_rule_is_broken_by_a_deck_of_the_corpus_or_by_excess() {
    let by_excess = ["too-large", "too-deep", "text-too-long", "too-many-parts", "too-many-entries", "more-findings"];
    let cases = [cases("bad"), cases("hostile"), cases("learning")].concat();
    let codes: Vec<&str> = cases.iter().flat_map(|case| case.expect.split([' ', ',', ';'])).collect();
    for rule in RULES.iter().filter(|rule| !by_excess.contains(&rule.code)) {
        assert!(codes.contains(&rule.code), "no deck breaks {}", rule.code);
    }
}

/// Compares `messages.txt` with what a person sees now; if it fails, what it prints last is the file as it would be.
#[test]
fn typical_mistakes_are_told_in_these_words() {
    let golden = std::fs::read_to_string(folder().join("messages.txt")).expect("a readable file");
    let mut sections = golden.split("\n=== ");
    let mut actual = sections.next().expect("a preface").to_owned();
    for section in sections {
        let (name, rest) = section.split_once('\n').expect("a name");
        let (text, _) = rest.split_once("--- shown\n").expect("what is shown");
        write!(actual, "\n=== {name}\n{text}--- shown\n").expect("a string");
        for diagnostic in deck::parse(text).diagnostics {
            actual.push_str(deck::render(&diagnostic, text, "my-deck.toml", 80).as_str());
        }
    }
    assert!(actual == golden, "\n{actual}");
}

const DECK: &str = r#"format = 1
id = "aws-ecs"
title = "Amazon ECS"
language = "en"
tags = ["aws", "containers"]

[[card]]
id = "task-role"
question = "What is the task role?"
answer = '''The role that *your code* uses: `taskRoleArn`.

- S3, DynamoDB
'''
level = "junior"
checked = 2026-11-22
sides = [["task role"], ["execution role"]]
[[card.point]]
id = "code"
weight = 3
text = "The code in the container uses it."
accept = ["the app assumes it \u00fc"]

[[exercise]]
id = "roles"
prompt = "Which role?"
labels = [{ id = "task", name = "Task", key = "t" }, { id = "execution", name = "Execution", expert = true }]

[[scenario]]
id = "s3"
exercise = "roles"
text = """It reads from S3, Zürich."""
right = ["task"]
evidence = ["reads from S3"]
"#;

/// Pieces that break decks.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r",
    "\\",
    "\\u12",
    "ü",
    "\u{202e}",
    "\u{1b}",
    "\u{0}",
    "<<<<<<< a\n",
    "[[card]]\n",
];

fn sound(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = deck::decode(bytes);
    for diagnostic in deck::parse_bytes(bytes).diagnostics {
        prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
        if let Some((span, _)) = &diagnostic.related {
            prop_assert!(text.get(span.clone()).is_some(), "{:?}", diagnostic);
        }
        let shown = deck::render(&diagnostic, &text, "d.toml", 60);
        prop_assert!(!shown.as_str().chars().any(greenroom::text::Safe::refuses));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        sound(&bytes)?;
    }

    #[test]
    fn any_text_of_toml_pieces_is_read_without_panic(
        pieces in proptest::collection::vec((proptest::sample::select(&PIECES[..]), "[a-z ]{0,3}"), 0..60)
    ) {
        let text: String = pieces.iter().flat_map(|(piece, word)| [piece, word.as_str()]).collect();
        sound(text.as_bytes())?;
    }

    #[test]
    fn a_deck_with_pieces_put_in_or_cut_out_is_read_without_panic(
        edits in proptest::collection::vec((0..DECK.len(), 0..12_usize, proptest::sample::select(&PIECES[..])), 1..6)
    ) {
        let mut bytes = DECK.as_bytes().to_vec();
        for (at, cut, piece) in edits {
            let at = at.min(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, piece.bytes());
        }
        sound(&bytes)?;
        sound(String::from_utf8_lossy(&bytes).as_bytes())?;
    }
}

/// Each character deleted once, and each of these pieces put in before each character once.
#[test]
fn one_slip_of_the_hand_is_told_in_a_few_findings() {
    for (at, character) in DECK.char_indices() {
        let behind = &DECK[at + character.len_utf8()..];
        let inserted = ["\"", "'", "=", "[", "]"].map(|piece| format!("{}{piece}{}", &DECK[..at], &DECK[at..]));
        for text in inserted.into_iter().chain([format!("{}{behind}", &DECK[..at])]) {
            let found = deck::parse(&text).diagnostics;
            assert!(found.len() <= 5, "{text}\n{found:?}");
            let is_in_our_words = |finding: &Diagnostic| !finding.message.as_str().contains("cannot read");
            assert!(found.iter().all(is_in_our_words), "{text}\n{found:?}");
        }
    }
}

#[test]
fn the_deck_that_is_mutated_is_right() {
    let parsed = deck::parse(DECK);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    assert_eq!(parsed.deck.map(|deck| deck.cards.len()), Some(2));
}
