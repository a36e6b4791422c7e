//! Which cards are listed: words of the question, and what is known of the card.

use crate::card::{Card, Level};
use crate::review::{Grade, Moment};
use crate::scheduler::{Memory, State};
use crate::text::Safe;

/// What a card must have to be listed. Nothing at all lets every card through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In lower case; each must be in the question or in the id.
    words: Vec<String>,
    /// In lower case; each must begin a tag.
    tags: Vec<String>,
    level: Option<Level>,
    states: Vec<Wanted>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Due,
    New,
    Suspended,
    /// Forgotten the last time, or often.
    Missed,
}

const STATES: [(&str, Wanted); 4] =
    [("due", Wanted::Due), ("new", Wanted::New), ("suspended", Wanted::Suspended), ("missed", Wanted::Missed)];

/// The words of a card that are looked through, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    text: String,
    tags: Vec<String>,
}

impl Filter {
    /// Reads what was typed: `secrets tag:iam level:senior due`. A level that there is not lets nothing be said of levels.
    pub fn read(typed: &Safe) -> Filter {
        let mut filter = Filter::default();
        for word in typed.as_str().to_lowercase().split_whitespace() {
            let level =
                |name: &str| Level::ALL.into_iter().find(|level| !name.is_empty() && level.word().starts_with(name));
            if let Some(tag) = word.strip_prefix("tag:") {
                filter.tags.extend(Some(tag.to_owned()).filter(|tag| !tag.is_empty()));
            } else if let Some(name) = word.strip_prefix("level:") {
                filter.level = level(name).or(filter.level);
            } else if let Some((_, state)) = STATES.iter().find(|(name, _)| *name == word) {
                filter.states.push(*state);
            } else {
                filter.words.push(word.to_owned());
            }
        }
        filter
    }

    /// Whether it asks for what stands in the cards, which must be read then.
    pub fn reads_words(&self) -> bool {
        !self.words.is_empty() || !self.tags.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether what is known of a card without reading it lets it through.
    pub fn passes(&self, level: Option<Level>, memory: &Memory, now: &Moment) -> bool {
        let is = |wanted: &Wanted| match wanted {
            Wanted::Due => memory.state != State::New && !memory.suspended && memory.is_due(now),
            Wanted::New => memory.state == State::New,
            Wanted::Suspended => memory.suspended,
            Wanted::Missed => memory.leech || memory.last_grade == Some(Grade::Again),
        };
        (self.level.is_none() || self.level == level) && self.states.iter().all(is)
    }

    /// Whether the words of a card let it through.
    pub fn finds(&self, words: &Words) -> bool {
        self.words.iter().all(|word| words.text.contains(word))
            && self.tags.iter().all(|tag| words.tags.iter().any(|known| known.starts_with(tag)))
    }
}

impl Words {
    /// `of_deck` are the tags that all cards of the deck have.
    pub fn of(card: &Card, of_deck: &[Safe]) -> Words {
        let tags = card.tags.iter().chain(of_deck).map(|tag| tag.as_str().to_lowercase()).collect();
        Words { text: format!("{} {}", card.prompt().as_str().to_lowercase(), card.id), tags }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Kind, Recall};

    fn words(question: &str, tags: &[&str]) -> Words {
        let recall = Recall {
            question: Safe::new(question),
            answer: Safe::default(),
            points: Vec::new(),
            misconceptions: Vec::new(),
            sides: Vec::new(),
        };
        let card = Card {
            id: "task-role".parse().expect("an id"),
            kind: Kind::Recall(recall),
            level: None,
            tags: tags.iter().map(|tag| Safe::new(tag)).collect(),
            sources: Vec::new(),
            checked: None,
            note: None,
            follow_ups: Vec::new(),
        };
        Words::of(&card, &[Safe::from("AWS")])
    }

    #[test]
    fn each_word_must_be_in_the_question_or_the_id_and_each_tag_must_begin_one() {
        let words = words("Which Secrets does an agent read?", &["IAM", "roles"]);
        for (typed, finds) in [
            ("", true),
            ("secret AGENT", true),
            ("task-role", true),
            ("secret code", false),
            ("tag:ia", true),
            ("tag:iam tag:aws read", true),
            ("tag:am", false),
            ("tag:", true),
        ] {
            assert_eq!(Filter::read(&Safe::new(typed)).finds(&words), finds, "{typed}");
        }
    }

    #[test]
    fn states_and_levels_are_told_without_reading_a_card() {
        use jiff::civil::date;
        use jiff::tz::Offset;
        let now = Moment {
            at: "2026-11-22T18:00:00Z".parse().expect("a time"),
            offset: Offset::UTC,
            day: date(2026, 11, 22),
        };
        let new = Memory::default();
        let mut missed = Memory::default();
        (missed.last_grade, missed.state, missed.suspended) = (Some(Grade::Again), State::Review, true);
        let passes = |typed: &str, level, memory: &Memory| Filter::read(&Safe::new(typed)).passes(level, memory, &now);
        assert!(passes("new level:sen", Some(Level::Senior), &new));
        assert!(!passes("level:mid", Some(Level::Senior), &new) && !passes("level:mid", None, &new));
        assert!(passes("missed suspended words", None, &missed) && !passes("new", None, &missed));
        assert!(!passes("due", None, &missed) && !passes("due", None, &new));
        assert!(!Filter::read(&Safe::new("due new level:mid")).reads_words());
    }
}
