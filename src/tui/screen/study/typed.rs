//! A typed answer: written, rated by the learner, marked by the grader, and graded by the learner.

mod keys;
mod pad;
mod right;
mod sheet;

use jiff::{SignedDuration, Timestamp};

use self::keys::Action;
use self::pad::Pad;
use self::sheet::Sheet;
use crate::card::{Card, Id, Key, Kind, Misconception, Point};
use crate::grader::{self, Suspicion, Verdict};
use crate::review::{Grade, Mark, Marked, Percent, Typed};
use crate::safe;
use crate::study::{Asked, Candidate, short};
use crate::text::{Safe, count};
use crate::tui::event::{Answer, Desk, Effect, Event, Notice, Outcome, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::Canvas;
use crate::tui::widget::entry::{EDITS, Edit};
use crate::tui::widget::scenario::measure;
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Draft;

/// How long what is typed may be kept nowhere.
const UNKEPT: SignedDuration = SignedDuration::from_secs(2);

/// So long after the marks come up a digit is the rest of a rating, and flips nothing.
const SETTLING: SignedDuration = SignedDuration::from_millis(250);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    Writing,
    Rating,
    Marks,
    /// The same, with digits that are grades.
    Grading,
    Model,
}

/// What the study is to do now.
pub enum Step {
    Stay(Vec<Effect>),
    /// Back to the question.
    Leave(Vec<Effect>),
    Grade(Grade, Typed),
}

/// A misconception that the answer states, or may state.
struct Claim {
    suspicion: Suspicion,
    what: Misconception,
    /// Whether it counts: told by a grader that is sure, or admitted by the learner.
    stands: bool,
}

/// One answer on its way.
pub struct Typing {
    key: Key,
    /// The point that is asked alone, and the word that its question hides.
    point: Option<Id>,
    hidden: Option<Safe>,
    card: Card,
    /// What is marked: key points, gaps, or the code.
    points: Vec<Point>,
    face: Face,
    pad: Pad,
    /// Since when something is typed that is not kept.
    unkept: Option<Timestamp>,
    /// Whether all that is typed is on the disk.
    is_kept: bool,
    /// What was handed in.
    text: Safe,
    confidence: Option<Percent>,
    verdict: Option<Verdict>,
    marks: Vec<Marked>,
    claims: Vec<Claim>,
    /// Which of the missed points is asked about.
    probe: Option<usize>,
    /// When the marks came up.
    since: Timestamp,
    scroll: Scroll,
}

impl Typing {
    /// Begins an answer, or goes on with the draft of it. None if the card is not answered in words.
    pub fn open(asked: &Candidate, card: &Card, hidden: Option<Safe>, desk: &Desk) -> Option<(Typing, Vec<Effect>)> {
        let mut pad = Pad::of(card)?;
        let draft = Draft::of_point(&asked.card, asked.point.as_ref()).read(&desk.workspace.paths.data);
        if let Some(draft) = &draft {
            pad.replace(draft.as_str());
        }
        let said = draft.map(|_| Notice::new(Tone::Quiet, Safe::from("your draft of this answer was kept")));
        let typing = Typing {
            key: asked.card.clone(),
            point: asked.point.clone(),
            hidden,
            card: card.clone(),
            points: card.points(),
            face: Face::Writing,
            pad,
            unkept: None,
            is_kept: true,
            text: Safe::default(),
            confidence: None,
            verdict: None,
            marks: Vec::new(),
            claims: Vec::new(),
            probe: None,
            since: desk.now.at,
            scroll: Scroll::default(),
        };
        Some((typing, said.into_iter().collect()))
    }

    pub fn takes_letters(&self) -> bool {
        self.face == Face::Writing
    }

    /// Whether the four grades are shown.
    pub fn is_grading(&self) -> bool {
        self.face == Face::Grading
    }

