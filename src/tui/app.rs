//! A stack of screens, the workspace, and the frame round what the top screen draws. It knows no screen by name.

use std::collections::VecDeque;
use std::path::PathBuf;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::event::{Desk, Effect, Event, Notice, Outcome, Route, Screen, Tone};
use super::keys::{Bind, Chord, Hint, find, hints};
use super::paint::{Canvas, Row};
use super::screen;
use super::theme::{Role, Theme};
use super::widget::{footer, markdown};
use super::work::Job;
use crate::review::{Action, EntryId, Source};
use crate::safe;
use crate::text::Safe;
use crate::workspace::Workspace;

/// The smallest terminal that everything works in.
pub const SMALLEST: (usize, usize) = (40, 12);

/// Rows from which on there is room for rules and a line for notices.
const ROOMY: usize = 16;

/// Keys that every screen has.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Global {
    Help,
    Undo,
    Redo,
    Mouse,
    Suspend,
    Interrupt,
}

const BINDS: &[Bind<Global>] = &[
    Bind { action: Global::Undo, keys: &["u"], word: "", help: "undo what was done last, also after a restart" },
    Bind { action: Global::Redo, keys: &["ctrl-r"], word: "", help: "redo what was undone last" },
    Bind { action: Global::Help, keys: &["?", "f1"], word: "help", help: "all keys of this screen" },
    Bind { action: Global::Mouse, keys: &["M"], word: "", help: "mouse off, so that the terminal selects text, or on" },
    Bind { action: Global::Suspend, keys: &["ctrl-z"], word: "", help: "back to the shell; fg returns" },
    Bind { action: Global::Interrupt, keys: &["ctrl-c"], word: "", help: "twice: quit; nothing is lost" },
];

/// What the learner's own editor is to open.
#[derive(Debug, Clone, PartialEq)]
pub enum Handover {
    Text(Safe),
    File { path: PathBuf, line: usize },
}

pub struct App {
    workspace: Workspace,
    screens: Vec<Box<dyn Screen>>,
    theme: Theme,
    fresh: Box<dyn Fn(Timestamp) -> EntryId>,
    notice: Option<Notice>,
    jobs: VecDeque<Job>,
    size: (usize, usize),
    mouse: bool,
    interrupted: bool,
    is_suspending: bool,
    /// What is on its way to the learner's editor.
    to_edit: Option<Handover>,
    is_over: bool,
}

impl App {
    /// `fresh` makes identities for entries.
    pub fn new(workspace: Workspace, theme: Theme, fresh: impl Fn(Timestamp) -> EntryId + 'static) -> App {
        App {
            workspace,
            screens: Vec::new(),
            theme,
            fresh: Box::new(fresh),
            notice: None,
            jobs: VecDeque::new(),
            size: SMALLEST,
            mouse: true,
            interrupted: false,
            is_suspending: false,
            to_edit: None,
            is_over: false,
        }
    }

    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether the learner asked for the shell since this was last asked.
    pub fn takes_a_break(&mut self) -> bool {
        std::mem::take(&mut self.is_suspending)
    }

    /// What is to be opened in the learner's editor, if a screen asked for it since this was last asked.
    pub fn hands_over(&mut self) -> Option<Handover> {
        self.to_edit.take()
    }

    pub fn want_mouse(&mut self, mouse: bool) {
        self.mouse = mouse;
    }

    /// Whether clicks and the wheel are for the program; else the terminal selects text with them.
    pub fn wants_mouse(&self) -> bool {
        self.mouse
    }

