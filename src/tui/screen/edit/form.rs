//! The fields of a card that is answered in words, and the card that they make.

use jiff::civil::Date;

use crate::card::{Card, Id, Kind, Level, Point, Recall};
use crate::deck::edit::propose_id;
use crate::safe;
use crate::text::Safe;
use crate::tui::widget::entry::Entry;

/// Characters of a field, unless it holds more already.
const LONGEST: usize = 20_000;

/// Where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Deck,
    Question,
    Answer,
    Point(usize, Part),
    Tags,
    Level,
    Sources,
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Text,
    Accept,
    Probe,
}

pub struct Form {
    /// What the form does not show stays as it is here.
    base: Card,
    recall: Recall,
    /// Whether the id is that of a card that exists.
    pub is_named: bool,
    pub question: Entry,
    pub answer: Entry,
    /// The last one is blank, for the next point.
    pub points: Vec<PointFields>,
    pub tags: Entry,
    pub level: Option<Level>,
    pub sources: Entry,
    pub note: Entry,
    pub spot: Spot,
}

/// A point. One that was read keeps its id.
#[derive(Clone)]
pub struct PointFields {
    id: Option<Id>,
    pub weight: u8,
    pub text: Entry,
    /// One way of saying it a line.
    pub accept: Entry,
    pub probe: Entry,
}

fn field(text: &str) -> Entry {
    let mut entry = Entry::page(LONGEST.max(text.chars().count()));
    if !text.is_empty() {
        entry.replace(text);
        entry.forget_steps();
    }
    entry
}

fn optional(text: Option<&Safe>) -> Entry {
    field(text.map_or("", Safe::as_str))
}

fn joined(texts: &[Safe], between: &str) -> Entry {
    field(&texts.iter().map(|text| text.line().to_string()).collect::<Vec<_>>().join(between))
}

fn parts(entry: &Entry, at: char) -> Vec<Safe> {
    let text = entry.text();
    let parts = text.as_str().split(at).map(str::trim).filter(|part| !part.is_empty());
    parts.map(Safe::new).collect()
}

fn some(entry: &Entry) -> Option<Safe> {
    Some(entry.text()).filter(|text| !text.is_empty())
}

impl PointFields {
    fn of(point: &Point) -> PointFields {
        PointFields {
            id: Some(point.id.clone()),
            weight: point.weight,
            text: field(point.text.as_str()),
            accept: joined(&point.accept, "\n"),
            probe: optional(point.probe.as_ref()),
        }
    }

    fn blank() -> PointFields {
        PointFields { id: None, weight: 2, text: field(""), accept: field(""), probe: field("") }
    }

    pub fn is_blank(&self) -> bool {
        self.text.is_blank() && self.accept.is_blank() && self.probe.is_blank()
    }
}

/// A card of which nothing is written yet.
pub fn blank_card() -> Card {
    let recall = Recall {
        question: Safe::default(),
        answer: Safe::default(),
        points: Vec::new(),
        misconceptions: Vec::new(),
        sides: Vec::new(),
    };
    Card {
        id: "card".parse().expect("an id"),
        kind: Kind::Recall(recall),
        level: None,
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
        note: None,
        follow_ups: Vec::new(),
    }
}

impl Form {
    /// The form of a card; none if it is not answered in words. A card that `is_named` keeps its id.
    pub fn of(card: &Card, is_named: bool) -> Option<Form> {
        let Kind::Recall(recall) = &card.kind else { return None };
        let mut form = Form {
            base: card.clone(),
            recall: recall.clone(),
            is_named,
            question: field(recall.question.as_str()),
            answer: field(recall.answer.as_str()),
            points: recall.points.iter().map(PointFields::of).collect(),
            tags: joined(&card.tags, ", "),
            level: card.level,
            sources: joined(&card.sources, "\n"),
            note: optional(card.note.as_ref()),
            spot: Spot::Question,
        };
        form.points.push(PointFields::blank());
        Some(form)
    }

    /// The card as it is written now.
    pub fn card(&self) -> Card {
        let mut recall = self.recall.clone();
        (recall.question, recall.answer) = (self.question.text(), self.answer.text());
        let mut points: Vec<Point> = Vec::new();
        for fields in self.points.iter().filter(|fields| !fields.is_blank()) {
            let text = fields.text.text();
            let id = fields.id.clone().unwrap_or_else(|| self.free_point(&propose_id(text.as_str()), &points));
            let (accept, probe) = (parts(&fields.accept, '\n'), some(&fields.probe));
            points.push(Point { id, weight: fields.weight, text, accept, probe });
        }
        recall.points = points;
        let id = if self.is_named { self.base.id.clone() } else { propose_id(recall.question.as_str()) };
        Card {
            id,
            level: self.level,
            tags: parts(&self.tags, ','),
            sources: parts(&self.sources, '\n'),
            note: some(&self.note),
            kind: Kind::Recall(recall),
            ..self.base.clone()
        }
    }

