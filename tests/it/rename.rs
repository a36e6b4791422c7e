//! A card that gets another id keeps its reviews: in the schedule, in the figures, in the snapshot, and after undo.

use std::sync::Arc;

use greenroom::card::Key;
use greenroom::review::{Action, Entry, EntryId, Grade, Source, carried};
use greenroom::scheduler::{Clock, Policy, Scheduler};
use greenroom::store::{Seq, Store};
use greenroom::workspace::{Memories, News};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use crate::cli::{DECK, Home, told};
use crate::kit::{EVENING, Learner, key};

const CARDS: [&str; 4] = ["d/a", "d/b", "d/c", "e/a"];

#[derive(Debug, Clone)]
enum Step {
    Review(usize, Grade),
    Rename(usize, usize),
    Undo,
    Redo,
    /// A snapshot is written.
    Keep,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let card = 0..CARDS.len();
    let grade = prop::sample::select(Grade::ALL.to_vec());
    let step = prop_oneof![
        6 => (card.clone(), grade).prop_map(|(card, grade)| Step::Review(card, grade)),
        3 => (card.clone(), card).prop_map(|(from, to)| Step::Rename(from, to)),
        3 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::Keep),
    ];
    prop::collection::vec(step, 0..24)
}

fn entry(number: u32, card: &Key, action: Action) -> Entry {
    let clock = Clock::new(TimeZone::UTC, 4).expect("a clock");
    let at = Timestamp::from_second(1_795_000_000 + i64::from(number) * 40_000).expect("in range");
    Entry { id: id(number), card: card.clone(), moment: clock.moment(at), action }
}

