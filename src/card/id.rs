//! Identities that authors write: of decks, cards, points, labels.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest id, in bytes.
pub const LONGEST_ID: usize = 80;

/// A stable name: lower-case ASCII letters, digits, and single `-`, `_` or `.` between them; 1 to 80 bytes. Cheap to
/// clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(Arc<str>);

/// A card among all decks, written `deck/card`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    pub deck: Id,
    pub card: Id,
}

/// Why a text is no id; its message completes "`x` …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnId {
    #[error("is empty")]
    Empty,
    #[error("is longer than {LONGEST_ID} characters")]
    TooLong,
    #[error("has characters other than a-z, 0-9 and single `-`, `_` or `.` between them")]
    Characters,
    #[error("is not written deck/card")]
    NotAKey,
}

impl Id {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Id, NotAnId> {
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        match text.len() {
            0 => Err(NotAnId::Empty),
            length if length > LONGEST_ID => Err(NotAnId::TooLong),
            _ if text.split(['-', '_', '.']).all(word) => Ok(Id(text.into())),
            _ => Err(NotAnId::Characters),
        }
    }
}

impl FromStr for Key {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Key, NotAnId> {
        let (deck, card) = text.split_once('/').ok_or(NotAnId::NotAKey)?;
        Ok(Key { deck: deck.parse()?, card: card.parse()? })
    }
}

impl TryFrom<String> for Id {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Id, NotAnId> {
        text.parse()
    }
}

impl TryFrom<String> for Key {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Key, NotAnId> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0.as_ref().to_owned()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> String {
        key.to_string()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.deck, self.card)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_words_joined_by_single_marks() {
        for good in ["a", "task-role", "c0000042-p1", "v1.2_b"] {
            assert_eq!(good.parse::<Id>().map(String::from).as_deref(), Ok(good));
        }
        for bad in ["", "Task", "task role", "-a", "a-", "a--b", "zürich", "a/b", "\u{1b}"] {
            assert!(bad.parse::<Id>().is_err(), "{bad:?}");
        }
        assert_eq!("a".repeat(LONGEST_ID + 1).parse::<Id>(), Err(NotAnId::TooLong));
    }

    #[test]
    fn a_key_names_deck_and_card() {
        let key: Key = "aws-ecs/what-is-ecs".parse().expect("a key");
        assert_eq!((key.deck.as_str(), key.card.as_str()), ("aws-ecs", "what-is-ecs"));
        assert_eq!(key.to_string(), "aws-ecs/what-is-ecs");
        assert_eq!("what-is-ecs".parse::<Key>(), Err(NotAnId::NotAKey));
    }
}
