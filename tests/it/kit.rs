//! A learner without a terminal: a home of their own, a clock that stands still, keys, and a screen to read.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use greenroom::card::{Id, Key};
use greenroom::review::{Action, Entry, EntryId, Grade, Source, live};
use greenroom::scheduler::{Clock, Memory};
use greenroom::store::{Seq, Store, Trouble};
use greenroom::text::{Safe, width};
use greenroom::tui::app::App;
use greenroom::tui::event::{Event, Route};
use greenroom::tui::keys::Chord;
use greenroom::tui::theme::Theme;
use greenroom::tui::work::{Job, Records};
use greenroom::workspace::{Memories, Request, Workspace, keys};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;

/// The evening on which every story begins: a Sunday.
pub const EVENING: &str = "2026-11-22T18:00:00Z";

/// Somebody with a home. What they own outlives every sitting.
pub struct Learner {
    home: Rc<TempDir>,
    /// Identities made so far, so that no two are alike.
    made: Rc<Cell<u128>>,
    pub theme: Theme,
}

/// The program in front of the learner.
pub struct Seat {
    pub app: App,
    pub records: Records,
    pub now: Timestamp,
    /// Lives as long as somebody sits in it.
    home: Rc<TempDir>,
    size: (u16, u16),
}

/// Deck text with one card for each word: it asks `What is WORD?` and answers `It is the WORD answer.`
pub fn deck(id: &str, words: &[&str]) -> String {
    let cards = words.iter().map(|word| card(word, &format!("What is {word}?"), &format!("It is the {word} answer.")));
    format!("format = 1\nid = \"{id}\"\ntitle = \"Deck {id}\"\n\n{}", cards.collect::<String>())
}

/// A card; the texts are written as TOML writes them between quotation marks.
pub fn card(id: &str, question: &str, answer: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!("[[card]]\nid = \"{id}\"\nquestion = {}\nanswer = {}\n\n", quoted(question), quoted(answer))
}

pub fn key(text: &str) -> Key {
    text.parse().expect("deck/card")
}

impl Learner {
    /// In memory where the system has a disk there: what is asked here is what is written, not how durably.
    pub fn new() -> Learner {
        let memory = Path::new("/dev/shm");
        let home = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Learner { home: Rc::new(home.expect("a folder")), made: Rc::default(), theme: Theme::plain() }
    }

