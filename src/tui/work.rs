//! Work on the review log, done beside the drawing so that a slow disk never holds up a key.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;

use uuid::Uuid;

use crate::card::{Card, Key};
use crate::config::Paths;
use crate::deck::Severity;
use crate::interview::Report;
use crate::library::{Library, OWN_DECK, Problem, Writer, add_own};
use crate::review::{Action, Disagreement, Entry, EntryId, Moment, Source};
use crate::safe;
use crate::scheduler::Scheduler;
use crate::store::{Replacement, Store, Trouble, Undone, disagree};
use crate::text::{Safe, count};
use crate::tui::event::{Addition, Answer, Notice, Outcome, Route, Tone};
use crate::workspace::{Authoring, Draft, Intake, Memories, News, NotAuthored, Workspace, export_interview};

/// Something to do with the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Put an entry on record, if `seen` is still the newest of its card.
    Record {
        entry: Entry,
        seen: Option<EntryId>,
    },
    Undo {
        moment: Moment,
        id: EntryId,
    },
    Redo {
        moment: Moment,
        id: EntryId,
    },
    /// Read every row and, once a day, keep a backup.
    Check {
        moment: Moment,
    },
    /// Look at the deck files again. Of what is `ours` nothing is said: whoever asked for it has said it.
    Look {
        is_ours: bool,
    },
    Restore {
        with: Replacement,
        moment: Moment,
    },
    Disagree(Disagreement),
    /// Change deck files; moment and identity are for the reviews that go along.
    Author {
        authoring: Authoring,
        moment: Moment,
        id: EntryId,
    },
    Unauthor {
        moment: Moment,
        id: EntryId,
    },
    /// The learner's own editor was at work on a deck file that said `before`.
    Adopt {
        path: PathBuf,
        before: String,
    },
    Add(Addition),
    Mark(Answer),
    Import {
        intake: Box<Intake>,
        cards: Vec<Card>,
    },
    Export(Box<Report>),
    Keep {
        draft: Draft,
        text: Option<Safe>,
    },
}

/// One thing that was done since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// An entry of the log.
    Entry,
    /// So many edits of deck files.
    Decks { edits: usize },
}

/// The review log as the work thread has it.
pub struct Records {
    /// Or why the log cannot be opened.
    pub store: Result<Store, Trouble>,
    pub paths: Paths,
    pub scheduler: Arc<Scheduler>,
    /// The decks as they were read last.
    pub library: Arc<Library>,
    /// Whether anything was put on record.
    pub has_changed: bool,
    /// What was done since the start, so that undo knows whether the log or a deck file was changed last.
    steps: Vec<Step>,
}

impl Records {
    /// The work of a workspace.
    pub fn of(workspace: &Workspace, store: Result<Store, Trouble>) -> Records {
        Records {
            store,
            paths: workspace.paths.clone(),
            scheduler: workspace.scheduler.clone(),
            library: workspace.library.clone(),
            has_changed: false,
            steps: Vec::new(),
        }
    }

    pub fn perform(&mut self, job: Job) -> Outcome {
        let entry = match &job {
            Job::Record { entry, .. } => Some(entry.clone()),
            Job::Undo { moment, id } => match self.steps.pop() {
                Some(Step::Decks { edits }) => return self.unauthor_all(edits, *moment, *id),
                Some(Step::Entry) => None,
                None => match self.undo_rename(*moment, *id) {
                    Some(outcome) => return outcome,
                    None => None,
                },
            },
            Job::Redo { .. } => match self.refuse_redo() {
                Some(refused) => return refused,
                None => None,
            },
            Job::Add(addition) => return self.add(addition),
            Job::Author { authoring, moment, id } => return self.author(authoring, *moment, *id),
            Job::Unauthor { moment, id } => {
                let is_deck = |step: &Step| matches!(step, Step::Decks { .. });
                let step = self.steps.iter().rposition(is_deck).map(|at| self.steps.remove(at));
                let edits = if let Some(Step::Decks { edits }) = step { edits } else { 1 };
                return self.unauthor_all(edits, *moment, *id);
            }
            Job::Adopt { path, before } => return self.adopt(path, before),
            Job::Look { is_ours } => return self.look(*is_ours),
            Job::Import { intake, cards } => return self.import(intake, cards),
            Job::Mark(answer) => return mark(answer),
            Job::Export(report) => return self.export(report),
            Job::Keep { draft, text } => return self.keep_draft(draft, text.as_ref()),
            _ => None,
        };
        let refused = |trouble: Trouble| Outcome::Refused { entry, why: Safe::new(&trouble.to_string()) };
        let outcome = self.attempt(job).unwrap_or_else(refused);
        if matches!(outcome, Outcome::Recorded { .. } | Outcome::Redone { redone: Some(_), .. }) {
            self.steps.push(Step::Entry);
        }
        outcome
    }

