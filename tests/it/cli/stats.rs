//! `greenroom stats`: the log of some days, told in sentences and as JSON.

use serde_json::{Value, json};

use super::{DECK, Home};

const ROLES: &str = r#"format = 1
id = "roles"
title = "Task role or execution role?"

[[exercise]]
id = "which"
prompt = "Which role needs the permission?"
labels = [{ id = "task", name = "Task role" }, { id = "execution", name = "Execution role" }, { id = "both", name = "Both" }]

[[scenario]]
id = "s3"
exercise = "which"
text = "The code reads from S3."
right = ["task"]

[[scenario]]
id = "pull"
exercise = "which"
text = "The image is pulled."
right = ["execution"]
"#;

/// An id for `import`.
fn id(number: u32) -> String {
    format!("01a2046a-3900-7000-8000-{number:012x}")
}

/// A review of a card, `deck/card`, on a day of November.
fn review(number: u32, card: &str, day: u32, grade: &str, picked: &str) -> String {
    let (deck, card) = card.split_once('/').expect("a key");
    let said = if picked.is_empty() { String::new() } else { format!(",\"picked\":\"{picked}\"") };
    format!(
        "{{\"id\":\"{}\",\"deck\":\"{deck}\",\"card\":\"{card}\",\"at\":\"2026-11-{day:02}T10:00:00Z\",\"offset\":0,\
         \"day\":\"2026-11-{day:02}\",\"action\":\"review\",\"grade\":\"{grade}\",\"took\":60000{said}}}\n",
        id(number)
    )
}

fn retract(number: u32, card: &str, target: u32) -> String {
    let (deck, card) = card.split_once('/').expect("a key");
    format!(
        "{{\"id\":\"{}\",\"deck\":\"{deck}\",\"card\":\"{card}\",\"at\":\"2026-11-22T11:00:00Z\",\"offset\":0,\
         \"day\":\"2026-11-22\",\"action\":\"retract\",\"target\":\"{}\"}}\n",
        id(number),
        id(target)
    )
}

/// Two decks, one of them with an exercise, and a third that is gone.
fn studied() -> Home {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.write("decks/roles.toml", ROLES);
    let log = [
        review(1, "own/first", 3, "easy", ""),
        review(2, "own/first", 20, "again", ""),
        review(3, "roles/s3", 3, "easy", "task"),
        review(4, "roles/s3", 20, "good", "task"),
        review(5, "roles/s3", 21, "again", "execution"),
        review(6, "roles/pull", 21, "again", "both"),
        review(7, "roles/pull", 21, "again", "both"),
        review(8, "old/card", 21, "good", ""),
        retract(9, "roles/pull", 7),
        review(10, "roles/s3", 21, "again", "execution"),
    ];
    let file = home.write("log.jsonl", log.concat());
    home.done(["import".as_ref(), "reviews".as_ref(), file.as_os_str()]);
    home
}

#[test]
fn stats_of_nothing_say_how_to_begin() {
    let home = Home::new();
    assert_eq!(home.done(["stats"]), "Nothing was reviewed yet. `greenroom study` begins.\n");
    let told = home.json(["stats", "--json"]);
    assert_eq!((&told["reviews"], &told["decks"]), (&0.into(), &json!([])));
    assert_eq!(told["retention"], Value::Null);
}

#[test]
fn stats_tell_recall_decks_and_what_is_mixed_up() {
    let expected = "\
8 reviews in 8 min, on 3 of 20 days.
Recalled after days: 33 %, 1 of 3. The schedule aims at 90 %.

Due   today 3   Mon 0   Tue 0   Wed 0   Thu 0   Fri 0   Sat 0

Deck                                    reviews   recalled     time   days   due
My own                                        2        0 %    2 min      2     1
Task role or execution role?                  5       50 %    5 min      3     2
old, which is gone                            1          -    1 min      1     0

Which role needs the permission?                              2 of 5 right, 40 %
  Task role                   2 of 4     Execution role 2
  Execution role              0 of 1     Both 1
  Both                       not asked
  You pick Execution role where Task role is right: 2 of 4.
";
    assert_eq!(studied().done(["stats"]), expected);
}

