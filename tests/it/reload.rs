//! Deck files that change while the program shows them.

use greenroom::review::Grade;

use crate::kit::{EVENING, Learner, Seat, deck};

/// The decks as the watch has the program look at them once a change has settled.
fn look(seat: &mut Seat) -> &mut Seat {
    seat.app.look_at_decks();
    seat.perform()
}

#[test]
fn a_card_that_is_reworded_shows_its_new_words_and_nothing_moves() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 4").asks("two").press("space").sees("It is the two answer.");
    learner.deck("roles", &deck("roles", &["one", "two", "three"]).replace("the two answer", "the better answer"));
    look(&mut seat).sees("It is the better answer.").sees("2 of 3").sees("Deck roles was read again: 3 cards");
    seat.press("3").asks("three");
    assert_eq!(seat.counting(), ["one easy", "two good"]);
}

#[test]
fn a_card_that_is_taken_out_is_not_asked_and_a_new_one_comes_with_the_next_sitting() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 1").asks("two");
    learner.deck("roles", &deck("roles", &["three", "four"]));
    look(&mut seat).asks("three").sees("2 of 2").press("space 4").sees("Done");
    seat.press("n").asks("four");
}

#[test]
fn a_card_that_went_while_its_grade_was_written_is_not_asked_again() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space").hold("1");
    learner.deck("roles", &deck("roles", &["two"]));
    seat.app.look_at_decks();
    seat.perform().asks("two").press("space 4").sees("Done");
    assert_eq!(seat.counting(), ["one again", "two easy"]);
}

#[test]
fn an_answer_is_typed_to_the_card_as_it_was_and_marked_by_the_card_as_it_is() {
    let text = |asks: &str| {
        format!(
            "format = 1\nid = \"roles\"\ntitle = \"Roles\"\n[[card]]\nid = \"one\"\nquestion = \"{asks}\"\n\
             answer = \"Two roles.\"\n[[card.point]]\nid = \"task\"\ntext = \"the task role is for the application\"\n"
        )
    };
    let learner = Learner::new();
    learner.deck("roles", &text("What is one?"));
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("t").paste("the task role is for the application");
    learner.deck("roles", &text("And what is one?"));
    look(&mut seat).sees("What is one?").sees_no("And what").sees("the task role is for");
    seat.press("ctrl-s 4").sees("And what is one?").sees("of 1 point said");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("t x");
    learner.deck("roles", &text("Once more?"));
    look(&mut seat).sees("And what is one?").press("esc").sees("Once more?");
}

#[test]
fn a_deck_that_is_broken_stays_usable_and_the_first_problem_is_told() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.at_home(EVENING);
    seat.press("G enter space");
    learner.deck("roles", &deck("roles", &["one", "two"]).replace("title = \"", "title = "));
    look(&mut seat).sees("It is the one answer.").sees("roles.toml, line 3").sees("stays as it was");
    seat.press("4")
        .asks("two")
        .press("space 4")
        .sees("Done")
        .press("esc")
        .sees("Deck roles")
        .sees("found in your files");
    learner.deck("roles", &deck("roles", &["one", "two", "three"]));
    look(&mut seat).sees("read again: 3 cards").sees_no("found in your files");
    let mut seat = learner.at_home(EVENING);
    seat.press("G");
    learner.deck("roles", "");
    look(&mut seat).sees("stays as it was").press("enter").asks("three");
}

#[test]
fn home_keeps_its_choice_while_decks_come_and_go() {
    let learner = Learner::with("roles", &["one"]);
    let mut seat = learner.at_home(EVENING);
    let chosen = |seat: &Seat| seat.lines().into_iter().find(|line| line.contains('❯')).unwrap_or_default();
    seat.press("G");
    assert!(chosen(&seat).contains("Deck roles"));
    learner.deck("a-new", &deck("a-new", &["two"]));
    look(&mut seat).sees("Deck a-new was read again: 1 card");
    assert!(chosen(&seat).contains("Deck roles"), "{}", seat.text());
    std::fs::remove_file(learner.home().join("decks/a-new.toml")).expect("removed");
    look(&mut seat).sees("read again").sees_no("Deck a-new");
}

#[test]
fn decks_that_did_not_change_say_nothing_and_cost_no_sitting() {
    let learner = Learner::with("roles", &["one", "two"]);
    learner.elsewhere("roles/one", Grade::Good, "2026-11-01T10:00:00Z");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space");
    let before = seat.text();
    look(&mut seat);
    assert_eq!(seat.text(), before);
}
