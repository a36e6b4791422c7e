//! The label exercise: a deck, keys, and what is on the screen and on the disk.

use greenroom::review::{Action, Grade, Said, Source};
use greenroom::tui::event::{Drill, Route};
use greenroom::tui::theme::{Glyphs, Theme};

use crate::kit::{EVENING, Learner, Seat, card};
use crate::screens::{contents, draw_everywhere};

/// Two labels and two more for experts; the last has a key that means something else everywhere.
pub const EXERCISE: &str = r#"format = 1
id = "roles"
title = "Roles"
[[exercise]]
id = "which"
prompt = "Which role?"
labels = [
  { id = "task", name = "Task role", key = "t", about = "What **your code** uses." },
  { id = "execution", name = "Execution role", key = "e" },
  { id = "both", name = "Both", key = "b", expert = true },
  { id = "neither", name = "Neither", key = "u", expert = true },
]
"#;

pub fn scenario(id: &str, right: &str, more: &str) -> String {
    format!(
        "[[scenario]]\nid = \"{id}\"\nexercise = \"which\"\ntext = \"What is {id}? It calls S3 at night.\"\n\
         right = [\"{right}\"]\nevidence = [\"calls S3\"]\nwhy = \"It is the {id} answer.\"\n{more}\n"
    )
}

/// Everything that a scenario can say.
pub fn told() -> String {
    let twin = "What is told? The agent calls S3 before the start.";
    let more = "facts = [\"Who calls: your code\", \"When: at night\"]\nflip = \"Let the agent call.\"\n\
                detail = '''```json\n{\"Action\": \"s3:GetObject\"}\n```'''\npair = \"twin\"\n\
                sources = [\"https://docs.example/one\", \"https://docs.example/two\"]\nchecked = 2026-11-22\n\
                note = \"Worth a note.\"";
    EXERCISE.to_owned()
        + &scenario("told", "task", more)
        + &format!(
            "[[scenario]]\nid = \"twin\"\nexercise = \"which\"\ntext = \"{twin}\"\nright = [\"both\"]\nwhy = \"Both.\"\n"
        )
}

fn learner(text: &str) -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\n");
    learner.deck("roles", text);
    learner
}

/// A learner with so many scenarios; every other one is for the execution role.
fn with(scenarios: usize) -> Learner {
    let label = |at| if at % 2 == 0 { "task" } else { "execution" };
    let all: String = (0..scenarios).map(|at| scenario(&format!("s{at}"), label(at), "")).collect();
    learner(&(EXERCISE.to_owned() + &all))
}

/// A learner whose own deck stands in place of the shipped one that has an exercise.
fn without_exercise() -> Learner {
    Learner::with("task-or-execution", &["one"])
}

fn begin(learner: &Learner) -> Seat {
    learner.open(Route::Choice(Drill { exercise: "which".parse().ok(), ..Drill::default() }), EVENING)
}

fn rapid(learner: &Learner, scenarios: usize) -> Seat {
    learner
        .open(Route::Choice(Drill { exercise: "which".parse().ok(), rapid: Some(scenarios), is_expert: None }), EVENING)
}

/// The scenario on the screen.
fn asked(seat: &Seat) -> String {
    let text = seat.text();
    let rest = text.split("What is ").nth(1).unwrap_or_else(|| panic!("nothing is asked:\n{text}"));
    rest.split('?').next().unwrap_or_default().to_owned()
}

/// The key that is right for the scenario on the screen.
fn right(seat: &Seat) -> &'static str {
    let number: usize = asked(seat)[1..].parse().expect("a number");
    if number.is_multiple_of(2) { "t" } else { "e" }
}

fn wrong(seat: &Seat) -> &'static str {
    if right(seat) == "t" { "e" } else { "t" }
}