    /// Keeps a snapshot of the memories for the next start.
    pub fn keep(&self, memories: &Memories) {
        if let Ok(store) = &self.store
            && self.has_changed
        {
            memories.keep(&self.paths.cache, &self.scheduler, store);
        }
    }

    fn attempt(&mut self, job: Job) -> Result<Outcome, Trouble> {
        if let Job::Restore { with, moment } = job {
            return self.restore(&with, moment);
        }
        if let Job::Disagree(disagreement) = &job {
            disagree(&self.paths.data, disagreement)?;
            return Ok(Outcome::Kept);
        }
        self.has_changed |= !matches!(job, Job::Check { .. });
        let store = self.store.as_mut().map_err(|trouble| trouble.clone())?;
        match job {
            Job::Record { entry, seen } => {
                let (others, is_recorded) = match store.append(&entry, seen) {
                    Ok(appended) => (appended.others, true),
                    Err(Trouble::Stale) => (store.since(store.last())?, false),
                    Err(trouble) => return Err(trouble),
                };
                let others = News::gather(others, store)?;
                Ok(if is_recorded { Outcome::Recorded { entry, others } } else { Outcome::Overtaken { entry, others } })
            }
            Job::Undo { moment, id } => {
                let (undone, others) = told(store.undo(moment, id)?, store)?;
                Ok(Outcome::Undone { undone, others })
            }
            Job::Redo { moment, id } => {
                let (redone, others) = told(store.redo(moment, id)?, store)?;
                let goes_on = match (&redone, store.redoable()?) {
                    (Some(done), Some(next)) => are_one_mock(&done.target, &next),
                    _ => false,
                };
                Ok(Outcome::Redone { redone, others, goes_on })
            }
            Job::Check { moment } => Ok(check(store, moment)),
            Job::Restore { .. }
            | Job::Disagree(_)
            | Job::Add(_)
            | Job::Look { .. }
            | Job::Author { .. }
            | Job::Unauthor { .. }
            | Job::Adopt { .. }
            | Job::Import { .. }
            | Job::Mark(_)
            | Job::Export(_)
            | Job::Keep { .. } => {
                unreachable!("handled above")
            }
        }
    }

    fn look(&mut self, is_ours: bool) -> Outcome {
        let Some(library) = self.library.look_again().map(Arc::new) else { return Outcome::Unchanged };
        let before = std::mem::replace(&mut self.library, library.clone());
        Outcome::Reread { library, before, is_ours }
    }

    fn writer(&self) -> Writer {
        Writer::new(&self.paths.data)
    }

    fn author(&mut self, authoring: &Authoring, moment: Moment, id: EntryId) -> Outcome {
        let authoring = authoring.clone();
        let authored = match authoring.perform(&self.writer(), &self.library, &self.paths.decks) {
            Ok(authored) => authored,
            Err(NotAuthored::Changed(theirs)) => return Outcome::Conflicted { authoring, theirs },
            Err(NotAuthored::Refused(why)) => return Outcome::Refused { entry: None, why },
        };
        let carried =
            authored.was.as_ref().zip(authored.card.as_ref()).map(|(from, to)| self.carry(from, to, moment, id));
        let carried = carried.transpose().map(Option::flatten);
        self.steps.push(Step::Decks { edits: authored.edits });
        match carried {
            Ok(others) => Outcome::Authored { authoring, authored, others: others.unwrap_or_default() },
            Err(why) => Outcome::Refused {
                entry: None,
                why: safe!("The card was moved, and its reviews did not go along: {why}"),
            },
        }
    }

