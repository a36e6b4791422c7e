//! Studying: a deck, keys, and what is on the screen and on the disk.

use greenroom::review::{EntryId, Grade};
use greenroom::store::Store;
use greenroom::tui::event::Route;

use crate::kit::{EVENING, Learner, Seat, card};

#[test]
fn a_question_its_answer_a_grade_and_the_next_question() {
    let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
    seat.asks("one").press("space").sees("It is the one answer.").press("4").asks("two");
    assert_eq!(seat.counting(), ["one easy"]);
    seat.press("enter 1").sees("again");
    assert_eq!(seat.counting(), ["one easy", "two again"]);
}

#[test]
fn a_grade_is_shown_once_it_is_on_the_disk_and_not_before() {
    let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
    seat.press("space").hold("3");
    assert_eq!((seat.asked().as_deref(), seat.is_revealed()), (Some("one"), true), "the disk is slow");
    assert!(seat.log().is_empty());
    seat.hold("3 4 space").perform().asks("two");
    assert_eq!(seat.counting(), ["one good"], "keys that were pressed meanwhile grade nothing");
}

#[test]
fn no_key_grades_a_card_whose_answer_was_not_seen() {
    let mut seat = Learner::with("roles", &["one"]).study(&["roles"], EVENING);
    seat.press("1 2 3 4").asks("one");
    assert!(seat.log().is_empty());
}

#[test]
fn every_number_is_its_grade_and_space_is_good() {
    for (keys, grade) in
        [("1", "again"), ("2", "hard"), ("3", "good"), ("4", "easy"), ("space", "good"), ("enter", "good")]
    {
        let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
        seat.press("space").press(keys).asks("two");
        assert_eq!(seat.counting(), [format!("one {grade}")]);
    }
}

/// What undo must bring back: what counts, and what is known of every card.
fn state(seat: &Seat) -> impl PartialEq + std::fmt::Debug + use<> {
    let known: Vec<_> = seat.memories().into_iter().filter(|(_, memory)| memory.reviews > 0).collect();
    (seat.counting(), known)
}

#[test]
fn undo_is_a_real_inverse_for_one_two_and_all_answers() {
    let mut seat = Learner::with("roles", &["one", "two", "three", "four"]).study(&["roles"], EVENING);
    let mut before = vec![state(&seat)];
    let mut asked = vec![seat.asked()];
    for keys in ["space 3", "space 1", "space 4", "space 2"] {
        seat.press(keys);
        before.push(state(&seat));
        asked.push(seat.asked());
    }
    for steps in [1, 2, 4] {
        for place in (4 - steps..4).rev() {
            seat.press("u");
            assert_eq!(state(&seat), before[place]);
            assert_eq!((seat.asked(), seat.is_revealed()), (asked[place].clone(), false));
        }
        for place in 5 - steps..5 {
            seat.press("ctrl-r");
            assert_eq!(state(&seat), before[place]);
            assert_eq!(seat.asked(), asked[place], "redo asks the card that was asked then");
        }
    }
}

#[test]
fn a_card_seen_twice_is_taken_back_answer_by_answer() {
    let mut seat = Learner::with("roles", &["one"]).study(&["roles"], EVENING);
    let mut before = Vec::new();
    for grade in ["space 1", "space 1", "space 3", "space 3"] {
        before.push(state(&seat));
        seat.asks("one").press(grade);
    }
    assert_eq!(seat.asked(), None, "four answers and it is learnt");
    while let Some(expected) = before.pop() {
        seat.press("u").asks("one");
        assert_eq!(state(&seat), expected);
    }
    assert_eq!(seat.log().len(), 8, "nothing is ever removed from the log");
}

#[test]
fn undo_at_the_end_of_a_sitting_takes_the_last_answer_back_and_writes_nothing_twice() {
    let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
    seat.press("space 4");
    let before = state(&seat);
    seat.press("space 4");
    assert_eq!(seat.asked(), None);
    seat.press("u").asks("two");
    assert_eq!(state(&seat), before);
    seat.press("space 1 space 4");
    assert_eq!(seat.counting(), ["one easy", "two again", "two easy"]);
    assert_eq!(seat.log().len(), 5, "four answers and one taken back");
}

