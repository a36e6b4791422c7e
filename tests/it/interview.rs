//! The mock interview: a deck, keys, what is on the screen, in the draft and on the disk.

use greenroom::interview::Length;
use greenroom::review::{Action, Entry, Grade, Said, Source, Typed};
use greenroom::tui::event::{Event, Route, Wanted};
use jiff::SignedDuration;

use crate::kit::{EVENING, Learner, Seat};
use crate::screens::draw_everywhere;

/// The author's own answer to a question of the deck.
pub fn answer(word: &str) -> String {
    format!(
        "The {word} agent pulls the image of each container. It writes the {word} logs to a stream, because somebody reads them."
    )
}

/// A card of two points, of a topic of its own.
fn question(word: &str) -> String {
    format!(
        "[[card]]\nid = \"{word}\"\nquestion = \"What does {word} do?\"\nanswer = \"{}\"\ntags = [\"{word}\"]\n\
         [[card.point]]\nid = \"pulls\"\nweight = 3\ntext = \"The {word} agent pulls the image of each container.\"\n\
         probe = \"Who fetches the image of {word}?\"\n\
         [[card.point]]\nid = \"logs\"\nweight = 2\ntext = \"It writes the {word} logs to a stream.\"\n\n",
        answer(word)
    )
}

const WORDS: [&str; 4] = ["alpha", "bravo", "charlie", "delta"];

pub fn deck() -> String {
    "format = 1\nid = \"talk\"\ntitle = \"Talk\"\n".to_owned() + &WORDS.map(question).concat()
}

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("talk", &deck());
    learner
}

fn wanted(length: Length, is_spoken: bool) -> Route {
    let decks = vec!["talk".parse().expect("an id")];
    Route::Interview(Wanted { decks, length: Some(length), seed: Some(1), is_spoken })
}

fn set_up(learner: &Learner) -> Seat {
    learner.open(wanted(Length::Short, false), EVENING)
}

/// Seconds go by, one look at the clock each.
fn pass(seat: &mut Seat, seconds: i64) {
    for _ in 0..seconds {
        seat.now += SignedDuration::from_secs(1);
        seat.app.handle(Event::Tick, seat.now);
        seat.perform();
    }
}

/// The word that the question on the screen is about.
fn asked(seat: &Seat) -> String {
    let text = seat.text();
    let rest = text.split("What does ").nth(1).unwrap_or_else(|| panic!("nothing is asked:\n{text}"));
    rest.split(' ').next().unwrap_or_default().to_owned()
}

/// Answers the question on the table in full, or with nothing to the point, and says how sure that was.
fn answer_it(seat: &mut Seat, is_full: bool, sure: &str) {
    let text = if is_full {
        answer(&asked(seat))
    } else {
        "No idea at all, sorry. I would have to look that up, and I would ask a colleague who knows more of it than I do.".to_owned()
    };
    pass(seat, 20);
    seat.paste(&text).press("ctrl-s").sees("How much of a full answer was that?").press(sure).press("enter");
}

/// The reviews of mocks that are in the log, each with what was said.
fn rows(log: &[Entry]) -> Vec<(String, Grade, Typed)> {
    let row = |entry: &Entry| match &entry.action {
        Action::Review { grade, source: Source::Mock, said: Some(Said::Typed(typed)), .. } => {
            Some((entry.card.card.to_string(), *grade, typed.clone()))
        }
        _ => None,
    };
    log.iter().filter_map(row).collect()
}

/// A mock of three questions up to its scorecard: the second answer misses everything.
fn scored(learner: &Learner) -> Seat {
    let mut seat = set_up(learner);
    seat.press("enter");
    for (is_full, sure) in [(true, "9 0"), (false, "8 0"), (true, "5 0")] {
        answer_it(&mut seat, is_full, sure);
    }
    seat
}

