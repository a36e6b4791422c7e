//! The form of a card: written, checked, saved, and never at the cost of what somebody else wrote.

use greenroom::tui::event::{Event, Route};

use crate::kit::{EVENING, Learner, Seat, deck};

const CARD: &str = "format = 1\nid = \"roles\"\ntitle = \"Roles\"\n\n# why this card\n[[card]]\nid = \"one\"   # keep\n\
    question = \"What is one?\"\nanswer = \"It is one.\"\nfollow_ups = [\"And then?\"]\n\n[[card.point]]\nid = \"first\"\n\
    text = \"the first thing to say\"\nweight = 3\n\n[[card.point]]\nid = \"second\"\ntext = \"the second thing to say\"\n";

fn edit(learner: &Learner) -> Seat {
    let (deck, card) = (Some("roles".parse().expect("an id")), Some("one".parse().expect("an id")));
    learner.open(Route::Edit { deck, card }, EVENING)
}

fn with_card() -> Learner {
    let learner = Learner::new();
    learner.deck("roles", CARD);
    learner
}

fn text(learner: &Learner, name: &str) -> String {
    std::fs::read_to_string(learner.home().join("decks").join(name)).expect("a deck")
}

#[test]
fn a_question_an_answer_and_one_key_make_a_card_that_is_studied_at_once() {
    let learner = Learner::new();
    let mut seat = learner.at_home(EVENING);
    seat.press("a").sees("New card").sees("My cards (a new deck)").sees("a question and an answer are enough");
    seat.paste("What is a task role?").sees("task-role is proposed").press("tab").paste("A role for the application.");
    seat.press("ctrl-s").sees("My cards").sees("u takes it back");
    assert!(text(&learner, "my-cards.toml").contains("id = \"task-role\""));
    seat.press("G enter").sees("What is a task role?").press("esc u").sees_no("My cards");
    assert!(!learner.home().join("decks/my-cards.toml").exists());
}

#[test]
fn one_card_after_the_other_is_written_with_one_key_between_them() {
    let learner = Learner::new();
    let mut seat = learner.at_home(EVENING);
    seat.press("a").paste("What is one?").press("tab").paste("One.").press("ctrl-n").sees("New card").sees("added");
    seat.paste("What is one?").press("enter").paste("Another one.").press("ctrl-s").sees("My cards");
    let written = text(&learner, "my-cards.toml");
    assert!(written.contains("id = \"one\"") && written.contains("id = \"one-2\""), "{written}");
}

#[test]
fn a_card_without_an_answer_is_not_written() {
    let learner = Learner::new();
    let mut seat = learner.at_home(EVENING);
    seat.press("a").paste("What?").press("ctrl-s").sees("a question and an answer").sees("New card");
    assert!(!learner.home().join("decks").exists());
}

#[test]
fn rewording_keeps_ids_remarks_and_what_the_form_does_not_show() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.sees("stays when you reword").press("end").paste(" Really?").sees("changed · not saved");
    seat.press("tab tab end").paste(", always").press("ctrl-s");
    let expected = CARD
        .replace("What is one?", "What is one? Really?")
        .replace("first thing to say", "first thing to say, always");
    assert_eq!(text(&learner, "roles.toml"), expected);
}

#[test]
fn points_are_added_moved_weighed_and_taken_out() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("tab tab alt-down alt-w");
    seat.press("tab").paste("said otherwise\nand so").press("tab").paste("What comes first?");
    seat.press("tab").sees("a point: one thing").paste("a third thing that is said").press("ctrl-s");
    let written = text(&learner, "roles.toml");
    let place = |words: &str| written.find(words).unwrap_or_else(|| panic!("{words}:\n{written}"));
    assert!(place("\"second\"") < place("\"first\"") && place("\"first\"") < place("a third thing"));
    assert!(written.contains("said otherwise") && written.contains("and so") && written.contains("What comes first?"));
    assert!(written.contains("weight = 1"), "{written}");
    let mut seat = edit(&learner);
    seat.press("tab tab alt-x ctrl-s");
    assert!(!text(&learner, "roles.toml").contains("the second thing"));
}

#[test]
fn tags_level_sources_and_note_are_written_as_their_keys() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("backtab backtab backtab backtab").paste("iam, roles").press("tab right right tab");
    seat.paste("https://example.org/a\nhttps://example.org/b").press("tab").paste("Often mixed up.").press("ctrl-s");
    let written = text(&learner, "roles.toml");
    for part in ["tags = [\"iam\", \"roles\"]", "level = \"mid\"", "https://example.org/b", "Often mixed up."] {
        assert!(written.contains(part), "{part}:\n{written}");
    }
}