#[test]
fn undo_works_at_home_and_after_a_restart_and_redo_too() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    let empty = state(&seat);
    seat.press("space 4");
    let one = state(&seat);
    seat.press("space 4");
    let both = state(&seat);
    seat.leave();
    let mut seat = learner.at_home("2026-11-25T10:00:00Z");
    assert_eq!(state(&seat), both);
    seat.press("u").sees("taken back");
    assert_eq!(state(&seat), one);
    seat.leave();
    let mut seat = learner.at_home("2026-11-26T10:00:00Z");
    assert_eq!(state(&seat), one);
    seat.press("u");
    assert_eq!(state(&seat), empty);
    seat.press("u").sees("nothing");
    seat.leave();
    let mut seat = learner.at_home("2026-11-27T10:00:00Z");
    seat.press("ctrl-r ctrl-r");
    assert_eq!(state(&seat), both);
    seat.press("ctrl-r").sees("nothing");
    assert_eq!(state(&seat), both);
}

#[test]
fn bury_suspend_and_reset_are_taken_back_like_an_answer() {
    for (keys, word) in [("b", "bury"), ("!", "suspend"), ("R R", "reset")] {
        let learner = Learner::with("roles", &["one", "two"]);
        learner.elsewhere("roles/one", Grade::Easy, "2026-10-01T10:00:00Z");
        let mut seat = learner.study(&["roles"], EVENING);
        let before = (seat.counting(), seat.memory("roles/one"));
        seat.asks("one").press(keys);
        assert_eq!(seat.counting().last(), Some(&format!("one {word}")));
        assert_ne!(seat.memory("roles/one"), before.1);
        seat.press("u").asks("one");
        assert_eq!((seat.counting(), seat.memory("roles/one")), before, "{word}");
        seat.memories();
        seat.press("ctrl-r");
        assert_eq!(seat.counting().last(), Some(&format!("one {word}")));
    }
}

#[test]
fn reset_asks_once_and_any_other_key_is_a_no() {
    let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
    seat.press("R").sees("R again").asks("one").press("space R j R").sees("R again");
    assert!(seat.log().is_empty());
    seat.press("R");
    assert_eq!(seat.counting(), ["one reset"]);
}

#[test]
fn a_buried_card_comes_back_tomorrow_and_a_suspended_one_when_it_is_resumed() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.asks("one").press("b").asks("two").press("!").asks("three").press("space 4");
    assert_eq!(seat.asked(), None);
    assert_eq!(learner.study(&["roles"], "2026-11-22T20:00:00Z").asked(), None);
    let mut tomorrow = learner.study(&["roles"], "2026-11-23T10:00:00Z");
    tomorrow.asks("one").press("space 4");
    assert_eq!(tomorrow.asked(), None, "the suspended card stays away");
    let mut home = learner.at_home("2026-11-24T10:00:00Z");
    home.press("s").sees("What is two?").press("enter");
    learner.study(&["roles"], "2026-11-24T10:00:00Z").asks("two");
}

#[test]
fn a_skipped_card_comes_last_and_nothing_is_recorded() {
    let mut seat = Learner::with("roles", &["one", "two"]).study(&["roles"], EVENING);
    seat.press("x").asks("two").press("space 4").asks("one");
    assert_eq!(seat.counting(), ["two easy"]);
}

#[test]
fn leaving_in_the_middle_loses_nothing_and_the_next_sitting_goes_on() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 4 space").press("esc");
    assert!(seat.app.is_over(), "it was opened on a deck, so home is the shell");
    assert_eq!(seat.counting(), ["one easy"]);
    drop(seat);
    learner.study(&["roles"], "2026-11-22T18:05:00Z").asks("two");
}

