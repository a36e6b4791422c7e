//! The form of a card: written, checked as it is typed, and saved into its deck file.

mod check;
mod form;
mod keys;
mod page;

use jiff::{SignedDuration, Timestamp};

use self::check::{Check, check};
use self::form::{Form, Spot, blank_card};
use self::keys::{ADDING, Action, CONFLICT, COPYING, ELSEWHERE, FORM, LEAVING, POINT, PREVIEW};
use self::page::Page;
use crate::card::{Card, Id, Key, Kind};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::entry::{EDITS, Edit};
use crate::tui::widget::markdown;
use crate::tui::widget::scroll::Scroll;
use crate::workspace::{Authoring, Draft, FIRST_DECK};

/// Columns from which on the card stands beside its form as it is studied.
const WIDE: usize = 100;

/// Rows from which on there is room for air.
const ROOMY: usize = 12;

/// How long what is typed may be kept nowhere.
const UNKEPT: SignedDuration = SignedDuration::from_secs(2);

enum Face {
    Form,
    Preview,
    /// The deck is a shipped one.
    Copying,
    /// The card was changed by somebody else meanwhile; none if it is gone.
    Conflict(Option<Box<Card>>),
    /// Cards of this kind are changed in the learner's editor.
    Elsewhere,
    /// There is no such card, and why.
    Lost(Safe),
}

pub struct EditScreen {
    /// The card that is changed; none for a new one.
    key: Option<Key>,
    /// What it was when the form was opened, as its deck had it.
    was: Card,
    /// The same as the form gives it back.
    begun: Card,
    form: Form,
    check: Check,
    face: Face,
    /// Decks that a new card can go to, and the one that is chosen.
    decks: Vec<(Id, Safe)>,
    deck: usize,
    /// Whether the card is on its way to the disk, and whether another one is to be written then.
    pending: Option<bool>,
    /// Since when something is typed that is not kept.
    unkept: Option<Timestamp>,
    asks_to_leave: bool,
    scroll: Scroll,
}

impl EditScreen {
    pub fn open(deck: Option<&Id>, card: Option<Id>, desk: &Desk) -> EditScreen {
        let key = deck.cloned().zip(card).map(|(deck, card)| Key { deck, card });
        let read = key.as_ref().map(|key| desk.workspace.library.card(&key.deck, &key.card));
        let (was, face) = match read {
            None => (blank_card(), Face::Form),
            Some(Err(lost)) => (blank_card(), Face::Lost(Safe::new(&lost.to_string()))),
            Some(Ok(card)) => {
                let shelf = key.as_ref().and_then(|key| desk.workspace.library.shelf(&key.deck));
                let face = match card.kind {
                    _ if shelf.is_some_and(|shelf| !shelf.is_own()) => Face::Copying,
                    Kind::Recall(_) => Face::Form,
                    _ => Face::Elsewhere,
                };
                (card, face)
            }
        };
        let form =
            Form::of(&was, key.is_some()).or_else(|| Form::of(&blank_card(), false)).expect("blank cards have a form");
        let mut screen = EditScreen {
            begun: form.card(),
            check: check(&form.card()),
            key,
            was,
            form,
            face,
            decks: Vec::new(),
            deck: 0,
            pending: None,
            unkept: None,
            asks_to_leave: false,
            scroll: Scroll::default(),
        };
        screen.list_decks(deck, desk);
        screen.take_draft(desk);
        screen
    }

    /// The decks of the learner, and the first one even before it is there.
    fn list_decks(&mut self, wanted: Option<&Id>, desk: &Desk) {
        let own = desk.workspace.library.decks().iter().filter(|shelf| shelf.is_own());
        self.decks = own.map(|shelf| (shelf.id.clone(), shelf.title.line())).collect();
        if !self.decks.iter().any(|(id, _)| id.as_str() == FIRST_DECK) {
            self.decks.push((FIRST_DECK.parse().expect("an id"), Safe::from("My cards (a new deck)")));
        }
        let first = |id: &Id| id.as_str() == FIRST_DECK;
        let is_it = |(id, _): &(Id, Safe)| wanted.map_or_else(|| first(id), |wanted| wanted == id);
        self.deck =
            self.decks.iter().position(is_it).or_else(|| self.decks.iter().position(|(id, _)| first(id))).unwrap_or(0);
    }