#[test]
fn scripts_may_rely_on_every_key_of_the_stats() {
    let told = studied().json(["stats", "--json"]);
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    let figures = "recalled retention reviews since tested took typed";
    assert_eq!(keys(&told), "day days decks desired_retention exercises forecast ".to_owned() + figures);
    let gone = &told["decks"][2];
    assert_eq!(keys(gone), "days deck forecast recalled retention reviews since tested title took");
    assert_eq!((&gone["deck"], &gone["title"], &gone["retention"]), (&"old".into(), &Value::Null, &Value::Null));
    assert_eq!((&told["since"], &told["took"]), (&"2026-11-03".into(), &480_000.into()));
    assert_eq!(told["forecast"], json!([3, 0, 0, 0, 0, 0, 0]));
    let label = |id: &str, name: &str, right: u32, answers: u32, picked: Value| {
        let accuracy = if answers == 0 { Value::Null } else { (f64::from(right) / f64::from(answers)).into() };
        json!({ "id": id, "name": name, "answers": answers, "right": right, "accuracy": accuracy, "picked": picked })
    };
    let expected = json!([{
        "deck": "roles", "exercise": "which", "prompt": "Which role needs the permission?",
        "answers": 5, "right": 2, "accuracy": 0.4,
        "labels": [
            label("task", "Task role", 2, 4, json!({ "task": 2, "execution": 2 })),
            label("execution", "Execution role", 0, 1, json!({ "both": 1 })),
            label("both", "Both", 0, 0, json!({})),
        ],
        "confused": {
            "right": "task", "picked": "execution", "times": 2, "answers": 4,
            "sentence": "You pick Execution role where Task role is right: 2 of 4.",
        },
    }]);
    assert_eq!(told["exercises"], expected);
}

#[test]
fn stats_of_a_deck_leave_the_others_out() {
    let home = studied();
    let told = home.json(["stats", "own", "--json"]);
    assert_eq!((&told["reviews"], &told["tested"], &told["recalled"]), (&2.into(), &1.into(), &0.into()));
    assert_eq!((&told["exercises"], told["decks"].as_array().map(Vec::len)), (&json!([]), Some(1)));
    let told = home.run(["stats", "rols"]);
    assert_eq!((told.code, told.out.as_str()), (2, ""));
    assert_eq!(told.err, "greenroom: there is no deck `rols`; did you mean `roles`?\n");
}

#[test]
fn what_was_reviewed_today_is_told_at_once_and_its_undo_too() {
    let home = Home::new();
    home.done(["review", "what-is-ecs", "easy"]);
    let told = home.json(["stats", "--json"]);
    let figures = ["reviews", "tested", "took", "days"].map(|key| told[key].as_u64());
    assert_eq!(figures, [Some(1), Some(0), Some(0), Some(1)]);
    assert_eq!(told["since"], "2026-11-22");
    let plain = home.done(["stats"]);
    assert!(plain.starts_with("1 review, on 1 of 1 day.\nNo card came back after days yet"), "{plain}");
}

#[test]
fn the_names_of_decks_and_labels_are_cut_to_eighty_columns() {
    let home = studied();
    let wide = ROLES.replace("Task role", &"宽い ".repeat(40)).replace("Which role", &"Which ".repeat(30));
    home.write("decks/roles.toml", wide);
    let told = home.done(["stats"]);
    let is_sentence = |line: &&str| !line.starts_with("  You pick ");
    for line in told.lines().filter(is_sentence) {
        assert!(greenroom::text::width::columns(line) <= 80, "{line}");
    }
    assert!(told.contains('…'));
}

#[test]
fn typed_answers_tell_how_well_one_judges_oneself_and_how_often_a_mark_was_changed() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    let typed = |number: u32| {
        let said = concat!(
            r#","typed":"so","confidence":95,"marks":[{"id":"a","mark":"covered","p":97,"sure":true},"#,
            r#"{"id":"b","mark":"missed","p":3,"sure":true,"flipped":"covered"},"#,
            r#"{"id":"c","mark":"missed","p":3,"sure":true},{"id":"d","mark":"covered","p":51,"sure":false}]"#
        );
        review(number, "own/first", number, "hard", "").replace(",\"took\":60000", &format!(",\"took\":60000{said}"))
    };
    let file = home.write("log.jsonl", (1..=5).map(typed).collect::<String>());
    home.done(["import".as_ref(), "reviews".as_ref(), file.as_os_str()]);
    let told = home.done(["stats"]);
    assert!(told.contains("\n5 typed answers, 20 marks; you changed 25 of 100.\n"), "{told}");
    let line = format!("\n  certain{:>23}{:>8}{:>8}   less than you thought\n", 5, 95, 67);
    assert!(told.contains(&line) && !told.contains("shaky"), "{told}");
    let told: Value = serde_json::from_str(&home.done(["stats", "--json"])).expect("JSON");
    assert_eq!(told["typed"]["confidence"][3]["said"], 95.0);
    let got = ["answers", "marks", "flips"].map(|key| told["typed"][key].as_u64());
    assert_eq!(got, [Some(5), Some(20), Some(5)]);
    assert_eq!(told["typed"]["confidence"][0]["got"], Value::Null);
}