#[test]
fn learning_steps_come_back_in_time_and_before_the_rest() {
    let mut seat = Learner::with("roles", &["one", "two", "three"]).study(&["roles"], EVENING);
    seat.asks("one").press("space 1").asks("two");
    seat.wait(2).press("space 4").asks("one").press("space 3").asks("three");
    seat.press("space 4").asks("one");
    seat.press("space 3");
    assert_eq!(seat.asked(), None);
}

#[test]
fn a_step_that_is_too_far_off_is_told_and_asked_when_its_time_has_come() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("fuzz = false\nlearning_steps = [30]\n");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 1");
    assert_eq!(seat.asked(), None);
    seat.sees("30 min");
    assert_eq!(seat.app.wakes_at(seat.now).map(|at| at.to_string()).as_deref(), Some("2026-11-22T18:30:00Z"));
    seat.wait(29);
    assert_eq!(seat.asked(), None);
    seat.wait(1).asks("one");
}

#[test]
fn the_daily_limit_of_new_cards_holds_over_sittings_until_four_in_the_morning() {
    let learner = Learner::with("roles", &["one", "two", "three", "four", "five"]);
    learner.settings("fuzz = false\nnew_per_day = 2\n");
    learner.study(&["roles"], EVENING).asks("one").press("space 4 esc");
    let mut second = learner.study(&["roles"], "2026-11-22T21:00:00Z");
    second.asks("two").press("space 4");
    assert_eq!(second.asked(), None);
    assert_eq!(learner.study(&["roles"], "2026-11-23T03:59:59Z").asked(), None, "a night owl's day is not over");
    let mut next = learner.study(&["roles"], "2026-11-23T04:00:00Z");
    next.asks("three").press("space 4").asks("four").press("space 4");
    assert_eq!(next.asked(), None);
}

#[test]
fn more_new_cards_can_be_asked_for_beyond_the_limit() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    learner.settings("fuzz = false\nnew_per_day = 1\n");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 4");
    assert_eq!(seat.asked(), None);
    seat.press("n").asks("two").press("space 4").asks("three");
}

#[test]
fn the_daily_limit_of_reviews_holds_over_sittings() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    learner.settings("fuzz = false\nreviews_per_day = 2\nnew_per_day = 0\n");
    for card in ["roles/one", "roles/two", "roles/three"] {
        learner.elsewhere(card, Grade::Easy, "2026-10-01T10:00:00Z");
    }
    learner.study(&["roles"], EVENING).press("space 3 esc");
    let mut second = learner.study(&["roles"], "2026-11-22T19:00:00Z");
    assert!(second.asked().is_some());
    second.press("space 3");
    assert_eq!(second.asked(), None);
    assert!(learner.study(&["roles"], "2026-11-23T10:00:00Z").asked().is_some());
}

#[test]
fn what_is_nearest_to_being_forgotten_comes_first_and_new_cards_between() {
    let learner = Learner::with("roles", &["fresh", "safe", "gone", "middle"]);
    learner.elsewhere("roles/safe", Grade::Easy, "2026-11-13T10:00:00Z");
    learner.elsewhere("roles/gone", Grade::Easy, "2026-06-01T10:00:00Z");
    learner.elsewhere("roles/middle", Grade::Easy, "2026-10-01T10:00:00Z");
    let mut seat = learner.study(&["roles"], EVENING);
    let mut order = Vec::new();
    while let Some(word) = seat.asked() {
        order.push(word);
        seat.press("space 4");
    }
    assert_eq!(order, ["gone", "middle", "safe", "fresh"]);
}

#[test]
fn a_card_that_is_forgotten_again_and_again_is_called_a_leech() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("fuzz = false\nleech_after = 2\nrelearning_steps = []\n");
    let mut at = "2026-10-01T10:00:00Z".to_owned();
    learner.elsewhere("roles/one", Grade::Easy, &at);
    for lapse in 1..=2 {
        at = format!("2026-1{lapse}-20T10:00:00Z");
        let mut seat = learner.study(&["roles"], &at);
        seat.press("space 1");
        assert_eq!(seat.memory("roles/one").leech, lapse == 2);
        if lapse == 2 {
            seat.sees("leech").sees("2 times").sees_no("!");
        } else {
            seat.sees_no("leech");
        }
    }
}

