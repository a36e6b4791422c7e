//! A library over real folders.

mod again;
mod cache;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;
use crate::deck::Severity;

/// A learner's folders.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new(files: &[(&str, String)]) -> Home {
        let home = Home { folder: tempfile::tempdir().expect("a folder") };
        for (name, text) in files {
            home.write(name, text);
        }
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("decks").join(name)
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().expect("a parent")).expect("folders");
        fs::write(self.path(name), text).expect("written");
    }

    fn places(&self) -> Places {
        Places { built_in: false, folder: Some(self.path("")), extra: Vec::new() }
    }

    /// As it is opened this many seconds from now.
    fn open_in(&self, seconds: u64) -> Library {
        let now = SystemTime::now() + Duration::from_secs(seconds);
        Library::open_at(&self.places(), &[], Some(&self.cache()), now)
    }

    fn open_without_cache(&self) -> Library {
        Library::open(&self.places(), None)
    }
}

fn deck(id: &str, cards: &[&str]) -> String {
    let cards = cards.iter().map(|card| {
        format!(
            "[[card]]\nid = \"{card}\"\nquestion = \"What is {card}?\"\nanswer = \"{card} in {id}.\"\nlevel = \"mid\"\n"
        )
    });
    format!("format = 1\nid = \"{id}\"\ntitle = \"Deck {id}\"\n{}", cards.collect::<String>())
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn ids(library: &Library) -> Vec<&str> {
    library.decks().iter().map(|shelf| shelf.id.as_str()).collect()
}

fn codes(library: &Library) -> Vec<&str> {
    library.problems().iter().map(|problem| problem.diagnostic.code).collect()
}

#[test]
fn shipped_decks_come_first_and_own_ones_replace_them() {
    let texts = [deck("aws", &["a"]), deck("git", &["b"])];
    let shipped = [
        BuiltIn { name: "aws.toml", text: texts[0].clone().leak().as_bytes() },
        BuiltIn { name: "git.toml", text: texts[1].clone().leak().as_bytes() },
    ];
    let home = Home::new(&[("z.toml", deck("aws", &["c"])), ("b.toml", deck("mine", &["d"]))]);
    let named = Home::new(&[("named.txt", deck("named", &["e"]))]);
    let places = Places { built_in: true, extra: vec![named.path("named.txt")], ..home.places() };
    for _ in 0..2 {
        let library = Library::open_at(&places, &shipped, Some(&home.cache()), SystemTime::now());
        assert_eq!(ids(&library), ["git", "mine", "aws", "named"]);
        assert_eq!(library.decks()[0].origin, Origin::BuiltIn(shipped[1]));
        assert!(library.card(&id("git"), &id("b")).is_ok() && library.card(&id("aws"), &id("c")).is_ok());
        assert!(library.problems().is_empty());
    }
}

#[test]
fn every_shipped_deck_is_on_a_shelf() {
    let library = Library::open(&Places { built_in: true, ..Places::default() }, None);
    assert_eq!(library.decks().len(), DECKS.len());
    assert_eq!(library.problems(), []);
}

#[test]
fn the_second_own_deck_with_an_id_is_a_problem_that_names_both_files() {
    let home = Home::new(&[("a.toml", deck("same", &["a"])), ("b.toml", deck("same", &["b"]))]);
    let library = home.open_in(0);
    assert_eq!(library.decks()[0].origin.path(), Some(&*home.path("a.toml")));
    assert_eq!((library.decks().len(), codes(&library)), (1, vec!["duplicate-deck"]));
    let problem = &library.problems()[0];
    assert!(problem.file.as_str().ends_with("b.toml"));
    assert!(problem.diagnostic.message.as_str().contains("a.toml"), "{}", problem.diagnostic.message);
}

#[test]
fn bad_decks_do_not_stand_in_the_way_of_good_ones() {
    let home = Home::new(&[("good.toml", deck("good", &["a"])), ("bad.toml", "format = 1\nid = [\n".to_owned())]);
    home.write("odd.toml", &format!("colour = \"é\"\n{}", deck("odd", &["a"])));
    fs::File::create(home.path("huge.toml")).and_then(|file| file.set_len(1 << 40)).expect("a sparse file");
    for library in [home.open_in(0), home.open_in(10), home.open_without_cache()] {
        assert_eq!(ids(&library), ["good", "odd"]);
        assert_eq!(library.decks()[1].problems, Counts { errors: 0, warnings: 1 });
        let [huge, bad, .., odd] = library.problems() else { panic!("three problems at least") };
        assert_eq!((huge.diagnostic.code, huge.place), ("unreadable", None));
        assert_eq!((bad.diagnostic.severity, bad.place.map(|(line, _)| line)), (Severity::Error, Some(2)));
        assert_eq!(odd.diagnostic.code, "unknown-key");
    }
}

#[test]
fn nothing_at_all_is_an_empty_library() {
    let home = Home::new(&[]);
    let library = home.open_in(0);
    assert!(library.decks().is_empty() && library.problems().is_empty());
    assert!(!home.cache().exists());
}

#[test]
fn a_slot_says_what_the_card_says() {
    let home = Home::new(&[("a.toml", deck("a", &["one", "two"]))]);
    for library in [home.open_in(0), home.open_in(10), home.open_without_cache()] {
        let [shelf] = library.decks() else { panic!("one deck") };
        assert_eq!((shelf.title.as_str(), shelf.cards.len()), ("Deck a", 2));
        let cards = library.cards(shelf).expect("cards");
        for (slot, card) in shelf.cards.iter().zip(&cards) {
            assert_eq!((&slot.id, slot.level, slot.choice), (&card.id, card.level, false));
            assert_eq!(library.card(&shelf.id, &slot.id).as_ref(), Ok(card));
        }
        assert_eq!(cards[1].model_answer().as_str(), "two in a.");
        assert_eq!(shelf.origin.text().as_deref(), Ok(&*deck("a", &["one", "two"])));
    }
}

#[test]
fn a_card_that_cannot_be_read_says_what_happened() {
    let home = Home::new(&[("a.toml", deck("a", &["one", "two"]))]);
    let lost = |library: &Library, card: &str| library.card(&id("a"), &id(card)).expect_err("lost").to_string();
    let path = home.path("a.toml").display().to_string();
    let library = home.open_without_cache();
    assert_eq!(lost(&library, "three"), "there is no card `a/three`");
    home.write("a.toml", &deck("a", &["two", "three"]));
    assert_eq!(lost(&library, "one"), format!("`{path}` was changed and has no usable card `one` any more"));
    let library = home.open_without_cache();
    fs::remove_file(home.path("a.toml")).expect("removed");
    assert!(lost(&library, "two").starts_with(&format!("`{path}` cannot be read: No such file")));
    assert!(matches!(library.decks()[0].origin.text(), Err(Lost::Gone { .. })));
}

#[test]
fn a_file_that_goes_between_finding_and_reading_is_a_problem() {
    let home = Home::new(&[]);
    let origin = Origin::File(home.path("gone.toml"));
    let outlines = load(&[&Source { origin, fingerprint: Fingerprint::default() }], None);
    assert!(matches!(outlines[..], [Err(Refused::Io(_))]));
}

#[test]
fn cards_are_found_by_key_by_unique_id_and_nearly() {
    let home = Home::new(&[
        ("a.toml", deck("aws", &["task-role", "only"])),
        ("b.toml", deck("git", &["task-role", "rebase"])),
    ]);
    let library = home.open_in(0);
    let found = |text: &str| library.find(text).map_err(|error| error.to_string());
    let key = |text: &str| text.parse::<Key>().expect("a key");
    assert_eq!(found("git/task-role"), Ok(key("git/task-role")));
    assert_eq!(found("only"), Ok(key("aws/only")));
    let ambiguous = "several decks have a card `task-role`: write `aws/task-role` or `git/task-role`";
    assert_eq!(found("task-role"), Err(ambiguous.to_owned()));
    assert_eq!(found("Rebsae"), Err("there is no card `Rebsae`; did you mean `git/rebase`?".to_owned()));
    assert_eq!(found("awx/rebase"), Err("there is no card `awx/rebase`; did you mean `git/rebase`?".to_owned()));
    assert_eq!(found("a\x1b/b/\n"), Err(r"there is no card `a\x1b/b/`".to_owned()));
    assert!(found(&"x".repeat(100_000)).is_err_and(|message| message.len() < 200));
}
