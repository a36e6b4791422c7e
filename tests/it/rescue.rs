//! A log that cannot be read: what the learner sees, and every way back.

use std::fs;
use std::path::PathBuf;

use greenroom::store::Store;
use greenroom::tui::event::Route;

use crate::kit::{EVENING, Learner, Seat, counting};

/// Three evenings of study, and the backup that each start has made of what was there before.
fn three_evenings() -> Learner {
    let learner = Learner::with("roles", &["one", "two", "three"]);
    for day in 20..=22 {
        learner.study(&["roles"], &format!("2026-11-{day}T18:00:00Z")).press("space 4").leave();
    }
    learner
}

fn files(learner: &Learner) -> Vec<(PathBuf, Vec<u8>)> {
    let all = fs::read_dir(learner.home()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = all.filter(|path| path.is_file()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).expect("read"))).collect()
}

fn is_rescue(seat: &mut Seat) -> &mut Seat {
    seat.sees("The review log cannot be read")
}

/// A leaf of a table in the file format of SQLite.
const LEAF: u8 = 13;

/// Writes over some of the last rows of the log.
fn damage(learner: &Learner) {
    let path = learner.home().join("reviews.db");
    let mut bytes = fs::read(&path).expect("read");
    let page = bytes.chunks_mut(4096).rfind(|page| page[0] == LEAF).expect("a page of rows");
    let row = page.windows(5).position(|word| word == b"roles").expect("a row names its deck");
    let end = page.len().min(row + 512);
    page[row..end].fill(0xa5);
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_log_of_rubbish_is_told_and_a_backup_brings_the_reviews_back() {
    let learner = three_evenings();
    fs::write(learner.home().join("reviews.db"), "rubbish".repeat(1000)).expect("written");
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat).press("r").sees("is kept among the backups");
    assert_eq!(seat.counting(), ["one easy", "two easy"], "the newest backup was made when the third evening began");
    seat.press("G enter").asks("three").press("space 4");
    assert_eq!(seat.counting().len(), 3, "it can be written again");
    seat.memories();
}

#[test]
fn damage_that_is_found_while_home_is_shown_leads_to_the_same_place() {
    let learner = three_evenings();
    let store = Store::open(learner.home()).expect("opened");
    store.backup(Some(&learner.home().join("whole.db")), EVENING.parse().expect("a time")).expect("copied");
    drop(store);
    fs::rename(learner.home().join("whole.db"), learner.home().join("reviews.db")).expect("moved");
    let gone = |ending: &str| drop(fs::remove_file(learner.home().join(format!("reviews.db{ending}"))));
    gone("-wal");
    gone("-shm");
    damage(&learner);
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat).press("r").sees("kept");
    assert_eq!(seat.counting().len(), 2);
}

#[test]
fn a_log_that_is_gone_is_never_replaced_by_an_empty_one_in_silence() {
    let learner = three_evenings();
    for ending in ["", "-wal", "-shm"] {
        drop(fs::remove_file(learner.home().join(format!("reviews.db{ending}"))));
    }
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat);
    assert!(!learner.home().join("reviews.db").exists());
    seat.press("j k enter");
    assert_eq!(seat.counting().len(), 2);
}

#[test]
fn leaving_changes_nothing() {
    for keys in ["q", "esc", "E q", "j j k q"] {
        let learner = three_evenings();
        fs::write(learner.home().join("reviews.db"), "rubbish").expect("written");
        let before = files(&learner);
        let mut seat = learner.at_home(EVENING);
        is_rescue(&mut seat).press(keys);
        assert!(seat.app.is_over(), "{keys}");
        drop(seat);
        assert!(files(&learner) == before, "{keys}");
    }
}

#[test]
fn an_empty_log_is_begun_only_when_it_is_asked_for_twice_and_what_was_there_is_kept() {
    let learner = three_evenings();
    fs::write(learner.home().join("reviews.db"), "rubbish").expect("written");
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat).press("E").sees("E again").press("j E").sees("E again").press("E").sees("kept");
    assert_eq!(seat.counting(), Vec::<String>::new());
    let kept = fs::read_dir(learner.home().join("backups")).expect("a folder");
    let kept =
        kept.map(|entry| entry.expect("an entry").path()).filter(|path| fs::read(path).expect("read") == b"rubbish");
    assert_eq!(kept.count(), 1, "the file that was there");
}

#[test]
fn what_is_left_of_a_damaged_log_can_be_saved_without_any_backup() {
    let words: Vec<String> = (0..80).map(|number| format!("w{number}")).collect();
    let learner = Learner::with("roles", &words.iter().map(String::as_str).collect::<Vec<_>>());
    learner.settings("new_per_day = 99\nfuzz = false\n");
    let mut seat = learner.study(&["roles"], EVENING);
    for _ in 0..80 {
        seat.press("space 4");
    }
    let before = seat.counting();
    drop(seat);
    let store = Store::open(learner.home()).expect("opened");
    store.backup(Some(&learner.home().join("whole.db")), EVENING.parse().expect("a time")).expect("copied");
    drop(store);
    fs::remove_dir_all(learner.home().join("backups")).ok();
    for ending in ["-wal", "-shm", ""] {
        drop(fs::remove_file(learner.home().join(format!("reviews.db{ending}"))));
    }
    fs::rename(learner.home().join("whole.db"), learner.home().join("reviews.db")).expect("moved");
    damage(&learner);
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat).sees("no backup").press("s");
    let after = counting(&seat.log());
    assert!(after.len() > 20, "{}", after.len());
    assert!(after.iter().all(|line| before.contains(line)), "nothing is made up");
    seat.memories();
}

#[test]
fn the_chosen_backup_is_always_in_sight() {
    let learner = Learner::with("roles", &["one"]);
    for day in 10..=22 {
        learner.study(&["roles"], &format!("2026-11-{day}T18:00:00Z")).press("R R");
    }
    fs::write(learner.home().join("reviews.db"), "rubbish").expect("written");
    let mut seat = learner.at_home(EVENING);
    for (columns, rows) in [(40, 12), (80, 24)] {
        seat.resize(columns, rows);
        for key in ["down"; 14].into_iter().chain(["up"; 14]) {
            assert!(seat.text().contains('❯'), "{columns}x{rows} {key}:\n{}", seat.text());
            seat.press(key);
        }
    }
}

#[test]
fn a_log_that_cannot_be_restored_stays_as_it_is_and_says_why() {
    let learner = three_evenings();
    fs::write(learner.home().join("reviews.db"), "rubbish").expect("written");
    let mut seat = learner.at_home(EVENING);
    is_rescue(&mut seat);
    for entry in fs::read_dir(learner.home().join("backups")).expect("a folder") {
        fs::write(entry.expect("an entry").path(), "gone bad").expect("written");
    }
    seat.press("r");
    is_rescue(&mut seat);
    assert_eq!(fs::read(learner.home().join("reviews.db")).expect("read"), b"rubbish");
    assert!(!seat.app.is_over());
}

#[test]
fn a_home_that_disappears_under_the_program_loses_nothing_that_was_shown() {
    let learner = Learner::with("roles", &["one", "two"]);
    let mut seat = learner.open(Route::Study { decks: vec!["roles".parse().expect("an id")], more: 0 }, EVENING);
    seat.press("space 4").asks("two");
    fs::rename(learner.home().join("reviews.db"), learner.home().join("moved.db")).expect("moved");
    seat.press("space 4").sees("moved");
    assert_eq!(seat.asked().as_deref(), Some("two"));
}
