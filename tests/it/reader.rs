//! What a model adds: its view beside the verdict, a judged reason, a text of one's own that is read. It never marks.

use std::ops::Range;
use std::sync::Arc;

use greenroom::card::Exercise;
use greenroom::choice::View;
use greenroom::review::{Action, Grade};
use greenroom::store::Store;
use greenroom::tui::event::{Drill, Route};

use crate::choice::{EXERCISE, scenario};
use crate::kit::{EVENING, Learner, Seat};
use crate::screens::draw_everywhere;

/// A model that goes by one word: code is the task role, an agent the execution role. It is sure of a text that also
/// says `always`, and shows the word as its evidence.
fn read(exercise: &Exercise, text: &str) -> View {
    let word = |word: &str| text.find(word).map(|start| start..start + word.len());
    let found: Option<(usize, Range<usize>)> =
        word("code").map(|at| (0, at)).or_else(|| word("agent").map(|at| (1, at)));
    let mut probabilities = vec![0.1; exercise.labels.len()];
    if let Some((label, _)) = &found {
        probabilities[*label] = 0.7;
    }
    let (label, evidence) = found.map_or((None, Vec::new()), |(label, at)| (Some(label), vec![at]));
    View { label, is_sure: text.contains("always"), probabilities, evidence }
}

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    let wrong =
        "[[scenario]]\nid = \"given\"\nexercise = \"which\"\ntext = \"It always says agent.\"\nright = [\"task\"]\n";
    learner.deck("roles", &(EXERCISE.to_owned() + wrong));
    learner
}

fn begin(learner: &Learner) -> Seat {
    let mut workspace = learner.workspace();
    workspace.reader = Some(Arc::new(|exercise, text, _| Some(read(exercise, text))));
    let drill = Drill { exercise: "which".parse().ok(), ..Drill::default() };
    learner.seat(workspace, Store::open(learner.home()), Route::Choice(drill), EVENING)
}

fn disagreements(learner: &Learner) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(learner.home().join("disagreements.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_model_that_is_wrong_is_shown_and_never_marks() {
    let mut seat = begin(&learner());
    seat.sees_no("model")
        .press("t")
        .sees("✓ Task role. That is right.")
        .sees("The model's view; the label of the deck decides");
    seat.sees("Execution role ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▫▫▫▫▫▫ 0.70 sure").sees_no("Both");
    let Action::Review { grade, .. } = &seat.log()[0].action else { panic!("a review") };
    assert_eq!(*grade, Grade::Good);
}

#[test]
fn a_reason_is_judged_when_the_model_is_sure_and_asked_back_when_it_is_not() {
    let judged = |pick: &str, why: &str, words: &str| {
        let mut seat = begin(&learner());
        seat.press(pick).press("w").paste(why).press("enter").sees(words);
    };
    judged("t", "always the code", "Your reason argues for Task role: that is what decides.");
    judged("e", "always the code", "Your reason argues for Task role, and that is right. Trust it next time.");
    judged("t", "always the agent", "The label is right, but your reason argues for Execution role.");
    judged("e", "always the agent", "Your reason argues for Execution role. The marked words say otherwise.");
    judged("t", "the agent", "Your reason leaves it open. Who makes the call, and when?");
    judged("e", "no idea", "Your reason leaves it open. Who makes the call, and when?");
}

#[test]
fn a_text_of_ones_own_is_read_with_its_evidence_and_agreeing_takes_its_label() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o").paste("The agent is always first.").press("enter");
    seat.sees("The [agent] is always first.").sees("It reads as Execution role.").press("enter");
    seat.sees("You say Execution role.").press("a").sees("added to my-scenarios.toml");
    let deck = std::fs::read_to_string(learner.home().join("decks/my-scenarios.toml")).expect("a deck");
    assert!(deck.contains("evidence = [\"agent\"]") && deck.contains("right = [\"execution\"]"), "{deck}");
    assert!(disagreements(&learner).is_empty());
}

#[test]
fn an_unsure_model_asks_and_another_label_is_kept_as_a_disagreement() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o").paste("The agent may.").press("enter");
    seat.sees("It may be Execution role, but that is not certain. Who makes the call, and when?").press("t");
    seat.sees("You say Task role.").sees("kept in disagreements.jsonl");
    let kept = disagreements(&learner);
    assert_eq!((kept.len(), kept[0]["card"].is_null(), kept[0]["label"].as_str()), (1, true, Some("task")));
    let model = &kept[0]["model"];
    assert_eq!((model["label"].as_str(), model["is_sure"].as_bool()), (Some("execution"), Some(false)));
    assert_eq!(model["probabilities"][1], serde_json::json!(["execution", 0.7]));
    seat.press("w ctrl-u").paste("Nothing to go by.").press("enter").sees("It says too little to tell.");
}

#[test]
fn the_faces_with_a_view_hold_at_every_size() {
    let learner = learner();
    learner.deck("more", &(EXERCISE.replacen("roles", "more", 1) + &scenario("more", "task", "")));
    for keys in ["t", "t w a enter", "o c o d e enter", "o c o d e enter enter", "o c o d e enter e a"] {
        draw_everywhere(keys, begin(&learner).press(keys));
    }
}