#[test]
fn a_leech_is_suspended_if_the_settings_say_so_and_undo_brings_it_back() {
    let learner = Learner::with("roles", &["one"]);
    learner.settings("fuzz = false\nleech_after = 1\nleech_suspends = true\n");
    learner.elsewhere("roles/one", Grade::Easy, "2026-10-01T10:00:00Z");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 1").sees("leech").sees("suspended");
    assert!(seat.memory("roles/one").suspended);
    assert_eq!(seat.asked(), None);
    seat.press("u").asks("one");
    assert!(!seat.memory("roles/one").suspended);
}

#[test]
fn a_deck_that_is_reworded_in_mid_session_keeps_its_history() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 4").asks("two");
    let reworded = "format = 1\nid = \"roles\"\ntitle = \"Roles\"\n\n".to_owned()
        + &card("one", "Say one.", "Yes.")
        + &card("two", "Say two.", "Yes.");
    learner.deck("roles", &reworded);
    seat.press("space 4");
    assert_eq!(seat.counting(), ["one easy", "two easy"]);
    seat.leave();
    let seat = learner.study(&["roles"], "2026-12-24T10:00:00Z");
    assert_eq!((seat.memory("roles/one").reviews, seat.memory("roles/two").reviews), (1, 1));
    assert!(seat.text().contains("Say "), "{}", seat.text());
}

#[test]
fn a_deck_that_disappears_in_mid_session_is_told_and_can_be_passed_over() {
    let learner = Learner::with("roles", &["one", "two"]);
    learner.settings("fuzz = false\nnew_per_day = 99\n");
    let mut seat = learner.study(&["roles", "aws-ecs"], EVENING);
    for _ in 0..100 {
        if seat.asked().as_deref() != Some("one") {
            seat.press("x");
        }
    }
    seat.asks("one");
    std::fs::remove_dir_all(learner.home().join("decks")).expect("removed");
    std::fs::remove_dir_all(learner.home().join("cache")).expect("removed");
    seat.press("space 4").sees("cannot be shown").press("3 space 1");
    assert_eq!(seat.counting(), ["one easy"], "what cannot be seen cannot be graded");
    seat.press("x").sees_no("cannot be shown");
}

#[test]
fn a_card_that_another_program_graded_first_is_told_and_not_graded_twice() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space");
    learner.elsewhere("roles/one", Grade::Hard, EVENING);
    seat.press("4").sees("another").asks("two");
    assert_eq!(seat.counting(), ["one hard"]);
    seat.memories();
}

#[test]
fn a_card_that_another_program_graded_is_not_asked_later_in_the_sitting() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    learner.elsewhere("roles/two", Grade::Easy, EVENING);
    seat.asks("one").press("space 4").asks("three").press("space 4");
    assert_eq!(seat.asked(), None);
    assert_eq!(seat.counting(), ["two easy", "one easy", "three easy"]);
    seat.memories();
}

#[test]
fn undo_takes_back_what_another_program_did_last_and_learns_of_everything_else() {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("space 4");
    learner.elsewhere("roles/two", Grade::Easy, EVENING);
    learner.elsewhere("roles/three", Grade::Easy, EVENING);
    seat.press("u");
    assert_eq!(seat.counting(), ["one easy", "two easy"]);
    seat.memories();
    seat.leave();
    let seat = learner.at_home(EVENING);
    assert_eq!(seat.memory("roles/two").reviews, 1, "the next start knows it too");
    seat.memories();
}

#[test]
fn a_grade_counts_once_after_another_program_has_graded_the_card_and_taken_it_back() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    learner.elsewhere("roles/one", Grade::Easy, EVENING);
    let mut store = Store::open(learner.home()).expect("opened");
    let moment = seat.app.workspace().moment(seat.now);
    store.undo(moment, EntryId::new(seat.now, u128::MAX)).expect("no trouble").expect("something");
    seat.press("space 4").asks("two");
    assert_eq!((seat.counting(), seat.memory("roles/one").reviews), (vec!["one easy".to_owned()], 1));
    seat.memories();
}

