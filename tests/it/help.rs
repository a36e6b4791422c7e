//! Keys: the footer and the help page tell them all, and what they tell is true.

use std::collections::BTreeSet;

use greenroom::store::Trouble;
use greenroom::tui::event::Route;
use greenroom::tui::keys::Chord;

use crate::choice::{scenario, told};
use crate::kit::{EVENING, Learner, Seat};

/// Every screen in every state that has keys of its own: a name, and how to get there.
const PLACES: [(&str, &str); 19] = [
    ("interview", "m"),
    ("home", ""),
    ("question", "G enter"),
    ("answer", "G enter space"),
    ("end", "G enter space 4 space 4 space 4"),
    ("problems", "p"),
    ("suspended", "s"),
    ("scenario", "r"),
    ("verdict", "r t"),
    ("near twin", "r t c"),
    ("in practice", "r t p"),
    ("disagreement", "r t d"),
    ("end of a round", "r t enter t enter"),
    ("own scenario", "r o x enter"),
    ("own label", "r o x enter t"),
    ("scenario in study", "g down down enter"),
    ("cards", "b"),
    ("a card of the list", "b enter"),
    ("help", "?"),
];

/// A home with something of everything, at a place.
fn at(keys: &str) -> Seat {
    let learner = Learner::with("roles", &["one", "two", "three", "four"]);
    learner.settings("fuzz = false\nnew_per_day = 3\n");
    learner.deck("bad", &"[[broken\n".repeat(30));
    let scenarios = told() + &scenario("more", "execution", "pair = \"told\"\ndetail = \"More.\"");
    learner.deck("a-choice", &scenarios.replacen("\"roles\"", "\"a-choice\"", 1));
    learner.study(&["roles"], EVENING).press("! space 4 u");
    let mut seat = learner.at_home(EVENING);
    seat.resize(200, 40).press(keys);
    seat
}

/// The log is gone, and two backups are there.
fn rescue() -> Seat {
    let learner = Learner::with("roles", &["one", "two"]);
    for (day, keys) in [("2026-11-20", "space 4"), ("2026-11-21", "space 4"), ("2026-11-22", "")] {
        learner.study(&["roles"], &format!("{day}T10:00:00Z")).press(keys);
    }
    let mut seat = learner.open_with(Route::Home, EVENING, Err(Trouble::Moved));
    seat.resize(200, 40);
    seat
}

fn places() -> impl Iterator<Item = (&'static str, Seat)> {
    PLACES.into_iter().map(|(name, keys)| (name, at(keys))).chain([("rescue", rescue())])
}

/// The hints of the last line: key and word.
fn footer(seat: &Seat) -> Vec<(String, String)> {
    let lines = seat.lines();
    let last = lines.last().expect("a line").trim().to_owned();
    last.split("  ").filter_map(|hint| hint.split_once(' ')).map(|(key, word)| (key.into(), word.into())).collect()
}

/// The lines of the help page: keys and meaning.
fn help(seat: &mut Seat) -> Vec<(Vec<String>, String)> {
    seat.press("f1");
    let lines = seat.lines();
    let body = &lines[2..lines.len() - 3];
    let rows = body.iter().map(|line| line.trim_start_matches(['❯', ' '])).filter(|line| !line.is_empty());
    rows.map(|line| {
        let words: Vec<&str> = line.split("  ").map(str::trim).filter(|word| !word.is_empty()).collect();
        let keys = words.iter().take_while(|word| word.parse::<Chord>().is_ok());
        let keys: Vec<String> = keys.map(|key| (*key).to_owned()).collect();
        let meaning = words[keys.len()..].join(" ");
        (keys, meaning)
    })
    .collect()
}

#[test]
fn every_key_in_the_footer_does_something() {
    for (name, seat) in places() {
        let hints = footer(&seat);
        assert!(hints.iter().any(|(_, word)| word == "help") || name == "help", "{name}: {hints:?}");
        assert!(hints.len() > 1, "{name}: {hints:?}");
        for (key, word) in hints {
            let mut seat = match PLACES.iter().find(|(place, _)| *place == name) {
                Some((_, keys)) => at(keys),
                None => rescue(),
            };
            let before = (seat.text(), seat.log().len());
            seat.press(&key);
            let is_changed = (seat.text(), seat.log().len()) != before || seat.app.is_over();
            assert!(is_changed, "{name}: {key} {word} does nothing\n{}", seat.text());
        }
    }
}

#[test]
fn no_key_means_two_things_at_one_place_and_every_key_has_a_meaning() {
    for (name, mut seat) in places().filter(|(name, _)| *name != "help") {
        let mut seen = BTreeSet::new();
        let told = help(&mut seat);
        assert!(told.len() > 5, "{name}: {told:?}");
        for (keys, meaning) in told {
            assert!(!keys.is_empty() && meaning.len() > 3, "{name}: {keys:?} {meaning}");
            for key in keys {
                assert!(seen.insert(key.clone()), "{name}: `{key}` is bound twice");
            }
        }
        for key in ["?", "u", "ctrl-r", "ctrl-z", "ctrl-c"] {
            assert!(seen.contains(key), "{name}: `{key}` is not told: {seen:?}");
        }
    }
}

#[test]
fn whatever_the_footer_shows_the_help_page_explains() {
    for (name, mut seat) in places().filter(|(name, _)| *name != "help") {
        let hints = footer(&seat);
        let known: Vec<String> = help(&mut seat).into_iter().flat_map(|(keys, _)| keys).collect();
        for (key, _) in hints {
            assert!(known.contains(&key), "{name}: {key}");
        }
    }
}

#[test]
fn the_help_hint_is_the_last_to_go_when_the_terminal_is_narrow() {
    for (name, mut seat) in places().filter(|(name, _)| *name != "help") {
        seat.resize(40, 12).press("? esc");
        assert!(footer(&seat).iter().any(|(key, _)| key == "?"), "{name}: {}", seat.text());
    }
}

#[test]
fn help_is_narrowed_by_words_and_by_keys_and_enter_presses() {
    let mut seat = at("G enter space 4");
    let asked = seat.asked();
    seat.press("? t a k e").sees_no("bury").press("backspace backspace backspace backspace").press("u n d o");
    assert!(seat.lines()[2..4].iter().any(|line| line.contains("undo")), "{}", seat.text());
    seat.press("enter").sees("taken back");
    assert_ne!(seat.asked(), asked);
    seat.press("? x");
    let lines = seat.lines();
    let first = lines.iter().find(|line| line.contains('❯')).expect("a chosen line");
    assert!(first.contains(" x "), "a key's own name comes first: {first}");
    seat.press("z z q y").sees("No key");
}

#[test]
fn letters_typed_into_help_press_nothing_and_every_way_out_leads_back() {
    for out in ["esc", "f1", "backspace esc"] {
        let mut seat = at("G enter space");
        let (before, log) = (seat.text(), seat.log().len());
        seat.press("? u q 3 b !").press(out);
        assert_eq!((seat.text(), seat.log().len()), (before, log), "{out}");
    }
    let mut seat = at("");
    let before = seat.text();
    seat.press("? ?");
    assert_eq!(seat.text(), before, "the key that opens it closes it");
}

#[test]
fn the_chosen_key_is_always_in_sight() {
    let mut seat = at("G enter space");
    seat.resize(40, 12).press("?");
    for _ in 0..60 {
        assert!(seat.text().contains('❯'), "{}", seat.text());
        seat.press("down");
    }
    seat.sees("quit");
}
