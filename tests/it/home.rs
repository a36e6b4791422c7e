//! Home: what is ready, what is chosen, and the ways out.

use greenroom::review::Grade;
use greenroom::tui::event::Route;

use crate::kit::{EVENING, Learner, deck};

#[test]
fn a_first_start_is_one_key_from_the_first_question_and_three_from_the_first_grade() {
    let mut seat = Learner::new().at_home(EVENING);
    seat.sees("Amazon ECS").press("enter").sees("What is Amazon ECS").press("space 3");
    assert_eq!(seat.log().len(), 1);
}

#[test]
fn the_chosen_deck_is_the_one_that_is_studied() {
    let learner = Learner::with("roles", &["one"]);
    learner.deck("other", &deck("other", &["two"]));
    for (keys, word) in
        [("G", "one"), ("end", "one"), ("G k", "two"), ("down down down down", "two"), ("j j j j j", "one")]
    {
        let mut seat = learner.at_home(EVENING);
        seat.press(keys).press("enter").asks(word);
    }
    let mut seat = learner.at_home(EVENING);
    seat.press("G g").press("enter").sees("All decks");
}

#[test]
fn the_chosen_deck_is_always_in_sight() {
    let learner = Learner::new();
    for number in 10..60 {
        learner.deck(&format!("deck-{number}"), &deck(&format!("deck-{number}"), &["one"]));
    }
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut seat = learner.at_home(EVENING);
        seat.resize(columns, rows);
        for number in 10..60 {
            while !seat.lines().iter().any(|line| line.contains('❯') && line.contains(&format!("deck-{number}"))) {
                let before = seat.text();
                seat.press("down");
                assert_ne!(seat.text(), before, "deck-{number} was never chosen at {columns}x{rows}:\n{before}");
            }
        }
    }
}

#[test]
fn a_click_chooses_a_deck_and_a_second_click_studies_it() {
    let learner = Learner::with("roles", &["one"]);
    let mut seat = learner.at_home(EVENING);
    let row = seat.lines().iter().position(|line| line.contains("Deck roles")).expect("on the screen");
    seat.click(6, row);
    assert!(seat.lines()[row].contains('❯'), "{}", seat.text());
    seat.click(6, row).asks("one");
}

#[test]
fn a_click_on_a_key_of_the_footer_is_that_key() {
    let mut seat = Learner::with("roles", &["one"]).at_home(EVENING);
    let column = seat.lines()[23].find("help").expect("in the footer");
    seat.click(column, 23).sees("Keys");
}

#[test]
fn home_counts_what_was_done_when_it_is_seen_again() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.at_home(EVENING);
    let row = |seat: &crate::kit::Seat| {
        let lines = seat.lines();
        lines.iter().find(|line| line.contains("Deck roles")).expect("the deck").clone()
    };
    let new = |line: &str| line.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<usize>>();
    assert_eq!(new(&row(&seat)), [2]);
    seat.press("G enter space 4 esc");
    assert_eq!(new(&row(&seat)), [1]);
    seat.press("u");
    assert_eq!(new(&row(&seat)), [2], "undo at home");
}

#[test]
fn a_home_that_was_left_open_over_night_shows_the_new_day() {
    let learner = Learner::with("roles", &["one", "two"]);
    learner.elsewhere("roles/one", Grade::Easy, EVENING);
    learner.elsewhere("roles/two", Grade::Easy, EVENING);
    let mut seat = learner.at_home(EVENING);
    seat.wait(60 * 24 * 30).press("G");
    let later = learner.at_home(&seat.now.to_string()).press("G").text();
    assert_eq!(seat.text(), later);
}

#[test]
fn as_many_cards_are_asked_as_home_says_are_ready() {
    let learner = Learner::with("roles", &["one", "two", "three", "four"]);
    learner.settings("fuzz = false\nnew_per_day = 3\n");
    learner.elsewhere("roles/one", Grade::Easy, "2026-10-01T10:00:00Z");
    let mut seat = learner.at_home(EVENING);
    seat.sees("4 cards").press("g enter");
    let mut asked = 0;
    while !seat.text().contains("Done") {
        seat.press("space 4");
        asked += 1;
        assert!(asked < 50, "{}", seat.text());
    }
    assert_eq!(asked, 4);
}

#[test]
fn when_nothing_is_due_home_says_until_when() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("fuzz = false\nnew_per_day = 0\n");
    learner.elsewhere("roles/one", Grade::Easy, EVENING);
    learner.at_home(EVENING).sees("Nothing is due until Mon 30 Nov");
}

#[test]
fn keys_that_have_nothing_to_show_are_not_offered_and_do_nothing() {
    let mut seat = Learner::with("roles", &["one"]).at_home(EVENING);
    let before = seat.text();
    seat.sees_no("p problems").sees_no("s suspended").press("p s");
    assert_eq!(seat.text(), before);
    let learner = Learner::with("roles", &["one"]);
    learner.deck("bad", "format = 1\n");
    learner.study(&["roles"], EVENING).press("!");
    learner.at_home(EVENING).sees("problems").sees("suspended");
}

#[test]
fn escape_never_quits_home_and_q_does() {
    let mut seat = Learner::new().at_home(EVENING);
    seat.press("esc esc esc");
    assert!(!seat.app.is_over());
    seat.press("q");
    assert!(seat.app.is_over());
}

#[test]
fn control_c_quits_when_it_is_pressed_twice_in_a_row_on_any_screen() {
    let learner = Learner::with("roles", &["one"]);
    for keys in ["", "?", "? x y", "G enter", "G enter space"] {
        let mut seat = learner.open(Route::Home, EVENING);
        seat.press(keys).press("ctrl-c").sees("ctrl-c again");
        seat.press("down ctrl-c");
        assert!(!seat.app.is_over(), "{keys}: another key came between");
        seat.press("ctrl-c");
        assert!(seat.app.is_over(), "{keys}");
    }
}

#[test]
fn control_z_asks_for_the_shell_once() {
    let mut seat = Learner::new().at_home(EVENING);
    seat.press("? ctrl-z");
    assert!(seat.app.takes_a_break());
    assert!(!seat.app.takes_a_break());
}

#[test]
fn pasted_text_presses_no_keys_on_any_screen_and_says_so() {
    let learner = Learner::with("roles", &["one"]);
    learner.deck("bad", "format = 1\n");
    learner.study(&["roles"], EVENING).press("!");
    for keys in ["", "p", "s"] {
        let mut seat = learner.at_home(EVENING);
        seat.press(keys);
        let lines = seat.log().len();
        seat.paste("q\nq\nenter 3 u\u{1b}[201~q").sees("paste");
        assert!(!seat.app.is_over() && seat.log().len() == lines, "{keys}");
    }
}