#[test]
fn the_rules_are_told_while_one_types() {
    let mut seat = edit(&with_card());
    seat.sees("2 points, nothing found").press("tab tab tab tab tab ctrl-u").paste("word").sees("single word");
    seat.press("alt-p").sees("What is one?").press("esc").sees("answer");
}

#[test]
fn escape_asks_before_what_was_typed_is_dropped() {
    let learner = with_card();
    let mut seat = learner.open(Route::Deck { deck: Some("roles".parse().expect("an id")), card: None }, EVENING);
    seat.press("e esc").sees("Cards · Roles").press("e x esc").sees("not saved").press("y esc").sees("not saved");
    seat.press("esc").sees("Cards · Roles");
    assert_eq!(text(&learner, "roles.toml"), CARD);
    seat.press("e").sees_no("What is one?xy");
}

#[test]
fn what_was_typed_survives_a_crash_and_is_gone_when_it_is_saved() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("end").paste(" Half a sent");
    seat.app.handle(Event::Leaving, seat.now);
    seat.perform();
    let mut seat = edit(&learner);
    seat.sees("Half a sent").sees("changed · not saved").paste("ence.").press("ctrl-s");
    assert!(text(&learner, "roles.toml").contains("What is one? Half a sentence."));
    edit(&learner).sees_no("not saved");
}

#[test]
fn a_card_that_somebody_else_changed_meanwhile_is_not_overwritten_unless_one_says_so() {
    let theirs = CARD.replace("What is one?", "What do they ask?");
    for (keys, expected) in [("k", "What is mine?"), ("t", "What do they ask?"), ("esc", "What do they ask?")] {
        let learner = with_card();
        let mut seat = edit(&learner);
        seat.press("ctrl-u").paste("What is mine?");
        learner.deck("roles", &theirs);
        seat.press("ctrl-s").sees("changed in its file").sees("What do they ask?");
        assert_eq!(text(&learner, "roles.toml"), theirs);
        seat.press(keys);
        assert!(text(&learner, "roles.toml").contains(expected), "{keys}:\n{}", text(&learner, "roles.toml"));
        if keys == "esc" {
            seat.sees("What is mine?").sees("not saved");
        }
    }
}

#[test]
fn another_card_of_the_file_may_change_meanwhile() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("ctrl-u").paste("What is mine?");
    learner.deck("roles", &format!("{CARD}\n[[card]]\nid = \"two\"\nquestion = \"Two?\"\nanswer = \"Two.\"\n"));
    seat.app.look_at_decks();
    seat.perform().sees("What is mine?").press("ctrl-s");
    let written = text(&learner, "roles.toml");
    assert!(written.contains("What is mine?") && written.contains("Two?"));
}

#[test]
fn a_form_in_which_nothing_is_typed_shows_what_the_file_says() {
    let learner = with_card();
    let mut seat = edit(&learner);
    learner.deck("roles", &CARD.replace("What is one?", "What do they ask?"));
    seat.app.look_at_decks();
    seat.perform().sees("What do they ask?").sees_no("not saved");
}

#[test]
fn a_card_that_was_taken_out_meanwhile_can_be_kept() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("ctrl-u").paste("What is mine?");
    learner.deck("roles", &deck("roles", &["other"]));
    seat.press("ctrl-s").sees("taken out of its deck").press("k");
    assert!(text(&learner, "roles.toml").contains("What is mine?"));
}

#[test]
fn study_opens_the_form_on_the_card_and_comes_back_to_the_same_place() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space e").sees("Edit card · roles/one").press("end").paste(" Reworded?").press("ctrl-s");
    seat.sees("Reworded?").sees("It is the one answer.").sees("1 of 2").press("4").asks("two");
    assert_eq!(seat.counting(), ["one easy"]);
}

#[test]
fn a_shipped_card_is_changed_in_a_copy_of_its_deck() {
    let learner = Learner::new();
    let mut seat = learner.study(&["aws-ecs"], EVENING);
    seat.press("e")
        .sees("make it yours")
        .press("esc")
        .sees("Study")
        .press("e y")
        .sees("Edit card")
        .press("end")
        .paste(" (mine)");
    seat.press("ctrl-s").sees("(mine)").sees("Study");
    assert!(text(&learner, "aws-ecs.toml").contains("(mine)"));
}

#[test]
fn a_field_is_written_in_the_learners_own_editor() {
    let learner = with_card();
    let mut seat = edit(&learner);
    seat.press("tab ctrl-e");
    assert!(seat.app.hands_over().is_some());
    seat.app.handle(Event::Edited("It is **another** one.\n".to_owned()), seat.now);
    seat.perform().press("ctrl-s");
    assert!(text(&learner, "roles.toml").contains("It is **another** one."));
}
