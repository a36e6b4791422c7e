//! Scenarios that learners write, and disagreements: what is on the screen and in the files.

use greenroom::deck;
use greenroom::tui::event::{Drill, Route};

use crate::choice::{EXERCISE, scenario};
use crate::kit::{EVENING, Learner, Seat};
use crate::screens::draw_everywhere;

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("roles", &(EXERCISE.to_owned() + &scenario("given", "task", "")));
    learner
}

fn begin(learner: &Learner) -> Seat {
    learner.open(Route::Choice(Drill { exercise: "which".parse().ok(), ..Drill::default() }), EVENING)
}

fn own_deck(learner: &Learner) -> String {
    std::fs::read_to_string(learner.home().join("decks/my-scenarios.toml")).expect("a deck")
}

fn disagreements(learner: &Learner) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(learner.home().join("disagreements.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_scenario_of_ones_own_is_written_labelled_added_and_asked_at_once() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o").paste("What is mine? Nightly,\na script copies \"logs\".").press("alt-enter o k enter");
    seat.sees("What is mine? Nightly, a script copies \"logs\". ok").sees("Which label would you give it?");
    seat.press("e")
        .sees("You say Execution role.")
        .press("a")
        .sees("added to my-scenarios.toml as mine-2026-11-22-180000");
    let text = own_deck(&learner);
    assert_eq!(deck::parse(&text).diagnostics, []);
    seat.press("esc").press("x").sees("What is mine?").press("e").sees("That is right.");
    assert_eq!(seat.counting(), ["mine-2026-11-22-180000 good"]);
}

#[test]
fn adding_leaves_what_is_in_the_deck_and_the_second_gets_an_id_of_its_own() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o O n e enter t a");
    let edited = own_deck(&learner).replace("My scenarios", "Mine") + "# a remark";
    learner.deck("my-scenarios", &edited);
    seat.press("enter T w o enter t a");
    let text = own_deck(&learner);
    assert!(text.starts_with(&edited), "{text}");
    assert_eq!(deck::parse(&text).deck.expect("a deck").cards.len(), 2);
    seat.press("a a a");
    assert_eq!(own_deck(&learner), text, "once is enough");
}

#[test]
fn a_deck_that_is_broken_is_told_and_left_alone() {
    let learner = learner();
    learner.deck("my-scenarios", "[[broken");
    let mut seat = begin(&learner);
    seat.press("o O n e enter t a").sees("has an error that must be mended first").sees("a add to my deck");
    assert_eq!(own_deck(&learner), "[[broken");
}

#[test]
fn what_was_written_is_not_lost_by_one_key() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o m y space s t o r y esc").sees("esc again leaves").sees("my story").press("! esc").sees("my story!");
    seat.press("enter w").sees("my story!").press("esc esc").sees("Which role?");
    seat.press("o enter").sees("Write a scenario").press("esc").sees("given");
}

#[test]
fn a_disagreement_is_kept_with_the_reason_and_changes_no_review() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("t w s o enter d")
        .sees("Which label do you think is right?")
        .press("e")
        .sees("kept in disagreements.jsonl");
    seat.sees("That is right.");
    let kept = disagreements(&learner);
    assert_eq!(kept.len(), 1);
    let line = &kept[0];
    assert_eq!((line["card"].as_str(), line["label"].as_str()), (Some("roles/given"), Some("execution")));
    assert_eq!((line["exercise"].as_str(), line["why"].as_str()), (Some("which"), Some("so")));
    assert_eq!((line["at"].as_str(), line["text"].is_string()), (Some("2026-11-22T18:00:00Z"), true));
    assert_eq!(seat.counting(), ["given good"]);
    seat.press("d esc");
    assert_eq!(disagreements(&learner).len(), 1);
}

#[test]
fn every_face_holds_at_every_size() {
    for keys in ["o", "o a b c", "o a b c enter", "o a b c enter t", "o a b c enter t a"] {
        draw_everywhere(keys, begin(&learner()).press(keys));
    }
    let mut seat = begin(&learner());
    seat.press("o").paste(&"日本語 Donaudampfschifffahrt\n\n".repeat(90));
    draw_everywhere("long", &mut seat);
    draw_everywhere("long, read", seat.press("enter"));
}
