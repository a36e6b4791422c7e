//! Decks that go from one learner to another: packed, installed, updated, with reviews and own changes kept.

use crate::cli::{DECK, Home};

const HEAD: &str = "title = \"My own\"\nauthor = \"Ada\"\nlicence = \"CC-BY-4.0\"\nversion = \"1\"\n";

fn shared(home: &Home, name: &str, change: impl FnOnce(String) -> String) -> String {
    let text = change(DECK.replace("title = \"My own\"\n", HEAD));
    home.write(name, text).to_str().expect("UTF-8").to_owned()
}

fn deck(home: &Home) -> String {
    std::fs::read_to_string(home.path().join("decks/own.toml")).expect("it is there")
}

#[test]
fn a_deck_is_packed_with_what_it_says_of_itself_and_never_over_a_file() {
    let home = Home::new();
    shared(&home, "decks/own.toml", |text| text);
    let out = home.path().join("packed.toml");
    let pack = ["deck", "pack", "own", "--out", out.to_str().expect("UTF-8")];
    let said = home.done(pack);
    assert!(said.starts_with("packed `own` (2 cards, version 1, by Ada, licence CC-BY-4.0) into "), "{said}");
    assert_eq!(std::fs::read_to_string(&out).expect("packed"), deck(&home));
    let again = home.run(pack);
    assert!(again.code == 2 && again.err.contains("is there already. Remove it, or name another file"), "{again:?}");
    home.write("decks/own.toml", DECK.replace("answer = \"The first.\"\n", ""));
    let broken = home.run(["deck", "pack", "own", "--out", "elsewhere.toml"]);
    assert!(broken.code == 3 && broken.err.contains("missing-key"), "{broken:?}");
}

#[test]
fn an_update_shows_what_changes_and_keeps_the_reviews() {
    let home = Home::new();
    let one = shared(&home, "one.toml", |text| text);
    assert!(home.done(["deck", "install", &one]).starts_with("installed `own` (2 cards, version 1"));
    home.done(["review", "own/first", "good"]);
    home.done(["review", "own/second", "good"]);
    let due = home.card("second")["due"].clone();
    let two = shared(&home, "two.toml", |text| {
        let text = text.replace("\"The first.\"", "\"The very first.\"").replace("\"second\"", "\"runner-up\"");
        text.replace("version = \"1\"", "version = \"2\"")
            + "[[card]]\nid = \"third\"\nquestion = \"Third?\"\nanswer = \"3.\"\n"
    });
    let asked = home.run(["deck", "install", &two]);
    assert!(asked.code == 2 && asked.err.contains("--yes"), "{asked:?}");
    assert!(deck(&home).contains("version = \"1\""));
    let said = home.done(["deck", "install", &two, "--yes"]);
    let changes = "+ third\n~ first\n> second is runner-up now\n1 added, 0 removed, 1 changed, 1 renamed\n";
    assert!(said.starts_with(changes), "{said}");
    assert_eq!(home.card("runner-up")["due"], due);
    assert_ne!(home.card("first")["due"], serde_json::Value::Null);
    assert!(home.done(["deck", "install", &two]).contains("is the same already"));
    home.done(["deck", "undo"]);
    assert!(deck(&home).contains("version = \"1\""));
    assert_eq!(home.card("second")["due"], due, "its reviews came back with it");
    assert!(
        home.done(["deck", "install", &two, "--yes"]).contains("updated"),
        "it has no changes of the learner's own"
    );
    let older = home.done(["deck", "install", &one, "--yes"]);
    assert!(older.contains("version 1 is older than the version 2 that you have"), "{older}");
}

#[test]
fn own_changes_are_not_written_over_without_being_asked() {
    let home = Home::new();
    let one = shared(&home, "one.toml", |text| text);
    home.done(["deck", "install", &one]);
    home.done(["add", "own", "-q", "Mine?", "-a", "Yes."]);
    let two = shared(&home, "two.toml", |text| text.replace("\"The first.\"", "\"The very first.\""));
    let refused = home.run(["deck", "install", &two, "--yes"]);
    assert!(refused.code == 2 && refused.err.contains("--overwrite"), "{refused:?}");
    assert!(refused.out.contains("- mine"), "{refused:?}");
    assert!(deck(&home).contains("Mine?"));
    home.done(["deck", "install", &two, "--yes", "--overwrite"]);
    assert!(!deck(&home).contains("Mine?"));
    let broken = home.write("broken.toml", "format = 1\n");
    let refused = home.run(["deck", "install", broken.to_str().expect("UTF-8")]);
    assert!(refused.code == 3 && refused.err.contains("Nothing was written"), "{refused:?}");
}