#[test]
fn a_mock_goes_from_the_set_up_to_the_scorecard_and_shows_no_mark_before() {
    let learner = learner();
    let mut seat = set_up(&learner);
    seat.sees("3 questions in 10 minutes.")
        .press("enter")
        .sees("question 1 of 3")
        .sees("10:00 left")
        .sees("Think first");
    for (is_full, sure) in [(true, "9 0"), (false, "8 0"), (true, "5 0")] {
        seat.sees_no("✓").sees_no("✗").sees_no("pulls the image");
        answer_it(&mut seat, is_full, sure);
    }
    seat.sees("said 67 % of the points").sees("you expected 73").sees("01:00 of 10:00").sees("sure, missed");
    seat.sees("Score 70 of 90").sees("You were 80 % sure, and this was missing").sees("Good");
    assert!(seat.log().is_empty(), "nothing is on record before the learner has seen it");
    seat.press("4").sees("Score 80 of 100").press("s").sees("3 answers are on record");
    let log = seat.log();
    let told: Vec<_> =
        rows(&log).into_iter().map(|(_, grade, typed)| (grade, typed.confidence.map(|sure| sure.number()))).collect();
    assert_eq!(told, [(Grade::Good, Some(90)), (Grade::Again, Some(80)), (Grade::Good, Some(50))]);
    assert!(log.iter().all(|entry| entry.moment == log[0].moment), "they are one interview");
    assert!(!learner.home().join("drafts/interview.json").exists());
    seat.memories();
}

#[test]
fn undo_takes_the_whole_interview_back() {
    let learner = learner();
    learner.study(&["talk"], EVENING).press("space 3");
    let before = learner.at_home(EVENING).counting();
    let mut seat = scored(&learner);
    seat.press("s").press("u").sees("Taken back: nothing of this interview counts.");
    assert_eq!(seat.counting(), before, "and nothing else is");
    seat.memories();
    learner.at_home(EVENING).memories();
}

#[test]
fn before_it_is_on_record_undo_touches_nothing_and_leaving_records() {
    let learner = learner();
    learner.study(&["talk"], EVENING).press("space 3");
    let mut seat = scored(&learner);
    seat.press("u").sees("nothing of this interview is on record yet");
    assert_eq!(seat.counting().len(), 1);
    seat.press("esc");
    assert_eq!(rows(&seat.log()).len(), 3);
}

#[test]
fn an_interview_that_was_left_goes_on_at_the_same_second_with_the_text() {
    let learner = learner();
    let mut seat = set_up(&learner);
    seat.press("enter");
    pass(&mut seat, 20);
    seat.paste("Half a sentence about");
    pass(&mut seat, 3);
    seat.sees("· saved").sees("09:37 left");
    // The program is gone without a word: what is on the disk is what was kept.
    let mut again = learner.open(wanted(Length::Short, false), "2026-11-23T08:00:00Z");
    again.sees("question 1 of 3, with 09:37 left").press("enter").sees("09:37 left").sees("Half a sentence about");
    again.press("esc");
    learner
        .at_home(EVENING)
        .press("m")
        .sees("An interview is not finished.")
        .press("n")
        .sees("6 questions in 20 minutes");
}

#[test]
fn a_scorecard_that_was_not_recorded_waits_too() {
    let learner = learner();
    scored(&learner).sees("said 67 %");
    let mut seat = learner.open(wanted(Length::Short, false), EVENING);
    seat.sees("The scorecard waits").press("enter").wait(0).sees("said 67 % of the points").press("s");
    assert_eq!(rows(&seat.log()).len(), 3);
}

#[test]
fn a_pause_stops_the_clock_and_hides_the_question() {
    let mut seat = set_up(&learner());
    seat.press("enter");
    pass(&mut seat, 18);
    seat.paste("Some words").press("ctrl-p").sees("Paused.").sees_no("What does").sees("09:42 left");
    seat.now += SignedDuration::from_hours(3);
    seat.press("enter").sees("09:42 left").sees("Some words");
}

#[test]
fn follow_ups_ask_for_what_is_missing_and_count_half() {
    let learner = learner();
    let mut seat = learner.open(wanted(Length::Usual, false), EVENING);
    seat.press("enter");
    let word = asked(&seat);
    pass(&mut seat, 20);
    seat.paste("I would have to look that up, sorry, no idea.").press("ctrl-s enter");
    seat.sees("One more thing").sees(&format!("Who fetches the image of {word}?"));
    seat.paste(&answer(&word)).press("ctrl-s ctrl-q ctrl-q").sees("said 50 % of the points").press("enter");
    seat.press("pgdn pgdn").sees(&format!("Asked: Who fetches the image of {word}?"));
}

