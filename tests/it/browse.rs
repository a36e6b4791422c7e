//! The cards of a deck: found, read, paused, moved and deleted.

use greenroom::review::Grade;
use greenroom::tui::app::Handover;
use greenroom::tui::event::Route;

use crate::kit::{EVENING, Learner, Seat, deck};
use crate::screens::{contents, draw_everywhere, filled};

const TAGGED: &str = "format = 1\nid = \"roles\"\ntitle = \"Roles\"\n\n# a remark\n[[card]]\nid = \"one\"\n\
    question = \"Which **secret** is it?\"\nanswer = \"One.\"\ntags = [\"iam\"]\nlevel = \"senior\"\n\n[[card]]\nid = \"two\"\n\
    question = \"Which network is it?\"\nanswer = \"Two.\"\n\n[[card]]\nid = \"three\"\nquestion = \"And three?\"\nanswer = \"Three.\"\n";

fn browse(learner: &Learner) -> Seat {
    learner.open(Route::Deck { deck: Some("roles".parse().expect("an id")), card: None }, EVENING)
}

fn text(learner: &Learner, name: &str) -> String {
    std::fs::read_to_string(learner.home().join("decks").join(name)).expect("a deck")
}

fn chosen(seat: &Seat) -> String {
    let lines = seat.lines();
    lines.into_iter().find(|line| line.contains('❯')).unwrap_or_default()
}

fn type_in(seat: &mut Seat, text: &str) {
    for letter in text.chars() {
        seat.press(if letter == ' ' { "space".to_owned() } else { letter.to_string() }.as_str());
    }
}

#[test]
fn home_opens_the_cards_of_the_chosen_deck_and_escape_comes_back() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = learner.at_home(EVENING);
    seat.press("G b")
        .sees("Cards · Roles")
        .sees("3 cards")
        .sees("Which secret is it?")
        .sees_no("Which network is it? is");
    seat.press("down enter").sees("Two.").press("esc esc").sees("Deck").sees("Roles");
    seat.press("g b").sees("Cards · All decks");
}

#[test]
fn a_filter_lists_what_has_all_of_it_and_escape_lifts_it() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    learner.elsewhere("roles/two", Grade::Again, "2026-11-01T10:00:00Z");
    learner.elsewhere("roles/three", Grade::Easy, "2026-11-21T10:00:00Z");
    for (filter, found) in [
        ("secret", vec!["secret"]),
        ("which is", vec!["secret", "network"]),
        ("tag:iam", vec!["secret"]),
        ("level:sen new", vec!["secret"]),
        ("missed", vec!["network"]),
        ("due", vec!["network"]),
        ("new", vec!["secret"]),
        ("suspended", vec![]),
        ("nothing-like-it", vec![]),
    ] {
        let mut seat = browse(&learner);
        seat.press("/");
        type_in(&mut seat, filter);
        seat.press("enter").sees(&format!("{} of 3 cards", found.len()));
        for word in ["secret", "network", "three?"] {
            match found.contains(&word) {
                true => seat.sees(&format!("{word} is it")),
                false => seat.sees_no(&format!("{word} is it")),
            };
        }
        seat.press("esc").sees("3 cards").sees("And three?");
    }
}

#[test]
fn a_card_is_paused_and_resumed_and_undo_takes_it_back() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = browse(&learner);
    seat.press("down p");
    assert!(chosen(&seat).contains("paused"), "{}", seat.text());
    seat.press("p");
    assert!(chosen(&seat).contains("new"), "{}", seat.text());
    seat.press("u");
    assert!(chosen(&seat).contains("paused"), "{}", seat.text());
}

#[test]
fn a_card_is_deleted_when_asked_twice_and_undo_brings_back_every_byte() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = browse(&learner);
    seat.press("x").sees("x again").press("down x").sees("x again").sees("3 cards");
    assert_eq!(text(&learner, "roles.toml"), TAGGED);
    seat.press("x").sees("2 cards").sees("deleted: two").sees_no("network");
    assert!(!text(&learner, "roles.toml").contains("network"));
    seat.press("u").sees("3 cards").sees("taken back");
    assert_eq!(text(&learner, "roles.toml"), TAGGED);
    seat.press("x x");
    browse(&learner).press("U").sees("3 cards");
    assert_eq!(text(&learner, "roles.toml"), TAGGED, "also after a restart");
}

#[test]
fn undo_takes_back_grades_and_changes_of_decks_in_the_order_in_which_they_were_done() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = browse(&learner);
    seat.press("p down x x p").sees("2 cards");
    assert_eq!(seat.counting(), ["one suspend", "three suspend"]);
    seat.press("u").sees("2 cards");
    assert_eq!(seat.counting(), ["one suspend"]);
    seat.press("u").sees("3 cards");
    assert_eq!(seat.counting(), ["one suspend"]);
    seat.press("u");
    assert!(seat.counting().is_empty());
}

