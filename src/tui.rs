//! The terminal face: loop, screens, widgets, keys, theme.

pub mod app;
pub mod editor;
mod errands;
pub mod event;
mod input;
pub mod keys;
pub mod paint;
pub mod screen;
mod terminal;
pub mod theme;
pub mod widget;
pub mod work;

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crossterm::event::{Event as Input, KeyEventKind, MouseButton, MouseEventKind};
use jiff::Timestamp;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use uuid::Uuid;

use self::app::{App, Handover};
use self::errands::Errands;
use self::event::{Event, Notice, Outcome, Route, Tone};
use self::input::Reader;
use self::terminal::Takeover;
use self::theme::Theme;
use self::work::Records;
use crate::library::{Places, Watch, Writer};
use crate::review::EntryId;
use crate::store::{Store, Trouble};
use crate::text::Safe;
use crate::workspace::Workspace;

/// How the face is to look and to begin.
pub struct Options {
    pub theme: Theme,
    pub mouse: bool,
    pub route: Route,
    /// Said on the first screen.
    pub notice: Option<Notice>,
    /// The learner's own editor, with its arguments, if there is one.
    pub editor: Option<OsString>,
}

/// How a run of the face ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The learner left.
    Left,
    /// The terminal was closed or the system asked the program to end; the number of the signal.
    Signal(i32),
}

/// What reaches the loop.
#[expect(clippy::large_enum_variant, reason = "a handful exist at a time")]
enum Message {
    Input(Input),
    Signal(i32),
    HungUp,
    Done(Outcome),
    /// A deck file may have been changed.
    Decks,
}

