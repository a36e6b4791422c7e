//! What was found in the learner's files: told with its place, and never in the way of what is sound.

use greenroom::text::Safe;

use crate::kit::{EVENING, Learner, Seat, deck};

/// Everything that the problems screen says, page by page.
fn told(seat: &mut Seat) -> String {
    seat.press("p");
    let mut all = String::new();
    loop {
        let text = seat.text();
        all += &text;
        if seat.press("down").text() == text {
            break;
        }
    }
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_broken_deck_is_told_with_file_line_and_what_to_do_and_the_others_work() {
    let learner = Learner::with("roles", &["one"]);
    learner
        .deck("broken", "format = 1\nid = \"broken\"\ntitle = \"Broken\"\n\n[[card]]\nid = \"a\"\nqestion = \"?\"\n");
    let mut seat = learner.at_home(EVENING);
    let told = told(&mut seat);
    for words in ["broken.toml:7:1", "qestion", "question"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    seat.press("esc G enter").asks("one");
}

#[test]
fn a_setting_that_cannot_be_used_is_told_with_its_line_and_the_nearest_name() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("mouse = true\nnew_per_dya = 3\nday_start = 24\n");
    let told = told(&mut learner.at_home(EVENING));
    for words in ["config.toml:2", "new_per_day", "config.toml:3", "0 to 23"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn settings_that_are_no_text_are_told_and_not_passed_over_in_silence() {
    let learner = Learner::with("roles", &["one"]);
    learner.write("config.toml", b"new_per_day = 1\n# \xff\xfe\n");
    let told = told(&mut learner.at_home(EVENING));
    assert!(told.contains("config.toml"), "{told}");
}

#[test]
fn steps_that_are_not_in_order_are_told_and_the_program_starts() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("learning_steps = [10, 1]\n");
    let told = told(&mut learner.at_home(EVENING));
    assert!(told.contains("steps are not in order"), "{told}");
}

#[test]
fn the_last_of_many_problems_and_its_place_can_be_read_on_the_smallest_screen() {
    let learner = Learner::with("roles", &["one"]);
    for number in 10..40 {
        let name = format!("a-folder-with-a-long-name/bad-{number}");
        learner.deck(&name, "# a remark\nformat = 2\n");
    }
    let mut seat = learner.at_home(EVENING);
    seat.resize(40, 12).press("p");
    for _ in 0..400 {
        seat.press("pgdn");
    }
    let text = seat.text().split_whitespace().collect::<String>();
    assert!(text.contains("bad-39.toml:2:"), "{text}");
}

#[test]
fn hostile_names_and_texts_are_shown_as_what_they_are() {
    let learner = Learner::with("roles", &["one"]);
    learner.deck("\u{1b}]52;c;aGk=\u{7}\u{202e}evil\n", "format = 1\n");
    learner.deck("text", &format!("{}\nunknown\u{9b}31m = \"\\u001b[2J\"\n", deck("text", &["a"])));
    learner.settings("theme\u{202e} = 1\n");
    let mut seat = learner.at_home(EVENING);
    seat.resize(120, 40);
    let told = told(&mut seat);
    assert!(told.contains("\\x1b]52"), "{told}");
    assert!(!told.chars().any(Safe::refuses), "{told}");
}
