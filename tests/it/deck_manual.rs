//! The manual page on the deck format and the JSON Schema say what the program does.

use std::path::Path;

use greenroom::deck::{self, RULES, Table};

fn asset(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The keys of every table, as the page shows them.
fn keys() -> String {
    let of_table = |table: &&Table| {
        let name =
            if table.header.is_empty() { "The top of the file".to_owned() } else { format!("`{}`", table.header) };
        let row = |key: &deck::Key| {
            let needed = if key.required { "needed" } else { "" };
            format!("| `{}` | {needed} | {} | {} |\n", key.name, key.shape, key.about)
        };
        let rows: String = table.keys.iter().map(row).collect();
        format!("### {name}\n\n{}\n\n| key | | holds | says |\n|---|---|---|---|\n{rows}\n", table.about)
    };
    Table::ALL.iter().map(of_table).collect()
}

/// The rules, as the page shows them.
fn rules() -> String {
    let row = |rule: &&deck::Rule| format!("| `{}` | {} | {} |\n", rule.code, rule.severity.word(), rule.means);
    let rows: String = RULES.iter().map(row).collect();
    format!("| code | | means |\n|---|---|---|\n{rows}")
}

#[test]
fn the_pages_list_every_key_and_every_rule() {
    for (name, part) in [("deck-format", keys()), ("lint", rules())] {
        assert!(asset(&format!("manual/{name}.md")).contains(&part), "the page `{name}` should hold:\n\n{part}");
    }
}

#[test]
fn every_snippet_of_the_pages_is_a_deck_without_findings() {
    let page = asset("manual/deck-format.md") + &asset("manual/lint.md");
    let snippets: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```\n").next()).collect();
    assert!(snippets.len() >= 4, "{}", snippets.len());
    let head = "format = 1\nid = \"manual\"\ntitle = \"Manual\"\n";
    let card = "[[card]]\nid = \"a-card\"\nquestion = \"Q?\"\nanswer = \"A.\"\n";
    for snippet in snippets {
        let text = if snippet.starts_with("format") { snippet.to_owned() } else { format!("{head}{snippet}\n{card}") };
        let parsed = deck::parse(&text);
        assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
        assert!(parsed.deck.is_some());
    }
}

#[test]
fn the_schema_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&deck::schema()).expect("a value") + "\n";
    assert!(asset("schema/deck.schema.json") == schema, "the schema should be:\n\n{schema}");
}