    fn draft(&self) -> Draft {
        Draft::form(self.key.as_ref())
    }

    /// Goes on with what was typed when the program ended without being asked to.
    fn take_draft(&mut self, desk: &Desk) {
        let Some(text) = self.draft().read(&desk.workspace.paths.data) else { return };
        let Ok((deck, card)) = serde_json::from_str::<(Option<Id>, Card)>(text.as_str()) else { return };
        let Some(form) = Form::of(&card, self.key.is_some()).filter(|_| matches!(self.face, Face::Form)) else {
            return;
        };
        self.form = form;
        if let Some(place) = self.decks.iter().position(|(id, _)| Some(id) == deck.as_ref()) {
            self.deck = place;
        }
        self.check = check(&self.form.card());
    }

    fn is_changed(&self) -> bool {
        self.form.card() != self.begun
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        match self.face {
            Face::Form => {
                let adding = if self.key.is_none() { ADDING } else { &[] };
                let point = if matches!(self.form.spot, Spot::Point(..)) { POINT } else { &[] };
                vec![&FORM[..1], adding, &FORM[1..], point, LEAVING]
            }
            Face::Preview => vec![PREVIEW],
            Face::Copying => vec![COPYING],
            Face::Conflict(_) => vec![CONFLICT],
            Face::Elsewhere | Face::Lost(_) => vec![ELSEWHERE],
        }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_leave = std::mem::take(&mut self.asks_to_leave);
        match action {
            Action::Save => return self.save(false, false),
            Action::SaveAndNext => return self.save(true, false),
            Action::KeepMine => return self.save(false, true),
            Action::TakeTheirs => return self.take_theirs(),
            Action::Editor => {
                return self.form.field().map(|field| Effect::Edit(field.text())).into_iter().collect();
            }
            Action::Next => self.form.go(1),
            Action::Previous => self.form.go(-1),
            Action::Enter if self.form.has_lines() => return self.new_line(desk),
            Action::Enter => self.form.go(1),
            Action::NewLine => return self.new_line(desk),
            Action::MoveUp => return self.with_form(desk, |form| form.move_point(-1)),
            Action::MoveDown => return self.with_form(desk, |form| form.move_point(1)),
            Action::Weight => return self.with_form(desk, Form::turn_weight),
            Action::RemovePoint => return self.with_form(desk, Form::remove_point),
            Action::Preview => (self.face, self.scroll) = (Face::Preview, Scroll::default()),
            Action::Leave if asked_to_leave || !self.is_changed() => {
                let mut effects = vec![Effect::Keep { draft: self.draft(), text: None }];
                self.unkept = None;
                effects.push(Effect::Back);
                return effects;
            }
            Action::Leave => {
                self.asks_to_leave = true;
                return vec![Notice::new(
                    Tone::Warn,
                    Safe::from("not saved: ctrl-s saves, esc again leaves without it"),
                )];
            }
            Action::CopyDeck => {
                let deck = self.key.as_ref().map(|key| key.deck.clone());
                return deck.map(|deck| Effect::Author(Authoring::Copy(deck))).into_iter().collect();
            }
            Action::Back if matches!(self.face, Face::Preview | Face::Conflict(_)) => self.face = Face::Form,
            Action::Back => return vec![Effect::Back],
            Action::Visit => return self.visit(desk),
            Action::Up => self.scroll_by(-1, desk),
            Action::Down => self.scroll_by(1, desk),
            Action::PageUp => self.scroll_by(-(desk.size.1.max(3) as isize - 2), desk),
            Action::PageDown => self.scroll_by(desk.size.1.max(3) as isize - 2, desk),
        }
        Vec::new()
    }