    /// A learner with a deck of their own, and intervals without chance.
    pub fn with(id: &str, words: &[&str]) -> Learner {
        let learner = Learner::new();
        learner.settings("fuzz = false\n");
        learner.deck(id, &deck(id, words));
        learner
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn settings(&self, text: &str) {
        self.write("config.toml", text);
    }

    pub fn deck(&self, name: &str, text: &str) {
        self.write(&format!("decks/{name}.toml"), text);
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.home().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// The program as it opens on these decks at a time.
    pub fn study(&self, decks: &[&str], at: &str) -> Seat {
        let decks = decks.iter().map(|id| id.parse::<Id>().expect("an id")).collect();
        self.open(Route::Study { decks, more: 0 }, at)
    }

    /// The program as it opens at home.
    pub fn at_home(&self, at: &str) -> Seat {
        self.open(Route::Home, at)
    }

    pub fn open(&self, route: Route, at: &str) -> Seat {
        self.open_with(route, at, Store::open(self.home()))
    }

    pub fn workspace(&self) -> Workspace {
        let request = Request { home: Some(self.home().into()), decks: Vec::new(), zone: Some(TimeZone::UTC) };
        Workspace::open(&request).expect("a workspace")
    }

    /// As the command line opens it, with the log that could be had.
    pub fn open_with(&self, route: Route, at: &str, store: Result<Store, Trouble>) -> Seat {
        let mut workspace = self.workspace();
        let store = store.and_then(|store| workspace.follow(&store).map(|()| store));
        self.seat(workspace, store, route, at)
    }

    pub fn seat(&self, workspace: Workspace, store: Result<Store, Trouble>, route: Route, at: &str) -> Seat {
        let now: Timestamp = at.parse().expect("a time");
        let records = Records::of(&workspace, store);
        let made = self.made.clone();
        let fresh = move |at| {
            made.set(made.get() + 1);
            EntryId::new(at, made.get())
        };
        let mut app = App::new(workspace, self.theme.clone(), fresh);
        app.resize(80, 24);
        match &records.store {
            Ok(_) => {
                app.open(route, now);
                app.check(now);
            }
            Err(trouble) => app.open(Route::Rescue(Safe::new(&trouble.to_string())), now),
        }
        let mut seat = Seat { app, records, now, home: self.home.clone(), size: (80, 24) };
        seat.perform();
        seat
    }

    /// Grades a card with another program.
    pub fn elsewhere(&self, card: &str, grade: Grade, at: &str) {
        let card = key(card);
        let clock = Clock::new(TimeZone::UTC, Clock::DAY_START).expect("an hour");
        let moment = clock.moment(at.parse().expect("a time"));
        self.made.set(self.made.get() + 1);
        let id = EntryId::new(moment.at, self.made.get());
        let action = Action::Review { grade, took: 0, source: Source::Command, said: None };
        let mut store = Store::open(self.home()).expect("opened");
        let seen = store.of(&card).expect("read").last().map(|entry| entry.id);
        store.append(&Entry { id, card, moment, action }, seen).expect("added");
    }
}

fn log(home: &Path) -> Vec<Entry> {
    let rows = Store::open_to_read(home).expect("opened").since(Seq::START).expect("read");
    rows.into_iter().map(|row| row.entry).collect()
}

impl Seat {
    /// Presses keys in the notation of the tables, each when what the one before asked for has been done.
    pub fn press(&mut self, keys: &str) -> &mut Seat {
        for key in keys.split_whitespace() {
            self.hold(key).perform();
        }
        self
    }

    /// Presses keys while the disk is slow: what they ask for is not done yet.
    pub fn hold(&mut self, keys: &str) -> &mut Seat {
        for key in keys.split_whitespace() {
            let chord: Chord = key.parse().expect("a key");
            self.app.handle(Event::Key(chord), self.now);
        }
        self
    }

    /// Does everything that was asked for.
    pub fn perform(&mut self) -> &mut Seat {
        while let Some(job) = self.app.next_job() {
            self.perform_one(job);
        }
        self
    }

    pub fn perform_one(&mut self, job: Job) {
        let outcome = self.records.perform(job);
        self.app.handle(Event::Done(outcome), self.now);
    }

    pub fn paste(&mut self, text: &str) -> &mut Seat {
        self.app.handle(Event::Paste(text.to_owned()), self.now);
        self.perform()
    }

    pub fn click(&mut self, column: usize, row: usize) -> &mut Seat {
        self.app.handle(Event::Click { column, row }, self.now);
        self.perform()
    }

    /// Time passes, and the program looks at the clock if it wanted to.
    pub fn wait(&mut self, minutes: i64) -> &mut Seat {
        let wakes = self.app.wakes_at(self.now);
        self.now += SignedDuration::from_mins(minutes);
        if wakes.is_some_and(|at| at <= self.now) {
            self.app.handle(Event::Tick, self.now);
        }
        self.perform()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Seat {
        self.size = (columns, rows);
        self.app.resize(usize::from(columns), usize::from(rows));
        self.app.handle(Event::Resize, self.now);
        self
    }

    /// The screen as the terminal library has it.
    pub fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        self.app.view(&mut buffer, area, self.now);
        buffer
    }

    /// The screen, line by line, read cell by cell.
    pub fn lines(&self) -> Vec<String> {
        let buffer = self.buffer();
        let line = |row| {
            let (mut line, mut column) = (String::new(), 0);
            while column < self.size.0 {
                let symbol = buffer[(column, row)].symbol();
                line.push_str(symbol);
                column += (width::grapheme_columns(symbol) as u16).max(1);
            }
            line.trim_end().to_owned()
        };
        (0..self.size.1).map(line).collect()
    }

    /// The screen as one text, in which a line that was wrapped reads on.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    fn words(&self) -> String {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn sees(&mut self, words: &str) -> &mut Seat {
        assert!(self.words().contains(words), "`{words}` is not on the screen:\n{}", self.text());
        self
    }

    #[track_caller]
    pub fn sees_no(&mut self, words: &str) -> &mut Seat {
        assert!(!self.words().contains(words), "`{words}` is on the screen:\n{}", self.text());
        self
    }

    /// The card that is asked, if one is, by the word it was made with.
    pub fn asked(&self) -> Option<String> {
        let words = self.words();
        let (_, rest) = words.strip_prefix("Study")?.split_once("What is ")?;
        rest.split_once('?').map(|(word, _)| word.to_owned())
    }

    #[track_caller]
    pub fn asks(&mut self, word: &str) -> &mut Seat {
        assert_eq!(self.asked().as_deref(), Some(word), "\n{}", self.text());
        assert!(!self.is_revealed(), "the answer is shown\n{}", self.text());
        self
    }

    /// Whether an answer is shown.
    pub fn is_revealed(&self) -> bool {
        self.words().contains("It is the ")
    }

    /// Every entry that is on the disk.
    pub fn log(&self) -> Vec<Entry> {
        log(self.home.path())
    }

    /// The reviews that count, as `card grade`.
    pub fn counting(&self) -> Vec<String> {
        counting(&self.log())
    }

    pub fn memory(&self, card: &str) -> Memory {
        self.app.workspace().memory(&key(card))
    }

    /// What is known of every card of every deck; it must be what the log alone says.
    #[track_caller]
    pub fn memories(&self) -> Vec<(Key, Memory)> {
        let workspace = self.app.workspace();
        let store = Store::open_to_read(self.home.path()).expect("opened");
        let nowhere = self.home.path().join("no cache");
        let replayed = Memories::read(&nowhere, &workspace.scheduler, &store).expect("read");
        let all = workspace.library.decks().iter().flat_map(keys);
        all.map(|card| {
            let memory = workspace.memory(&card);
            assert_eq!(memory, replayed.of(&card.deck, &card.card), "{card}: what is known is not what the log says");
            (card, memory)
        })
        .collect()
    }

    /// What the program does when it is told to end.
    pub fn leave_at_once(&mut self) {
        self.app.handle(Event::Leaving, self.now);
        self.perform();
        self.leave();
    }

    /// Ends the program as it ends: a snapshot is kept for the next start.
    pub fn leave(&self) {
        self.records.keep(&self.app.workspace().memories);
    }
}

/// What counts in a log, as `card what`.
pub fn counting(log: &[Entry]) -> Vec<String> {
    let what = |entry: &&Entry| {
        let word = match entry.action {
            Action::Review { grade, .. } | Action::Point { grade, .. } => grade.word(),
            Action::Suspend => "suspend",
            Action::Resume => "resume",
            Action::Bury => "bury",
            Action::Reset => "reset",
            Action::Rename { .. } => "rename",
            Action::Retract(_) => unreachable!("retractions are not among what counts"),
        };
        match entry.point() {
            None => format!("{} {word}", entry.card.card),
            Some(point) => format!("{}#{point} {word}", entry.card.card),
        }
    };
    live(log).iter().map(what).collect()
}
