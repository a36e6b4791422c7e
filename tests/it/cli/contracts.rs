//! What scripts may rely on: the keys and types of every JSON line, to the letter.

use serde_json::Value;

use super::{DECK, Home};

/// The keys of an object with the types of their values, in alphabetical order.
fn shape(value: &Value) -> String {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_u64() || number.is_i64() => "whole",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    let fields = value.as_object().expect("an object").iter();
    fields.map(|(key, value)| format!("{key}:{}", kind(value))).collect::<Vec<_>>().join(" ")
}

#[test]
fn review_prints_one_line_after_it_is_durable() {
    let home = Home::new();
    assert_eq!(
        home.done(["review", "what-is-ecs", "good"]),
        "{\"card\":\"what-is-ecs\",\"at\":\"2026-11-22T18:00:00Z\",\"grade\":\"good\",\
         \"due\":\"2026-11-22T18:10:00Z\",\"stability\":2.3065,\"difficulty\":2.118104,\"state\":\"learning\"}\n"
    );
    let easy = home.json(["review", "what-is-ecs", "easy", "--at", "2026-11-22T18:10:00Z"]);
    assert_eq!(easy["state"], "review");
    let due: jiff::Timestamp = easy["due"].as_str().expect("text").parse().expect("RFC 3339");
    assert!(due.to_string().ends_with("T04:00:00Z"), "a card is due from the beginning of a study day: {due}");
}

