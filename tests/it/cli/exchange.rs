//! `import` and `export` from a script: what is written, what is said, and what is left alone.

use std::path::Path;

use serde_json::Value;

use super::{DECK, Home};

const TABLE: &str = "question,answer,tags\nWhat is a lock?,It lets one in.,threads\nWhat is a race?,Two at once.,\n";

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The files of a folder, hidden ones among them.
fn files(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = all.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_becomes_a_deck_that_can_be_studied_and_a_second_import_adds_nothing() {
    let home = Home::new();
    let file = home.write("locks.csv", TABLE);
    let said = home.done(["import", text(&file)]);
    assert!(said.contains("2 cards added, 0 there already: new deck `locks` in "), "{said}");
    let path = home.path().join("decks/locks.toml");
    let before = std::fs::read(&path).expect("a deck");
    assert_eq!(home.run(["lint", text(&path)]).code, 0);
    assert_eq!(home.card("lock")["deck"], "locks");
    let said = home.done(["import", text(&file)]);
    assert!(said.contains("0 cards added, 2 there already"), "{said}");
    assert_eq!(std::fs::read(&path).expect("a deck"), before);
}

#[test]
fn a_card_with_another_answer_is_reported_and_never_overwritten() {
    let home = Home::new();
    let file = home.write("locks.csv", TABLE);
    home.done(["import", text(&file)]);
    home.write("locks.csv", TABLE.replace("Two at once.", "Something else."));
    let told = home.run(["import", text(&file), "--json"]);
    assert_eq!(told.code, 1, "{told:?}");
    let said: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((&said["known"], &said["written"]), (&Value::from(1), &Value::from(false)));
    assert_eq!(
        (&said["changed"][0]["line"], &said["changed"][0]["parts"][0]),
        (&Value::from(3), &Value::from("answer"))
    );
    let deck = std::fs::read_to_string(home.path().join("decks/locks.toml")).expect("a deck");
    assert!(deck.contains("Two at once.") && !deck.contains("Something else."));
}

#[test]
fn cards_are_added_to_a_deck_that_is_there_and_its_words_stay() {
    let home = Home::new();
    let own = format!("# mine\n{DECK}# the end\n");
    let deck = home.write("decks/own.toml", &own);
    let file = home.write("locks.csv", TABLE);
    for into in ["own", text(&deck)] {
        home.done(["import", text(&file), "--into", into]);
    }
    let after = std::fs::read_to_string(&deck).expect("a deck");
    assert!(after.starts_with("# mine\n") && after.contains("The second.") && after.contains("# the end"), "{after}");
    assert_eq!(after.matches("[[card]]").count(), 4);
}

#[test]
fn a_broken_deck_and_a_shipped_one_are_left_alone() {
    let home = Home::new();
    let file = home.write("locks.csv", TABLE);
    let broken = home.write("broken.toml", format!("{DECK}[[card]]\nid = \"third\"\n"));
    let before = std::fs::read(&broken).expect("a deck");
    let told = home.run(["import", text(&file), "--into", text(&broken)]);
    assert_eq!((told.code, told.err.contains("greenroom lint")), (3, true), "{told:?}");
    assert_eq!(std::fs::read(&broken).expect("a deck"), before);
    let told = home.run(["import", text(&file), "--into", "aws-ecs"]);
    assert_eq!((told.code, told.err.contains("--into my-aws-ecs.toml")), (2, true), "{told:?}");
}

#[test]
fn a_file_without_cards_and_a_path_of_another_kind_are_refused() {
    let home = Home::new();
    for (name, content) in [("a.json", "{}"), ("b.json", "[]"), ("c.csv", "question,answer\n")] {
        let file = home.write(name, content);
        let told = home.run(["import", text(&file)]);
        assert_eq!((told.code, told.err.contains("has no cards")), (2, true), "{told:?}");
    }
    let file = home.write("locks.csv", TABLE);
    for into in ["./deck.md", "/tmp/no-ending"] {
        let told = home.run(["import", text(&file), "--into", into]);
        assert_eq!((told.code, told.err.contains("ends in .toml")), (2, true), "{told:?}");
    }
}

#[test]
fn a_dry_run_says_what_it_would_do_and_writes_nothing() {
    let home = Home::new();
    let file = home.write("locks.csv", TABLE);
    let said = home.done(["import", text(&file), "--dry-run"]);
    assert!(said.contains("2 cards would be added"), "{said}");
    assert!(!home.path().join("decks").exists());
}

#[test]
fn what_cannot_be_carried_is_listed_with_its_line_and_told_by_the_exit_code() {
    let home = Home::new();
    let file = home.write("locks.csv", format!("{TABLE}What is left?,\nWho, me?,You.\n"));
    let told = home.run(["import", text(&file)]);
    assert_eq!(told.code, 1);
    assert!(told.out.contains("line 4: ") && told.out.contains("What is left?"), "{}", told.out);
}

#[test]
fn hostile_files_end_in_a_sentence_and_change_nothing() {
    let home = Home::new();
    let deck = home.write("decks/own.toml", DECK);
    let huge = home.write("huge.csv", "");
    std::fs::File::options().write(true).open(&huge).expect("opened").set_len(100 << 20).expect("a size");
    let files = [
        huge,
        home.write("null.csv", b"question,answer\na,b\0\n"),
        home.write("binary.csv", [0x80, 0xff, 0x00, 0x81].repeat(1000)),
        home.write("open.csv", "question,answer\na,\"b\n"),
        home.write("deep.json", "[".repeat(100_000)),
        home.write("cut.json", "{\"card\": [{\"question\": \"a"),
        home.write("anki.apkg", b"PK\x03\x04rest"),
        home.write("empty.md", ""),
        home.write("prose.txt", "There is nothing asked here.\n"),
        home.path().join("decks"),
        home.path().join("none.csv"),
    ];
    for file in files {
        let told = home.run(["import", text(&file), "--into", "own"]);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{}: {told:?}", file.display());
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(told.err.starts_with("greenroom: ") && told.err.contains(&name), "{told:?}");
        assert!(told.err.lines().count() == 1 && !told.err.contains("panicked"), "{told:?}");
    }
    assert_eq!(std::fs::read_to_string(&deck).expect("a deck"), DECK);
    assert_eq!(self::files(&home.path().join("decks")), ["own.toml"]);
}

#[test]
fn standard_input_is_a_file_too() {
    let home = Home::new();
    let told = home.fed(["import", "-", "--into", "locks"], TABLE);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
    assert!(home.path().join("decks/locks.toml").exists());
}

#[test]
fn a_deck_goes_out_in_every_format_and_comes_back() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    for (name, extension) in [("csv", "csv"), ("tsv", "tsv"), ("markdown", "md"), ("json", "json"), ("jsonl", "jsonl")]
    {
        let file = home.path().join(format!("out.{extension}"));
        home.done(["export", "own", "--out", text(&file)]);
        assert_eq!(home.done(["export", "own", "--format", name]), std::fs::read_to_string(&file).expect("text"));
        let said = home.done(["import", text(&file), "--into", "own"]);
        assert!(said.contains("0 cards added, 2 there already"), "{name}: {said}");
        let told = home.run(["export", "own", "--out", text(&file)]);
        assert_eq!((told.code, told.err.contains("--force")), (2, true), "{told:?}");
        home.done(["export", "own", "--out", text(&file), "--force"]);
    }
}

#[test]
fn an_export_says_what_a_format_cannot_hold() {
    let home = Home::new();
    let told = home.run(["export", "aws-ecs", "--format", "csv"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("misconceptions") && told.out.starts_with("id,question,answer,"), "{}", told.err);
    assert_eq!(home.run(["export", "aws-ecs", "--format", "json"]).code, 0);
}

/// The commands and files that the manual page shows, one after the other.
#[test]
fn every_example_of_the_manual_page_works() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual/import.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let home = Home::new();
    let mut seen = 0;
    for snippet in page.split("```").skip(1).step_by(2) {
        let (name, content) = snippet.split_once('\n').expect("a name and a text");
        let file = home.write(name, content);
        let told = home.run(["import", text(&file), "--dry-run", "--json"]);
        assert_eq!(told.code, 0, "{name}: {told:?}");
        let said: Value = serde_json::from_str(&told.out).expect("JSON");
        assert!(!said["added"].as_array().expect("a list").is_empty(), "{name}");
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
    for format in greenroom::exchange::FORMATS.iter() {
        assert!(page.contains(&format!("| `{}` |", format.name)), "{}", format.name);
    }
}