fn id(number: u32) -> EntryId {
    EntryId(Uuid::from_u128(u128::from(number)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn whoever_follows_the_log_knows_what_the_whole_log_says(steps in steps()) {
        let home = tempfile::tempdir().expect("a folder");
        let cache = home.path().join("cache");
        let scheduler = Arc::new(Scheduler::new(Policy::default()).expect("a scheduler"));
        let mut store = Store::open(home.path()).expect("a log");
        let follower = Store::open_to_read(home.path()).expect("a log");
        let mut followed = Memories::read(&cache.join("none"), &scheduler, &follower).expect("read");
        for (number, step) in (1_u32..).zip(steps) {
            let fresh = Memories::read(&cache, &scheduler, &store).expect("read");
            let moment = entry(number, &key("d/a"), Action::Bury).moment;
            match step {
                Step::Review(card, grade) => {
                    let action = Action::Review { grade, took: 0, source: Source::Study, said: None };
                    let card = key(CARDS[card]);
                    store.append(&entry(number, &card, action), fresh.newest(&card)).expect("added");
                }
                Step::Rename(from, to) => {
                    let (from, to) = (key(CARDS[from]), key(CARDS[to]));
                    if from != to && fresh.newest(&from).is_some() {
                        store.append(&entry(number, &from, Action::Rename { to }), fresh.newest(&from)).expect("added");
                    }
                }
                Step::Undo => drop(store.undo(moment, id(number)).expect("undone")),
                Step::Redo => drop(store.redo(moment, id(number)).expect("brought back")),
                Step::Keep => fresh.keep(&cache, &scheduler, &store),
            }
            let seen = follower.last();
            let news = News::gather(follower.since(seen).expect("rows"), &follower).expect("news");
            followed.learn(&scheduler, &news);
            let snapshot = Memories::read(&cache, &scheduler, &store).expect("read");
            let whole = Memories::read(&cache.join("none"), &scheduler, &store).expect("read");
            let log: Vec<Entry> = store.since(Seq::START).expect("rows").into_iter().map(|row| row.entry).collect();
            let now = carried(&log);
            for card in CARDS.map(key) {
                let history = store.of(&card).expect("read");
                let expected: Vec<_> = log.iter().zip(&now).filter(|(_, now)| **now == card).map(|(entry, _)| entry.clone()).collect();
                prop_assert_eq!(&history, &expected);
                for memories in [&followed, &snapshot, &whole] {
                    prop_assert_eq!(memories.of(&card.deck, &card.card), scheduler.replay(greenroom::review::live(&history)));
                    prop_assert_eq!(memories.newest(&card), history.last().map(|newest| newest.id));
                }
            }
        }
    }
}

fn home() -> Home {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["review", "own/first", "good"]);
    home
}

#[test]
fn a_renamed_card_keeps_its_schedule_its_figures_and_its_log_through_export_and_import() {
    let home = home();
    let before = home.card("first");
    let said = home.done(["deck", "rename", "own/first", "the-first"]);
    assert!(said.contains("`first` is `the-first` now") && said.contains("count for `own/the-first` now"), "{said}");
    let after = home.card("the-first");
    assert_eq!((&after["due"], &after["stability"]), (&before["due"], &before["stability"]));
    assert!(std::fs::read_to_string(home.path().join("decks/own.toml")).expect("text").contains("id = \"the-first\""));
    home.done(["review", "the-first", "good"]);
    let exported = home.done(["export", "reviews"]);
    assert!(exported.contains("\"action\":\"rename\"") && exported.contains("\"to\":\"own/the-first\""), "{exported}");
    let other = Home::new();
    other.write("decks/own.toml", DECK.replace("\"first\"", "\"the-first\""));
    let file = other.write("log.jsonl", &exported);
    other.done(["import", "reviews", file.to_str().expect("UTF-8")]);
    assert_eq!(other.card("the-first"), home.card("the-first"));
    let stats = other.json(["stats", "--json"]);
    assert!(stats.to_string().contains("\"reviews\":2"), "{stats}");
}

#[test]
fn an_id_that_changed_in_the_editor_takes_its_reviews_along_if_the_learner_agrees() {
    let rename = |home: &Home, more: &[&str]| {
        let arguments = [&["edit", "own/first"], more].concat();
        let editor = "sed -i 's/\"first\"/\"the-first\"/'";
        told(home.command(arguments).env("PATH", "/usr/bin:/bin").env("EDITOR", editor))
    };
    let agreed = home();
    let said = rename(&agreed, &["--carry"]);
    assert!(said.out.contains("count for `own/the-first` now"), "{said:?}");
    assert_ne!(agreed.card("the-first")["due"], serde_json::Value::Null);
    let asked = home();
    let said = rename(&asked, &[]);
    assert!(said.err.contains("greenroom deck rename own/first the-first"), "{said:?}");
    asked.done(["deck", "rename", "own/first", "the-first"]);
    assert_eq!(asked.card("the-first")["due"], agreed.card("the-first")["due"]);
}

#[test]
fn undo_takes_the_reviews_back_with_the_file() {
    let home = home();
    let before = home.card("first");
    home.done(["deck", "rename", "own/first", "the-first"]);
    let said = home.done(["deck", "undo"]);
    assert!(said.contains("the reviews count for `first` again"), "{said}");
    assert_eq!(home.card("first"), before);
    home.done(["deck", "rename", "own/first", "the-first"]);
    home.done(["review", "own/the-first", "good"]);
    let both = home.card("the-first");
    home.done(["deck", "undo"]);
    assert_eq!(home.card("first")["due"], both["due"], "what was answered under the new id goes along");

    let editor = "sed -i 's/\"first\"/\"the-first\"/'";
    told(home.command(["edit", "own/first", "--carry"]).env("PATH", "/usr/bin:/bin").env("EDITOR", editor));
    assert_eq!(home.card("the-first")["due"], both["due"]);
    home.done(["deck", "undo"]);
    assert_eq!(home.card("first")["due"], both["due"]);
}

#[test]
fn undo_on_the_screen_takes_back_a_rename_with_its_file_or_says_why_not() {
    let learner = Learner::new();
    learner.deck("own", DECK);
    learner.elsewhere("own/first", Grade::Good, "2026-11-01T10:00:00Z");
    let run = |arguments: &[&str]| {
        let done = told(Home::new().command(arguments).env("GREENROOM_HOME", learner.home()));
        assert_eq!(done.code, 0, "{done:?}");
    };
    let text = || std::fs::read_to_string(learner.home().join("decks/own.toml")).expect("a deck");
    for key in ["u", "b U"] {
        run(&["deck", "rename", "own/first", "the-first"]);
        let mut seat = learner.at_home(EVENING);
        seat.press(key).sees("taken back: rename");
        assert_eq!(text(), DECK);
        assert_eq!(seat.memory("own/first").reviews, 1);
        seat.memories();
        seat.press("ctrl-r").sees("has its old id");
    }
    run(&["deck", "rename", "own/first", "the-first"]);
    learner.deck("own", &text().replace("title", "# mine\ntitle"));
    learner.at_home(EVENING).press("u").sees("was changed since");
    for edit in std::fs::read_dir(learner.home().join("edits")).expect("listed").flatten() {
        std::fs::write(edit.path(), "gone").expect("written");
    }
    let mut seat = learner.at_home(EVENING);
    seat.press("u").sees("greenroom deck rename own/the-first first");
    assert_eq!(seat.memory("own/the-first").reviews, 1);
}

#[test]
fn what_the_editor_did_is_taken_back_before_an_older_rename() {
    let learner = Learner::new();
    learner.deck("own", DECK);
    let mut seat = learner.at_home(EVENING);
    let changed = DECK.replace("The first.", "The very first.");
    learner.deck("own", &changed);
    seat.app.adopt(learner.home().join("decks/own.toml"), DECK.to_owned());
    seat.perform();
    seat.press("u").sees("taken back: edit `own.toml`");
    assert_eq!(std::fs::read_to_string(learner.home().join("decks/own.toml")).expect("a deck"), DECK);
}
