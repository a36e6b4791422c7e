//! What `lint` says beyond reading a deck: every rule is explained, and each example is what it claims to be.

use greenroom::deck::{LARGEST_FILE, RULES, Severity};
use greenroom::lint::{Linted, explain, explanations, lint};

/// Codes of problems with files and folders, which no deck text can have.
const OF_FILES: [&str; 4] = ["missing", "unreadable", "skipped", "duplicate-deck"];

/// The whole text of a deck that an example of the page is part of.
fn whole(example: &str) -> String {
    let begins = |start: &str| example.lines().any(|line| line.trim_start().starts_with(start));
    if begins("format =") || example.starts_with('{') {
        return example.to_owned();
    }
    let head = if begins("title =") { "format = 1\nid = \"d\"\n" } else { "format = 1\nid = \"d\"\ntitle = \"D\"\n" };
    let roles = "[[exercise]]\nid = \"roles\"\nprompt = \"Which role?\"\nlabels = [{ id = \"task\", name = \"Task role\" }, \
                 { id = \"execution\", name = \"Execution role\" }]\n";
    let card = "[[card]]\nid = \"other\"\nquestion = \"Why not?\"\nanswer = \"Because.\"\n";
    let exercise = if begins("[[scenario]]") && !begins("[[exercise]]") { roles } else { "" };
    let card = if ["[[card]]", "[[scenario]]", "[card]", "[[cloze]]"].into_iter().any(begins) { "" } else { card };
    format!("{head}{example}\n{exercise}{card}")
}

/// Rules that are broken by excess, and bytes: a text that does so, which no page could show.
fn by_excess(code: &str) -> Option<Vec<u8>> {
    let head = "format = 1\nid = \"d\"\ntitle = \"D\"\n";
    let card = "[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"A.\"\n";
    let text = match code {
        "too-large" => "#".repeat(LARGEST_FILE + 1),
        "encoding" => return Some([head.as_bytes(), b"tags = [\"Z\xfcrich\"]\n"].concat()),
        "too-deep" => format!("{head}{card}x = {}1{}\n", "[".repeat(200), "]".repeat(200)),
        "text-too-long" => format!("{head}{card}note = \"{}\"\n", "n".repeat(2 << 20)),
        "too-many-parts" => {
            let point = |n: usize| format!("[[card.misconception]]\nid = \"m{n}\"\ntext = \"Claim {n}.\"\n");
            format!("{head}{card}{}", (0..101).map(point).collect::<String>())
        }
        "too-many-entries" => format!("{head}tags = [{}]\n{card}", "\"t\",".repeat(101)),
        "more-findings" => {
            let errors: String = (0..1001).map(|n| format!("unknown{n} = 1\n")).collect();
            format!("{head}{card}{errors}")
        }
        _ => return None,
    };
    Some(text.into_bytes())
}

fn codes(text: &[u8], but: &str) -> Vec<&'static str> {
    let Linted { diagnostics, .. } = lint(&[text]).remove(0);
    let mut codes: Vec<&'static str> = Vec::new();
    for code in diagnostics.iter().map(|finding| finding.code).filter(|code| *code != but) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

#[test]
fn every_finding_is_explained_and_nothing_else_is() {
    let explained: Vec<_> = explanations().map(|explanation| explanation.code).collect();
    let known: Vec<_> = RULES.iter().map(|rule| rule.code).chain(OF_FILES).collect();
    assert_eq!(explained, known);
    for explanation in explanations() {
        let words = explanation.text.split("Wrong:").next().unwrap_or_default().split_whitespace().count();
        assert!((10..120).contains(&words), "{}: {words} words", explanation.code);
    }
}

#[test]
fn a_wrong_example_is_wrong_in_its_way_and_a_right_one_is_right() {
    for rule in RULES {
        let (wrong, right) = explain(rule.code).expect("it is explained").examples();
        assert_eq!((wrong.len(), right.len()), (1, 1), "{}", rule.code);
        // A page has no room for five scenarios of each label.
        let but = if rule.code == "few-scenarios" { "" } else { "few-scenarios" };
        let text = by_excess(rule.code).unwrap_or_else(|| whole(wrong[0]).into_bytes());
        let found = codes(&text, but);
        let expected =
            if rule.code == "more-findings" { vec!["unknown-key", "more-findings"] } else { vec![rule.code] };
        assert_eq!(found, expected, "{}: {}", rule.code, String::from_utf8_lossy(&text[..text.len().min(500)]));
        let text = whole(right[0]);
        assert_eq!(codes(text.as_bytes(), but), Vec::<&str>::new(), "{}: {text}", rule.code);
    }
}

#[test]
fn decks_that_are_checked_together_are_compared() {
    let deck = |id: &str, card: &str, question: &str| {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"D\"\n[[card]]\nid = \"{card}\"\nquestion = \"{question}\"\nanswer = \"A.\"\n"
        )
    };
    let texts = [
        deck("one", "a", "What is ECS?"),
        deck("two", "b", "Explain: what is **ECS**"),
        deck("three", "c", "Why ECS?"),
    ];
    let found: Vec<Vec<String>> = lint(&texts)
        .into_iter()
        .map(|linted| linted.diagnostics.into_iter().map(|finding| finding.message.into()).collect())
        .collect();
    assert_eq!(found, [vec![], vec!["The card `a` of the deck `one` asks the same.".to_owned()], vec![]]);
}

#[test]
fn scenarios_of_one_exercise_in_two_decks_are_counted_together() {
    let deck = |id: &str, from: usize, to: usize| {
        let mut text = format!(
            "format = 1\nid = \"{id}\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\n\
             labels = [{{ id = \"a\", name = \"A\" }}, {{ id = \"b\", name = \"B\" }}]\n"
        );
        for (number, label) in (from..to).flat_map(|number| [(number, "a"), (number, "b")]) {
            text += &format!(
                "[[scenario]]\nid = \"{label}{number}\"\nexercise = \"e\"\ntext = \"Case {label}{number}.\"\nright = [\"{label}\"]\n"
            );
        }
        text
    };
    let count = |texts: &[String]| -> usize { lint(texts).iter().map(|linted| linted.diagnostics.len()).sum() };
    assert_eq!(count(&[deck("one", 0, 3)]), 1);
    assert_eq!(count(&[deck("one", 0, 3), deck("two", 3, 5)]), 0);
    assert_eq!(count(&[deck("one", 0, 2), deck("two", 2, 4)]), 1, "told once");
}

#[test]
fn the_three_severities_stand_in_the_order_of_the_list() {
    let severities: Vec<Severity> = RULES.iter().map(|rule| rule.severity).collect();
    assert!(severities.is_sorted(), "first errors, then warnings, then advice");
}