#[test]
fn a_log_that_cannot_be_written_is_told_and_the_card_stays() {
    let learner = Learner::with("roles", &["one", "two"]);
    learner.elsewhere("roles/two", Grade::Easy, "2026-10-01T10:00:00Z");
    let route = Route::Study { decks: vec!["roles".parse().expect("an id")], more: 0 };
    let mut seat = learner.open_with(route, EVENING, Store::open_to_read(learner.home()));
    let asked = seat.asked();
    for keys in ["space 3", "3", "b", "! R R", "u", "ctrl-r"] {
        seat.press(keys).sees("cannot be written");
        assert_eq!((seat.asked(), seat.is_revealed()), (asked.clone(), true), "{keys}");
    }
    assert_eq!(seat.counting(), ["two easy"]);
    seat.sees_no("again in");
}

#[test]
fn a_long_answer_can_be_read_to_its_very_end() {
    let lines: String = (1..=120).map(|line| format!("- line {line} of the answer\n")).collect();
    let text = format!("format = 1\nid = \"long\"\ntitle = \"Long\"\n\n{}", card("one", "What is one?", &lines));
    for (columns, rows) in [(40, 12), (80, 24)] {
        for (down, up) in [("j", "k"), ("down", "up"), ("pgdn", "pgup")] {
            let learner = Learner::new();
            learner.deck("long", &text);
            let mut seat = learner.study(&["long"], EVENING);
            seat.resize(columns, rows).press("space");
            let mut missing: Vec<usize> = (1..=120).collect();
            let top = seat.text();
            for _ in 0..200 {
                let text = seat.text();
                missing.retain(|line| !text.contains(&format!("line {line} of")));
                seat.press(down);
            }
            assert_eq!(missing, Vec::<usize>::new(), "{columns}x{rows} {down}");
            seat.sees("line 120 of the answer");
            for _ in 0..200 {
                seat.press(up);
            }
            assert_eq!(seat.text(), top);
        }
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_reveals_and_grades() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.study(&["roles"], EVENING);
    seat.click(10, 8);
    assert!(seat.is_revealed());
    let lines = seat.lines();
    let row = lines.iter().rposition(|line| line.contains("easy")).expect("the grades are shown");
    let row = lines.iter().position(|line| line.contains("easy") && line.contains("again")).unwrap_or(row);
    let column = lines[row].chars().collect::<String>().find("easy").expect("on that line");
    seat.click(column, row).asks("two");
    assert_eq!(seat.counting(), ["one easy"]);
}

#[test]
fn pasted_text_presses_no_keys_and_says_so() {
    let mut seat = Learner::with("roles", &["one"]).study(&["roles"], EVENING);
    seat.press("space").paste("3\n1 2 3 4 u q").sees("paste");
    assert!(seat.log().is_empty() && !seat.app.is_over());
}

#[test]
fn a_clock_that_went_back_harms_nobody() {
    let learner = Learner::with("roles", &["one", "two"]);
    learner.study(&["roles"], EVENING).press("space 4 space 3");
    for earlier in ["2026-11-22T17:00:00Z", "2016-11-22T18:00:00Z", "1970-01-01T00:00:00Z"] {
        let mut seat = learner.study(&["roles"], earlier);
        while seat.asked().is_some() {
            seat.press("space 4");
        }
        let last = seat.memory("roles/two").last_at().expect("answered");
        assert!(last.to_string().as_str() >= EVENING, "{last}");
        seat.memories();
    }
}

#[test]
fn the_calendar_has_no_end_that_a_learner_could_fall_off() {
    for at in ["1970-01-01T00:00:00Z", "2024-02-29T12:00:00Z", "2038-01-19T03:14:08Z", "9999-12-01T00:00:00Z"] {
        let learner = Learner::with("roles", &["one", "two"]);
        let mut seat = learner.study(&["roles"], at);
        seat.press("space 4 space 1 space 3 space 3 u u ctrl-r");
        seat.memories();
        seat.leave();
        learner.at_home(at).sees("Deck roles");
    }
}
