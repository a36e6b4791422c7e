//! The review log in the hands of a learner: out and in again, backed up, damaged, brought back.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use super::{Home, PROGRAM, Told, entry, told};

impl Home {
    fn log(&self) -> PathBuf {
        self.path().join("reviews.db")
    }

    fn import(&self, text: &str) -> Told {
        let file = self.write("import.jsonl", text);
        self.run(["import".as_ref(), "reviews".as_ref(), file.as_os_str()])
    }

    /// Writes over some pages in the middle of the log, as a dying disk does.
    fn damage(&self, pages: usize) {
        let mut bytes = fs::read(self.log()).expect("a log");
        let middle = bytes.len() / 2 / 4096 * 4096;
        bytes[middle..middle + pages * 4096].fill(0xa5);
        fs::write(self.log(), bytes).expect("written");
    }

    /// Runs the `greenroom restore …` that the last line of a restore names.
    fn take_back(&self, restored: &str) -> Told {
        let kept = restored.trim_end().rsplit_once("greenroom restore ").expect("the way back is named").1;
        self.run(["restore", kept])
    }
}

#[test]
fn what_is_exported_comes_back_exactly_and_only_once() {
    let (from, to) = (Home::with_entries(50), Home::new());
    from.done(["review", "what-is-ecs", "again"]);
    let exported = from.done(["export", "reviews"]);
    assert_eq!(exported.lines().count(), 51);
    assert_eq!(to.import(&exported).out, "51 entries added, 0 there already\n");
    assert_eq!(to.done(["export", "reviews"]), exported);
    assert_eq!(to.import(&exported).out, "0 entries added, 51 there already\n");
    assert_eq!(to.done(["export", "reviews"]), exported);
    assert_eq!(to.done(["due", "--json"]), from.done(["due", "--json"]), "both know the same");
}

#[test]
fn retractions_survive_the_journey() {
    let (first, home) = (entry(1), Home::new());
    let id = "01a2046a-3900-7000-8000-000000000001";
    let retraction = format!(
        "{{\"id\":\"01a2046a-3900-7000-8000-0000000000ff\",\"deck\":\"aws-ecs\",\"card\":\"card-1\",\
         \"at\":\"2026-11-20T11:00:00Z\",\"offset\":0,\"day\":\"2026-11-20\",\"action\":\"retract\",\
         \"target\":\"{id}\"}}\n"
    );
    assert_eq!(home.import(&(first + &retraction)).code, 0);
    let exported = home.done(["export", "reviews"]);
    assert!(exported.ends_with(&retraction), "{exported}");
    let told = Home::new().import(&retraction);
    assert_eq!(told.code, 2, "what it takes back is not there: {told:?}");
    assert!(told.err.contains("Entry 1") && told.err.contains("Nothing was recorded"), "{told:?}");
}

/// A line of a review in which a label was picked.
fn pick(number: u32, said: &str) -> String {
    entry(number).replace("\"source\":\"study\"", &format!("\"source\":\"choice\",{said}"))
}

