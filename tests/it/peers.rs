//! What learners have suffered from other programs for flash cards, and do not suffer here.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use greenroom::review::{Action, Entry, EntryId, Grade, Moment, Source, live};
use greenroom::scheduler::{Memory, Policy, Scheduler};
use greenroom::store::{Seq, Store, Trouble};
use greenroom::workspace::{Request, Workspace};
use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use rusqlite::Connection;
use serde_json::Value;

use crate::cli::{DECK, Home, NOW};

/// The moment so many seconds into an evening.
fn moment(second: u32) -> Moment {
    let start: Timestamp = NOW.parse().expect("a time");
    Moment { at: start + i64::from(second).seconds(), offset: Offset::UTC, day: date(2026, 11, 22) }
}

fn id(second: u32) -> EntryId {
    EntryId::new(moment(second).at, u128::from(second))
}

fn review(second: u32, card: &str, grade: Grade) -> Entry {
    let action = Action::Review { grade, took: 4000, source: Source::Study, said: None };
    Entry { id: id(second), card: card.parse().expect("a key"), moment: moment(second), action }
}

fn store(home: &Home) -> Store {
    Store::open(home.path()).expect("the log opens")
}

/// Appends as the study screen does: knowing all that is on record of the card.
fn answer(store: &mut Store, entry: &Entry) {
    let seen = store.of(&entry.card).expect("read").last().map(|newest| newest.id);
    store.append(entry, seen).expect("recorded");
}

fn log(store: &Store) -> Vec<Entry> {
    store.since(Seq::START).expect("read").into_iter().map(|row| row.entry).collect()
}

/// What the entries that count come to, card by card.
fn memories(log: &[Entry]) -> HashMap<String, Memory> {
    let scheduler = Scheduler::new(Policy::default()).expect("the default");
    let mut memories: HashMap<String, Memory> = HashMap::new();
    for entry in live(log) {
        let memory = memories.entry(entry.card.to_string()).or_default();
        *memory = scheduler.apply(memory, entry);
    }
    memories
}

fn workspace(home: &Home) -> Workspace {
    let home = Some(home.path().as_os_str().to_owned());
    Workspace::open(&Request { home, decks: Vec::new(), zone: Some(TimeZone::UTC) }).expect("it opens")
}

#[test]
fn a_program_that_is_killed_takes_no_answer_with_it() {
    let home = Home::new();
    for (kills, card) in (1..).zip(["what-is-ecs", "ecs-vs-eks", "network-modes"]) {
        let mut program = home.command(["review", card, "good"]).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut said = String::new();
        BufReader::new(program.stdout.take().expect("a pipe")).read_line(&mut said).expect("a line");
        program.kill().expect("killed");
        program.wait().expect("gone");
        assert!(said.contains(card), "{said}");
        assert_eq!(home.entries().len(), kills, "what was said to be recorded is recorded");
    }
}

#[test]
fn an_answer_is_in_the_file_while_the_sitting_goes_on() {
    let home = Home::new();
    let mut sitting = store(&home);
    for second in 1..=3 {
        answer(&mut sitting, &review(second, "aws-ecs/what-is-ecs", Grade::Good));
        assert_eq!(home.entries().len(), second as usize, "another program sees it already");
    }
}

#[test]
fn the_history_of_a_card_is_kept_and_not_only_where_it_stands() {
    let home = Home::new();
    let given = ["again", "hard", "good", "easy", "again", "good"];
    for (grade, day) in given.into_iter().zip(22..) {
        home.done(["review", "what-is-ecs", grade, "--at", &format!("2026-11-{day}T18:00:00Z")]);
    }
    let kept: Vec<_> = home.entries().iter().map(|entry| entry["grade"].as_str().map(str::to_owned)).collect();
    assert_eq!(kept, given.map(|grade| Some(grade.to_owned())));
    assert_eq!(home.card("what-is-ecs")["reviews"], 6);
}

#[test]
fn many_programs_at_once_lose_no_answer() {
    let home = Home::new();
    let cards = ["what-is-ecs", "ecs-vs-eks", "network-modes", "task-placement", "fargate-vs-ec2", "container-agent"];
    let start = |card| home.command(["review", card, "good"]).stdout(Stdio::null()).spawn().expect("it starts");
    for mut program in cards.map(start) {
        assert!(program.wait().expect("it ends").success());
    }
    let mut kept: Vec<_> = home.entries().iter().map(|entry| entry["card"].to_string()).collect();
    kept.sort();
    kept.dedup();
    assert_eq!(kept.len(), cards.len());
}

