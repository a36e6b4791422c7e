//! `greenroom classify` and `greenroom train`: verdicts as sentences and as JSON, and a model that its texts give again.

use serde_json::Value;

use super::{DECK, Home};

const TEXT: &str = "The image is public. Our Go code is refused when it writes to the bucket.";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_text_gets_a_verdict_its_words_and_a_reason() {
    let told = Home::new().done(["classify", TEXT]);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines[0], "Task role", "{told}");
    assert!(told.contains("[Our Go code is refused when it writes to the bucket.]"), "{told}");
    assert!(told.contains("so the task role needs the permission"), "{told}");
}

#[test]
fn a_text_about_something_else_is_unclear() {
    let told = Home::new().done(["classify", "how do I cook rice"]);
    assert!(told.starts_with("Unclear") && told.contains("say who makes the call, and when"), "{told}");
}

#[test]
fn the_contract_of_the_json_is_kept() {
    let verdict = json(&Home::new().done(["classify", TEXT, "--json"]));
    let keys: Vec<_> = verdict.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["binary", "evidence", "in_scope", "label", "probabilities", "sure"]);
    assert_eq!(
        (&verdict["label"], &verdict["binary"], &verdict["sure"]),
        (&"task".into(), &"task".into(), &true.into())
    );
    let probabilities = verdict["probabilities"].as_object().expect("an object");
    let labels: Vec<_> = probabilities.keys().map(String::as_str).collect();
    assert_eq!(labels, ["both", "execution", "neither", "task"]);
    let sum: f64 = probabilities.values().filter_map(Value::as_f64).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    for evidence in verdict["evidence"].as_array().expect("a list") {
        let place = |key: &str| evidence[key].as_u64().expect("a number") as usize;
        assert_eq!(evidence["text"], TEXT[place("start")..place("end")], "{evidence}");
    }
}

#[test]
fn lines_are_answered_in_order_with_their_ids() {
    let lines = "{\"id\":\"one\",\"text\":\"x\"}\n\n{\"id\":2,\"text\":\"our code calls SQS\"}\n";
    let told = Home::new().fed(["classify", "--jsonl"], lines);
    assert_eq!(told.code, 0, "{told:?}");
    let verdicts: Vec<_> = told.out.lines().map(json).collect();
    assert_eq!((&verdicts[0]["id"], &verdicts[0]["label"]), (&"one".into(), &"unclear".into()));
    assert_eq!((&verdicts[1]["id"], &verdicts[1]["label"]), (&2.into(), &"task".into()));
    let told = Home::new().fed(["classify", "-", "--json"], "our code calls SQS\n");
    assert_eq!(json(&told.out)["label"], "task");
}

#[test]
fn a_bad_line_is_named_after_the_answers_before_it() {
    let told = Home::new().fed(["classify", "--jsonl"], "{\"id\":1,\"text\":\"x\"}\n{\"id\":2}\n");
    assert_eq!((told.code, told.out.lines().count()), (2, 1), "{told:?}");
    assert!(told.err.contains("line 2 of standard input: missing field `text`"), "{told:?}");
}

#[test]
fn what_is_missing_is_said() {
    let home = Home::new();
    let told = home.run(["classify"]);
    assert!(told.code == 2 && told.err.contains("give a text, or - to read it"), "{told:?}");
    let told = home.run(["classify", "x", "--exercise", "which-database"]);
    assert!(told.code == 2 && told.err.contains("there is no exercise `which-database`"), "{told:?}");
}

/// "Which database?" with `each` scenarios of each of four labels.
fn databases(each: usize) -> String {
    let kinds = [
        ("relational", ["joined in one transaction", "foreign keys between them", "a ledger that must balance"]),
        ("document", ["each record has other fields", "nested and read as a whole", "the shape changes every week"]),
        ("cache", ["may be stale a minute", "kept in memory, expires by itself", "read a thousand times a second"]),
        ("queue", ["handed to a worker later", "each message once, in order", "buffered until somebody takes it"]),
    ];
    let things = ["orders", "seats", "grades", "loans", "pets", "songs", "ships", "trains", "rents", "votes"];
    let labels: Vec<_> = kinds.iter().map(|(id, _)| format!("{{ id = \"{id}\", name = \"{id}\" }}")).collect();
    let mut deck = format!(
        "format = 1\nid = \"databases\"\ntitle = \"Databases\"\n[[exercise]]\nid = \"which-database\"\nprompt = \"Which?\"\n\
         labels = [{}]\n",
        labels.join(", ")
    );
    for (label, ways) in kinds {
        for (index, thing) in things.iter().cycle().take(each).enumerate() {
            let way = ways[index % ways.len()];
            deck += &format!(
                "[[scenario]]\nid = \"{label}-{index}\"\nexercise = \"which-database\"\n\
                 text = \"Shop {index}: the {thing} are {way}.\"\nright = [\"{label}\"]\n"
            );
        }
    }
    deck
}

#[test]
fn a_deck_brings_labels_of_its_own_and_is_told_how_well_they_are_learned() {
    let home = Home::new();
    let deck = home.write("databases.toml", databases(10));
    let deck = deck.to_str().expect("UTF-8");
    let asked =
        ["--deck", deck, "classify", "The invoices are joined in one transaction.", "--exercise", "which-database"];
    let told = home.run(asked);
    assert!(told.code == 0 && told.out.starts_with("relational"), "{told:?}");
    assert!(told.err.contains("Learned from 40 scenarios of the deck; right on "), "{told:?}");
    assert_eq!(home.run(asked).out, told.out, "what was kept says the same");
}

#[test]
fn too_few_scenarios_are_no_classifier() {
    let home = Home::new();
    let deck = home.write("databases.toml", databases(3));
    let told = home.run(["--deck", deck.to_str().expect("UTF-8"), "classify", "x", "--exercise", "which-database"]);
    assert!(told.code == 2 && told.err.contains("has too few scenarios to learn from"), "{told:?}");
    let deck = home.write("plain.toml", DECK);
    let told = home.run(["--deck", deck.to_str().expect("UTF-8"), "classify", "x"]);
    assert_eq!(told.code, 0, "the two roles are known without a deck: {told:?}");
}

#[test]
fn training_says_where_it_looks() {
    let told = Home::new().run(["train", "classifier", "--from", "nowhere"]);
    assert!(told.code == 2 && told.err.contains("name the folder with --from"), "{told:?}");
}
