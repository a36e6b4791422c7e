//! The built program in a pseudo-terminal: keys go in, bytes come out, and every wait has a deadline.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_greenroom");

/// How long something may take that is to happen soon, on a machine that has other things to do.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// When every sitting takes place that does not say otherwise.
pub const TODAY: &str = "2026-11-22T18:00:00+00:00";

/// A learner's folder, with decks of their own.
pub struct Home {
    path: PathBuf,
    /// Removed with the home, if it was made for it.
    _folder: Option<TempDir>,
}

impl Home {
    /// A home with one deck, `small`, of so many cards.
    pub fn with_cards(cards: usize) -> Home {
        let home = Home::empty();
        home.write("decks/small.toml", &deck("small", cards));
        home
    }

    pub fn empty() -> Home {
        let folder = tempfile::tempdir().expect("a folder");
        Home { path: folder.path().to_owned(), _folder: Some(folder) }
    }

    /// A home in a folder that is there already.
    pub fn at(path: &Path) -> Home {
        Home { path: path.to_owned(), _folder: None }
    }

    pub fn write(&self, file: &str, text: &str) {
        let file = self.path.join(file);
        std::fs::create_dir_all(file.parent().expect("a file in a folder")).expect("a folder for the file");
        std::fs::write(file, text).expect("room for a file");
    }

    /// The program as it is opened in a terminal that shows colours and all characters.
    /// What a file of the home says.
    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path.join(file)).expect("it is there")
    }

    pub fn program(&self, arguments: &[&str]) -> CommandBuilder {
        self.prepared(CommandBuilder::new(PROGRAM), arguments)
    }

    /// The same, started by a shell script that knows the program and its arguments as `"$0" "$@"`.
    pub fn script(&self, script: &str, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script, PROGRAM]);
        self.prepared(command, arguments)
    }

    fn prepared(&self, mut command: CommandBuilder, arguments: &[&str]) -> CommandBuilder {
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "en_GB.UTF-8");
        command.env("GREENROOM_HOME", &self.path);
        command.env("GREENROOM_NOW", TODAY);
        command.cwd(&self.path);
        command
    }

    /// A command that needs no terminal, ready to run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().env("GREENROOM_HOME", &self.path).env("GREENROOM_NOW", TODAY);
        command
    }

    /// What a command that must succeed writes.
    pub fn run(&self, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the program runs");
        assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).expect("text")
    }

    /// The entries of the log, as they are exported.
    pub fn entries(&self) -> Vec<serde_json::Value> {
        self.run(&["export", "reviews"]).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// The process that has the home open, as the lock file says.
    pub fn owner(&self) -> Pid {
        let text = std::fs::read_to_string(self.path.join("greenroom.lock")).expect("a lock file");
        text.trim().parse().ok().and_then(Pid::from_raw).expect("the number of a process")
    }
}

/// A deck of plain cards, `card-1` first.
pub fn deck(id: &str, cards: usize) -> String {
    let card = |n| format!("\n[[card]]\nid = \"card-{n}\"\nquestion = \"Question {n}?\"\nanswer = \"Answer {n}.\"\n");
    format!("format = 1\nid = \"{id}\"\ntitle = \"A {id} deck\"\n") + &(1..=cards).map(card).collect::<String>()
}

/// A terminal, and the program in it.
pub struct Terminal {
    child: Option<Box<dyn Child + Send + Sync>>,
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    is_closing: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// The modes of the line before the program came.
    pub modes_before: String,
    /// Every byte that was written to the terminal.
    pub log: Vec<u8>,
}

impl Terminal {
    /// Opens a terminal of 80 columns and 24 rows.
    pub fn open(command: CommandBuilder) -> Terminal {
        let pair = native_pty_system().openpty(PtySize::default()).expect("a pseudo-terminal");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let modes_before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let is_closing = Arc::new(AtomicBool::new(false));
        Terminal {
            child: Some(child),
            master: Some(pair.master),
            slave: Some(pair.slave),
            writer: Some(writer),
            output: listen(reader, Arc::clone(&is_closing)),
            is_closing,
            screen: blank(80, 24),
            modes_before,
            log: Vec::new(),
        }
    }