    /// What is to be done with the log.
    pub fn next_job(&mut self) -> Option<Job> {
        self.jobs.pop_front()
    }

    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// When the top screen wants to look at the clock again.
    pub fn wakes_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.screens.last().and_then(|screen| screen.wakes_at(&self.desk(now)))
    }

    /// Has the log read whole, and backed up once a day.
    pub fn check(&mut self, now: Timestamp) {
        let moment = self.workspace.moment(now);
        self.ask(Job::Check { moment });
    }

    /// Has what the learner's editor did to a deck file kept as an edit, and the deck files looked at again.
    pub fn adopt(&mut self, path: PathBuf, before: String) {
        self.ask(Job::Adopt { path, before });
    }

    /// Has the deck files looked at again.
    pub fn look_at_decks(&mut self) {
        self.ask(Job::Look { is_ours: false });
    }

    pub fn ask(&mut self, job: Job) {
        self.jobs.push_back(job);
    }

    pub fn open(&mut self, route: Route, now: Timestamp) {
        let screen = screen::open(route, &self.desk(now));
        self.screens.push(screen);
    }

    pub fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Key(chord) => self.key(chord, now),
            Event::Click { column, row } => self.click(column, row, now),
            Event::Done(outcome) => self.done(outcome, now),
            Event::Paste(_) if !self.top_takes_letters() => {
                self.say(Notice { tone: Tone::Quiet, words: safe!("there is nothing to paste into here") });
            }
            // Whatever lies below may have something to keep too.
            Event::Leaving => (0..self.screens.len()).rev().for_each(|place| self.tell(place, &event, now)),
            event => self.tell_top(&event, now),
        }
    }

    fn key(&mut self, chord: Chord, now: Timestamp) {
        let was_interrupted = std::mem::take(&mut self.interrupted);
        self.notice = None;
        let before = self.screens.len();
        match find(BINDS, chord) {
            Some(Global::Interrupt) if was_interrupted => self.is_over = true,
            Some(Global::Interrupt) => {
                self.interrupted = true;
                let kept = self.screens.last().map_or("every grade is on disk", |screen| screen.kept());
                self.say(Notice { tone: Tone::Quiet, words: safe!("ctrl-c again quits; {kept}") });
            }
            Some(Global::Suspend) => self.is_suspending = true,
            Some(Global::Help) if self.top_takes_letters() && !self.top_binds(chord) && chord.typed().is_none() => {
                self.help(now);
            }
            global if !self.top_takes_letters() => match global {
                Some(Global::Help) => self.help(now),
                Some(Global::Undo) => self.perform(Effect::Undo, now),
                Some(Global::Redo) => self.perform(Effect::Redo, now),
                Some(Global::Mouse) => {
                    self.mouse = !self.mouse;
                    let words = if self.mouse { "mouse on" } else { "mouse off: the terminal selects text now" };
                    self.say(Notice { tone: Tone::Quiet, words: Safe::from(words) });
                }
                _ => self.tell_top(&Event::Key(chord), now),
            },
            _ => self.tell_top(&Event::Key(chord), now),
        }
        debug_assert!(self.screens.len() + 1 >= before, "one key closes one screen at most");
    }

    fn help(&mut self, now: Timestamp) {
        let known = self.all_hints();
        self.open(Route::Help(known), now);
    }

    fn top_takes_letters(&self) -> bool {
        self.screens.last().is_some_and(|screen| screen.takes_letters())
    }

    /// Whether the screen has a use of its own for a key.
    fn top_binds(&self, chord: Chord) -> bool {
        let hints = self.screens.last().map_or_else(Vec::new, |screen| screen.hints());
        hints.iter().flat_map(|hint| hint.keys).any(|key| key.parse() == Ok(chord))
    }

    fn click(&mut self, column: usize, row: usize, now: Timestamp) {
        let (columns, rows) = self.size;
        let frame = Frame::of(rows);
        if row + 1 == rows {
            let shown = self.footer_hints();
            if let Some(key) = footer::key_at(&shown, columns, column) {
                self.key(key, now);
            }
        } else if row >= frame.body && row < frame.body + frame.body_rows {
            self.tell_top(&Event::Click { column, row: row - frame.body }, now);
        }
    }

    /// The workspace learns of the outcome first, then every screen, so that all show the same.
    fn done(&mut self, outcome: Outcome, now: Timestamp) {
        match outcome {
            Outcome::Unchanged => return,
            Outcome::Added(_)
            | Outcome::Imported { .. }
            | Outcome::Authored { .. }
            | Outcome::Conflicted { .. }
            | Outcome::Unauthored { .. } => {
                self.ask(Job::Look { is_ours: true });
            }
            _ => {}
        }
        outcome.teach(&mut self.workspace);
        if let Some(notice) = outcome.notice() {
            self.notice = Some(notice);
        }
        if self.goes_on(&outcome) {
            self.perform(Effect::Undo, now);
        } else if matches!(outcome, Outcome::Redone { goes_on: true, .. }) {
            self.perform(Effect::Redo, now);
        }
        let route = outcome.route();
        let event = Event::Done(outcome);
        for place in (0..self.screens.len()).rev() {
            self.tell(place, &event, now);
        }
        if let Some(route) = route {
            self.open(route, now);
        }
    }

    /// Whether more is to be taken back: an interview is taken back as a whole. Its answers share their moment.
    fn goes_on(&self, outcome: &Outcome) -> bool {
        let Outcome::Undone { undone: Some(undone), .. } = outcome else { return false };
        let is_mock = matches!(undone.target.action, Action::Review { source: Source::Mock, .. });
        is_mock && self.workspace.memories.mocks().last().is_some_and(|mocked| mocked.at == undone.target.moment.at)
    }

    fn tell_top(&mut self, event: &Event, now: Timestamp) {
        if let Some(top) = self.screens.len().checked_sub(1) {
            self.tell(top, event, now);
        }
    }

    fn tell(&mut self, place: usize, event: &Event, now: Timestamp) {
        if place >= self.screens.len() {
            return;
        }
        let mut screen = self.screens.remove(place);
        let effects = screen.update(event, &self.desk(now));
        self.screens.insert(place, screen);
        for effect in effects {
            self.perform(effect, now);
        }
    }

    fn perform(&mut self, effect: Effect, now: Timestamp) {
        let moment = self.workspace.moment(now);
        match effect {
            Effect::Open(route) => self.open(route, now),
            Effect::Become(route) => {
                self.screens.pop();
                self.open(route, now);
            }
            Effect::Back if self.screens.len() <= 1 => self.is_over = true,
            Effect::Back => {
                self.screens.pop();
                self.tell_top(&Event::Uncovered, now);
            }
            Effect::Quit => self.is_over = true,
            Effect::Record(entry) => {
                let seen = self.workspace.memories.newest(&entry.card);
                self.ask(Job::Record { entry, seen });
            }
            Effect::Undo => self.ask(Job::Undo { moment, id: (self.fresh)(now) }),
            Effect::Redo => self.ask(Job::Redo { moment, id: (self.fresh)(now) }),
            Effect::Disagree(disagreement) => self.ask(Job::Disagree(disagreement)),
            Effect::Add(addition) => self.ask(Job::Add(addition)),
            Effect::Import { intake, cards } => self.ask(Job::Import { intake, cards }),
            Effect::Export(report) => self.ask(Job::Export(report)),
            Effect::Author(authoring) => self.ask(Job::Author { authoring, moment, id: (self.fresh)(now) }),
            Effect::Unauthor => self.ask(Job::Unauthor { moment, id: (self.fresh)(now) }),
            Effect::Edit(text) => self.to_edit = Some(Handover::Text(text)),
            Effect::Visit { path, line } => self.to_edit = Some(Handover::File { path, line }),
            Effect::Mark(answer) => self.ask(Job::Mark(answer)),
            Effect::Keep { draft, text } => self.ask(Job::Keep { draft, text }),
            Effect::Restore(with) => self.ask(Job::Restore { with, moment }),
            Effect::Say(notice) => self.say(notice),
            Effect::Press(chord) => self.key(chord, now),
        }
    }

    fn desk(&self, now: Timestamp) -> Desk<'_> {
        let frame = Frame::of(self.size.1);
        Desk {
            workspace: &self.workspace,
            now: self.workspace.moment(now),
            fresh: (self.fresh)(now),
            size: (self.size.0, frame.body_rows),
            has_color: self.theme.has_color(),
        }
    }

    fn all_hints(&self) -> Vec<Hint> {
        let mut all = self.screens.last().map_or_else(Vec::new, |screen| screen.hints());
        let own: Vec<&str> = all.iter().flat_map(|hint| hint.keys).copied().collect();
        all.extend(hints(BINDS).filter(|hint| !hint.keys.iter().any(|key| own.contains(key))));
        all
    }

    fn footer_hints(&self) -> Vec<Hint> {
        let mut shown = self.all_hints();
        let is_shown = |hint: &Hint| !hint.word.is_empty() && (hint.word != "help" || !self.top_takes_letters());
        shown.retain(is_shown);
        shown
    }

    /// The size that the next drawing will have; screens are told through the desk.
    pub fn resize(&mut self, columns: usize, rows: usize) {
        self.size = (columns, rows);
    }

    pub fn view(&self, buffer: &mut Buffer, area: Rect, now: Timestamp) {
        let mut canvas = Canvas::new(buffer, area, &self.theme);
        let (columns, rows) = (canvas.columns(), canvas.rows());
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return too_small(&mut canvas);
        }
        let Some(screen) = self.screens.last() else { return };
        let (desk, frame) = (self.desk(now), Frame::of(rows));
        let (left, right) = screen.title(&desk);
        let room = columns.saturating_sub(right.columns() + 3);
        canvas.row(0, 1, &left.fit(room));
        canvas.right(0, 1, &right);
        screen.view(&mut canvas.part(0, frame.body, columns, frame.body_rows), &desk);
        if frame.has_rules {
            canvas.rule(1);
            canvas.rule(rows - 2);
        }
        if let Some(notice) = &self.notice {
            let lines = markdown::plain(&notice.words, columns - 2, notice.tone.role());
            if !frame.has_rules {
                return canvas.row(rows - 1, 1, &lines[0]);
            }
            let shown = lines.len().min(2);
            let mut place = canvas.part(0, rows - 2 - shown, columns, shown);
            place.clear();
            for (line, row) in lines.iter().take(shown).enumerate() {
                place.row(line, 1, row);
            }
        }
        footer::draw(&self.footer_hints(), &mut canvas.part(0, rows - 1, columns, 1));
    }
}

/// Where the body of a screen lies among the rows.
struct Frame {
    body: usize,
    body_rows: usize,
    has_rules: bool,
}

impl Frame {
    fn of(rows: usize) -> Frame {
        match rows {
            ROOMY.. => Frame { body: 2, body_rows: rows - 5, has_rules: true },
            _ => Frame { body: 1, body_rows: rows.saturating_sub(2), has_rules: false },
        }
    }
}

impl Tone {
    fn role(self) -> Role {
        match self {
            Tone::Good => Role::Good,
            Tone::Quiet => Role::Quiet,
            Tone::Warn => Role::Warn,
            Tone::Bad => Role::Bad,
        }
    }
}

fn too_small(canvas: &mut Canvas) {
    let (columns, rows) = (canvas.columns(), canvas.rows());
    let lines = [
        safe!("{columns} x {rows} now, {} x {} needed.", SMALLEST.0, SMALLEST.1),
        safe!("Enlarge it, or ctrl-c twice."),
    ];
    for (line, words) in lines.into_iter().enumerate() {
        canvas.row(line, 0, &Row::of(Role::Text, words));
    }
}
