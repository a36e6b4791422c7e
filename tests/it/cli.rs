//! The built program as a script meets it: what each command says, writes and ends with, in a home of its own.

mod classify;
mod commands;
mod contracts;
mod decks;
mod exchange;
mod grade;
mod hostile;
mod lint;
mod log;
mod manual;
mod stats;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_greenroom");

/// When it is for the program, unless a test says otherwise: a Sunday evening in UTC.
pub const NOW: &str = "2026-11-22T18:00:00Z";

/// A deck with two cards.
pub const DECK: &str = "format = 1\nid = \"own\"\ntitle = \"My own\"\n\n\
    [[card]]\nid = \"first\"\nquestion = \"What comes first?\"\nanswer = \"The first.\"\n\n\
    [[card]]\nid = \"second\"\nquestion = \"What comes second?\"\nanswer = \"The second.\"\n";

/// A learner's folder, gone when the test ends.
pub struct Home {
    folder: TempDir,
}

/// What a command said, and the exit code that it ended with.
#[derive(Debug)]
pub struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    /// In memory where the system has a disk there: what is asked here is what is written, not how durably.
    pub fn new() -> Home {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Home { folder: folder.expect("a folder") }
    }

    /// A home whose log holds so many entries that import gave it.
    pub fn with_entries(count: u32) -> Home {
        let home = Home::new();
        let file = home.write("entries.jsonl", (1..=count).map(entry).collect::<String>());
        home.done(["import", "reviews", file.to_str().expect("UTF-8")]);
        home
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the home, with the folders that it needs.
    pub fn write(&self, name: impl AsRef<OsStr>, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join(name.as_ref());
        std::fs::create_dir_all(file.parent().expect("it lies in the home")).expect("a folder");
        std::fs::write(&file, text).expect("written");
        file
    }

    /// The program with these arguments, not yet started; nothing of the tester's own surroundings counts.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().stdin(Stdio::null());
        command.env("GREENROOM_HOME", self.path()).env("GREENROOM_NOW", NOW).env("TZ", "UTC").env("LANG", "C.UTF-8");
        command
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Told {
        told(&mut self.command(arguments))
    }

    /// Runs a command that reads `input`.
    pub fn fed<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>, input: &str) -> Told {
        let file = self.write("input", input);
        told(self.command(arguments).stdin(std::fs::File::open(file).expect("it was written")))
    }

    /// What a command prints that must succeed without a word of complaint.
    pub fn done<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> String {
        let told = self.run(arguments);
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
        told.out
    }

    /// The one JSON value that a command prints.
    pub fn json<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Value {
        serde_json::from_str(&self.done(arguments)).expect("JSON")
    }

    /// The exported log, one entry a line.
    pub fn entries(&self) -> Vec<Value> {
        self.done(["export", "reviews"]).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// What `due --json` says of a card.
    pub fn card(&self, id: &str) -> Value {
        let all = self.json(["due", "--json"]);
        all.as_array().into_iter().flatten().find(|card| card["card"] == id).expect("the card is listed").clone()
    }
}

/// Runs a command to its end.
pub fn told(command: &mut Command) -> Told {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("what is said is UTF-8");
    Told { code: status.code().expect("no signal ended it"), out: text(stdout), err: text(stderr) }
}

/// A line that `import` takes, different for each number.
pub fn entry(number: u32) -> String {
    format!(
        "{{\"id\":\"01a2046a-3900-7000-8000-{number:012x}\",\"deck\":\"aws-ecs\",\"card\":\"card-{}\",\
         \"at\":\"2026-11-20T10:{:02}:{:02}.{:03}Z\",\"offset\":3600,\"day\":\"2026-11-20\",\"action\":\"review\",\
         \"grade\":\"good\",\"took\":{number},\"source\":\"study\"}}\n",
        number % 7,
        number / 60 % 60,
        number % 60,
        number % 1000
    )
}
