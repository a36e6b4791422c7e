//! What a model adds: its view beside the verdict, a judged reason, a text of one's own that is read. It never marks.

use greenroom::review::{Action, Grade};
use greenroom::tui::event::{Drill, Route};

use crate::kit::{EVENING, Learner, Seat};
use crate::screens::draw_everywhere;

const AGENT: &str = "The ECS agent pulls the image before the container starts.";
const CODE: &str = "The application code calls S3 with the SDK while it runs.";
const UNSURE: &str = "The task reads from S3.";

/// The shipped exercise with one scenario, which calls the wrong label right.
const DECK: &str = r#"format = 1
id = "task-or-execution"
title = "Mine"
[[exercise]]
id = "task-or-execution"
prompt = "Which role?"
labels = [
  { id = "task", name = "Task role", key = "t" },
  { id = "execution", name = "Execution role", key = "e" },
  { id = "both", name = "Both", key = "b", expert = true },
  { id = "neither", name = "Neither", key = "n", expert = true },
]
[[scenario]]
id = "given"
exercise = "task-or-execution"
text = "The ECS agent pulls the image before the container starts."
right = ["task"]
"#;

fn learner() -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("roles", DECK);
    learner
}

fn begin(learner: &Learner) -> Seat {
    learner.open(Route::Choice(Drill::default()), EVENING)
}

fn disagreements(learner: &Learner) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(learner.home().join("disagreements.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_model_that_thinks_otherwise_is_shown_and_never_marks() {
    let mut seat = begin(&learner());
    seat.sees_no("model").press("t").sees("✓ Task role. That is right.");
    seat.sees("The model's view; the label of the deck decides").sees("Execution role ▪▪▪").sees_no("Both");
    let Action::Review { grade, .. } = &seat.log()[0].action else { panic!("a review") };
    assert_eq!(*grade, Grade::Good);
    seat.press("d e").sees("kept in disagreements.jsonl");
}

#[test]
fn a_reason_is_judged_when_the_model_is_sure_and_asked_back_when_it_is_not() {
    let judged = |pick: &str, why: &str, words: &str| {
        let mut seat = begin(&learner());
        seat.press(pick).press("w").paste(why).press("enter").sees(words);
    };
    judged("t", CODE, "Your reason argues for Task role: that is what decides.");
    judged("e", CODE, "Your reason argues for Task role, and that is right. Trust it next time.");
    judged("t", AGENT, "The label is right, but your reason argues for Execution role.");
    judged("e", AGENT, "Your reason argues for Execution role. The marked words say otherwise.");
    judged("e", "no idea", "Your reason leaves it open. Who makes the call, and when?");
}

#[test]
fn a_text_of_ones_own_is_read_with_its_evidence_and_agreeing_takes_its_label() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("o").paste(AGENT).press("enter").sees("[").sees("It reads as Execution role.").press("enter");
    seat.sees("You say Execution role.").press("a").sees("added to my-scenarios.toml");
    let deck = std::fs::read_to_string(learner.home().join("decks/my-scenarios.toml")).expect("a deck");
    assert!(deck.contains("\nevidence = [") && deck.contains("right = [\"execution\"]"), "{deck}");
    assert!(disagreements(&learner).is_empty());
}

#[test]
fn an_unsure_model_asks_and_another_label_is_kept_as_a_disagreement() {
    let learner = learner();
    let mut seat = begin(&learner);
    seat.press("l o").paste(UNSURE).press("enter").sees("but that is not certain. Who makes the call, and when?");
    seat.press("n").sees("You say Neither.").sees("kept in disagreements.jsonl");
    let kept = disagreements(&learner);
    assert_eq!((kept.len(), kept[0]["card"].is_null(), kept[0]["label"].as_str()), (1, true, Some("neither")));
    assert_eq!((kept[0]["text"].as_str(), kept[0]["model"]["is_sure"].as_bool()), (Some(UNSURE), Some(false)));
    let sum: f64 =
        kept[0]["model"]["probabilities"].as_array().expect("a list").iter().filter_map(|one| one[1].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{kept:?}");
    begin(&learner).press("o").paste(UNSURE).press("enter").sees("that is not certain").sees_no("Neither");
    seat.press("w ctrl-u").paste("The cat sat on the mat.").press("enter").sees("It says too little to tell.");
}

#[test]
fn a_deck_with_many_scenarios_teaches_a_model_and_says_how_far_it_goes() {
    let learner = Learner::new();
    let head = "format = 1\nid = \"fruit\"\ntitle = \"Fruit\"\n[[exercise]]\nid = \"fruit\"\nprompt = \"Which fruit?\"\n\
                labels = [{ id = \"apple\", name = \"Apple\" }, { id = \"lemon\", name = \"Lemon\" }]\n";
    let one = |number: usize| {
        let (label, words) =
            if number.is_multiple_of(2) { ("apple", "sweet red round") } else { ("lemon", "sour yellow oval") };
        format!(
            "[[scenario]]\nid = \"s{number}\"\nexercise = \"fruit\"\ntext = \"Number {number} is {words}.\"\nright = [\"{label}\"]\n"
        )
    };
    learner.deck("fruit", &(head.to_owned() + &(0..12).map(one).collect::<String>()));
    let drill = Drill { exercise: "fruit".parse().ok(), ..Drill::default() };
    let mut seat = learner.open(Route::Choice(drill), EVENING);
    seat.press("1").sees_no("The model's view").sees_no("Learned from");
    seat.press("w s w e e t enter").sees("Your reason leaves it open. Which words of the text decide?");
    seat.press("o").paste("It is sour and yellow.").press("enter");
    seat.sees("Learned from 12 scenarios of the deck").sees("not sure");
}

#[test]
fn the_faces_with_a_view_hold_at_every_size() {
    let learner = learner();
    for keys in ["t", "t w a enter", "o c o d e enter", "o c o d e enter enter", "o c o d e enter e a"] {
        draw_everywhere(keys, begin(&learner).press(keys));
    }
}