#[test]
fn two_windows_on_one_card_do_not_count_it_twice() {
    let home = Home::new();
    let (mut one, mut other) = (store(&home), store(&home));
    one.append(&review(1, "aws-ecs/what-is-ecs", Grade::Good), None).expect("recorded");
    assert_eq!(other.append(&review(2, "aws-ecs/what-is-ecs", Grade::Again), None), Err(Trouble::Stale));
    assert_eq!(home.card("what-is-ecs")["reviews"], 1);
}

#[test]
fn undo_leaves_no_trace_in_what_is_known_for_one_two_and_many_steps() {
    let home = Home::new();
    let mut sitting = store(&home);
    let cards = ["aws-ecs/a", "aws-ecs/b"];
    let mut known = vec![memories(&[])];
    for second in 1..=8 {
        let grade = Grade::ALL[second as usize % 4];
        answer(&mut sitting, &review(second, cards[second as usize % 2], grade));
        known.push(memories(&log(&sitting)));
    }
    drop(sitting);
    for step in 1..=8 {
        let mut after_the_end = store(&home);
        let undone = after_the_end.undo(moment(100 + step), id(100 + step)).expect("recorded").expect("something");
        assert_eq!(
            undone.target,
            review(9 - step, &undone.target.card.to_string(), Grade::ALL[(9 - step) as usize % 4])
        );
        let mut now = memories(&log(&after_the_end));
        now.retain(|_, memory| *memory != Memory::default());
        assert_eq!(now, known[8 - step as usize]);
    }
    assert_eq!(store(&home).undo(moment(200), id(200)), Ok(None), "nothing is left to take back");
    assert_eq!(home.entries().len(), 16, "and all of it can still be read");
}

#[test]
fn undo_after_the_end_of_a_sitting_does_not_write_the_sitting_twice() {
    let home = Home::new();
    let mut sitting = store(&home);
    answer(&mut sitting, &review(1, "aws-ecs/what-is-ecs", Grade::Good));
    answer(&mut sitting, &review(2, "aws-ecs/ecs-vs-eks", Grade::Good));
    drop(sitting);
    let mut later = store(&home);
    later.undo(moment(3), id(3)).expect("recorded").expect("something");
    answer(&mut later, &review(4, "aws-ecs/ecs-vs-eks", Grade::Again));
    let counting: Vec<_> = live(&log(&later)).into_iter().cloned().collect();
    assert_eq!(
        counting,
        [review(1, "aws-ecs/what-is-ecs", Grade::Good), review(4, "aws-ecs/ecs-vs-eks", Grade::Again)]
    );
    drop(later);
    for card in ["what-is-ecs", "ecs-vs-eks"] {
        assert_eq!(home.card(card)["reviews"], 1, "{card} was answered once");
    }
}

#[test]
fn technical_text_does_not_fall_apart_into_cards() {
    let home = Home::new();
    let text = "Use std::collections::HashMap and Vec::new\n\nQ: Is this a card?\nA: No.\nC: A [gap] neither.\n---\n\
                ::: warning\n#flashcard\nfront::back\n{{c1::cloze}}\n===";
    home.write("decks/rust.toml", format!(
        "format = 1\nid = \"rust\"\ntitle = \"Rust\"\n[[card]]\nid = \"paths\"\nquestion = '''\n{text}'''\nanswer = '''\n{text}\nSo it is.'''\n"
    ));
    let deck = home.json(["deck", "show", "rust", "--json"]);
    assert_eq!(deck["cards"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&deck["cards"][0]["question"], &deck["cards"][0]["answer"]),
        (&text.into(), &format!("{text}\nSo it is.").into())
    );
    assert_eq!(home.run(["lint".as_ref(), home.path().join("decks").as_os_str()]).code, 0);
}

#[test]
fn rewording_a_card_keeps_its_history() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["review", "first", "good"]);
    let before = home.card("first");
    home.write("decks/own.toml", DECK.replace("What comes first?", "Which one leads?").replace("The first.", "One."));
    assert_eq!(home.card("first"), before);
    assert!(home.done(["deck", "show", "first"]).starts_with("Which one leads?"), "the new words are asked");
}

#[test]
fn moving_a_card_or_its_file_keeps_its_history() {
    let home = Home::new();
    let file = home.write("decks/own.toml", DECK);
    home.done(["review", "second", "good"]);
    let before = home.card("second");
    fs::remove_file(file).expect("moved");
    let (head, cards) = DECK.split_once("[[card]]").expect("a card");
    let (first, second) = cards.split_once("[[card]]").expect("two");
    home.write("decks/below/renamed.toml", format!("{head}[[card]]{second}\n[[card]]{first}"));
    assert_eq!(home.card("second"), before);
}