    pub fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("the terminal takes keys");
    }

    /// Waits until the screen shows something.
    #[track_caller]
    pub fn shows(&mut self, text: &str) {
        self.until(text, |terminal| terminal.text().contains(text));
    }

    /// Waits until something holds.
    #[track_caller]
    pub fn until(&mut self, what: &str, holds: impl Fn(&Terminal) -> bool) {
        let end = now() + PATIENCE;
        while !holds(self) {
            let is_late = !self.hears(end.saturating_duration_since(now()));
            assert!(!is_late, "{what:?} did not come; the screen shows\n{}", self.text());
        }
    }

    /// Whether anything is written within some time; returns as soon as something is.
    pub fn hears(&mut self, within: Duration) -> bool {
        let heard = self.output.recv_timeout(within);
        if let Ok(bytes) = &heard {
            self.screen.process(bytes);
            self.log.extend(bytes);
        }
        heard.is_ok()
    }

    /// What is on the screen, row by row, without the blanks at the ends.
    pub fn text(&self) -> String {
        self.screen().contents().lines().map(|row| format!("{}\n", row.trim_end())).collect()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// The modes of the line now: what raw mode changes.
    pub fn modes(&self) -> String {
        modes(self.master.as_deref().expect("the terminal is open"))
    }

    /// What is on the screen is forgotten: the program draws everything anew.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, ..PtySize::default() };
        self.master.as_ref().expect("the terminal is open").resize(size).expect("a new size");
        self.screen = blank(columns, rows);
    }

    /// The process that was started in the terminal.
    pub fn process(&self) -> Pid {
        let number = self.child.as_ref().and_then(|child| child.process_id()).expect("it was started");
        Pid::from_raw(number as i32).expect("the number of a process")
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.process(), signal).expect("the process is there");
    }

    /// Closes the terminal as a closed window does, whatever runs in it.
    pub fn close(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // Whoever reads lets go of the terminal when it hears something.
        self.press("?");
        self.drain();
        (self.writer, self.slave, self.master) = (None, None, None);
    }

    /// Waits for the end of the process, reads what it wrote last, and gives its exit code; none if it goes on.
    pub fn exit(&mut self, within: Duration) -> Option<u32> {
        let mut child = self.child.take().expect("one end");
        let process = child.process_id();
        let (ended, end) = mpsc::channel();
        std::thread::spawn(move || ended.send(child.wait()));
        let Ok(status) = end.recv_timeout(within) else {
            let process = process.and_then(|number| Pid::from_raw(number as i32)).expect("it was started");
            kill_process(process, Signal::KILL).expect("it goes on");
            return None;
        };
        self.slave = None;
        self.drain();
        Some(status.expect("it was our child").exit_code())
    }

    /// Reads what is still to be read.
    fn drain(&mut self) {
        let end = now() + PATIENCE;
        while self.hears(end.saturating_duration_since(now())) {}
        assert_eq!(self.output.try_recv().err(), Some(mpsc::TryRecvError::Disconnected), "somebody goes on writing");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _gone =
                kill_process(Pid::from_raw(child.process_id().unwrap_or(0) as i32).expect("a child"), Signal::KILL);
            let _gone = child.wait();
        }
    }
}

/// Reads until the terminal is closed from either side.
fn listen(mut reader: Box<dyn Read + Send>, is_closing: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (bytes, output) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            if is_closing.load(Ordering::SeqCst) || bytes.send(buffer[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    output
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

fn blank(columns: u16, rows: u16) -> vt100::Parser {
    let size = |number| NonZeroU16::new(number).expect("a terminal has cells");
    vt100::Parser::new(size(rows), size(columns), 0)
}

#[expect(clippy::disallowed_methods, reason = "a wait for another process has a deadline by the real clock")]
pub fn now() -> Instant {
    Instant::now()
}
