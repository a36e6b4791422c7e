//! Where an answer is typed: one field for words or code, or a line for each gap.

use crate::card::{Card, Kind};
use crate::review::Typed;
use crate::text::Safe;
use crate::tui::widget::entry::Entry as Field;

/// Characters of one gap.
const LONGEST_GAP: usize = 200;

/// The field that is typed in stands apart; those of the other gaps lie around it.
pub struct Pad {
    pub field: Field,
    above: Vec<Field>,
    below: Vec<Field>,
    has_gaps: bool,
}

impl Pad {
    /// An empty pad. None for a card that is answered by a label.
    pub fn of(card: &Card) -> Option<Pad> {
        match &card.kind {
            Kind::Recall(_) | Kind::Code(_) => {
                let field = Field::page(Typed::LONGEST);
                Some(Pad { field, above: Vec::new(), below: Vec::new(), has_gaps: false })
            }
            Kind::Choice(_) => None,
            Kind::Cloze(cloze) => {
                let field = Field::line(LONGEST_GAP);
                let below = vec![field.clone(); cloze.gaps().count().saturating_sub(1)];
                Some(Pad { field, above: Vec::new(), below, has_gaps: true })
            }
        }
    }

    pub fn has_gaps(&self) -> bool {
        self.has_gaps
    }

    /// The place of the field that is typed in.
    pub fn place(&self) -> usize {
        self.above.len()
    }

    pub fn is_last(&self) -> bool {
        self.below.is_empty()
    }

    /// All fields, from the first to the last.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.above.iter().chain([&self.field]).chain(self.below.iter().rev())
    }

    /// Goes to a field further down or up; stays at the ends.
    pub fn go(&mut self, by: isize) {
        let (from, to) = if by < 0 { (&mut self.above, &mut self.below) } else { (&mut self.below, &mut self.above) };
        if let Some(next) = from.pop() {
            to.push(std::mem::replace(&mut self.field, next));
        }
    }

    /// What is typed; of gaps a line each.
    pub fn text(&self) -> Safe {
        let lines: Vec<_> = self.fields().map(Field::text).collect();
        Safe::new(lines.iter().map(Safe::as_str).collect::<Vec<_>>().join("\n").trim_end())
    }

    pub fn is_blank(&self) -> bool {
        self.fields().all(Field::is_blank)
    }

    /// Puts a text in the place of what is typed.
    pub fn replace(&mut self, text: &str) {
        if !self.has_gaps {
            return self.field.replace(text);
        }
        while !self.above.is_empty() {
            self.go(-1);
        }
        let mut lines = text.lines();
        self.field.replace(lines.next().unwrap_or_default());
        for field in self.below.iter_mut().rev() {
            field.replace(lines.next().unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_lines_and_one_of_them_is_typed_in() {
        let text = "[[cloze]]\nid = \"c\"\ntext = \"{{a}} {{b}} {{c}}\"\n";
        let deck = crate::deck::parse(&format!("format = 1\nid = \"d\"\ntitle = \"D\"\n{text}")).deck.expect("a deck");
        let mut pad = Pad::of(&deck.cards[0]).expect("gaps");
        assert!(pad.is_blank() && !pad.is_last());
        pad.go(-1);
        for word in ["one", "", "three"] {
            pad.field.replace(word);
            pad.go(1);
        }
        assert_eq!((pad.text().as_str(), pad.place(), pad.is_last()), ("one\n\nthree", 2, true));
        pad.replace("\ntwo");
        assert_eq!((pad.text().as_str(), pad.place()), ("\ntwo", 0));
    }
}
