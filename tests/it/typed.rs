//! Typed answers: a card, keys, what is on the screen, in the log and in the draft.

use greenroom::grader::{Finding, Quote, Suspicion, Verdict};
use greenroom::review::{Action, Mark, Said, Typed};
use greenroom::text::Safe;
use greenroom::tui::event::{Event, Outcome, Route, Wanted};
use greenroom::tui::work::Job;
use jiff::SignedDuration;

use rustix::process::Signal;

use crate::kit::{EVENING, Learner, Seat};
use crate::terminal::{Home, PATIENCE, Terminal};

const DECK: &str = r#"
format = 1
id = "roles"
title = "Roles"

[[card]]
id = "pull"
question = "Who pulls the image of a task?"
answer = "The container agent pulls the image from the registry with the execution role."

[[card.point]]
id = "agent"
weight = 3
text = "the container agent pulls the image"
accept = ["the agent downloads the image"]

[[card.point]]
id = "role"
weight = 2
text = "it uses the execution role"
accept = ["with the execution role"]
probe = "With whose permission?"

[[card.misconception]]
id = "app"
text = "the application code pulls the image"
accept = ["my code pulls the image"]
correction = "No code of yours runs before the image is there."

[[card]]
id = "plain"
question = "What is a cluster?"
answer = "A group of tasks and services."
"#;

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("roles", DECK);
    learner
}

fn seat() -> Seat {
    learner().study(&["roles"], EVENING)
}

/// What was typed in the newest review.
fn said(seat: &Seat) -> Typed {
    match seat.log().last().map(|entry| entry.action.clone()) {
        Some(Action::Review { said: Some(Said::Typed(typed)), .. }) => typed,
        other => panic!("{other:?}"),
    }
}

const AGENT: &str = "the container agent pulls the image";

/// Hands in what is typed, and has it marked as a grader would that finds the first point, and at will a wrong claim.
fn hand_in(seat: &mut Seat, is_sure: bool, wrong: Option<bool>) {
    seat.hold("ctrl-s");
    while let Some(job) = seat.app.next_job() {
        let Job::Mark(answer) = job else {
            seat.perform_one(job);
            continue;
        };
        let quote = Quote { range: 4..19, words: Vec::new(), line: Safe::from("a line") };
        let finding = |point: &str, mark: Mark| Finding {
            point: point.parse().expect("an id"),
            mark,
            is_sure: is_sure || mark == Mark::Missed,
            probability: 0.9 * mark.share(),
            quote: (mark != Mark::Missed).then(|| quote.clone()),
        };
        let suspicion = |is_sure| Suspicion {
            misconception: "app".parse().expect("an id"),
            is_sure,
            probability: 0.9,
            quote: quote.clone(),
        };
        let points = vec![finding("agent", Mark::Covered), finding("role", Mark::Missed)];
        let verdict = Verdict { points, misconceptions: wrong.map(suspicion).into_iter().collect(), score: 60.0 };
        let marked = Outcome::Marked { card: answer.card, text: answer.text, verdict: Box::new(verdict) };
        seat.app.handle(Event::Done(marked), seat.now);
    }
}

/// A seat before marks of which digits may be pressed.
fn marked(is_sure: bool, wrong: Option<bool>) -> Seat {
    let mut seat = seat();
    seat.press("t").paste(AGENT);
    hand_in(&mut seat, is_sure, wrong);
    seat.press("enter").wait(1);
    seat
}

#[test]
fn an_answer_is_typed_rated_marked_and_graded_by_the_learner() {
    let mut seat = seat();
    seat.sees("Or press t and type it").press("t").sees("Your answer · Roles").paste(AGENT).sees("6 words");
    hand_in(&mut seat, true, None);
    seat.sees("How sure are you").sees_no("suggested").press("3");
    seat.sees("1 of 2 points said").sees("suggested: hard").sees("You thought you had 70 of 100. It was 60.");
    seat.press("enter").sees("hard: back in").sees("What is a cluster?");
    assert_eq!(seat.counting(), ["pull hard"]);
    let typed = said(&seat);
    assert_eq!((typed.text.as_str(), typed.confidence.map(u8::from)), (AGENT, Some(70)));
    let marks: Vec<_> = typed.marks.iter().map(|mark| (mark.point.as_str(), mark.mark, mark.flipped)).collect();
    assert_eq!(marks, [("agent", Mark::Covered, None), ("role", Mark::Missed, None)]);
}