    fn new_line(&mut self, desk: &Desk) -> Vec<Effect> {
        let columns = self.width(desk);
        self.with_form(desk, |form| {
            if let Some(field) = form.field() {
                field.edit(Edit::NewLine, columns);
            }
        })
    }

    /// Changes the form, checks the card again, and keeps a draft when it is time.
    fn with_form(&mut self, desk: &Desk, change: impl FnOnce(&mut Form)) -> Vec<Effect> {
        change(&mut self.form);
        self.check = check(&self.form.card());
        let since = *self.unkept.get_or_insert(desk.now.at);
        if desk.now.at.duration_since(since) >= UNKEPT { self.keep() } else { Vec::new() }
    }

    fn keep(&mut self) -> Vec<Effect> {
        if self.unkept.take().is_none() || self.pending.is_some() {
            return Vec::new();
        }
        let deck = self.decks.get(self.deck).map(|(id, _)| id.clone());
        let text = serde_json::to_string(&(deck, self.form.card())).expect("cards are written as JSON");
        vec![Effect::Keep { draft: self.draft(), text: Some(Safe::new(&text)).filter(|_| self.is_changed()) }]
    }

    fn save(&mut self, goes_on: bool, is_forced: bool) -> Vec<Effect> {
        let card = Box::new(self.form.card());
        if let Check::Missing(what) = &self.check {
            return vec![Notice::new(Tone::Warn, what.clone())];
        }
        if self.pending.is_some() {
            return Vec::new();
        }
        if self.key.is_some() && !self.is_changed() && !is_forced {
            return vec![Effect::Back];
        }
        self.pending = Some(goes_on);
        self.face = Face::Form;
        let authoring = match &self.key {
            Some(key) => Authoring::Change { key: key.clone(), was: Box::new(self.was.clone()), card, is_forced },
            None => match self.decks.get(self.deck) {
                Some((deck, _)) => Authoring::Add { deck: deck.clone(), card },
                None => return Vec::new(),
            },
        };
        vec![Effect::Author(authoring)]
    }

    fn take_theirs(&mut self) -> Vec<Effect> {
        let forget = Effect::Keep { draft: self.draft(), text: None };
        self.unkept = None;
        match std::mem::replace(&mut self.face, Face::Form) {
            Face::Conflict(Some(theirs)) if Form::of(&theirs, true).is_some() => {
                self.begin(*theirs);
                vec![forget]
            }
            _ => vec![forget, Effect::Back],
        }
    }

    /// Fills the form with a card as its deck has it.
    fn begin(&mut self, card: Card) {
        let spot = self.form.spot;
        let Some(form) = Form::of(&card, self.key.is_some()) else { return };
        self.form = form;
        if self.form.spots().contains(&spot) {
            self.form.spot = spot;
        }
        (self.begun, self.was) = (self.form.card(), card);
        self.check = check(&self.begun);
    }

    fn visit(&self, desk: &Desk) -> Vec<Effect> {
        let place = self.key.as_ref().and_then(|key| {
            let shelf = desk.workspace.library.shelf(&key.deck)?;
            let line = shelf.origin.text().map_or(1, |text| super::deck::line_of(&text, &key.card));
            Some(Effect::Visit { path: shelf.origin.path()?.to_owned(), line })
        });
        let Some(visit) = place else { return vec![Effect::Back] };
        vec![visit, Effect::Back]
    }

