//! Decks that are broken, and decks that are hostile: what is found, where, and that nothing gets out.

use std::fmt::Write as _;

use greenroom::deck::{self, Diagnostic, Parsed};

use crate::corpus::{Case, cases};

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

/// Compares every case with what it expects; a failure prints the lines as they would have to be.
fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for case in cases {
        let text = deck::decode(&case.bytes);
        let found = found(&deck::parse_bytes(&case.bytes), &text);
        if found != case.expect {
            writeln!(wrong, "{}\n    expected {}\n--- expect: {found}", case.place, case.expect).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn bad_decks_get_their_findings_at_their_places() {
    let cases = cases("bad");
    assert!(cases.len() >= 250, "{}", cases.len());
    check(&cases);
}
#[test]
fn zz_dump() {
    for case in cases("bad") {
        let text = deck::decode(&case.bytes);
        println!("##### {}", case.place);
        for d in deck::parse_bytes(&case.bytes).diagnostics {
            print!("{}", deck::render(&d, &text, "d.toml", 100));
        }
    }
}