    /// Has the reviews of a card go on with another one; what that adds to the log, if there are any.
    fn carry(&mut self, from: &Key, to: &Key, moment: Moment, id: EntryId) -> Result<Option<News>, Trouble> {
        let store = self.store.as_mut().map_err(|trouble| trouble.clone())?;
        let Some(newest) = store.of(from)?.last().map(|entry| entry.id) else { return Ok(None) };
        let before = store.last();
        if let Some(path) = self.library.shelf(&from.deck).and_then(|shelf| shelf.origin.path()) {
            // Without it an undo leaves the reviews where they are, and says so by their card.
            let _is_kept = Writer::new(&self.paths.data).goes_along(path, id);
        }
        let action = Action::Rename { to: to.clone() };
        store.append(&Entry { id, card: from.clone(), moment, action }, Some(newest))?;
        self.has_changed = true;
        News::gather(store.since(before)?, store).map(Some)
    }

    /// Takes the newest edits of deck files back that belong together, and with them the rows of the log that went along.
    fn unauthor_all(&mut self, edits: usize, moment: Moment, id: EntryId) -> Outcome {
        let (writer, mut what, mut returned) = (self.writer(), Safe::default(), Vec::new());
        for _ in 0..edits {
            let undone = writer.undo(|rows| {
                for (place, row) in rows.iter().rev().enumerate() {
                    returned.extend(self.take_back(*row, moment, nth(id, place)).map_err(|why| safe!("{why}"))?);
                }
                Ok(())
            });
            match undone {
                Ok(undone) => what = undone.what,
                Err(why) => return Outcome::Refused { entry: None, why: safe!("{why}") },
            }
        }
        Outcome::Unauthored { what, returned }
    }

    fn take_back(&mut self, row: EntryId, moment: Moment, id: EntryId) -> Result<Option<Outcome>, Trouble> {
        let store = self.store.as_mut().map_err(|trouble| trouble.clone())?;
        let (undone, others) = told(store.take_back(row, moment, id)?, store)?;
        self.has_changed = true;
        Ok(undone.map(|undone| Outcome::Undone { undone: Some(undone), others }))
    }

    /// What an undo does when a rename is the newest thing in the log: the deck file goes back with it, or neither does.
    fn undo_rename(&mut self, moment: Moment, id: EntryId) -> Option<Outcome> {
        let newest = self.store.as_ref().ok()?.undoable().ok()??;
        let Action::Rename { to } = &newest.action else { return None };
        let (from, to) = (&newest.card, to);
        if self.writer().rows().contains(&newest.id) {
            // Moved to another deck, it was written there and then taken away here.
            let edits = if from.deck == to.deck { 1 } else { 2 };
            return Some(self.unauthor_all(edits, moment, id));
        }
        (!self.library.has(from) && self.library.has(to)).then(|| {
            let why =
                safe!("{from} is {to} in its deck now: `greenroom deck rename {to} {}` takes that back", from.card);
            Outcome::Refused { entry: None, why }
        })
    }

    /// Why a rename that was taken back is not brought back: the deck file has the old id.
    fn refuse_redo(&self) -> Option<Outcome> {
        let next = self.store.as_ref().ok()?.redoable().ok()??;
        let Action::Rename { to } = &next.action else { return None };
        let from = &next.card;
        (self.library.has(from) && !self.library.has(to)).then(|| {
            let why = safe!("{from} has its old id in its deck; a new one is given there, and its reviews go along");
            Outcome::Refused { entry: None, why }
        })
    }

    /// What the learner's editor made of a deck file is undone like other edits.
    fn adopt(&mut self, path: &Path, before: &str) -> Outcome {
        let name = path.file_name().map(|name| Safe::new(&name.to_string_lossy()).line()).unwrap_or_default();
        match self.writer().adopt(path, before, &safe!("edit `{name}`")) {
            Ok(true) => self.steps.push(Step::Decks { edits: 1 }),
            Ok(false) => {}
            Err(why) => {
                let why = safe!("What the editor wrote cannot be undone here: {why}");
                return Outcome::Refused { entry: None, why };
            }
        }
        self.look(false)
    }

    fn add(&self, Addition { exercise, id, draft }: &Addition) -> Outcome {
        match add_own(&Writer::new(&self.paths.data), &self.paths.decks, exercise, id, draft) {
            Ok(card) => Outcome::Added(card),
            Err(why) => Outcome::Refused { entry: None, why: Safe::new(&why.to_string()) },
        }
    }

    fn import(&mut self, intake: &Intake, cards: &[Card]) -> Outcome {
        match intake.add(cards, &Writer::new(&self.paths.data)) {
            Ok(()) => {
                self.steps.push(Step::Decks { edits: 1 });
                Outcome::Imported { deck: intake.deck.clone(), cards: cards.len() }
            }
            Err(why) => Outcome::Refused { entry: None, why: Safe::new(&why.to_string()) },
        }
    }