    /// When a draft is due to be kept.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.unkept.map(|since| since + UNKEPT)
    }

    fn tables(&self) -> Vec<&'static [Bind<Action>]> {
        let suggested = self.suggested();
        let accepting = suggested.map_or(&[][..], keys::accepting);
        let is_marked = suggested.is_some();
        let flips = &keys::FLIPPING[..(self.marks.len() + self.claims.len()).min(keys::FLIPPING.len())];
        let other = if is_marked { keys::OTHER } else { &[] };
        let probing = if self.probes().next().is_some() { keys::PROBING } else { &[] };
        match self.face {
            Face::Writing if self.pad.has_gaps() => vec![keys::FILLING],
            Face::Writing => vec![keys::WRITING],
            Face::Rating => vec![keys::RATING],
            Face::Marks => vec![accepting, flips, other, probing, keys::LOOKING, keys::LEAVING],
            Face::Grading if self.is_compared() => vec![&keys::GRADING[..4], keys::LOOKING, keys::LEAVING],
            Face::Grading => vec![accepting, keys::GRADING, keys::LOOKING, keys::LEAVING],
            Face::Model => vec![accepting, other, keys::LOOKING, keys::LEAVING],
        }
    }

    pub fn hints(&self) -> Vec<Hint> {
        let edits = if self.face == Face::Writing { EDITS } else { &[] };
        self.tables().into_iter().flat_map(hints).chain(hints(edits)).collect()
    }

    pub fn update(&mut self, event: &Event, desk: &Desk) -> Step {
        match event {
            Event::Key(chord) => return self.key(*chord, desk),
            Event::Paste(text) if self.face == Face::Writing => return Step::Stay(self.paste(text, desk)),
            Event::Edited(text) if self.face == Face::Writing => return Step::Stay(self.edited(text, desk)),
            Event::Scroll(by) => self.go(by * 2, desk),
            Event::Tick | Event::Leaving => return Step::Stay(self.keep()),
            Event::Done(Outcome::Marked { card, text, verdict }) if *card == self.key && *text == self.text => {
                self.take(verdict);
            }
            Event::Done(Outcome::Drafted(draft)) if *draft == self.draft() => {
                self.is_kept = self.unkept.is_none();
            }
            // What could not be kept is tried again when the clock says so.
            Event::Done(Outcome::Refused { entry: None, .. }) => self.unkept = Some(desk.now.at),
            _ => {}
        }
        Step::Stay(Vec::new())
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Step {
        if let Some(action) = self.tables().into_iter().find_map(|table| find(table, chord)) {
            return self.act(action, desk);
        }
        let before = (self.face == Face::Writing).then(|| self.pad.field.text());
        if let Some(before) = before
            && self.pad.field.press(chord, measure(desk.size.0))
            && before != self.pad.field.text()
        {
            return Step::Stay(self.changed(desk));
        }
        Step::Stay(Vec::new())
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Step {
        match action {
            Action::HandIn => return Step::Stay(self.hand_in(desk)),
            Action::NewLine => {
                self.pad.field.edit(Edit::NewLine, measure(desk.size.0));
                return Step::Stay(self.changed(desk));
            }
            Action::NextGap if self.pad.is_last() => return Step::Stay(self.hand_in(desk)),
            Action::NextGap => self.pad.go(1),
            Action::GapBelow => self.pad.go(1),
            Action::GapAbove => self.pad.go(-1),
            Action::Editor => return Step::Stay(vec![Effect::Edit(self.pad.text())]),
            Action::Rate(number) => {
                self.confidence = number.and_then(|number| Percent::try_from(number).ok());
                self.turn_to(Face::Marks, desk);
            }
            Action::Grade(_) if self.is_compared() && self.is_settling(desk) => {}
            Action::Flip(_) if self.is_settling(desk) => {}
            Action::Flip(place) => self.flip(place),
            // The key that handed the last gap in may come twice.
            Action::Accept if self.pad.has_gaps() && self.is_settling(desk) => {}
            Action::Accept => {
                if let Some(grade) = self.suggested() {
                    return Step::Grade(grade, self.said());
                }
            }
            Action::Grade(grade) => return Step::Grade(grade, self.said()),
            Action::OtherGrade if self.face == Face::Grading => self.turn_to(Face::Marks, desk),
            Action::OtherGrade => self.face = Face::Grading,
            Action::Model if self.face == Face::Model => self.turn_to(Face::Marks, desk),
            Action::Model => self.turn_to(Face::Model, desk),
            Action::Probe => self.ask_next(),
            Action::Back if self.face == Face::Rating => self.turn_to(Face::Writing, desk),
            Action::WriteOn => self.turn_to(Face::Writing, desk),
            Action::Back if self.face == Face::Grading && self.is_compared() => return Step::Leave(self.keep()),
            Action::Back if matches!(self.face, Face::Grading | Face::Model) => self.turn_to(Face::Marks, desk),
            Action::Back => return Step::Leave(self.keep()),
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::PageUp => self.go(-self.page(desk), desk),
            Action::PageDown => self.go(self.page(desk), desk),
        }
        Step::Stay(Vec::new())
    }

    /// Whether what is shown came up only just now. A clock that stands still, as in demonstrations, settles nothing.
    fn is_settling(&self, desk: &Desk) -> bool {
        let shown = desk.now.at.duration_since(self.since);
        !shown.is_zero() && shown < SETTLING
    }

    fn turn_to(&mut self, face: Face, desk: &Desk) {
        let face = if face == Face::Marks && self.is_compared() { Face::Grading } else { face };
        (self.face, self.since, self.scroll) = (face, desk.now.at, Scroll::default());
    }

    fn paste(&mut self, text: &str, desk: &Desk) -> Vec<Effect> {
        let is_whole = self.pad.field.insert(text);
        let mut effects = self.changed(desk);
        if !is_whole {
            let words = safe!("an answer has room for {} characters; the rest was left out", Typed::LONGEST);
            effects.push(Notice::new(Tone::Warn, words));
        }
        effects
    }

    /// What came back from the learner's editor.
    fn edited(&mut self, text: &str, desk: &Desk) -> Vec<Effect> {
        self.pad.replace(text.trim_end());
        self.changed(desk)
    }

    /// Something was typed: it is kept at once if the last time was long ago.
    fn changed(&mut self, desk: &Desk) -> Vec<Effect> {
        self.is_kept = false;
        let since = *self.unkept.get_or_insert(desk.now.at);
        if desk.now.at.duration_since(since) >= UNKEPT { self.keep() } else { Vec::new() }
    }

    fn keep(&mut self) -> Vec<Effect> {
        let is_unkept = self.unkept.take().is_some();
        let text = self.pad.text();
        is_unkept.then(|| Effect::Keep { draft: self.draft(), text: Some(text) }).into_iter().collect()
    }

    /// Has the answer marked, and meanwhile asks how sure the learner is.
    fn hand_in(&mut self, desk: &Desk) -> Vec<Effect> {
        if self.pad.is_blank() {
            return vec![Notice::new(Tone::Quiet, Safe::from("nothing is written yet; esc goes back"))];
        }
        if let Some(verdict) = grader::check(&self.card, self.pad.text().as_str()) {
            (self.text, self.probe) = (self.pad.text(), None);
            self.take(&verdict);
            self.turn_to(Face::Marks, desk);
            return self.keep();
        }
        let marker = match desk.workspace.marker(&self.key.deck) {
            Ok(marker) => marker,
            Err(lost) => return vec![Notice::new(Tone::Bad, Safe::new(&lost.to_string()))],
        };
        // The marks are for the card as its deck has it now; it may have been reworded while the answer was written.
        let now = desk.workspace.library.card(&self.key.deck, &self.key.card).ok();
        let now = now.and_then(|card| match &self.point {
            None => Some(card),
            Some(point) => short(&card, point),
        });
        if let Some(card) = now.filter(|card| matches!(card.kind, Kind::Recall(_))) {
            (self.points, self.card) = (card.points(), card);
        }
        self.text = self.pad.text();
        (self.verdict, self.confidence, self.probe) = (None, None, None);
        (self.marks, self.claims) = (Vec::new(), Vec::new());
        self.turn_to(Face::Rating, desk);
        let (card, text) = (self.key.clone(), self.text.clone());
        let mut effects = self.keep();
        effects.push(Effect::Mark(Answer { card, text, marker }));
        effects
    }

    fn take(&mut self, verdict: &Verdict) {
        let marked = |finding: &grader::Finding| Marked {
            point: finding.point.clone(),
            mark: finding.mark,
            p: Some(Percent::of(finding.probability)),
            sure: finding.is_sure,
            flipped: None,
        };
        let claim = |suspicion: &Suspicion| {
            let what = self.misconceptions().iter().find(|what| what.id == suspicion.misconception)?;
            Some(Claim { stands: suspicion.is_sure, suspicion: suspicion.clone(), what: what.clone() })
        };
        let claims = verdict.misconceptions.iter().filter_map(claim).collect();
        let mut verdict = verdict.clone();
        verdict.points.retain(|found| self.points.iter().any(|point| point.id == found.point));
        self.marks = verdict.points.iter().map(marked).collect();
        if self.has_filled_the_gap() {
            self.marks.iter_mut().for_each(|mark| (mark.mark, mark.p, mark.sure) = (Mark::Covered, None, true));
        }
        self.claims = claims;
        self.verdict = Some(verdict);
    }

    /// Whether the word that the question hides stands in the answer: that is all that was asked.
    fn has_filled_the_gap(&self) -> bool {
        let plain = |text: &Safe| text.as_str().to_lowercase();
        self.hidden.as_ref().is_some_and(|hidden| plain(&self.text).contains(&plain(hidden)))
    }

    fn draft(&self) -> Draft {
        Draft::of_point(&self.key, self.point.as_ref())
    }

    fn misconceptions(&self) -> &[Misconception] {
        match &self.card.kind {
            Kind::Recall(recall) => &recall.misconceptions,
            Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => &[],
        }
    }

    fn flip(&mut self, place: usize) {
        let points = self.marks.len();
        if let Some(mark) = self.marks.get_mut(place) {
            mark.flip();
        } else if let Some(claim) = place.checked_sub(points).and_then(|place| self.claims.get_mut(place)) {
            claim.stands = !claim.stands;
        }
    }

    fn ask_next(&mut self) {
        let probes = self.probes().count();
        self.probe = Some(self.probe.map_or(0, |place| place + 1)).filter(|place| *place < probes);
    }

    /// The points that were not said and have a question of their own, the heaviest first.
    fn probes(&self) -> impl Iterator<Item = &Safe> {
        let missed = self.points.iter().zip(&self.marks).filter(|(_, mark)| mark.share() < 1.0);
        let mut missed: Vec<&Point> = missed.map(|(point, _)| point).collect();
        missed.sort_by_key(|point| std::cmp::Reverse(point.weight));
        missed.into_iter().filter_map(|point| point.probe.as_ref())
    }

    /// The share of the points that was said, by weight; none for a card without points.
    fn coverage(&self) -> Option<f64> {
        let total: f64 = self.points.iter().map(|point| f64::from(point.weight)).sum();
        let points = self.points.iter().zip(&self.marks);
        let said: f64 = points.map(|(point, mark)| f64::from(point.weight) * mark.share()).sum();
        (total > 0.0).then(|| said / total)
    }

    /// None until the marks are there, and for a card without points: there is nothing that a grade could rest on.
    fn suggested(&self) -> Option<Grade> {
        self.verdict.as_ref()?;
        let is_wrong = self.claims.iter().any(|claim| claim.stands);
        self.coverage().map(|share| Grade::suggested(share, is_wrong))
    }

    /// Why that grade: `4 of 6 points said, one wrong claim`.
    fn reason(&self) -> Safe {
        let said: f64 = self.marks.iter().map(Marked::share).sum();
        let all = self.marks.len() as u64;
        let points = match &self.card.kind {
            Kind::Recall(_) | Kind::Choice(_) => safe!("{said} of {} said", count(all, "point", "points")),
            Kind::Cloze(_) => safe!("{said} of {} right", count(all, "gap", "gaps")),
            Kind::Code(_) => self.sameness(),
        };
        match self.claims.iter().filter(|claim| claim.stands).count() {
            0 => points,
            1 => safe!("{points}, one wrong claim"),
            wrong => safe!("{points}, {wrong} wrong claims"),
        }
    }

    /// Whether the card names no points, so that the learner compares and grades.
    fn is_compared(&self) -> bool {
        self.points.is_empty()
    }

    /// How much of the code is right.
    fn sameness(&self) -> Safe {
        let score = self.verdict.as_ref().map_or(0.0, |verdict| verdict.score);
        match self.marks.first().and_then(|mark| mark.flipped) {
            Some(mark) if mark.share() > 0.0 => Safe::from("you: right"),
            Some(_) => Safe::from("you: not right"),
            None if score >= 100.0 => Safe::from("the same as a right answer"),
            None => safe!("{score:.0} of 100 is the same"),
        }
    }

    /// What is put on record beside the grade.
    pub fn said(&self) -> Typed {
        let stands = self.claims.iter().filter(|claim| claim.stands);
        let wrong = stands.map(|claim| claim.what.id.clone()).collect();
        Typed::new(&self.text, self.confidence, self.marks.clone(), wrong)
    }

    fn page(&self, desk: &Desk) -> isize {
        sheet::height(self, desk.size.1).saturating_sub(2).max(1) as isize
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        let rows = Sheet { typing: self, desk }.rows().len();
        self.scroll.go(by, rows, sheet::height(self, desk.size.1));
    }

    pub fn draw(&self, asked: &Asked, canvas: &mut Canvas, desk: &Desk) {
        Sheet { typing: self, desk }.draw(asked, canvas);
    }
}