#[test]
fn what_was_picked_and_why_survives_the_journey() {
    let home = Home::new();
    let longest = format!("\"picked\":\"task\",\"why\":\"{}\"", "é".repeat(32 * 1024));
    let said = [r#""picked":"both""#, r#""picked":"task","why":"the “code” calls S3, \\u202ehonestly""#, &longest];
    let lines: String = (1..).zip(said).map(|(number, said)| pick(number, said)).collect();
    assert_eq!(home.import(&lines).out, "3 entries added, 0 there already\n");
    assert_eq!(home.done(["export", "reviews"]), lines);
    assert_eq!(home.import(&lines).out, "0 entries added, 3 there already\n");
    let hostile = pick(4, r#""picked":"task","why":"one\u001b]0;x\u0007\ttwo""#);
    home.import(&hostile);
    assert_eq!(home.entries()[3]["why"], r"one\x1b]0;x\x07    two");
}

/// A line of a review in which an answer was typed.
fn answer(number: u32, said: &str) -> String {
    entry(number).replace("\"source\":\"study\"", &format!("\"source\":\"study\",{said}"))
}

#[test]
fn a_typed_answer_its_confidence_marks_and_flips_survive_the_journey() {
    let home = Home::new();
    let longest = format!("\"typed\":\"{}\"", "é".repeat(20_000));
    let marks = concat!(
        r#""typed":"the agent pulls\nthe image","confidence":70,"#,
        r#""marks":[{"id":"agent","mark":"covered","p":97,"sure":true},"#,
        r#"{"id":"logs","mark":"missed","p":41,"sure":false,"flipped":"covered"},"#,
        r#"{"id":"said-aloud","mark":"partial","sure":true}],"misconceptions":["role-is-mine"]"#
    );
    let said = [r#""typed":"""#, marks, &longest];
    let lines: String = (1..).zip(said).map(|(number, said)| answer(number, said)).collect();
    assert_eq!(home.import(&lines).out, "3 entries added, 0 there already\n");
    assert_eq!(home.done(["export", "reviews"]), lines);
    assert_eq!(home.import(&lines).out, "0 entries added, 3 there already\n");
}

#[test]
fn standard_input_is_a_file_called_dash() {
    let home = Home::new();
    let mut child = home
        .command(["import", "reviews", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(entry(1).as_bytes()).expect("written");
    assert_eq!(child.wait_with_output().expect("it ends").stdout, b"1 entry added, 0 there already\n");
}

#[test]
fn one_bad_line_is_named_and_nothing_is_imported() {
    let good = entry(2);
    for (bad, why) in [
        ("{\n".to_owned(), "EOF while parsing an object"),
        (good.replace("good", "fine"), "unknown variant `fine`"),
        (good.replace("2026-11-20T", "yesterday "), ""),
        (good.replace("\"took\"", "\"tok\""), "unknown field `tok`"),
        (good.replace("\"grade\":\"good\",", ""), "a review needs a `grade`"),
        (good.replace("\"review\"", "\"suspend\""), "`target` belong to other actions"),
        (good.replace("card-2", "Card 2"), ""),
        (good.replace("3600", "999999999"), "`offset` is not a number of seconds"),
        (pick(2, r#""picked":"Task Role""#), "`picked` has characters other than a-z"),
        (pick(2, r#""picked":7"#), "invalid type: integer `7`, expected a string"),
        (pick(2, r#""why":"so""#), "`why` is about a label, and none was `picked`"),
        (pick(2, &format!(r#""picked":"task","why":"{}""#, "x".repeat(64 * 1024 + 1))), "`why` is longer than 64 KiB"),
        (pick(2, r#""picked":"task""#).replace("review", "bury"), "`target` belong to other actions"),
        (answer(2, r#""confidence":70"#), "are about an answer, and none was `typed`"),
        (answer(2, r#""typed":"so","picked":"task""#), "a label is `picked` or an answer `typed`, not both"),
        (answer(2, r#""typed":"so","confidence":101"#), "`101` is more than 100"),
        (answer(2, r#""typed":"so","marks":[{"id":"a","mark":"half","sure":true}]"#), "unknown variant `half`"),
        (answer(2, &format!(r#""typed":"{}""#, "x".repeat(20_001))), "`typed` is longer than 20000 characters"),
        ("card,grade\n".to_owned(), ""),
    ] {
        let home = Home::new();
        let told = home.import(&format!("{}\n{bad}{}", entry(1), entry(3)));
        let place = format!("greenroom: {}:3: ", home.path().join("import.jsonl").display());
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{bad}: {told:?}");
        assert!(told.err.starts_with(&place) && told.err.contains(why), "{bad}: {told:?}");
        assert!(told.err.ends_with("Nothing was imported.\n"), "{told:?}");
        assert!(home.entries().is_empty());
    }
    let told = Home::new().run(["import", "reviews", "not-there.jsonl"]);
    assert_eq!(told.code, 2);
    assert!(told.err.starts_with("greenroom: not-there.jsonl: "), "{told:?}");
}

#[test]
fn a_backup_is_counted_listed_and_never_written_over() {
    let home = Home::with_entries(3);
    assert_eq!(Home::new().done(["restore"]), "there are no backups yet; `greenroom backup` makes one\n");
    let among = home.path().join("backups/reviews-20261122T180000Z.db");
    assert_eq!(home.done(["backup"]), format!("3 entries in {}\n", among.display()));
    assert_eq!(home.done(["restore"]), "reviews-20261122T180000Z.db  3 entries\n");
    let named = home.path().join("copy.db");
    assert_eq!(home.done(["backup".as_ref(), named.as_os_str()]), format!("3 entries in {}\n", named.display()));
    let bytes = fs::read(&named).expect("a copy");
    home.done(["review", "what-is-ecs", "good"]);
    let told = home.run(["backup".as_ref(), named.as_os_str()]);
    assert_eq!(told.code, 4);
    assert!(told.err.contains("exists already and was left alone. Choose another name."), "{told:?}");
    assert_eq!(fs::read(&named).expect("a copy"), bytes);
}

#[test]
fn a_restore_can_be_taken_back_by_a_restore() {
    let home = Home::with_entries(3);
    let before = home.done(["export", "reviews"]);
    home.done(["backup"]);
    home.done(["review", "what-is-ecs", "good"]);
    let after = home.done(["export", "reviews"]);
    for name in ["latest", "reviews-20261122T180000Z.db"] {
        let restored = home.done(["restore", name]);
        assert!(restored.starts_with("the log has 3 entries now\n"), "{restored}");
        assert_eq!(home.done(["export", "reviews"]), before);
        assert_eq!(home.take_back(&restored).code, 0);
        assert_eq!(home.done(["export", "reviews"]), after, "{name}");
    }
    let told = home.run(["restore", "no-such-backup"]);
    assert_eq!(told.code, 4);
    assert!(told.err.contains("no-such-backup is not there"), "{told:?}");
}

#[test]
fn a_damaged_log_stops_every_command_that_needs_it_and_a_backup_heals_it() {
    let home = Home::with_entries(400);
    let sound = home.done(["export", "reviews"]);
    home.done(["backup"]);
    home.damage(1);
    for command in
        [&["due"][..], &["due", "--json"], &["review", "what-is-ecs", "good"], &["export", "reviews"], &["backup"]]
    {
        let told = home.run(command);
        assert_eq!((told.code, told.out.as_str()), (4, ""), "{command:?} {told:?}");
        assert!(told.err.contains("is damaged") && told.err.contains("`greenroom restore`"), "{told:?}");
    }
    home.done(["deck", "show", "what-is-ecs"]);
    let restored = home.done(["restore", "latest"]);
    assert!(restored.starts_with("the log has 400 entries now\n"), "{restored}");
    assert_eq!(home.done(["export", "reviews"]), sound);
    assert_eq!(home.take_back(&restored).code, 4, "the damaged log is kept, and is no backup");
    assert_eq!(home.done(["export", "reviews"]), sound);
}

#[test]
fn without_a_backup_one_goes_on_with_the_remains_or_with_nothing() {
    let home = Home::with_entries(400);
    home.damage(5);
    let rescued = home.done(["restore", "--remains"]);
    assert!(rescued.contains("could not be read"), "{rescued}");
    let remains = home.entries();
    assert!((1..400).contains(&remains.len()), "{}", remains.len());
    home.done(["review", "what-is-ecs", "good"]);
    assert_eq!(home.entries().len(), remains.len() + 1, "it takes new answers");
    let emptied = home.done(["restore", "--empty"]);
    assert!(emptied.starts_with("the log has 0 entries now\n"), "{emptied}");
    assert!(home.entries().is_empty());
    assert_eq!(home.take_back(&emptied).code, 0);
    assert_eq!(home.entries().len(), remains.len() + 1);
    assert_eq!(home.run(["restore", "--empty", "--remains"]).code, 2);
}

#[test]
fn a_log_that_is_gone_is_not_begun_anew_in_silence() {
    let home = Home::with_entries(3);
    home.done(["backup"]);
    fs::remove_file(home.log()).expect("removed");
    let told = home.run(["due"]);
    assert_eq!((told.code, told.out.as_str()), (4, ""));
    assert!(told.err.contains("The review log is gone; `greenroom restore` brings back"), "{told:?}");
    assert!(!home.log().exists());
    home.done(["restore", "latest"]);
    assert_eq!(home.entries().len(), 3);
}

#[test]
fn a_log_of_another_program_is_left_alone() {
    let home = Home::new();
    let diary = Connection::open(home.log()).expect("it opens");
    diary.execute_batch("CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES ('Sunday')").expect("written");
    diary.close().expect("closed");
    let bytes = fs::read(home.log()).expect("there");
    let told = home.run(["due"]);
    assert_eq!(told.code, 4);
    assert!(told.err.contains("belongs to another program and was left alone"), "{told:?}");
    assert_eq!(fs::read(home.log()).expect("there"), bytes);
}

#[test]
fn a_log_of_a_newer_greenroom_is_read_and_never_written() {
    let home = Home::with_entries(3);
    let log = Connection::open(home.log()).expect("it opens");
    log.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99").expect("changed");
    log.close().expect("closed");
    let bytes = fs::read(home.log()).expect("a log");
    assert_eq!(home.entries().len(), 3);
    assert!(home.done(["due"]).contains("Amazon ECS"));
    let file = home.write("more.jsonl", entry(9));
    for command in [
        ["review".as_ref(), "what-is-ecs".as_ref(), "good".as_ref()],
        ["import".as_ref(), "reviews".as_ref(), file.as_os_str()],
    ] {
        let told = home.run(command);
        assert_eq!((told.code, told.out.as_str()), (4, ""), "{told:?}");
        assert!(told.err.contains("A newer greenroom wrote the review log (version 99"), "{told:?}");
        assert!(told.err.contains("Update greenroom."), "{told:?}");
    }
    assert_eq!(fs::read(home.log()).expect("a log"), bytes);
}

/// The program as somebody whom permissions hold; none if the tester cannot become anybody else.
fn without_rights(home: &Home, arguments: &[&str]) -> Option<Command> {
    let mode = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).expect("it is ours");
    mode(0o555);
    if fs::File::create(home.path().join("probe")).is_err() {
        return Some(home.command(arguments));
    }
    fs::remove_file(home.path().join("probe")).expect("it is ours");
    let become_nobody = || {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--", PROGRAM]).stdin(Stdio::null());
        command.env("GREENROOM_HOME", home.path()).env("GREENROOM_NOW", super::NOW).env("TZ", "UTC");
        command
    };
    let can = become_nobody().arg("--version").output().is_ok_and(|output| output.status.success());
    let mut command = become_nobody();
    command.args(arguments);
    can.then_some(command)
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn a_home_that_cannot_be_written_can_be_read_and_takes_no_answer() {
    let home = Home::with_entries(3);
    let open = |path: PathBuf, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    open(home.log(), 0o444);
    let Some(mut due) = without_rights(&home, &["due"]) else {
        eprintln!("left out: whoever runs this may write everywhere and cannot become anybody else");
        return;
    };
    let told_due = told(&mut due);
    assert_eq!(told_due.code, 0, "{told_due:?}");
    assert!(told_due.out.contains("16 new"), "{told_due:?}");
    let mut review = without_rights(&home, &["review", "what-is-ecs", "good"]).expect("as before");
    let told_review = told(&mut review);
    assert_eq!((told_review.code, told_review.out.as_str()), (4, ""), "{told_review:?}");
    assert!(told_review.err.contains("cannot be written here, so nothing is recorded"), "{told_review:?}");
    open(home.path().to_owned(), 0o700);
    assert_eq!(home.entries().len(), 3);
}
