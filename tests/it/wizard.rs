//! Pasted questions, shown one by one: what is accepted is written at the end, and nothing before.

use std::path::{Path, PathBuf};

use greenroom::deck;
use greenroom::exchange::Format;
use greenroom::tui::app::Handover;
use greenroom::tui::event::{Event, Route};
use greenroom::workspace::Batch;

use crate::kit::{EVENING, Learner, Seat};
use crate::screens::draw_everywhere;

const TEXT: &str = "Copied on a Sunday.\n\n1. What is a lock?\nAnswer: It lets one thread in.\n\
    2. What is a race?\nAnswer:\n\nTwo threads at once.\nNobody decides who is first.\n\
    3. What is a semaphore?\nAnswer: A lock for a number of threads.\n";

fn begin(learner: &Learner, text: &str) -> Seat {
    let import = Format::named("text").and_then(|format| format.import).expect("it is read");
    let imported = import(text.as_bytes()).expect("questions");
    let intake = learner.workspace().intake(None, Path::new("locks.txt"), &imported).expect("a deck to be");
    let batch = Batch { joined: intake.join(imported), intake };
    learner.open(Route::Import(Box::new(batch)), EVENING)
}

fn file(learner: &Learner) -> PathBuf {
    learner.home().join("decks/locks.toml")
}

fn questions(learner: &Learner) -> Vec<String> {
    let text = std::fs::read_to_string(file(learner)).expect("a deck");
    let parsed = deck::parse(&text);
    assert_eq!(parsed.diagnostics, []);
    parsed.deck.expect("a deck").cards.iter().map(|card| card.prompt().to_string()).collect()
}

/// What the learner's editor made of the card on the table.
fn edit(seat: &mut Seat, change: impl Fn(&str) -> String) {
    seat.press("e");
    let text = match seat.app.hands_over() {
        Some(Handover::Text(text)) => text.to_string(),
        other => panic!("a text for the editor, not {other:?}"),
    };
    seat.app.handle(Event::Edited(change(&text)), seat.now);
    seat.perform();
}

#[test]
fn what_is_accepted_is_written_after_the_last_card_and_not_before() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    seat.sees("1 of 3").sees("What is a lock?").sees("It lets one thread in.");
    seat.press("enter").sees("2 of 3").sees("Points (2)").sees("· Two threads at once.");
    seat.press("x").sees("3 of 3");
    assert!(!file(&learner).exists());
    seat.press("y").sees("2 cards in `locks`").sees("locks.toml").sees("Copied on a Sunday.");
    assert_eq!(questions(&learner), ["What is a lock?", "What is a semaphore?"]);
    seat.press("enter");
    assert!(seat.app.is_over());
}

#[test]
fn one_goes_back_and_decides_anew_and_all_that_follow_are_accepted_at_once() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    seat.press("x x b").sees("2 of 3").sees("dropped").press("b").sees("1 of 3").press("b").sees("1 of 3");
    seat.press("y").sees("2 of 3").press("A").sees("2 cards in `locks`");
    assert_eq!(questions(&learner), ["What is a lock?", "What is a semaphore?"]);
}

#[test]
fn a_text_with_two_cards_or_an_id_that_is_taken_is_refused_and_kept() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    seat.press("enter");
    edit(&mut seat, |text| format!("{text}\n[[card]]\nid = \"more\"\nquestion = \"Why?\"\nanswer = \"So.\"\n"));
    seat.sees("2 cards in this text").sees("What is a race?");
    edit(&mut seat, |text| {
        let first = text.split("\n[[card]]\nid = \"more\"").next().expect("the first").to_owned();
        let id = first.lines().find(|line| line.starts_with("id =")).expect("an id").to_owned();
        first.replace(&id, "id = \"lock\"")
    });
    seat.sees("Another card has the id `lock`").sees("2 of 3");
    edit(&mut seat, |text| text.replace("id = \"lock\"", "id = \"data-race\""));
    seat.sees("changed").press("A").sees("3 cards in `locks`");
}

#[test]
fn one_goes_back_from_the_end_while_nothing_is_written() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    seat.press("x x x").sees("Nothing was written.").press("b").sees("3 of 3").press("y").sees("1 card in `locks`");
    let other = Learner::new();
    let mut seat = begin(&other, TEXT);
    other.deck("locks", "# theirs\n");
    seat.press("A").sees("Nothing was written yet").press("b").sees("1 of 3");
    seat.press("ctrl-c").sees("ctrl-c again quits; nothing is written");
}

#[test]
fn a_card_is_changed_in_the_editor_and_a_mistake_costs_nothing() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    edit(&mut seat, |text| text.replace("What is a lock?", "What is a mutex?"));
    seat.sees("What is a mutex?").sees("changed");
    edit(&mut seat, |text| text.replace("answer =", "answer"));
    seat.sees("What is a mutex?").sees("Press e to mend it");
    edit(&mut seat, |text| {
        assert!(text.contains("answer \""), "what was written is still there: {text}");
        text.replace("answer \"", "answer = \"").replace("one thread", "only one thread")
    });
    seat.sees("only one thread").press("A");
    assert_eq!(questions(&learner)[0], "What is a mutex?");
}

#[test]
fn leaving_asks_once_something_was_decided_and_writes_nothing() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    seat.press("enter esc").sees("esc again leaves").press("esc");
    assert!(seat.app.is_over() && !file(&learner).exists());
    let mut seat = begin(&learner, TEXT);
    seat.press("esc");
    assert!(seat.app.is_over());
    let mut seat = begin(&learner, TEXT);
    seat.press("x x x").sees("Nothing was written.");
    assert!(!file(&learner).exists());
}

#[test]
fn a_deck_that_somebody_else_made_meanwhile_is_not_written_over() {
    let learner = Learner::new();
    let mut seat = begin(&learner, TEXT);
    learner.deck("locks", "# theirs\n");
    seat.press("A").sees("Nothing was written yet").press("enter").sees("Nothing was written yet");
    assert_eq!(std::fs::read_to_string(file(&learner)).expect("a file"), "# theirs\n");
    std::fs::remove_file(file(&learner)).expect("gone");
    seat.press("enter").sees("3 cards in `locks`");
}

#[test]
fn the_wizard_holds_at_every_size() {
    let learner = Learner::new();
    let long =
        format!("{TEXT}4. What is {}?\nAnswer:\n\n{}", "very ".repeat(80), "A line that says something.\n".repeat(60));
    for keys in ["", "enter", "x x x", "x x x pgdn pgdn", "A"] {
        let mut seat = begin(&learner, &long);
        seat.press(keys);
        draw_everywhere(&format!("import, {keys}"), &mut seat);
        seat.leave_at_once();
        let _gone = std::fs::remove_file(file(&learner));
    }
}