    fn keep_draft(&self, draft: &Draft, text: Option<&Safe>) -> Outcome {
        let kept = match text {
            Some(text) => draft.keep(&self.paths.data, text),
            None => draft.remove(&self.paths.data),
        };
        match kept {
            Ok(()) => Outcome::Drafted(draft.clone()),
            Err(why) => Outcome::Refused { entry: None, why: safe!("The draft is not kept: {why}") },
        }
    }

    fn export(&self, report: &Report) -> Outcome {
        match export_interview(&self.paths.data, report) {
            Ok(path) => Outcome::Exported(Safe::new(&path.to_string_lossy())),
            Err(why) => Outcome::Refused { entry: None, why: safe!("The report is not written: {why}") },
        }
    }

    /// The present log is closed first: a connection must not see its file change under it.
    fn restore(&mut self, with: &Replacement, moment: Moment) -> Result<Outcome, Trouble> {
        self.store = Err(Trouble::Moved);
        let restored = Store::replace(&self.paths.data, with, moment.at);
        self.store = Store::open(&self.paths.data);
        let store = self.store.as_ref().map_err(Trouble::clone)?;
        let memories = Box::new(Memories::read(&self.paths.cache, &self.scheduler, store)?);
        Ok(Outcome::Restored { rows: restored?.rows, memories })
    }
}

/// An identity of its own for each of several rows that are written at once.
fn nth(id: EntryId, place: usize) -> EntryId {
    EntryId(Uuid::from_u128(id.0.as_u128().wrapping_add(place as u128)))
}

/// What was undone, with what other programs have added meanwhile.
fn told(undone: Option<Undone>, store: &Store) -> Result<(Option<Undone>, News), Trouble> {
    let others = undone.as_ref().map_or_else(Vec::new, |undone| undone.others.clone());
    Ok((undone, News::gather(others, store)?))
}

fn mark(Answer { card, text, marker }: &Answer) -> Outcome {
    match marker.mark(&card.card, text.as_str()) {
        Some(verdict) => Outcome::Marked { card: card.clone(), text: text.clone(), verdict: Box::new(verdict) },
        None => {
            Outcome::Refused { entry: None, why: safe!("{card} is not in its deck any more, so nothing is marked") }
        }
    }
}

fn check(store: &mut Store, moment: Moment) -> Outcome {
    match store.verify() {
        Err(trouble) => Outcome::Damaged(Safe::new(&trouble.to_string())),
        Ok(_) => match store.daily_backup(moment.at, moment.day) {
            Ok(backup) => Outcome::Checked { backup: backup.and_then(|backup| backup.rows) },
            Err(trouble) => Outcome::Refused { entry: None, why: Safe::new(&trouble.to_string()) },
        },
    }
}

impl Outcome {
    /// Tells the workspace what is on record now.
    pub fn teach(&self, workspace: &mut Workspace) {
        match self {
            Outcome::Recorded { entry, others } => {
                workspace.learn(others);
                workspace.record(entry);
            }
            Outcome::Overtaken { others, .. } => workspace.learn(others),
            Outcome::Undone { undone, others } | Outcome::Redone { redone: undone, others, .. } => {
                workspace.learn(others);
                if let Some(Undone { target, history, related, .. }) = undone {
                    workspace.rewrite(&target.card, history);
                    for (card, history) in related {
                        workspace.rewrite(card, history);
                    }
                }
            }
            Outcome::Authored { others, .. } => workspace.learn(others),
            Outcome::Unauthored { returned, .. } => returned.iter().for_each(|undone| undone.teach(workspace)),
            Outcome::Reread { library, .. } => workspace.reread(library.clone()),
            Outcome::Restored { memories, .. } => workspace.memories = Memories::clone(memories),
            _ => {}
        }
    }