#[test]
fn a_flipped_mark_changes_the_suggestion_and_both_marks_are_kept() {
    let mut seat = seat();
    seat.press("t").paste(AGENT);
    hand_in(&mut seat, true, None);
    seat.press("2");
    seat.now += SignedDuration::from_millis(100);
    seat.press("2").sees("suggested: hard").wait(1);
    seat.press("2").sees("you: said").sees("2 of 2 points said").sees("suggested: good");
    seat.press("1 2").sees("you: missed").sees("suggested: again");
    seat.press("1 2 enter");
    let typed = said(&seat);
    assert_eq!(typed.confidence.map(u8::from), Some(40), "the second press is the rest of the first");
    let marks: Vec<_> = typed.marks.iter().map(|mark| (mark.mark, mark.flipped, mark.is_flipped())).collect();
    assert_eq!(marks, [(Mark::Covered, None, false), (Mark::Missed, Some(Mark::Covered), true)]);
    assert_eq!(seat.counting(), ["pull good"]);
}

#[test]
fn another_grade_is_one_key_away_and_digits_mean_it_only_then() {
    for (keys, grade) in [("g 4", "easy"), ("g 1", "again"), ("g enter", "hard"), ("g g enter", "hard")] {
        let mut seat = marked(true, None);
        seat.press(keys);
        assert_eq!(seat.counting(), [format!("pull {grade}")], "{keys}");
    }
}

#[test]
fn a_wrong_claim_is_told_with_its_correction_and_can_be_denied() {
    let mut seat = marked(true, Some(true));
    seat.sees("You also said “container agent”").sees("No code of yours runs before").sees("one wrong claim");
    seat.press("3").sees("Not what you meant").sees_no("wrong claim").press("3 enter");
    assert_eq!(said(&seat).misconceptions.iter().map(ToString::to_string).collect::<Vec<_>>(), ["app"]);

    let mut seat = marked(true, Some(false));
    seat.sees("Did you mean: the application code pulls the image?").sees_no("No code of yours").press("enter");
    assert!(said(&seat).misconceptions.is_empty(), "what nobody is sure of does not stand");
    let mut seat = marked(true, Some(false));
    seat.press("3").sees("No code of yours runs before");
}

#[test]
fn an_unsure_mark_is_for_the_learner_to_decide() {
    let mut seat = marked(false, None);
    seat.sees("not sure: said?").sees("0 of 2 points said").sees("1 mark is not sure");
    seat.press("1").sees("you: said").sees("1 of 2 points").sees_no("not sure").press("1").sees("you: missed");
    seat.press("1").sees("not sure: said?").press("enter");
    assert_eq!(said(&seat).confidence, None, "not said is not 50");
    assert!(said(&seat).marks.iter().all(|mark| mark.flipped.is_none()));
}

#[test]
fn the_model_answer_and_the_probe_are_on_keys() {
    let mut seat = marked(true, None);
    seat.press("p").sees("With whose permission?").press("p").sees_no("With whose");
    seat.press("a").sees("from the registry").sees_no("suggested").press("a").sees("suggested: hard");
    seat.press("a esc w").sees("6 words").press("ctrl-s").sees("How sure are you");
}

#[test]
fn nothing_is_graded_before_the_marks_are_there() {
    let mut seat = seat();
    let model = "The container agent pulls the image from the registry with the execution role.";
    seat.press("t").paste(model).hold("ctrl-s enter").sees("marking …").hold("enter g 1 2");
    seat.sees("marking …").perform().sees("2 of 2 points said").sees("suggested: good");
    assert!(seat.log().is_empty());
}

#[test]
fn a_card_without_points_is_compared_by_the_learner() {
    let mut seat = seat();
    seat.press("x t").paste("several machines").press("ctrl-s 2").sees("names no key points").sees("A group of tasks");
    seat.sees("nothing to mark your answer against").sees_no("suggested").press("enter");
    assert!(seat.log().is_empty(), "no grade is suggested");
    seat.press("2");
    assert_eq!(seat.counting(), ["plain hard"]);
    assert_eq!((said(&seat).marks.len(), said(&seat).confidence.map(u8::from)), (0, Some(40)));
}