    /// The day on which the answer was compared with its sources, which a change may make untrue.
    pub fn checked(&self) -> Option<Date> {
        self.base.checked
    }

    fn free_point(&self, wanted: &Id, others: &[Point]) -> Id {
        let is_free = |id: &Id| {
            !others.iter().any(|point| point.id == *id)
                && !self.points.iter().any(|point| point.id.as_ref() == Some(id))
        };
        let stem: String = wanted.as_str().chars().take(70).collect();
        let numbered = (2..)
            .filter_map(|number| safe!("{}-{number}", stem.trim_end_matches(['-', '_', '.'])).as_str().parse().ok());
        std::iter::once(wanted.clone()).chain(numbered).find(is_free).expect("numbers do not end")
    }

    /// The places of the cursor in their order.
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots = if self.is_named { Vec::new() } else { vec![Spot::Deck] };
        spots.extend([Spot::Question, Spot::Answer]);
        for (place, point) in self.points.iter().enumerate() {
            spots.push(Spot::Point(place, Part::Text));
            let is_here = matches!(self.spot, Spot::Point(here, _) if here == place);
            if is_here && !point.is_blank() {
                spots.extend([Spot::Point(place, Part::Accept), Spot::Point(place, Part::Probe)]);
            }
        }
        spots.extend([Spot::Tags, Spot::Level, Spot::Sources, Spot::Note]);
        spots
    }

    /// Goes to the next place, or back; from the last to the first.
    pub fn go(&mut self, by: isize) {
        let spots = self.spots();
        let at = spots.iter().position(|spot| *spot == self.spot).unwrap_or(0);
        self.spot = spots[(at as isize + by).rem_euclid(spots.len() as isize) as usize];
        self.tidy();
    }

    /// Has one blank point, at the end.
    pub fn tidy(&mut self) {
        let here = match self.spot {
            Spot::Point(place, _) => Some(place),
            _ => None,
        };
        let mut place = 0;
        let mut now = here;
        self.points.retain(|point| {
            let is_kept = !point.is_blank() || here == Some(place);
            if !is_kept && here.is_some_and(|here| place < here) {
                now = now.map(|now| now - 1);
            }
            place += 1;
            is_kept
        });
        if let (Spot::Point(_, part), Some(now)) = (self.spot, now) {
            self.spot = Spot::Point(now, part);
        }
        if self.points.last().is_none_or(|last| !last.is_blank()) {
            self.points.push(PointFields::blank());
        }
    }

    /// The field at the cursor; none where something is chosen.
    pub fn field(&mut self) -> Option<&mut Entry> {
        match self.spot {
            Spot::Deck | Spot::Level => None,
            Spot::Question => Some(&mut self.question),
            Spot::Answer => Some(&mut self.answer),
            Spot::Point(place, part) => self.points.get_mut(place).map(|point| match part {
                Part::Text => &mut point.text,
                Part::Accept => &mut point.accept,
                Part::Probe => &mut point.probe,
            }),
            Spot::Tags => Some(&mut self.tags),
            Spot::Sources => Some(&mut self.sources),
            Spot::Note => Some(&mut self.note),
        }
    }

    /// Whether enter begins a new line here.
    pub fn has_lines(&self) -> bool {
        matches!(self.spot, Spot::Answer | Spot::Point(_, Part::Accept) | Spot::Sources | Spot::Note)
    }

    pub fn move_point(&mut self, by: isize) {
        let Spot::Point(place, part) = self.spot else { return };
        let last = self.points.len().saturating_sub(2);
        let to = place.saturating_add_signed(by).min(last);
        if place <= last && to != place {
            self.points.swap(place, to);
            self.spot = Spot::Point(to, part);
        }
    }

    pub fn turn_weight(&mut self) {
        if let Spot::Point(place, _) = self.spot
            && let Some(point) = self.points.get_mut(place)
        {
            point.weight = point.weight % 3 + 1;
        }
    }

    pub fn remove_point(&mut self) {
        if let Spot::Point(place, _) = self.spot {
            self.points.remove(place);
            self.spot = Spot::Point(place.min(self.points.len().saturating_sub(1)), Part::Text);
            self.tidy();
        }
    }

    pub fn turn_level(&mut self, by: isize) {
        let all: Vec<Option<Level>> = std::iter::once(None).chain(Level::ALL.map(Some)).collect();
        let at = all.iter().position(|level| *level == self.level).unwrap_or(0);
        self.level = all[(at as isize + by).rem_euclid(all.len() as isize) as usize];
    }
}
