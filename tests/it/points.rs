//! Points that a mock interview found missing: how they come back, are asked, typed, graded, undone, and stop.

use greenroom::interview::Length;
use greenroom::review::{Action, Entry, Grade, Source};
use greenroom::tui::event::{Route, Wanted};
use jiff::SignedDuration;

use crate::interview::{answer, deck};
use crate::kit::{EVENING, Learner, Seat, key};
use crate::terminal::Home;

const TOMORROW: &str = "2026-11-23T18:00:00Z";
const LATER: &str = "2026-11-24T18:00:00Z";

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("talk", &deck());
    learner
}

fn wanted() -> Route {
    let decks = vec!["talk".parse().expect("an id")];
    Route::Interview(Wanted { decks, length: Some(Length::Short), seed: Some(1), is_spoken: false })
}

/// The word that the question on the screen is about.
fn asked(seat: &Seat) -> String {
    let text = seat.text();
    let rest = text.split("What does ").nth(1).unwrap_or_else(|| panic!("nothing is asked:\n{text}"));
    rest.split(' ').next().unwrap_or_default().to_owned()
}

/// A mock of three questions up to its scorecard: all of it is missing, and of the second one the learner was sure. The
/// word of that one.
fn failed(learner: &Learner) -> (Seat, String) {
    let mut seat = learner.open(wanted(), EVENING);
    seat.press("enter");
    let mut sure = String::new();
    for (at, rating) in ["1 0", "9 0", "2 0"].into_iter().enumerate() {
        seat.now += SignedDuration::from_secs(4);
        if at == 1 {
            sure = asked(&seat);
        }
        seat.press("space").paste("No idea at all, sorry, I would have to look that up.").press("ctrl-s");
        seat.press(rating).press("enter");
    }
    (seat, sure)
}

/// The points that come back, as `card/point`, in the order of the rows.
fn returning(log: &[Entry]) -> Vec<String> {
    let of_row = |entry: &Entry| {
        let mock = entry.typed().and_then(|typed| typed.mock.clone()).expect("of a mock");
        mock.returns.into_iter().map(|point| format!("{}/{point}", entry.card.card)).collect::<Vec<_>>()
    };
    log.iter().flat_map(of_row).collect()
}

#[test]
fn five_missed_points_join_the_queue_of_tomorrow_and_what_was_sure_comes_first() {
    let (mut seat, sure) = failed(&learner());
    seat.sees("5 missed points join your queue as due tomorrow").sees("1 more wait").press("s");
    let log = seat.log();
    assert_eq!(log.len(), 3, "one row an answer");
    let points = returning(&log);
    assert_eq!(points.len(), 5);
    assert!(points.contains(&format!("{sure}/pulls")) && points.contains(&format!("{sure}/logs")), "{points:?}");
    assert_eq!(points.iter().filter(|point| point.ends_with("pulls")).count(), 3, "the heaviest of the others");
    seat.memories();
    seat.press("esc");
}

#[test]
fn a_point_is_asked_on_the_next_study_day_before_the_cards_and_never_within_the_hour() {
    let learner = learner();
    let (mut seat, _) = failed(&learner);
    seat.press("s");
    let mut soon = learner.study(&["talk"], "2026-11-22T18:50:00Z");
    soon.sees_no("One point of").sees("What does delta do?");
    let mut seat = learner.study(&["talk"], TOMORROW);
    seat.sees("One point of: What does").sees("1 of 9").sees("missed in a mock");
    seat.press("space").sees("The whole answer").press("3").sees("good: back in");
    let last = seat.log().pop().map(|entry| entry.action);
    assert!(
        matches!(last, Some(Action::Point { grade: Grade::Good, source: Source::Study, said: None, .. })),
        "{last:?}"
    );
    for number in 2..=5 {
        seat.sees(&format!("{number} of 9")).sees("One point of").press("space 3");
    }
    seat.sees("6 of 9").sees_no("One point of");
    seat.memories();
}

#[test]
fn a_probe_of_the_deck_is_asked_else_a_gap_and_both_are_marked_alone() {
    let learner = learner();
    failed(&learner).0.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    let (mut probes, mut gaps) = (0, 0);
    for _ in 0..5 {
        let is_probe = seat.text().contains("Who fetches the image");
        let word = asked(&seat);
        seat.press("t");
        if is_probe {
            seat.paste(&format!("the {word} agent pulls the image of each container"));
            probes += 1;
        } else {
            seat.sees("What is missing? It ____ the").paste("writes");
            gaps += 1;
        }
        seat.press("ctrl-s").press("3").sees("1 of 1 point said").sees("suggested: good").press("enter");
    }
    assert_eq!((probes, gaps), (3, 2));
    let log = seat.log();
    assert!(log[3..].iter().all(|entry| entry.typed().is_some_and(|typed| typed.marks.len() == 1)));
    assert!(!learner.home().join("drafts/study/talk").join("alpha").join("pulls.txt").exists());
}

#[test]
fn a_draft_of_a_point_is_not_the_draft_of_its_card() {
    let learner = learner();
    failed(&learner).0.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    let word = asked(&seat);
    seat.press("t h a l f").leave_at_once();
    let folder = learner.home().join("drafts/study/talk");
    assert!(!folder.join(format!("{word}.txt")).exists());
    let kept = std::fs::read_dir(folder.join(&word)).expect("a folder").count();
    assert_eq!(kept, 1);
    learner.study(&["talk"], TOMORROW).press("t").sees("half");
}