#[test]
fn a_hint_names_the_area_and_then_the_first_words() {
    let mut seat = set_up(&learner());
    seat.press("enter").press("space ctrl-t").sees("Think of this: Who fetches the image").press("ctrl-t");
    seat.sees("It begins: “The").sees("agent pulls …”");
}

#[test]
fn a_mark_is_flipped_by_its_number_and_the_first_one_stays_beside_it() {
    let mut seat = scored(&learner());
    seat.press("enter").sees("sure, but missed").sees("✗").press("1").sees("you: said").press("g g").sees("grade hard");
    seat.press("esc s");
    let log = seat.log();
    let (_, grade, typed) =
        rows(&log).into_iter().find(|(_, _, typed)| typed.text.as_str().starts_with("No idea")).expect("a row");
    assert_eq!((grade, typed.marks[0].flipped.is_some(), typed.marks[1].flipped), (Grade::Hard, true, None));
}

#[test]
fn what_is_said_aloud_is_ticked_and_marked_by_the_learner() {
    let mut seat = learner().open(wanted(Length::Short, true), EVENING);
    seat.press("enter").press("space").sees("Say it aloud").press("enter").press("7 0 enter");
    seat.sees("Tick what you said. You mark yourself here.").press("1").sees("✓").press("enter").press("ctrl-q ctrl-q");
    seat.sees("said 60 % of the points").sees("Said aloud: you marked yourself.").press("s");
    let (_, grade, typed) = rows(&seat.log()).remove(0);
    assert_eq!((grade, typed.text.as_str(), typed.marks[0].p), (Grade::Hard, "", None));
}

#[test]
fn what_was_asked_rests_three_days_and_three_interviews_make_a_trend() {
    let learner = learner();
    for (day, told) in [(16, "One interview is"), (19, "Two interviews are")] {
        let mut seat = learner.open(wanted(Length::Short, false), &format!("2026-11-{day}T18:00:00Z"));
        seat.press("enter");
        for _ in 0..3 {
            answer_it(&mut seat, true, "9 0");
        }
        seat.press("s t").sees(told);
    }
    let mut soon = learner.open(wanted(Length::Short, false), "2026-11-21T18:00:00Z");
    soon.sees("1 question in 10 minutes.").sees("3 questions were asked within three days and rest");
    let mut seat = scored(&learner);
    seat.press("s t")
        .sees("16 Nov")
        .sees("19 Nov")
        .sees("22 Nov")
        .sees("n = 3: the last interviews of 10 min, all levels")
        .sees("too few to tell");
}

#[test]
fn a_report_is_written_as_markdown_and_json() {
    let learner = learner();
    scored(&learner).press("x").sees("written:");
    let folder = learner.home().join("interviews");
    let names = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let mut endings: Vec<_> = names.filter_map(|path| Some(path.extension()?.to_str()?.to_owned())).collect();
    endings.sort();
    assert_eq!(endings, ["json", "md"]);
}

#[test]
fn a_kill_a_jump_of_the_clock_and_a_resize_at_any_step_cost_no_answer_that_was_handed_in() {
    let steps = ["", "4 0", "4 0 enter", "4 0 enter space", "4 0 enter space x ctrl-s", "4 0 enter ctrl-p"];
    for keys in steps {
        let learner = learner();
        let mut seat = set_up(&learner);
        seat.press("enter");
        pass(&mut seat, 16);
        let first = answer(&asked(&seat));
        seat.paste(&first).press("ctrl-s").press(keys).resize(40, 12);
        seat.now += SignedDuration::from_hours(2);
        pass(&mut seat, 3);
        drop(seat);
        let mut again = learner.open(wanted(Length::Short, false), "2026-11-22T21:30:00Z");
        again.sees("An interview is not finished.").press("enter");
        let text = again.text();
        let is_told = ["09:4", "09:3"].iter().any(|left| text.contains(left));
        assert!(is_told, "two hours away cost five seconds at most, after `{keys}`:\n{text}");
        if text.contains("How much of a full answer") {
            again.press("enter");
        }
        again.press("ctrl-q ctrl-q s");
        let log = again.log();
        assert_eq!(rows(&log)[0].2.text.as_str(), first, "after `{keys}`");
    }
}

