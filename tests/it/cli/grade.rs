//! `greenroom grade`: typed answers in, marks with the words that they rest on out.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use super::{Home, Told};

const ROLES: &str = "aws-ecs/task-role-vs-execution-role";

const OWN: &str = r#"format = 1
id = "own"
title = "My own"

[[card]]
id = "bare"
question = "What comes first?"
answer = "The first."

[[card]]
id = "tea"
question = "How is black tea made?"
answer = "Boil water, pour it over the leaves, wait three minutes."
[[card.point]]
id = "boil"
weight = 3
text = "The water has to boil."
[[card.point]]
id = "steep"
weight = 1
text = "The leaves steep for three minutes."
[[card.misconception]]
id = "cold"
text = "The leaves go into cold water."
correction = "Black tea needs boiling water."
"#;

fn asked(home: &Home, lines: &[Value]) -> Vec<Value> {
    let told = piped(home, &["grade", "--jsonl"], &lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
    told.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn piped(home: &Home, arguments: &[&str], input: &str) -> Told {
    let mut command = home.command(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Told { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn scripts_may_rely_on_every_key_of_a_graded_line() {
    let text = "The execution role pulls the private image from ECR and sends the logs to CloudWatch.";
    let told = asked(&Home::new(), &[json!({ "id": 7, "card": "task-role-vs-execution-role", "text": text })]);
    let line = &told[0];
    let keys: Vec<&String> = line.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["card", "id", "misconceptions", "points", "score"]);
    assert_eq!((&line["id"], &line["card"]), (&json!(7), &json!("task-role-vs-execution-role")));
    let point = &line["points"]["execution-role-pulls-image"];
    let keys: Vec<&String> = point.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["mark", "p", "quote", "sure"]);
    assert_eq!(point["mark"], "covered");
    let [start, end] = [0, 1].map(|at| point["quote"][at].as_u64().expect("a place") as usize);
    assert!(text[start..end].contains("image"), "{}", &text[start..end]);
    assert_eq!(line["points"]["task-role-for-app"]["quote"], Value::Null);
}

#[test]
fn every_shipped_model_answer_scores_100_and_the_question_nothing() {
    let home = Home::new();
    let shown = home.json(["deck", "show", "aws-ecs", "--json"]);
    let cards = shown["cards"].as_array().expect("cards");
    let mut lines = Vec::new();
    for card in cards.iter().filter(|card| card["points"].is_array()) {
        let asked = card["question"].as_str().expect("text");
        let (framed, again) = (json!(format!("You ask: {asked}")), json!(format!("So you are asking me: {asked} Hm.")));
        for text in [&card["answer"], &card["question"], &framed, &again, &json!(""), &json!("I don't know.")] {
            lines.push(json!({ "card": card["id"], "text": text }));
        }
    }
    assert!(lines.len() >= 6 * 16, "the cards of the deck were not found: {shown}");
    for (at, line) in asked(&home, &lines).iter().enumerate() {
        let expected = if at % 6 == 0 { 100.0 } else { 0.0 };
        assert_eq!(line["score"].as_f64(), Some(expected), "{}: {}", lines[at], line["points"]);
    }
}

#[test]
fn a_person_is_told_marks_quotes_and_what_is_not_so() {
    let home = Home::new();
    home.write("decks/own.toml", OWN);
    let told = home.done(["grade", "own/tea", "The water has to boil, then the leaves steep for three minutes."]);
    assert!(told.contains("covered  The water has to boil.\n           “"), "{told}");
    assert!(told.ends_with("100 of 100: 2 points covered, 0 in part, 0 missed.\n"), "{told}");
    let told = home.done(["grade", "own/bare", "anything"]);
    assert_eq!(told, "This card names no key points, so there is nothing to compare an answer with.\n");
}

#[test]
fn an_answer_is_read_from_standard_input_too() {
    let home = Home::new();
    for arguments in [&["grade", ROLES, "-", "--json"][..], &["grade", ROLES, "--json"][..]] {
        let told = piped(&home, arguments, "The execution role pulls the private image from ECR.\n");
        let value: Value = serde_json::from_str(&told.out).expect("JSON");
        assert_eq!(value["points"]["execution-role-pulls-image"]["mark"], "covered", "{value}");
    }
}

#[test]
fn what_cannot_be_graded_says_why() {
    let home = Home::new();
    let told = piped(&home, &["grade", "--jsonl"], "{\"card\":\"what-is-ecs\",\"text\":\"\"}\nnonsense\n");
    assert_eq!((told.code, told.out.lines().count()), (2, 1));
    assert!(told.err.starts_with("greenroom: line 2 is not {\"id\", \"card\", \"text\"}: "), "{}", told.err);
    let told = home.run(["grade", "what-is-esc", "x"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("did you mean `aws-ecs/what-is-ecs`?"), "{}", told.err);
    assert_eq!(home.run(["grade"]).code, 2);
}

#[test]
fn a_pasted_megabyte_is_graded() {
    let text = "The execution role pulls the private image from ECR. ".repeat(20_000);
    let told = asked(&Home::new(), &[json!({ "id": "long", "card": ROLES, "text": text })]);
    assert_eq!(told[0]["points"]["execution-role-pulls-image"]["mark"], "covered");
}

#[test]
fn the_marks_of_a_deck_do_not_depend_on_the_other_decks() {
    let home = Home::new();
    home.write("decks/sql.toml", include_str!("../data/grader/sql.toml"));
    let read = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let answers: Vec<Value> = include_str!("../data/grader/sql.jsonl").lines().map(read).take(12).collect();
    let line = |answer: &Value| json!({ "card": answer["card"], "text": answer["text"] });
    let alone = asked(&home, &answers.iter().map(line).collect::<Vec<_>>());
    let other = json!({ "card": ROLES, "text": "The execution role pulls the image, a query joins tables." });
    let mixed: Vec<Value> = answers.iter().flat_map(|answer| [other.clone(), line(answer)]).collect();
    let mixed: Vec<Value> = asked(&home, &mixed).into_iter().skip(1).step_by(2).collect();
    assert_eq!(alone, mixed);
}

const EXACT: &str = r#"format = 1
id = "exact"
title = "Gaps and code"

[[cloze]]
id = "roles"
text = "The {{execution role}} pulls, the {{task role::which}} calls."

[[code]]
id = "list"
question = "List the tasks."
language = "bash"
code = "aws ecs list-tasks --cluster <name>"
"#;

#[test]
fn gaps_and_code_are_graded_from_nothing_to_all() {
    let home = Home::new();
    home.write("decks/exact.toml", EXACT);
    let line = |card: &str, text: &str| json!({ "card": card, "text": text });
    let told = asked(
        &home,
        &[
            line("roles", "execution role\ntask role"),
            line("roles", "The execution role pulls, the task role calls."),
            line("roles", "task role; task role"),
            line("roles", ""),
            line("list", "aws ecs list-tasks --cluster=prod"),
            line("list", "```bash\naws ecs list-tasks --cluster <name>\n```"),
            line("list", "aws ecs describe-tasks --cluster prod"),
            line("list", " "),
        ],
    );
    let scores: Vec<_> = told.iter().map(|line| line["score"].as_f64().expect("a number")).collect();
    assert_eq!(scores, [100.0, 100.0, 75.0, 0.0, 100.0, 100.0, 80.0, 0.0]);
    let marks = |line: &Value, point: &str| line["points"][point]["mark"].clone();
    assert_eq!((marks(&told[2], "gap-1"), marks(&told[2], "gap-2")), (json!("partial"), json!("covered")));
    assert_eq!((marks(&told[6], "code"), marks(&told[7], "code")), (json!("partial"), json!("missed")));
    let said = home.done(["grade", "roles", "execution role"]);
    assert!(said.contains("covered  execution role") && said.contains("50 of 100"), "{said}");
}

#[test]
fn gaps_and_code_are_shown_in_words_and_in_json() {
    let home = Home::new();
    home.write("decks/exact.toml", EXACT);
    let deck = home.done(["deck", "show", "exact"]);
    assert!(deck.contains("The [...] pulls, the [which] calls.") && deck.contains("List the tasks."), "{deck}");
    let card = home.done(["deck", "show", "exact/roles"]);
    assert!(card.contains("The execution role pulls") && card.contains("2. task role"), "{card}");
    let json: Value = serde_json::from_str(&home.done(["deck", "show", "exact", "--json"])).expect("JSON");
    let (roles, list) = (&json["cards"][0], &json["cards"][1]);
    assert_eq!((&roles["kind"], &roles["gaps"][1]["hint"]), (&json!("cloze"), &json!("which")));
    assert_eq!((&list["kind"], &list["language"]), (&json!("code"), &json!("bash")));
}