    fn done(&mut self, outcome: &Outcome, desk: &Desk) -> Vec<Effect> {
        match outcome {
            Outcome::Authored { authoring: Authoring::Copy(_), .. } => {}
            Outcome::Authored { .. } if self.pending.is_some() => {
                let forget = Effect::Keep { draft: self.draft(), text: None };
                self.unkept = None;
                if self.pending.take() == Some(true) {
                    self.begin(blank_card());
                    self.form.spot = Spot::Question;
                    return vec![forget];
                }
                return vec![forget, Effect::Back];
            }
            Outcome::Conflicted { theirs, .. } if self.pending.take().is_some() => {
                (self.face, self.scroll) = (Face::Conflict(theirs.clone()), Scroll::default());
            }
            Outcome::Refused { entry: None, .. } => self.pending = None,
            Outcome::Reread { .. } => return self.refresh(desk),
            _ => {}
        }
        Vec::new()
    }

    /// The decks were read again.
    fn refresh(&mut self, desk: &Desk) -> Vec<Effect> {
        let wanted = self.decks.get(self.deck).map(|(id, _)| id.clone());
        self.list_decks(wanted.as_ref(), desk);
        let Some(key) = &self.key else { return Vec::new() };
        let now = desk.workspace.library.card(&key.deck, &key.card);
        let is_own = desk.workspace.library.shelf(&key.deck).is_some_and(|shelf| shelf.is_own());
        if matches!(self.face, Face::Copying) && is_own {
            let is_recall = matches!(self.was.kind, Kind::Recall(_));
            self.face = if is_recall { Face::Form } else { Face::Elsewhere };
        }
        match now {
            Ok(now) if now == self.was || self.pending.is_some() => Vec::new(),
            Ok(now) if !self.is_changed() => {
                self.begin(now);
                Vec::new()
            }
            _ => {
                let words = Safe::from("this card was changed in its file; when you save, you choose which one stands");
                vec![Notice::new(Tone::Warn, words)]
            }
        }
    }

    /// Columns of the form.
    fn columns(desk: &Desk) -> usize {
        let columns = desk.size.0;
        if columns >= WIDE { columns * 11 / 20 } else { columns.saturating_sub(2).min(90) }
    }

    /// Columns of the field at the cursor.
    fn width(&self, desk: &Desk) -> usize {
        let width = Page::width(EditScreen::columns(desk));
        match self.form.spot {
            Spot::Point(_, form::Part::Text) => width.saturating_sub(7),
            Spot::Point(..) => width.saturating_sub(18),
            _ => width,
        }
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        if let Some(action) = self.tables().into_iter().find_map(|table| find(table, chord)) {
            return self.act(action, desk);
        }
        self.asks_to_leave = false;
        if !matches!(self.face, Face::Form) {
            return Vec::new();
        }
        let columns = self.width(desk);
        let edit = find(EDITS, chord);
        let by = match edit {
            Some(Edit::Up | Edit::Left) => -1,
            _ => 1,
        };
        let Some(field) = self.form.field() else {
            let is_turn = matches!(edit, Some(Edit::Left | Edit::Right)) || chord.typed() == Some(' ');
            match (is_turn, self.form.spot) {
                (true, Spot::Level) => return self.with_form(desk, |form| form.turn_level(by)),
                (true, _) => {
                    self.deck = (self.deck as isize + by).rem_euclid(self.decks.len().max(1) as isize) as usize;
                }
                (false, _) if matches!(edit, Some(Edit::Up | Edit::Down)) => self.form.go(by),
                (false, _) => {}
            }
            return Vec::new();
        };
        match (edit, field.is_at_edge(columns)) {
            (Some(Edit::Up), (true, _)) | (Some(Edit::Down), (_, true)) => {
                self.form.go(by);
                Vec::new()
            }
            (Some(Edit::Left | Edit::Right | Edit::Up | Edit::Down | Edit::Start | Edit::End), _) => {
                field.press(chord, columns);
                Vec::new()
            }
            _ => self.with_form(desk, |form| {
                if let Some(field) = form.field() {
                    field.press(chord, columns);
                }
            }),
        }
    }

    fn type_in(&mut self, desk: &Desk, work: impl FnOnce(&mut crate::tui::widget::entry::Entry)) -> Vec<Effect> {
        if !matches!(self.face, Face::Form) {
            return Vec::new();
        }
        self.with_form(desk, |form| {
            if let Some(field) = form.field() {
                work(field);
            }
        })
    }