#[test]
fn a_duplicate_id_is_told_and_the_first_card_keeps_its_reviews() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["review", "first", "good"]);
    let file = home.write("decks/own.toml", DECK.replace("\"second\"", "\"first\""));
    let told = home.run(["lint".as_ref(), "--jsonl".as_ref(), file.as_os_str()]);
    assert_eq!(told.code, 3);
    let finding: Value = serde_json::from_str(&told.out).expect("one finding");
    assert_eq!((finding["code"].as_str(), finding["line"].as_u64()), (Some("duplicate-id"), Some(11)));
    assert_eq!(home.card("first")["reviews"], 1);
    assert!(home.done(["deck", "show", "own/first"]).starts_with("What comes first?"));
}

#[test]
fn an_id_that_was_changed_loses_nothing_for_good() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["review", "first", "good"]);
    home.write("decks/own.toml", DECK.replace("\"first\"", "\"number-one\""));
    assert_eq!(home.card("number-one")["state"], "new");
    assert_eq!(home.entries().len(), 1, "the reviews wait under the old id");
    home.write("decks/own.toml", DECK);
    assert_eq!(home.card("first")["reviews"], 1);
}

#[test]
fn no_command_rewrites_a_deck() {
    let home = Home::new();
    let text = format!("# My notes stay mine.\n\n{DECK}# The last word.\r\n");
    let file = home.write("decks/own.toml", &text);
    for command in [&["review", "first", "again"][..], &["due"], &["deck", "show", "own"], &["backup"]] {
        home.done(command);
    }
    home.run(["lint".as_ref(), file.as_os_str()]);
    assert_eq!(fs::read_to_string(file).expect("there"), text);
}

#[test]
fn a_mistake_in_one_deck_hides_neither_the_others_nor_further_mistakes() {
    let home = Home::new();
    home.write("decks/a.toml", DECK.replace("answer", "anser"));
    home.write("decks/b.toml", DECK.replace("\"own\"", "\"b\"").replace("What comes second?", ""));
    home.write("decks/c.toml", DECK.replace("\"own\"", "\"c\""));
    let told = home.run(["lint".as_ref(), "--jsonl".as_ref(), home.path().join("decks").as_os_str()]);
    for file in ["a.toml", "b.toml"] {
        assert!(told.out.contains(file), "{file}: {}", told.out);
    }
    assert!(told.out.lines().count() >= 5, "each of the mistakes: {}", told.out);
    assert_eq!(home.card("first")["deck"], "b", "what can be used is used");
    home.done(["review", "c/first", "good"]);
}

#[test]
fn the_parameters_of_the_manual_are_those_that_run() {
    let page = include_str!("../../assets/manual/settings.md");
    let list = page.split("# parameters = [").nth(1).and_then(|rest| rest.split(']').next()).expect("a list");
    let parameters: Vec<f32> = list.split(", ").map(|number| number.parse().expect("a number")).collect();
    assert_eq!(parameters.len(), 21);
    assert!((parameters[2] - 2.3065).abs() < 1e-6, "the first stability of good");
    let said = Scheduler::new(Policy { parameters: parameters.clone(), ..Policy::default() }).expect("good");
    let runs = Scheduler::new(Policy::default()).expect("good");
    let mut memory = Memory::default();
    for (second, grade) in (0..).zip([Grade::Good, Grade::Good, Grade::Again, Grade::Hard, Grade::Easy]) {
        let mut entry = review(second, "deck/card", grade);
        entry.moment.day += (i64::from(second) * 9).days();
        assert_eq!(said.apply(&memory, &entry), runs.apply(&memory, &entry), "review {second}");
        memory = runs.apply(&memory, &entry);
    }
    for (grade, stability) in ["again", "hard", "good", "easy"].into_iter().zip(&parameters) {
        let first = Home::new().json(["review", "what-is-ecs", grade]);
        let found = first["stability"].as_f64().expect("a number");
        assert!((found - f64::from(*stability)).abs() < 1e-4, "{grade}: {found}");
    }
}

#[test]
fn the_curve_of_the_manual_is_the_one_that_runs() {
    let page = include_str!("../../assets/manual/study.md");
    assert!(page.contains("R = (1 + f * t / S) ^ -d      with f = 0.9 ^ (-1 / d) - 1"));
    let (decay, stability) = (0.1542_f64, 2.3065_f64);
    assert!(page.contains("0.1542"));
    let factor = 0.9_f64.powf(-1.0 / decay) - 1.0;
    let home = Home::new();
    home.done(["review", "what-is-ecs", "good"]);
    for days in [0_u32, 1, 2, 5] {
        let cards = home.json(["due", "--json", "--at", &format!("2026-11-{}T18:00:00Z", 22 + days)]);
        let recall = cards[0]["retrievability"].as_f64().expect("a number");
        let described = (1.0 + factor * f64::from(days) / stability).powf(-decay);
        assert!((recall - described).abs() < 1e-5, "{days} days: {recall} {described}");
    }
}