#[test]
fn a_card_is_moved_in_its_deck_and_stays_chosen() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = browse(&learner);
    seat.press("alt-down");
    assert!(chosen(&seat).contains("secret"), "{}", seat.text());
    let places = |text: &str| ["one", "two", "three"].map(|id| text.find(&format!("id = \"{id}\"")).expect("there"));
    let [one, two, three] = places(&text(&learner, "roles.toml"));
    assert!(two < one && one < three);
    seat.press("alt-up");
    assert_eq!(text(&learner, "roles.toml"), TAGGED);
}

#[test]
fn a_card_is_moved_to_another_deck_and_its_reviews_go_along_and_come_back() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    browse(&learner).press("m").sees("no other deck");
    learner.deck("other", &deck("other", &["x"]));
    learner.elsewhere("roles/one", Grade::Good, "2026-11-01T10:00:00Z");
    let mut seat = browse(&learner);
    let reviews = |seat: &Seat| {
        seat.memories();
        ["roles/one", "other/one"].map(|card| seat.memory(card).reviews)
    };
    assert_eq!(reviews(&seat), [1, 0]);
    seat.press("m")
        .sees("Deck other")
        .press("esc")
        .sees("3 cards")
        .press("m enter")
        .sees("moved to other")
        .sees("2 cards");
    assert!(text(&learner, "other.toml").contains("secret") && !text(&learner, "roles.toml").contains("secret"));
    assert_eq!(reviews(&seat), [0, 1]);
    seat.press("u").sees("3 cards");
    assert_eq!(text(&learner, "roles.toml"), TAGGED);
    assert_eq!(text(&learner, "other.toml"), deck("other", &["x"]));
    assert_eq!(reviews(&seat), [1, 0]);
}

#[test]
fn a_shipped_deck_is_copied_after_a_question_and_then_changed() {
    let learner = Learner::new();
    let mut seat = learner.at_home(EVENING);
    seat.press("down b").sees("Cards · Amazon ECS").press("x").sees("make it yours").press("n").sees("16 cards");
    seat.press("x y").sees("x again").press("x").sees("15 cards");
    assert!(
        text(&learner, "aws-ecs.toml").starts_with("format") || text(&learner, "aws-ecs.toml").contains("format = 1")
    );
}

#[test]
fn the_editor_opens_the_deck_at_the_card_and_at_a_problem() {
    let learner = Learner::new();
    learner.deck("roles", &TAGGED.replace("level = ", "levl = "));
    let mut seat = browse(&learner);
    let line = |seat: &mut Seat| match seat.app.hands_over() {
        Some(Handover::File { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    seat.press("down E");
    assert!((13..=14).contains(&line(&mut seat)));
    seat.sees("1 problem").press("g");
    assert_eq!(line(&mut seat), 11);
}

#[test]
fn a_deck_that_changes_on_the_disk_is_listed_anew_and_the_card_stays_chosen() {
    let learner = Learner::new();
    learner.deck("roles", TAGGED);
    let mut seat = browse(&learner);
    seat.press("down down");
    learner.deck("roles", &deck("roles", &["a", "b", "three"]));
    seat.app.look_at_decks();
    seat.perform();
    assert!(chosen(&seat).contains("What is three?"), "{}", seat.text());
}

#[test]
fn the_browser_and_the_form_hold_at_every_size_whatever_is_on_them() {
    let places = [
        "",
        "/",
        "/ z z",
        "enter",
        "x",
        "m",
        "e",
        "e tab tab",
        "e tab tab tab tab tab tab",
        "e alt-p",
        "a",
        "? e",
        "e x esc",
    ];
    let texts = contents().into_iter().map(|(name, content)| (name, filled(&content)));
    let plain = [("plain", TAGGED.to_owned()), ("empty", "format = 1\nid = \"roles\"\ntitle = \"R\"\n".to_owned())];
    for (name, text) in texts.chain(plain) {
        let learner = Learner::new();
        learner.deck("roles", &text);
        learner.deck("other", &deck("other", &["x"]));
        for keys in places {
            let mut seat = browse(&learner);
            seat.press(keys);
            draw_everywhere(&format!("{name}, browse {keys}"), &mut seat);
        }
    }
}

#[test]
fn a_hundred_thousand_cards_are_listed_and_found() {
    let learner = Learner::new();
    let words: Vec<String> = (0..100_000).map(|number| format!("w{number}")).collect();
    learner.deck("roles", &deck("roles", &words.iter().map(String::as_str).collect::<Vec<_>>()));
    let mut seat = browse(&learner);
    seat.sees("100000 cards").press("end").sees("What is w99999?").press("/");
    type_in(&mut seat, "w4242?");
    seat.press("enter").sees("1 of 100000 cards").sees("What is w4242?");
}