    /// What the learner is told, whatever the screen.
    pub fn notice(&self) -> Option<Notice> {
        let (tone, words) = match self {
            Outcome::Undone { undone: None, .. } => (Tone::Quiet, Safe::from("there is nothing to take back")),
            Outcome::Redone { redone: None, .. } => (Tone::Quiet, Safe::from("there is nothing to do again")),
            Outcome::Undone { undone: Some(undone), .. } => (Tone::Good, safe!("taken back: {}", name(&undone.target))),
            Outcome::Redone { redone: Some(redone), .. } => (Tone::Good, safe!("done again: {}", name(&redone.target))),
            Outcome::Overtaken { .. } => {
                (Tone::Warn, Safe::from("another window was first with this card; what it recorded stands"))
            }
            Outcome::Exported(path) => (Tone::Good, safe!("written: {path}, and the same as .json")),
            Outcome::Authored { authored, .. } => (Tone::Good, safe!("{} · u takes it back", authored.what)),
            Outcome::Unauthored { what, .. } => (Tone::Good, safe!("taken back: {what}")),
            Outcome::Kept => (Tone::Good, Safe::from("kept in disagreements.jsonl")),
            Outcome::Added(card) => (Tone::Good, safe!("added to {OWN_DECK} as {}", card.card)),
            Outcome::Imported { deck, cards } => {
                (Tone::Good, safe!("{} added to `{deck}`", count(*cards as u64, "card", "cards")))
            }
            Outcome::Refused { why, .. } => (Tone::Bad, why.line()),
            Outcome::Reread { library, before, is_ours } => return reread(library, before, *is_ours),
            _ => return None,
        };
        Some(Notice { tone, words })
    }

    /// The screen that the outcome calls for.
    pub fn route(&self) -> Option<Route> {
        match self {
            Outcome::Damaged(why) => Some(Route::Rescue(why.clone())),
            _ => None,
        }
    }
}

/// What is said of decks that were read again: the first thing that is wrong, else what was changed elsewhere.
fn reread(library: &Library, before: &Library, is_ours: bool) -> Option<Notice> {
    let first = |problem: &Problem| {
        let file =
            problem.origin.path().and_then(Path::file_name).map(|name| Safe::new(&name.to_string_lossy()).line());
        let place = problem.place.map_or_else(Safe::default, |(line, _)| safe!(", line {line}"));
        safe!("{}{place}: {}", file.unwrap_or_else(|| problem.file.clone()), problem.diagnostic.message.line())
    };
    let was_held: Vec<Problem> = before.held().collect();
    if let Some(problem) = library.held().find(|problem| !was_held.contains(problem)) {
        let words = safe!("{} The deck stays as it was until then.", first(&problem));
        return Some(Notice { tone: Tone::Warn, words });
    }
    let changed = library.changed_since(before);
    let is_new = |problem: &&Problem| {
        problem.diagnostic.severity == Severity::Error && changed.iter().any(|shelf| shelf.origin == problem.origin)
    };
    if let Some(problem) = library.problems().iter().find(is_new) {
        return Some(Notice { tone: Tone::Warn, words: first(problem) });
    }
    let words = match changed.as_slice() {
        _ if is_ours => return None,
        [] => Safe::from("the decks were read again"),
        [one] => safe!("{} was read again: {}", one.title.line(), count(one.cards.len() as u64, "card", "cards")),
        several => safe!("{} decks were read again", several.len()),
    };
    Some(Notice { tone: Tone::Quiet, words })
}

/// Whether two answers are of one interview: they share their moment.
fn are_one_mock(one: &Entry, other: &Entry) -> bool {
    let is_mock = |entry: &Entry| matches!(entry.action, Action::Review { source: Source::Mock, .. });
    is_mock(one) && is_mock(other) && one.moment == other.moment
}

/// An entry in few words: `good for aws-ecs/what-is-ecs`.
fn name(entry: &Entry) -> Safe {
    if matches!(entry.action, Action::Review { source: Source::Mock, .. }) {
        return Safe::from("the mock interview");
    }
    let what = match &entry.action {
        Action::Review { grade, .. } | Action::Point { grade, .. } => grade.word(),
        Action::Suspend => "suspend",
        Action::Resume => "resume",
        Action::Bury => "bury",
        Action::Reset => "reset",
        Action::Rename { .. } => "new id",
        Action::Retract(_) => "undo",
    };
    match entry.point() {
        None => safe!("{what} for {}", entry.card),
        Some(point) => safe!("{what} for {point} of {}", entry.card),
    }
}

/// A thread that does jobs in order and says what became of each. It ends when `jobs` is closed and all are done.
pub fn start(
    mut records: Records,
    jobs: Receiver<Job>,
    done: impl Fn(Outcome) + Send + 'static,
) -> JoinHandle<Records> {
    std::thread::spawn(move || {
        for job in jobs {
            done(records.perform(job));
        }
        records
    })
}