#[test]
fn a_card_without_points_is_not_asked_in_an_interview() {
    let learner = learner();
    let wanted = Wanted { decks: vec!["roles".parse().expect("an id")], ..Wanted::default() };
    let mut seat = learner.open(Route::Interview(wanted), EVENING);
    seat.sees("1 question in 20 minutes").sees("Only questions with key points are asked");
}

#[test]
fn a_draft_is_kept_after_two_seconds_and_at_the_end_and_comes_back_with_the_card() {
    let learner = learner();
    let draft = learner.home().join("drafts/study/roles/pull.txt");
    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("t o n e");
    assert!(!draft.exists());
    seat.wait(1).sees("draft kept");
    assert_eq!(std::fs::read_to_string(&draft).expect("kept"), "one");
    seat.press("space t w o").leave_at_once();
    assert_eq!(std::fs::read_to_string(&draft).expect("kept"), "one two");

    let mut seat = learner.study(&["roles"], EVENING);
    seat.press("t").sees("one two").sees("your draft of this answer was kept");
    seat.press("esc").sees("Or press t").press("t ! ctrl-s enter enter");
    assert!(!draft.exists(), "it is in the log now");
    seat.press("u t").sees("one two!");
    assert!(seat.counting().is_empty());
}

#[test]
fn letters_are_letters_while_one_types_and_help_has_its_key() {
    let mut seat = seat();
    seat.press("t u ? q 1 M").sees("u?q1M").press("alt-u").sees_no("u?q1M").press("ctrl-r").sees("u?q1M");
    seat.press("f1").sees("hand in: have it marked").press("esc").sees("u?q1M").press("ctrl-s").sees("How sure");
}

#[test]
fn an_empty_answer_is_not_handed_in_and_a_long_paste_is_cut_and_says_so() {
    let mut seat = seat();
    seat.press("t ctrl-s")
        .sees("nothing is written yet")
        .paste(&"so ".repeat(10_000))
        .sees("room for 20000 characters");
    seat.press("ctrl-s enter enter");
    assert!(said(&seat).text.as_str().chars().count() <= Typed::LONGEST);
}

#[test]
fn everything_is_there_on_the_smallest_screen_and_side_by_side_on_a_wide_one() {
    let mut seat = seat();
    seat.resize(40, 12).press("t").paste(AGENT);
    hand_in(&mut seat, true, None);
    seat.sees("How sure").sees("4 certain").press("enter").sees("Your answer").press("pgdn pgdn").sees("missed");
    seat.resize(120, 40);
    let lines = seat.lines();
    assert!(lines.iter().any(|line| line.contains("Your answer") && line.contains("│") && line.contains("1 of 2")));
}

#[test]
fn a_kill_costs_no_more_of_an_answer_than_two_seconds() {
    let home = Home::empty();
    home.write("decks/roles.toml", DECK);
    let mut terminal = Terminal::open(home.program(&["study", "roles"]));
    terminal.shows("Who pulls the image");
    terminal.press("t");
    terminal.shows("in your own words");
    terminal.press("the agent");
    terminal.shows("2 words · draft kept");
    terminal.signal(Signal::KILL);
    terminal.exit(PATIENCE).expect("nothing survives it");

    let mut terminal = Terminal::open(home.program(&["study", "roles"]));
    terminal.shows("Who pulls the image");
    terminal.press("t");
    terminal.shows("the agent");
    terminal.press(" pulls");
    terminal.shows("the agent pulls");
    terminal.signal(Signal::TERM);
    terminal.exit(PATIENCE).expect("it ends");
    assert_eq!(home.read("drafts/study/roles/pull.txt"), "the agent pulls");
}

#[test]
fn the_learners_own_editor_gets_the_terminal_and_gives_it_back() {
    let home = Home::empty();
    home.write("decks/roles.toml", DECK);
    let mut command = home.program(&["study", "roles"]);
    command.env("VISUAL", "sh -c 'read -r word; echo \"the $word\" > \"$0\"'");
    let mut terminal = Terminal::open(command);
    terminal.shows("Who pulls the image");
    terminal.press("t");
    terminal.shows("in your own words");
    terminal.press("\x05");
    terminal.until("the shell's screen", |terminal| !terminal.screen().alternate_screen());
    terminal.press("agent\n");
    terminal.shows("the agent");
    assert!(terminal.screen().alternate_screen());
    terminal.press(" pulls");
    terminal.shows("the agent pulls");
}