#[test]
fn what_is_most_likely_forgotten_comes_first_and_nothing_is_shuffled() {
    let home = Home::new();
    home.write("config.toml", "new_per_day = 0\n");
    for (card, day) in [("ecs-vs-eks", 18), ("what-is-ecs", 10), ("network-modes", 14), ("task-placement", 12)] {
        for minute in [0, 10] {
            home.done(["review", card, "good", "--at", &format!("2026-11-{day}T18:{minute:02}:00Z")]);
        }
    }
    let order = || {
        let mut workspace = workspace(&home);
        workspace.follow(&store(&home)).expect("read");
        let now = moment(0);
        let mut queue = workspace.queue(&[], now, 0);
        let mut recall = Vec::new();
        let mut cards = Vec::new();
        while let Some(candidate) = queue.next(now.at) {
            recall.push(candidate.retrievability.expect("none is new"));
            cards.push(candidate.card.card.to_string());
        }
        assert!(recall.is_sorted(), "{recall:?}");
        cards
    };
    let asked = order();
    assert_eq!(asked, ["what-is-ecs", "task-placement", "network-modes", "ecs-vs-eks"]);
    assert_eq!(order(), asked, "and the same when asked again");
}

#[test]
fn a_card_that_was_marked_hard_does_not_come_back_the_same_day() {
    let home = Home::new();
    home.done(["review", "what-is-ecs", "easy", "--at", "2026-11-01T18:00:00Z"]);
    let hard = home.json(["review", "what-is-ecs", "hard"]);
    let due: Timestamp = hard["due"].as_str().expect("text").parse().expect("a time");
    assert_eq!(hard["state"], "review", "hard is a pass");
    assert!(due > moment(24 * 3600).at, "{due}");
}

/// Decks of a hundred cards each.
fn large_collection(home: &Home, decks: usize) {
    for deck in 0..decks {
        let mut text = format!("format = 1\nid = \"deck-{deck}\"\ntitle = \"Deck {deck}\"\n");
        for card in 0..100 {
            write!(text, "[[card]]\nid = \"card-{card}\"\nquestion = \"Question {card}?\"\nanswer = \"Answer.\"\n")
                .expect("a string grows");
        }
        home.write(format!("decks/deck-{deck}.toml"), text);
    }
}

#[test]
fn the_first_start_with_ten_thousand_cards_writes_nothing_to_the_log() {
    let (small, large) = (Home::new(), Home::new());
    large_collection(&large, 100);
    small.done(["due"]);
    let said = large.done(["due"]);
    assert_eq!(said.lines().filter(|line| line.ends_with("0 due   100 new")).count(), 100, "{said}");
    assert!(large.entries().is_empty(), "a card needs no entry to be known");
    let size = |home: &Home| fs::metadata(home.path().join("reviews.db")).expect("a log").len();
    assert_eq!(size(&large), size(&small));
    assert_eq!(large.done(["due"]), said);
}

#[test]
fn a_log_of_a_newer_version_is_neither_dropped_nor_made_anew() {
    let home = Home::with_entries(5);
    let file = Store::file(home.path());
    let newer = Connection::open(&file).expect("it opens");
    newer.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99").expect("changed");
    newer.close().expect("closed");
    let bytes = fs::read(&file).expect("a log");
    assert!(matches!(Store::open(home.path()), Err(Trouble::Newer { found: 99, .. })));
    let told = home.run(["review", "what-is-ecs", "good"]);
    assert_eq!(told.code, 4);
    assert!(told.err.contains("Update greenroom."), "{told:?}");
    assert_eq!(fs::read(&file).expect("a log"), bytes);
}

#[test]
fn an_import_that_is_not_understood_is_no_success_with_nothing_in_it() {
    let home = Home::new();
    for (name, bytes) in [
        ("deck.apkg", &b"PK\x03\x04\x14\x00collection.anki21b\xff\xfe"[..]),
        ("cards.csv", b"question;answer\nWhat, now?;\"One, two\"\n"),
        ("cards.json", b"[{\"front\": \"Q\", \"back\": \"A\"}]\n"),
    ] {
        let file = home.write(name, bytes);
        let told = home.run(["import".as_ref(), "reviews".as_ref(), file.as_os_str()]);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{told:?}");
        assert!(told.err.contains(name), "{told:?}");
        assert!(home.entries().is_empty());
    }
}
