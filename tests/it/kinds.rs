//! Gaps and code: a deck, keys, what is on the screen and in the log.

use greenroom::review::{Action, Mark, Said, Typed};
use greenroom::tui::theme::{Glyphs, Theme};
use jiff::SignedDuration;

use crate::kit::{EVENING, Learner, Seat};

const DECK: &str = r#"
format = 1
id = "kinds"
title = "Kinds"

[[cloze]]
id = "roles"
text = "The {{execution role|task execution role}} pulls the image, the {{task role::which role}} calls `{{S3}}`."
note = "People swap them."

[[code]]
id = "exec"
question = "Open a shell in a container."
language = "bash"
code = '''
aws ecs execute-command \
  --cluster <cluster> \
  --task <task> \
  --interactive \
  --command "/bin/sh"
'''
accept = ["ecs-shell <task>"]
"#;

fn learner() -> Learner {
    let mut learner = Learner::new();
    learner.theme = Theme::named("dark", Glyphs::Unicode).expect("a theme");
    learner.settings("fuzz = false\n");
    learner.deck("kinds", DECK);
    learner
}

fn seat() -> Seat {
    learner().study(&["kinds"], EVENING)
}

/// What was typed in the newest review.
fn said(seat: &Seat) -> Typed {
    match seat.log().last().map(|entry| entry.action.clone()) {
        Some(Action::Review { said: Some(Said::Typed(typed)), .. }) => typed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn gaps_are_blanks_and_hints_and_the_answer_fills_them() {
    let mut seat = seat();
    seat.sees("The ____________________ pulls the image, the [which role] calls ____.").sees("press t and type them");
    seat.sees_no("execution role").press("space").sees("The execution role pulls the image, the task role calls S3.");
    seat.sees("People swap them").sees_no("____").press("3");
    assert_eq!(seat.counting(), ["roles good"]);
}

#[test]
fn gaps_are_typed_one_after_the_other_marked_and_graded_by_the_learner() {
    let mut seat = seat();
    seat.press("t").sees("Fill the gaps one after the other").sees("which role");
    seat.paste("Exectuion  Role").sees("The Exectuion Role pulls").press("enter").paste("role").press("enter");
    seat.press("enter").sees("1.5 of 3 gaps right").sees("suggested: hard");
    seat.sees("with a slip: “Exectuion Role”").sees("you wrote “role”").sees("you wrote nothing");
    seat.wait(1).press("enter").sees("hard: back in");
    assert_eq!(seat.counting(), ["roles hard"]);
    let typed = said(&seat);
    let marks: Vec<_> = typed.marks.iter().map(|mark| (mark.point.as_str(), mark.mark)).collect();
    assert_eq!(marks, [("gap-1", Mark::Covered), ("gap-2", Mark::Partial), ("gap-3", Mark::Missed)]);
    assert_eq!(typed.text.as_str(), "Exectuion  Role\nrole");
}

#[test]
fn the_last_word_on_a_gap_is_the_learners() {
    let mut seat = seat();
    seat.press("t").paste("execution role").press("tab").paste("role of the task").press("down").paste("s3");
    seat.press("up up").sees("execution role").press("ctrl-s").sees("2.5 of 3 gaps right").wait(1);
    seat.press("2").sees("you: said").sees("3 of 3 gaps right").press("3").sees("you: missed").press("3 enter");
    assert_eq!(seat.counting(), ["roles good"]);
    assert_eq!(said(&seat).marks[1].flipped, Some(Mark::Covered));
}

#[test]
fn a_gap_that_is_handed_in_twice_is_not_graded_unseen() {
    let mut seat = seat();
    seat.press("t tab tab S 3 enter");
    seat.now += SignedDuration::from_millis(100);
    seat.press("enter").sees("1 of 3 gaps right");
    assert!(seat.log().is_empty());
    seat.press("w").sees("Your answer").press("esc").sees("press t and type them");
    seat.press("t").sees("calls S3").sees("your draft of this answer was kept");
}

#[test]
fn code_is_compared_word_by_word_and_layout_does_not_count() {
    let mut seat = seat();
    seat.press("x").sees("Open a shell").sees("Or press t and type it").press("t");
    seat.paste("aws ecs execute-command --command sh\n --task t --cluster c").press("ctrl-s");
    seat.sees("of 100 is the same").sees("suggested: hard").sees("[-sh-]").sees("[+--interactive+]");
    seat.press("w").press("ctrl-u ctrl-u backspace ctrl-u");
    seat.paste("aws ecs execute-command --command '/bin/sh' --interactive --task=t --cluster c").press("ctrl-s");
    seat.sees("the same as a right answer").sees("suggested: good").sees("Also right").sees("ecs-shell <task>");
    seat.wait(1).press("1").sees("you: not right").sees("suggested: again").press("1 enter");
    assert_eq!(seat.counting(), ["exec good"]);
    assert_eq!(said(&seat).marks[0].point.as_str(), "code");
}

#[test]
fn code_is_revealed_line_by_line_with_its_other_ways() {
    let mut seat = seat();
    seat.press("x space").sees("--cluster <cluster> \\").sees("--command \"/bin/sh\"").sees("Also right");
    seat.press("4");
    assert_eq!(seat.counting(), ["exec easy"]);
}

#[test]
fn gaps_and_differences_are_told_without_colour_and_on_the_smallest_screen() {
    let mut learner = learner();
    learner.theme = Theme::named("mono", Glyphs::Ascii).expect("a theme");
    let mut seat = learner.study(&["kinds"], EVENING);
    seat.resize(40, 12).press("t").paste("execution role").sees("execution role").press("enter enter enter");
    seat.sees("The [execution role] pulls").press("pgdn").sees("1 of 3 gaps right");
    seat.press("pgdn").sees("you wrote nothing");
    let mut seat = self::seat();
    seat.resize(40, 12).press("x t").paste("aws ecs run").press("ctrl-s").sees("of 100 is the same");
    seat.sees("aws ecs [-run-]");
}

#[test]
fn a_mock_interview_asks_neither_gaps_nor_code() {
    let workspace = learner().workspace();
    let day = jiff::civil::date(2026, 11, 23);
    assert!(workspace.interview_pool(&["kinds".parse().expect("an id")], None, day).is_empty());
}
