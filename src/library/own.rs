//! The deck of the learner's own scenarios, which the program adds to.

use std::path::Path;

use super::write::{NotWritten, Writer};
use crate::card::{Exercise, Id, Key};
use crate::deck::{Draft, Unfit, add_scenario, new_deck, parse};
use crate::safe;
use crate::text::Safe;

/// The name of the file in the folder of the learner's decks.
pub const OWN_DECK: &str = "my-scenarios.toml";

/// Why nothing was added; the file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    #[error("`{OWN_DECK}` {0}. Nothing was added.")]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    NotWritten(NotWritten),
}

impl From<NotWritten> for NotAdded {
    fn from(refused: NotWritten) -> NotAdded {
        match refused {
            NotWritten::Unfit { why, .. } => NotAdded::Unfit(why),
            refused => NotAdded::NotWritten(refused),
        }
    }
}

/// Adds a scenario to the learner's own deck in `folder`, which is made if it is not there, and gives its key. What was
/// in the file stays as it was.
pub fn add_own(writer: &Writer, folder: &Path, exercise: &Exercise, id: &Id, draft: &Draft) -> Result<Key, NotAdded> {
    let path = folder.join(OWN_DECK);
    let seen = if path.exists() { Some(Writer::read(&path)?) } else { None };
    let before = seen.as_ref().map_or_else(begin, |(text, _)| text.clone());
    let (text, card) = add_scenario(&before, exercise, id, draft)?;
    let deck = parse(&text).deck.ok_or(Unfit::Spoilt)?;
    let what = safe!("add `{}/{card}`", deck.id);
    match seen {
        Some((_, seen)) => writer.change(&path, seen, &what, |_| Ok(text))?,
        None => writer.create(&path, &what, &text)?,
    };
    Ok(Key { deck: deck.id, card })
}

fn begin() -> String {
    let deck = new_deck(&"my-scenarios".parse().expect("an id"), &Safe::from("My scenarios"));
    format!("# Scenarios of your own. greenroom adds to the end of this file; the rest is yours to edit.\n{deck}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::card::Kind;

    const EXERCISE: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\n\
        labels = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
        [[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T\"\nright = [\"a\"]\n";

    fn add(folder: &Path, text: &str) -> Result<Key, NotAdded> {
        let card = parse(EXERCISE).deck.expect("a deck").cards.remove(0);
        let Kind::Choice(choice) = card.kind else { panic!("a choice") };
        let draft = Draft { text: Safe::new(text), right: "b".parse().expect("an id"), evidence: vec![], why: None };
        add_own(&Writer::new(&folder.join("..")), folder, &choice.exercise, &"mine".parse().expect("an id"), &draft)
    }

    #[test]
    fn the_file_is_made_added_to_and_left_alone_when_it_is_broken() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("decks");
        assert_eq!(add(&folder, "One.").map(|key| key.to_string()).as_deref(), Ok("my-scenarios/mine"));
        let path = folder.join(OWN_DECK);
        let edited = fs::read_to_string(&path).expect("text") + "# a remark of mine, without a line feed";
        fs::write(&path, &edited).expect("written");
        assert_eq!(add(&folder, "Two.").map(|key| key.card.to_string()).as_deref(), Ok("mine-2"));
        assert!(fs::read_to_string(&path).expect("text").starts_with(&edited));
        fs::write(&path, "[[broken").expect("written");
        assert!(matches!(add(&folder, "Three."), Err(NotAdded::Unfit(Unfit::Broken))));
        assert_eq!(fs::read_to_string(&path).expect("text"), "[[broken");
        assert_eq!(fs::read_dir(&folder).expect("listed").count(), 1, "nothing is left behind");
    }
}