/// Shows the workspace until the learner leaves. `clock` is asked for the time; nothing else knows it.
///
/// A grade is shown as given once it is on the disk. When this returns, every job has ended and the terminal is as it
/// was found.
///
/// # Errors
/// The terminal cannot be taken over or drawn on.
pub fn run(
    workspace: Workspace,
    store: Result<Store, Trouble>,
    options: Options,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Ending> {
    let (messages, inbox) = mpsc::channel();
    let editor = options.editor.clone();
    let (mut app, records) = set_up(workspace, store, options, clock);
    let takeover = Takeover::begin(app.wants_mouse())?;
    let reader = listen(&messages)?;
    watch(app.workspace().places(), &messages);
    let mut face = Face { takeover, reader, editor };
    let (jobs, to_do) = mpsc::channel();
    let mut errands = Errands::new(jobs);
    let distress = Distress(messages.clone());
    let work = work::start(records, to_do, move |outcome| drop(distress.0.send(Message::Done(outcome))));
    let ending = turn(&mut app, &mut face, &inbox, &mut errands, clock);
    app.handle(Event::Leaving, clock());
    errands.hand_over(&mut app);
    drop(errands);
    if let Ok(records) = work.join() {
        for message in inbox.try_iter() {
            if let Message::Done(outcome) = message {
                app.handle(Event::Done(outcome), clock());
            }
        }
        records.keep(&app.workspace().memories);
    }
    ending
}

fn set_up(
    workspace: Workspace,
    store: Result<Store, Trouble>,
    options: Options,
    clock: &dyn Fn() -> Timestamp,
) -> (App, Records) {
    let records = Records::of(&workspace, store);
    let now = clock();
    let mut app = App::new(workspace, options.theme, |at| EntryId::new(at, Uuid::now_v7().as_u128()));
    match &records.store {
        Ok(_) => {
            app.open(options.route, now);
            app.check(now);
        }
        Err(trouble) => app.open(Route::Rescue(Safe::new(&trouble.to_string())), now),
    }
    if let Some(notice) = options.notice {
        app.say(notice);
    }
    app.want_mouse(options.mouse);
    (app, records)
}

fn turn(
    app: &mut App,
    face: &mut Face,
    inbox: &Receiver<Message>,
    errands: &mut Errands,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Ending> {
    let mut early: VecDeque<Message> = VecDeque::new();
    loop {
        match face.takeover.draw(app, clock()) {
            Err(error) if is_gone(&error) => return Ok(Ending::Signal(SIGHUP)),
            drawn => drawn?,
        }
        errands.hand_over(app);
        let next = if early.is_empty() { wait(app, inbox, clock()) } else { early.pop_front() };
        let Some(message) = next else {
            app.handle(Event::Tick, clock());
            continue;
        };
        let together: Vec<Message> = std::iter::once(message).chain(early.drain(..)).chain(inbox.try_iter()).collect();
        for message in together {
            match message {
                Message::HungUp => return Ok(Ending::Signal(SIGHUP)),
                Message::Signal(SIGTSTP) => early.extend(pause(app, &mut face.takeover, inbox, errands, clock)?),
                Message::Signal(SIGCONT) => face.takeover.resume()?,
                Message::Signal(SIGINT) => app.handle(Event::Key("ctrl-c".parse().expect("a key")), clock()),
                Message::Signal(SIGWINCH) => app.handle(Event::Resize, clock()),
                Message::Signal(number) => return Ok(Ending::Signal(number)),
                Message::Done(outcome) => errands.done(app, outcome, clock()),
                Message::Decks => app.look_at_decks(),
                Message::Input(input) => take(app, input, clock()),
            }
            if app.takes_a_break() {
                early.extend(pause(app, &mut face.takeover, inbox, errands, clock)?);
            }
            match app.hands_over() {
                None => {}
                Some(Handover::Text(text)) => match face.lend(|editor| editor::edit(editor, &text))? {
                    Ok(text) => app.handle(Event::Edited(text), clock()),
                    Err(words) => app.say(Notice { tone: Tone::Warn, words }),
                },
                Some(Handover::File { path, line }) => {
                    let before = Writer::read(&path).ok().map(|(text, _)| text);
                    match face.lend(|editor| editor::open(editor, &path, Some(line)))? {
                        Ok(()) => match before {
                            Some(before) => app.adopt(path, before),
                            None => app.look_at_decks(),
                        },
                        Err(words) => app.say(Notice { tone: Tone::Warn, words }),
                    }
                }
            }
            face.takeover.listen_to_mouse(app.wants_mouse())?;
            if app.is_over() {
                return Ok(Ending::Left);
            }
        }
    }
}

/// The terminal in our hands, with what reads from it.
struct Face {
    takeover: Takeover,
    reader: Reader,
    editor: Option<OsString>,
}

impl Face {
    /// Lends the terminal to the learner's editor. What came of it, or why there is nothing.
    fn lend<T>(&mut self, work: impl FnOnce(&OsStr) -> Result<T, Safe>) -> io::Result<Result<T, Safe>> {
        let Some(editor) = &self.editor else {
            return Ok(Err(Safe::from("no editor is named: set VISUAL or EDITOR")));
        };
        let hold = self.reader.hold()?;
        let edited = self.takeover.lend(|| work(editor));
        drop(hold);
        edited
    }
}

/// How long ctrl-z waits for one job on a slow disk.
const SETTLING: Duration = Duration::from_secs(2);

/// Stops until the shell goes on with the program. Stopping stops the work thread too, so what it was given is done
/// first: a program that never comes back has lost nothing. A disk that takes too long is not waited for. Gives what came
/// meanwhile and is still to be handled.
fn pause(
    app: &mut App,
    takeover: &mut Takeover,
    inbox: &Receiver<Message>,
    errands: &mut Errands,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Vec<Message>> {
    app.handle(Event::Leaving, clock());
    errands.hand_over(app);
    let mut later = Vec::new();
    while errands.are_open() {
        match inbox.recv_timeout(SETTLING) {
            Ok(Message::Done(outcome)) => {
                errands.done(app, outcome, clock());
                errands.hand_over(app);
            }
            Ok(other) => later.push(other),
            Err(_) => break,
        }
    }
    takeover.pause()?;
    Ok(later)
}

/// Whether an error of the terminal says that it was closed.
fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

/// The next message; none when a screen wanted to be woken before one came.
fn wait(app: &App, inbox: &Receiver<Message>, now: Timestamp) -> Option<Message> {
    let Some(end) = app.wakes_at(now) else { return Some(inbox.recv().unwrap_or(Message::HungUp)) };
    let left = Duration::try_from(end.duration_since(now)).unwrap_or_default().max(Duration::from_millis(200));
    match inbox.recv_timeout(left) {
        Ok(message) => Some(message),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Message::HungUp),
    }
}

fn take(app: &mut App, input: Input, now: Timestamp) {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => app.handle(Event::Key(key.into()), now),
        Input::Paste(text) => app.handle(Event::Paste(text), now),
        Input::Resize(columns, rows) => {
            app.resize(usize::from(columns), usize::from(rows));
            app.handle(Event::Resize, now);
        }
        Input::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let (column, row) = (usize::from(mouse.column), usize::from(mouse.row));
                app.handle(Event::Click { column, row }, now);
            }
            MouseEventKind::ScrollUp => app.handle(Event::Scroll(-1), now),
            MouseEventKind::ScrollDown => app.handle(Event::Scroll(1), now),
            _ => {}
        },
        _ => {}
    }
}

/// Ends the loop if the thread that holds it panics, so that nobody waits for an answer that never comes.
struct Distress(Sender<Message>);

impl Drop for Distress {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ended_already = self.0.send(Message::HungUp);
        }
    }
}

/// Starts the three listeners: keys, signals, and the end of the terminal.
fn listen(messages: &Sender<Message>) -> io::Result<Reader> {
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let to = messages.clone();
    std::thread::spawn(move || signals.forever().all(|number| to.send(Message::Signal(number)).is_ok()));
    let to = messages.clone();
    std::thread::spawn(move || {
        terminal::wait_for_hangup();
        drop(to.send(Message::HungUp));
    });
    let (to, last) = (messages.clone(), messages.clone());
    let take = move |input: Input| is_idle(&input) || to.send(Message::Input(input)).is_ok();
    Reader::start(take, move || drop(last.send(Message::HungUp)))
}

/// Starts the listener to the deck files. Without one they are read at the next start.
fn watch(places: &Places, messages: &Sender<Message>) {
    let (places, to) = (places.clone(), messages.clone());
    std::thread::spawn(move || {
        let Ok(mut watch) = Watch::begin(&places) else { return };
        // Something may have changed since the decks were read and before they were watched.
        while to.send(Message::Decks).is_ok() && watch.wait().is_ok() {}
    });
}

/// A mouse that only moves asks for nothing, and costs no frame.
fn is_idle(input: &Input) -> bool {
    matches!(input, Input::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Moved | MouseEventKind::Drag(_) | MouseEventKind::Up(_)))
}