#[test]
fn due_lists_every_card_known_or_new() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["review", "second", "good"]);
    let cards = home.json(["due", "--json"]);
    let cards = cards.as_array().expect("a list");
    assert_eq!(cards.len(), 16 + 14 + 158 + 2);
    for card in cards {
        let known = card["card"] == "second";
        let [due, number] = if known { ["text", "number"] } else { ["null", "null"] };
        assert_eq!(
            shape(card),
            format!(
                "card:text deck:text difficulty:{number} due:{due} lapses:whole retrievability:{number} \
                 reviews:whole stability:{number} state:text"
            )
        );
        assert_eq!(card["state"], if known { "learning" } else { "new" });
        assert_eq!(card["reviews"], u32::from(known));
    }
    let lines = home.done(["due", "--jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines, *cards, "the same, one object a line");
}

#[test]
fn due_at_another_time_reckons_recall_for_then() {
    let home = Home::new();
    home.done(["review", "what-is-ecs", "easy"]);
    let recall = |at: &str| {
        let cards = home.json(["due", "--json", "--at", at]);
        cards.as_array().expect("a list")[0]["retrievability"].as_f64().expect("a number")
    };
    let [now, week, year] = ["2026-11-22T18:00:00Z", "2026-11-29T18:00:00Z", "2027-11-22T18:00:00Z"].map(recall);
    assert!((now - 1.0).abs() < 1e-6 && now > week && week > year && year > 0.0, "{now} {week} {year}");
}

#[test]
fn due_says_suspended_and_buried_today() {
    let home = Home::new();
    let line = |number: u32, card: &str, action: &str| {
        format!(
            "{{\"id\":\"01a2046a-3900-7000-8000-{number:012x}\",\"deck\":\"aws-ecs\",\"card\":\"{card}\",\
             \"at\":\"2026-11-22T10:00:00Z\",\"offset\":0,\"day\":\"2026-11-22\",\"action\":\"{action}\"}}\n"
        )
    };
    let text = line(1, "what-is-ecs", "suspend") + &line(2, "ecs-main-components", "bury");
    let file = home.write("a.jsonl", text);
    home.done(["import".as_ref(), "reviews".as_ref(), file.as_os_str()]);
    assert_eq!(home.card("what-is-ecs")["state"], "suspended");
    assert_eq!(home.card("ecs-main-components")["state"], "buried");
    let tomorrow = home.done(["due", "--jsonl", "--at", "2026-11-23T18:00:00Z"]);
    assert!(!tomorrow.contains("buried") && tomorrow.contains("suspended"));
}

#[test]
fn lint_prints_seven_fields_a_finding() {
    let home = Home::new();
    let file = home.write("d.toml", DECK.replace("question = \"What comes first?\"", "qestion = \"?\""));
    let told = home.run(["lint".as_ref(), file.as_os_str(), "--json".as_ref()]);
    assert_eq!(told.code, 3);
    let findings: Vec<Value> = serde_json::from_str(&told.out).expect("a list");
    assert_eq!(findings.len(), 2, "{findings:?}");
    for finding in &findings {
        let own = shape(finding).replace(" fix:object", "");
        assert_eq!(own, "code:text column:whole file:text help:text line:whole message:text severity:text");
        assert!(finding["file"].as_str().is_some_and(|name| name.ends_with("d.toml")), "{finding}");
    }
    let slip = findings.iter().find(|finding| finding["code"] == "unknown-key").expect("it is found");
    assert_eq!((slip["line"].as_u64(), slip["column"].as_u64()), (Some(7), Some(1)));
    assert_eq!(slip["severity"], "warning");
    let lines = home.run(["lint".as_ref(), file.as_os_str(), "--jsonl".as_ref()]);
    assert_eq!((lines.code, lines.out.lines().count()), (3, 2));
    let good = home.write("good.toml", DECK);
    assert_eq!(home.json(["lint".as_ref(), good.as_os_str(), "--json".as_ref()]), Value::Array(Vec::new()));
}

#[test]
fn a_finding_about_a_file_has_no_line() {
    let told = Home::new().run(["lint", "--jsonl", "not-there.toml"]);
    let finding: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((told.code, &finding["line"], &finding["column"]), (3, &Value::Null, &Value::Null));
    assert_eq!(finding["code"], "missing");
}

#[test]
fn deck_list_and_show_have_their_fields() {
    let home = Home::new();
    let decks = home.json(["deck", "--json"]);
    assert_eq!(shape(&decks[0]), "built_in:bool cards:whole file:text id:text title:text");
    assert_eq!(home.json(["deck", "list", "--json"]), decks);
    let deck = home.json(["deck", "show", "aws-ecs", "--json"]);
    assert_eq!(shape(&deck), "cards:list description:text file:text id:text tags:list title:text");
    assert_eq!(deck["cards"].as_array().map(Vec::len), Some(16));
    let card = home.json(["deck", "show", "task-role-vs-execution-role", "--json"]);
    assert!(deck["cards"].as_array().is_some_and(|cards| cards.contains(&card)), "a card is shown alike in its deck");
    assert_eq!(
        shape(&card).replace("note:null", "note:text"),
        "answer:text checked:text follow_ups:list id:text kind:text level:text misconceptions:list note:text \
         points:list question:text sides:list sources:list tags:list"
    );
    assert_eq!(
        shape(&card["points"][0]).replace("probe:null", "probe:text"),
        "accept:list id:text probe:text text:text weight:whole"
    );
}

#[test]
fn a_scenario_is_shown_as_what_it_is() {
    let home = Home::new();
    let page = include_str!("../../../assets/manual/deck-format.md");
    let snippet = page.split("```toml\n").find(|part| part.starts_with("[[exercise]]")).expect("in the manual");
    let snippet = snippet.split("```").next().expect("it ends");
    home.write("decks/choice.toml", format!("format = 1\nid = \"roles\"\ntitle = \"Roles\"\n{snippet}"));
    let card = home.json(["deck", "show", "roles/s3-env-file", "--json"]);
    assert_eq!(
        shape(&card),
        "checked:null detail:null evidence:list exercise:text facts:list flip:null follow_ups:list id:text kind:text \
         labels:list level:null note:null pair:text prompt:text right:list sources:list tags:list text:text why:text"
    );
    assert_eq!((card["kind"].as_str(), &card["right"]), (Some("choice"), &serde_json::json!(["execution"])));
    assert_eq!(shape(&card["labels"][0]), "about:text expert:bool id:text key:text name:text");
}

#[test]
fn export_writes_what_the_manual_says() {
    let home = Home::new();
    home.done(["review", "what-is-ecs", "hard"]);
    let line = home.entries().remove(0);
    assert_eq!(
        shape(&line),
        "action:text at:text card:text day:text deck:text grade:text id:text offset:whole source:text took:whole"
    );
    assert_eq!((line["source"].as_str(), line["took"].as_u64()), (Some("command"), Some(0)));
}