#[test]
fn undo_asks_a_point_again_and_undo_of_the_mock_takes_all_points_back_and_redo_brings_them() {
    let learner = learner();
    let (mut scorecard, _) = failed(&learner);
    scorecard.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    let question = seat.text();
    seat.press("space 3").press("u").sees("taken back: good for").sees("1 of 9");
    assert!(question.lines().nth(4) == seat.text().lines().nth(4), "{question}\n{}", seat.text());
    seat.memories();
    seat.press("u").sees_no("One point of");
    let mut home = learner.at_home(TOMORROW);
    assert_eq!(home.counting(), Vec::<String>::new(), "the whole mock is taken back");
    home.press("ctrl-r");
    assert_eq!(home.counting().len(), 3, "and comes back as a whole");
    home.memories();
    learner.study(&["talk"], TOMORROW).sees("One point of");
}

#[test]
fn a_point_whose_words_are_gone_from_the_deck_is_not_asked() {
    let learner = learner();
    failed(&learner).0.press("s");
    learner.deck("talk", &deck().replace("id = \"pulls\"", "id = \"fetches\""));
    learner.study(&["talk"], TOMORROW).sees("1 of 7").sees("One point of");
    learner.deck("talk", &deck().replace("id = \"alpha\"", "id = \"zulu\"").replace("id = \"logs\"", "id = \"log\""));
    let mut seat = learner.study(&["talk"], TOMORROW);
    while seat.text().contains("One point of") {
        assert_ne!(asked(&seat), "alpha");
        seat.press("space 3");
    }
}

#[test]
fn a_card_that_is_set_aside_has_its_points_set_aside() {
    let learner = learner();
    failed(&learner).0.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    let all = seat.text().matches("of 9").count();
    assert_eq!(all, 1);
    seat.press("! b R").sees("1 of 9");
    assert_eq!(seat.log().len(), 3, "a point has no card of its own to set aside");
    for _ in 0..5 {
        seat.press("space 1");
    }
}

#[test]
fn what_waits_is_asked_when_there_is_room() {
    let learner = learner();
    failed(&learner).0.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    for _ in 0..5 {
        seat.press("space 4");
    }
    assert!(!seat.text().contains("One point of"), "five a day");
    let mut later = learner.study(&["talk"], LATER);
    let log = later.log();
    let joined = returning(&log[..3]);
    let word = asked(&later);
    later.sees("One point of");
    assert!(!joined.contains(&format!("{word}/logs")), "the one that waited");
    later.press("space 3");
    later.memories();
}

#[test]
fn a_point_recalled_a_few_times_goes_back_into_its_card() {
    let learner = learner();
    failed(&learner).0.press("s");
    for day in ["2026-11-23", "2026-11-27", "2026-12-08", "2027-01-12"] {
        let mut seat = learner.study(&["talk"], &format!("{day}T18:00:00Z"));
        while seat.text().contains("One point of") {
            seat.press("space 4");
        }
    }
    let mut seat = learner.study(&["talk"], "2028-01-12T18:00:00Z");
    seat.sees_no("One point of").sees("What does");
    seat.memories();
}

#[test]
fn a_card_that_was_not_due_and_failed_is_due_the_next_study_day_and_a_replay_says_the_same() {
    let learner = learner();
    for word in ["alpha", "bravo", "charlie", "delta"] {
        learner.elsewhere(&format!("talk/{word}"), Grade::Easy, "2026-11-20T18:00:00Z");
    }
    let (mut seat, _) = failed(&learner);
    seat.press("s");
    let failed: Vec<_> = seat.log()[4..].iter().map(|entry| entry.card.clone()).collect();
    let before: Vec<_> = failed.iter().map(|card| seat.memory(&card.to_string())).collect();
    for memory in &before {
        assert_eq!(memory.due(), greenroom::scheduler::Due::On(jiff::civil::date(2026, 11, 23)));
    }
    seat.memories();
    std::fs::remove_dir_all(learner.home().join("cache")).ok();
    let again = learner.at_home(EVENING);
    let after: Vec<_> = failed.iter().map(|card| again.memory(&card.to_string())).collect();
    assert_eq!(before, after, "bit for bit");
    assert_eq!(again.memory("talk/alpha").reviews, 1 + u32::from(failed.contains(&key("talk/alpha"))));
}

#[test]
fn points_survive_an_export_and_an_import_without_loss() {
    let learner = learner();
    failed(&learner).0.press("s");
    let mut seat = learner.study(&["talk"], TOMORROW);
    seat.press("t").paste(&answer("alpha")).press("ctrl-s").press("2").press("enter").press("space 1");
    let exported = Home::at(learner.home()).run(&["export", "reviews"]);
    assert!(exported.contains("\"action\":\"point\"") && exported.contains("\"returns\":["), "{exported}");
    let there = Home::empty();
    learner.write("log.jsonl", &exported);
    let file = learner.home().join("log.jsonl");
    let file = file.to_str().expect("a path");
    for _ in 0..2 {
        there.run(&["import", "reviews", file]);
        assert_eq!(there.run(&["export", "reviews"]), exported);
    }
}