#[test]
fn the_weak_two_are_asked_once_more_for_nothing() {
    let learner = learner();
    let mut seat = scored(&learner);
    let before = seat.text();
    seat.press("r").sees("Once more · no score").sees("question 1 of 1").sees("What does charlie do?");
    let text = answer("charlie");
    seat.press("space").paste(&text).press("ctrl-s").press("7 0 enter").sees("answer 1 of 1").sees("Model answer");
    seat.sees_no("Score").press("u").sees("nothing of this is on record").press("esc");
    assert_eq!(seat.text(), before, "the scorecard is as it was");
    assert!(seat.log().is_empty() && learner.home().join("drafts/interview.json").exists());
    seat.press("s").sees("3 answers are on record").press("r").sees("Once more").press("esc").sees("On record");
    assert_eq!(seat.log().len(), 3);
}

#[test]
fn three_good_interviews_that_were_judged_well_make_one_ready() {
    let learner = learner();
    for (day, told) in [(16, false), (19, false), (22, true)] {
        let mut seat = learner.open(wanted(Length::Short, false), &format!("2026-11-{day}T18:00:00Z"));
        seat.press("enter");
        for _ in 0..3 {
            answer_it(&mut seat, true, "9 5");
        }
        seat.press("4");
        if told { seat.sees("Ready: the last three are over 75") } else { seat.sees_no("eady") }.press("s");
    }
    let mut home = learner.at_home("2026-11-24T18:00:00Z");
    home.sees("Last mock").sees("Sun").sees("100 of 100 points said").sees("you expected 95");
}

#[test]
fn each_key_is_listed_once_in_the_help_of_the_scorecard() {
    let mut seat = scored(&learner());
    seat.resize(120, 60).press("?");
    let text = seat.text();
    for words in ["take the whole interview back", "all keys of this screen"] {
        assert_eq!(text.matches(words).count(), 1, "{words}:\n{text}");
    }
    assert!(!text.contains("undo what was done last"), "{text}");
}

#[test]
fn an_interview_without_an_answer_leaves_no_trace() {
    let learner = learner();
    let mut seat = set_up(&learner);
    seat.press("enter").press("ctrl-q ctrl-q").sees("Nothing was handed in").press("esc");
    assert!(seat.log().is_empty() && !learner.home().join("drafts/interview.json").exists());
}

#[test]
fn every_part_of_it_holds_at_every_size() {
    let learner = learner();
    let places = [
        "",
        "enter",
        "enter space",
        "enter space x ctrl-p",
        "enter space x ctrl-s",
        "enter space x ctrl-q ctrl-q",
        "enter space x ctrl-s enter",
        "enter space x ctrl-s enter ctrl-q ctrl-q",
        "enter space ctrl-t",
    ];
    for keys in places {
        let mut seat = learner.open(wanted(Length::Usual, false), EVENING);
        if !seat.text().contains("minutes.") {
            seat.press("n");
        }
        seat.press(keys);
        draw_everywhere(keys, &mut seat);
    }
    for keys in ["", "t", "enter", "s", "? x"] {
        let learner = self::learner();
        let mut seat = scored(&learner);
        seat.press(keys);
        draw_everywhere(&format!("scorecard, {keys}"), &mut seat);
    }
    let mut aloud = self::learner().open(wanted(Length::Short, true), EVENING);
    aloud.press("enter").press("space enter enter");
    draw_everywhere("checklist", &mut aloud);
}

#[test]
fn a_card_is_reworded_from_its_answer_and_one_is_back_at_the_same_place() {
    let mut seat = scored(&learner());
    seat.press("enter").sees("answer 1 of");
    let before = seat.text();
    seat.press("e")
        .sees("Edit card")
        .press("end")
        .paste(" Reworded.")
        .press("ctrl-s")
        .sees("answer 1 of")
        .sees("saved");
    seat.press("right left");
    assert_eq!(seat.text(), before, "the interview stays as it was held");
    seat.press("esc s");
    assert_eq!(seat.log().len(), 3);
}
