//! One proposed card: how it is shown, and how it goes to the editor and comes back.

use crate::card::{Card, Id, Kind};
use crate::deck::edit::write_card;
use crate::deck::{Severity, parse};
use crate::safe;
use crate::text::Safe;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::markdown;

/// What stands above a card in the editor.
const HEAD: &str = "# Change what you like, save, and leave. Lines that begin with # are yours to ignore.\n\n";

pub struct Proposal {
    pub card: Card,
    /// None as long as nothing was decided.
    pub is_accepted: Option<bool>,
    pub is_edited: bool,
    /// What came back from the editor and is no card, so that no work is lost.
    unfinished: Option<String>,
}

impl Proposal {
    pub fn new(card: Card) -> Proposal {
        Proposal { card, is_accepted: None, is_edited: false, unfinished: None }
    }

    /// The card as the editor gets it.
    pub fn text(&self) -> Safe {
        let text = self.unfinished.clone().unwrap_or_else(|| format!("{HEAD}{}", write_card(&self.card)));
        Safe::new(&text)
    }

    /// Takes what the editor made of the card; says whether it is another one now. The id stays as it was proposed
    /// unless the learner wrote another, which must not be taken.
    pub fn take(&mut self, text: &str, is_taken: impl Fn(&Id) -> bool) -> Result<bool, Safe> {
        let head = "format = 1\nid = \"draft\"\ntitle = \"Draft\"\n";
        let parsed = parse(&format!("{head}{text}"));
        let fault = parsed.diagnostics.iter().find(|found| found.severity == Severity::Error);
        let mut cards = parsed.deck.filter(|_| fault.is_none()).map_or_else(Vec::new, |deck| deck.cards);
        let refused = match (fault, cards.as_slice()) {
            (Some(fault), _) => Some(fault.message.clone()),
            (None, [card]) if is_taken(&card.id) => Some(safe!("Another card has the id `{}`.", card.id)),
            (None, [_]) => None,
            (None, []) => Some(safe!("There is no card in this text.")),
            (None, more) => Some(safe!("There are {} cards in this text, where one belongs.", more.len())),
        };
        let card = cards.pop().filter(|_| refused.is_none());
        let Some(card) = card else {
            self.unfinished = Some(text.to_owned());
            return Err(refused.unwrap_or_default());
        };
        self.unfinished = None;
        let is_other = card != self.card;
        self.is_edited |= is_other;
        self.card = card;
        Ok(is_other)
    }

    pub fn rows(&self, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        match self.is_accepted {
            Some(true) => rows.push(Row::of(Role::Good, "accepted")),
            Some(false) => rows.push(Row::of(Role::Warn, "dropped")),
            None => {}
        }
        rows.extend(markdown::rows(&self.card.prompt(), columns, Role::Question));
        rows.push(Row::new());
        rows.extend(markdown::rows(&self.card.model_answer(), columns, Role::Text));
        if let Kind::Recall(recall) = &self.card.kind
            && !recall.points.is_empty()
        {
            rows.extend([Row::new(), Row::of(Role::Strong, safe!("Points ({})", recall.points.len()))]);
            for point in &recall.points {
                let lines = markdown::plain(&point.text.line(), columns.saturating_sub(2), Role::Text);
                for (at, line) in lines.iter().enumerate() {
                    let mark = if at == 0 { Row::of(Role::Accent, "· ") } else { Row::new().gap(2) };
                    rows.push(mark.and(Role::Text, Safe::new(&line.text())));
                }
            }
        }
        rows
    }
}