    fn scroll_by(&mut self, by: isize, desk: &Desk) {
        let rows = self.reading(desk.size.0.saturating_sub(6).min(84)).len();
        self.scroll.go(by, rows, desk.size.1.saturating_sub(above(desk.size.1)));
    }

    /// What is read when nothing is typed.
    fn reading(&self, columns: usize) -> Vec<Row> {
        match &self.face {
            Face::Form | Face::Preview => preview(&self.form.card(), columns),
            Face::Copying => {
                let text = "This card belongs to a deck of the program. To change it, the deck is copied into your folder, and the \
                            copy is used from then on. Your reviews stay with its cards. Updates of the program no longer change it.";
                let mut rows = vec![Row::of(Role::Title, "Copy this deck, to make it yours?"), Row::new()];
                rows.extend(markdown::plain(&Safe::from(text), columns, Role::Text));
                rows
            }
            Face::Elsewhere => {
                let text = "The form is for questions that are answered in words. Cards of this kind are changed in your own \
                            editor; what you save there is shown here at once.";
                markdown::plain(&Safe::from(text), columns, Role::Text)
            }
            Face::Lost(why) => markdown::plain(why, columns, Role::Text),
            Face::Conflict(None) => {
                let text = "The card was taken out of its deck while you changed it. Keep yours, and it is added again; take \
                            theirs, and it is gone.";
                markdown::plain(&Safe::from(text), columns, Role::Text)
            }
            Face::Conflict(Some(theirs)) => {
                let text = "The card was changed in its file while you changed it here. Nothing is written yet. This is what the file says now:";
                let mut rows = markdown::plain(&Safe::from(text), columns, Role::Warn);
                rows.push(Row::new());
                rows.extend(preview(theirs, columns));
                rows
            }
        }
    }

    fn draw_form(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let width = EditScreen::columns(desk);
        let page = Page::of(
            &self.form,
            &self.decks.get(self.deck).map_or_else(Safe::default, |(_, title)| title.clone()),
            width,
        );
        let foot = if rows > ROOMY { 3 } else { 1 };
        let top = above(rows);
        let height = rows.saturating_sub(top + foot).max(1);
        let cursor = self.cursor(desk);
        let first = page.first(cursor, height);
        let mut part = canvas.part(0, top, width + 1, height);
        for (line, row) in page.rows.iter().skip(first).take(height).enumerate() {
            part.row(line, 1, row);
        }
        if first > 0 {
            part.right(0, 0, &Row::of(Role::Accent, "↑"));
        }
        if first + height < page.rows.len() {
            part.right(height.saturating_sub(1), 0, &Row::of(Role::Accent, "↓"));
        }
        let mut below = canvas.part(0, rows.saturating_sub(foot), width + 1, foot);
        if foot > 1 {
            below.row(1, 3, &self.name().fit(width.saturating_sub(4)));
        }
        below.row(foot - 1, 3, &self.check.row().fit(width.saturating_sub(4)));
        if columns >= WIDE {
            let room = columns - width - 4;
            let mut beside = canvas.part(width + 1, 0, columns - width - 1, rows);
            for line in 0..rows {
                beside.row(line, 0, &Row::of(Role::Rule, "│"));
            }
            Scroll::default().draw(
                &preview(&self.form.card(), room - 1),
                0,
                &mut beside.part(2, top, room, rows - top),
            );
        }
    }

    /// The line of its field that the cursor stands in.
    fn cursor(&self, desk: &Desk) -> usize {
        let columns = self.width(desk);
        let form = &self.form;
        let field = match form.spot {
            Spot::Deck | Spot::Level => return 0,
            Spot::Question => &form.question,
            Spot::Answer => &form.answer,
            Spot::Point(place, part) => {
                let Some(point) = form.points.get(place) else { return 0 };
                match part {
                    form::Part::Text => &point.text,
                    form::Part::Accept => &point.accept,
                    form::Part::Probe => &point.probe,
                }
            }
            Spot::Tags => &form.tags,
            Spot::Sources => &form.sources,
            Spot::Note => &form.note,
        };
        field.cursor_line(columns)
    }