/// The newest review of the log: grade, label, reason.
fn newest(seat: &Seat) -> (Grade, String, Option<String>) {
    let log = seat.log();
    match &log.last().expect("an entry").action {
        Action::Review { grade, source: Source::Choice, said: Some(Said::Picked { label, why }), .. } => {
            (*grade, label.to_string(), why.clone().map(String::from))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pick_is_on_record_at_once_and_shown_with_all_that_the_author_says() {
    let mut seat = begin(&learner(&told()));
    seat.sees("What is told? It calls S3 at night.").sees("t Task role").sees_no("your code").press("t");
    assert_eq!(newest(&seat), (Grade::Good, "task".to_owned(), None));
    seat.sees("It [calls S3] at night.").sees("✓ Task role. That is right.").sees("It is the told answer.");
    seat.sees("Who calls your code").sees("What would flip it: Let the agent call.");
    seat.sees("https://docs.example/one · checked 2026-11-22").sees("right: back in 10 min");
}

#[test]
fn a_wrong_pick_is_graded_again_and_told_without_blame() {
    let mut seat = begin(&learner(&told()));
    seat.press("e").sees("✗ Task role. You said Execution role.").sees("missed: back in 1 min");
    assert_eq!(newest(&seat), (Grade::Again, "execution".to_owned(), None));
}

#[test]
fn the_near_twin_is_shown_with_what_differs_and_the_policies_on_a_key() {
    let mut seat = begin(&learner(&told()));
    seat.press("t c").sees("Its near twin Both").sees("[The agent] calls S3 [before the start].");
    seat.sees("[It] calls S3 [at night].").press("c").sees("That is right.");
    seat.press("p").sees("\"Action\": \"s3:GetObject\"").sees("What your code uses.").sees("docs.example/two");
    seat.press("esc").sees("That is right.").sees_no("docs.example/two");
}

#[test]
fn only_words_that_decide_stand_in_brackets_and_only_without_colour() {
    let mut learner = learner(&told());
    learner.theme = Theme::named("dark", Glyphs::Unicode).expect("a theme");
    begin(&learner).press("t").sees("It calls S3 at night.").sees_no("[");
}

#[test]
fn undo_takes_a_pick_back_and_redo_brings_it_again() {
    let mut seat = begin(&with(4));
    let first = asked(&seat);
    let pick = wrong(&seat);
    seat.press(pick).press("enter");
    let second = asked(&seat);
    seat.press("u").sees("taken back");
    assert_eq!((asked(&seat), seat.counting()), (first.clone(), vec![]));
    seat.press("ctrl-r");
    assert_eq!((asked(&seat), seat.counting()), (second, vec![format!("{first} again")]));
    seat.memories();
}

#[test]
fn a_reason_that_is_typed_goes_into_the_row_and_no_letter_of_it_is_a_key() {
    let mut seat = begin(&learner(&told()));
    seat.press("w t h e space x space u ?").paste("code\ncalls").press("enter");
    assert!(seat.log().is_empty());
    seat.sees("Because the x u?code calls").press("t");
    assert_eq!(newest(&seat).2.as_deref(), Some("the x u?code calls"));
    seat.sees("You said why: “the x u?code calls”").sees("Your reason leaves it open. Who makes the call, and when?");
}

#[test]
fn a_reason_may_be_typed_after_the_pick_too() {
    let mut seat = begin(&learner(&told()));
    seat.press("t w n i g h t enter").sees("You said why: “night”");
    assert_eq!(seat.log().len(), 1);
}

#[test]
fn a_pick_is_shown_once_it_is_on_the_disk_and_counted_once() {
    let mut seat = begin(&with(4));
    let pick = right(&seat);
    seat.hold(pick).sees_no("That is right.").hold("t e t").perform().sees("That is right.");
    assert_eq!(seat.log().len(), 1);
}

#[test]
fn a_click_picks_and_arrows_do_too() {
    let mut seat = begin(&learner(&told()));
    let lines = seat.lines();
    let row = lines.iter().position(|line| line.contains("Execution role")).expect("a label");
    seat.click(lines[row].find("Execution").expect("its name"), row);
    assert_eq!(newest(&seat).1, "execution");
    seat.press("u enter down down up enter");
    assert_eq!(newest(&seat).1, "task");
}

#[test]
fn labels_for_experts_come_at_their_level_alone_and_a_taken_key_becomes_a_digit() {
    let learner = learner(&told());
    let mut seat = begin(&learner);
    seat.sees_no("Both").press("l").sees("b Both expert level").sees("1 Neither expert level").sees("1 of 2");
    seat.press("1");
    assert_eq!(newest(&seat).1, "neither");
    learner.settings("fuzz = false\nchoice_level = \"expert\"\n");
    begin(&learner).sees("Both").press("l").sees_no("Both");
}

#[test]
fn after_a_round_it_says_how_each_label_went_and_what_comes_back() {
    let mut seat = begin(&with(4));
    for at in 0..4 {
        let pick = if at == 0 { wrong(&seat) } else { right(&seat) };
        seat.press(pick).press("enter");
    }
    seat.sees("3 of 4 right").sees("Task role").sees("Taken for each other once").sees("Worth another look");
    seat.sees("1 in 1 min, 3 in 10 min").press("enter").sees("1 of 4");
}

#[test]
fn a_rapid_round_takes_one_key_each_and_tells_time_and_misses_at_the_end() {
    let mut seat = rapid(&with(6), 5);
    for at in 0..5 {
        let is_slip = at == 2;
        let pick = if is_slip { wrong(&seat) } else { right(&seat) };
        seat.now += jiff::SignedDuration::from_secs(3);
        seat.press(pick);
        if at < 4 {
            seat.sees(if is_slip { "✗" } else { "✓" }).sees_no("That is right.");
        }
    }
    seat.sees("4 of 5 right in 15 s, 3.0 s each.").sees("Worth another look").sees(", not ");
    assert_eq!(seat.log().len(), 5);
    seat.press("u");
    assert_eq!(seat.counting().len(), 4, "undo works at the end too");
}

#[test]
fn a_mistake_is_followed_up_by_the_twin() {
    let pairs = |at: usize| format!("pair = \"s{}\"", at ^ 1);
    let label = |at| if at % 2 == 0 { "task" } else { "execution" };
    let all: String = (0..6).map(|at| scenario(&format!("s{at}"), label(at), &pairs(at))).collect();
    let mut seat = begin(&learner(&(EXERCISE.to_owned() + &all)));
    let missed: usize = asked(&seat)[1..].parse().expect("a number");
    let pick = wrong(&seat);
    seat.press(pick).press("enter");
    let mut came = Vec::new();
    for _ in 0..3 {
        came.push(asked(&seat));
        let pick = right(&seat);
        seat.press(pick).press("enter");
    }
    assert!(came.contains(&format!("s{}", missed ^ 1)), "{came:?} after s{missed}");
}

#[test]
fn a_scenario_is_answered_in_daily_study_with_the_grade_suggested() {
    let learner = learner(&(told() + &card("plain", "What is plain?", "It is the plain answer.")));
    let mut seat = learner.study(&["roles"], EVENING);
    while !seat.text().contains("told") {
        seat.press("x");
    }
    seat.sees("Which role?").sees_no("Both").press("space 3 4").sees_no("It is the told answer.");
    seat.press("e").sees("✗ Task role. You said Execution role.").sees("[calls S3]").sees("1 again");
    assert!(seat.log().is_empty(), "the grade is the learner's");
    seat.press("space");
    assert_eq!(seat.counting(), ["told again"]);
    let said = Some(Said::picked("execution".parse().expect("an id"), ""));
    assert!(matches!(&seat.log()[0].action, Action::Review { source: Source::Study, said: it, .. } if *it == said));
    seat.press("u").sees("t Task role").press("t space");
    assert_eq!(seat.counting(), ["told good"]);
}

#[test]
fn new_scenarios_come_in_study_in_a_mixed_order_that_stays() {
    let learner = with(10);
    let order = || {
        let mut seat = learner.study(&["roles"], EVENING);
        let ask = |_| {
            let name = asked(&seat);
            seat.press("x");
            name
        };
        (0..10).map(ask).collect::<Vec<_>>()
    };
    let (first, second) = (order(), order());
    assert_eq!(first, second);
    assert!(!first.is_sorted(), "{first:?}");
}

#[test]
fn scenarios_for_experts_are_not_asked_in_study_at_the_basic_level() {
    let learner = learner(&told());
    learner.study(&["roles"], EVENING).press("t 4").sees("One card");
    learner.at_home(EVENING).sees_no("2 new cards");
    learner.settings("fuzz = false\nchoice_level = \"expert\"\n");
    learner.study(&["roles"], EVENING).sees("The agent calls S3").press("b").sees("✓ Both. That is right.");
}

#[test]
fn home_opens_a_round_of_the_chosen_deck_and_esc_leads_back() {
    let learner = learner(&told());
    let mut seat = learner.at_home(EVENING);
    seat.sees("r label drill").press("G r").sees("What is told").press("esc").sees("Good evening");
    without_exercise().at_home(EVENING).sees_no("label drill");
}

#[test]
fn without_an_exercise_it_says_how_to_come_by_one() {
    let mut seat = without_exercise().open(Route::Choice(Drill::default()), EVENING);
    seat.sees("No deck has an exercise").press("t enter c p w").sees("No deck");
}

#[test]
fn every_face_of_a_round_holds_at_every_size() {
    let places = [
        "",
        "down",
        "w a b",
        "t",
        "e",
        "e c",
        "e p",
        "e p pgdn pgdn",
        "e d",
        "e w x enter",
        "e enter",
        "l",
        "l b enter e enter",
    ];
    for keys in places {
        draw_everywhere(keys, begin(&learner(&told())).press(keys));
    }
    for (name, content) in contents() {
        let quoted = toml::Value::String(content.clone()).to_string();
        let line = toml::Value::String(content.replace('\n', " ").chars().take(150).collect()).to_string();
        let text = EXERCISE.replace("\"Task role\"", &line).replace("\"Which role?\"", &line)
            + &format!(
                "[[scenario]]\nid = \"s\"\nexercise = \"which\"\ntext = {quoted}\nright = [\"task\"]\nwhy = {quoted}\n\
                 facts = [{line}]\nflip = {quoted}\ndetail = {quoted}\nsources = [{line}, {line}]\n"
            );
        for keys in ["", "t", "e p", "e enter", "w a"] {
            draw_everywhere(&format!("{name}, {keys}"), begin(&learner(&text)).press(keys));
        }
        draw_everywhere(&format!("{name}, rapid"), rapid(&learner(&text), 3).press("e"));
        draw_everywhere(&format!("{name}, study"), learner(&text).study(&["roles"], EVENING).press("e"));
    }
}

#[test]
fn the_label_of_the_deck_is_nothing_to_disagree_with() {
    let learner = learner(&told());
    let mut seat = begin(&learner);
    seat.press("e").sees("Task role").press("d").sees("Which label do you think is right?");
    seat.press("t").sees("That is the label of the deck");
    assert!(!learner.home().join("disagreements.jsonl").exists());
}