    /// What is said of the id.
    fn name(&self) -> Row {
        let id = self.form.card().id;
        let words = match (&self.key, self.form.question.is_blank(), self.form.checked()) {
            (Some(_), _, Some(day)) if self.is_changed() => {
                safe!(" stays when you reword: history is kept · checked {day}: still true?")
            }
            (Some(_), ..) => Safe::from(" stays when you reword: history is kept"),
            (None, true, _) => return Row::new(),
            (None, false, _) => Safe::from(" is proposed as its id, which never changes later"),
        };
        Row::of(Role::Code, safe!("{id}")).and(Role::Quiet, words)
    }
}

/// A card as it is studied, with its points.
fn preview(card: &Card, columns: usize) -> Vec<Row> {
    if card.prompt().is_empty() && card.model_answer().is_empty() {
        return markdown::plain(&Safe::from("The card is shown here as it is studied."), columns, Role::Quiet);
    }
    let mut rows = markdown::rows(&card.prompt(), columns, Role::Question);
    rows.push(Row::new());
    rows.extend(markdown::rows(&card.model_answer(), columns, Role::Text));
    let Kind::Recall(recall) = &card.kind else { return rows };
    if !recall.points.is_empty() {
        rows.push(Row::new());
        rows.push(Row::of(Role::Accent, "Points"));
        let list: String = recall.points.iter().map(|point| format!("- {}\n", point.text.line())).collect();
        rows.extend(markdown::rows(&Safe::new(&list), columns, Role::Text));
    }
    if let Some(note) = &card.note {
        rows.extend([Row::new(), Row::of(Role::Accent, "Worth knowing")]);
        rows.extend(markdown::rows(note, columns, Role::Text));
    }
    rows
}

fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

impl Screen for EditScreen {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let left = match &self.key {
            None => Row::of(Role::Title, "New card"),
            Some(key) => Row::of(Role::Title, "Edit card").and(Role::Quiet, " · ").and(Role::Text, safe!("{key}")),
        };
        let right = match () {
            () if self.pending.is_some() => Row::of(Role::Quiet, "saving"),
            () if self.is_changed() => Row::of(Role::Warn, "changed · not saved"),
            () => Row::new(),
        };
        (left, right)
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        if matches!(self.face, Face::Form) {
            return self.draw_form(canvas, desk);
        }
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let read = self.reading(columns.saturating_sub(6).min(84));
        self.scroll.draw(&read, 3, &mut canvas.part(0, above(rows), columns, rows.saturating_sub(above(rows))));
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => self.key(*chord, desk),
            Event::Paste(text) => self.type_in(desk, |field| {
                field.insert(text);
            }),
            Event::Edited(text) => self.type_in(desk, |field| field.replace(text.trim_end())),
            Event::Scroll(by) => {
                if matches!(self.face, Face::Form) {
                    self.form.go(by.signum());
                } else {
                    self.scroll_by(by * 2, desk);
                }
                Vec::new()
            }
            Event::Tick | Event::Leaving => self.keep(),
            Event::Done(outcome) => self.done(outcome, desk),
            _ => Vec::new(),
        }
    }

    fn wakes_at(&self, _: &Desk) -> Option<Timestamp> {
        self.unkept.map(|since| since + UNKEPT)
    }

    fn hints(&self) -> Vec<Hint> {
        let edits = if matches!(self.face, Face::Form) { EDITS } else { &[] };
        self.tables().into_iter().flat_map(hints).chain(hints(edits)).collect()
    }

    fn takes_letters(&self) -> bool {
        matches!(self.face, Face::Form)
    }
}
