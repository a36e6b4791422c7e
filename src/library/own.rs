//! The deck of the learner's own scenarios: the one deck file that is ever written, and only added to.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use tempfile::NamedTempFile;

use super::file;
use crate::card::{Exercise, Id, Key};
use crate::deck::{Draft, Unfit, add_scenario, decode, new_deck};
use crate::safe;
use crate::text::Safe;

/// The name of the file in the folder of the learner's decks.
pub const OWN_DECK: &str = "my-scenarios.toml";

/// Why nothing was added; the file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    #[error("`{OWN_DECK}` {0}. Nothing was added.")]
    Unfit(#[from] Unfit),
    #[error("`{OWN_DECK}` {0}. Nothing was added.")]
    Unread(Safe),
    #[error("`{OWN_DECK}` could not be written: {0}. Nothing was added.")]
    Unwritten(Safe),
}

impl From<io::Error> for NotAdded {
    fn from(error: io::Error) -> NotAdded {
        NotAdded::Unwritten(safe!("{error}").line())
    }
}

/// Adds a scenario to the learner's own deck in `folder`, which is made if it is not there, and gives its key. The file
/// is put in the place of the old one at once and whole; what was in it stays as it was.
pub fn add_own(folder: &Path, exercise: &Exercise, id: &Id, draft: &Draft) -> Result<Key, NotAdded> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let path = folder.join(OWN_DECK);
    // A link stays a link: what it leads to is written.
    let path = path.canonicalize().unwrap_or(path);
    let text = match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let deck = new_deck(&"my-scenarios".parse().expect("an id"), &Safe::from("My scenarios"));
            format!(
                "# Scenarios of your own. greenroom adds to the end of this file; the rest is yours to edit.\n{deck}"
            )
        }
        Err(error) => return Err(error.into()),
        Ok(_) => {
            let (content, _) = file::read(&path).map_err(|refused| NotAdded::Unread(safe!("{refused}")))?;
            String::from_utf8(content).map_err(|_| Unfit::Broken)?
        }
    };
    let (text, card) = add_scenario(&text, exercise, id, draft)?;
    replace(&path, &text)?;
    let deck = crate::deck::parse(&decode(text.as_bytes())).deck.ok_or(Unfit::Spoilt)?;
    Ok(Key { deck: deck.id, card })
}

/// Puts a whole new file in the place of one, with the permissions that the old one had.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::with_prefix_in(".my-scenarios-", folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = fs::metadata(path) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Kind;

    const EXERCISE: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\n\
        labels = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
        [[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T\"\nright = [\"a\"]\n";

    fn add(folder: &Path, text: &str) -> Result<Key, NotAdded> {
        let card = crate::deck::parse(EXERCISE).deck.expect("a deck").cards.remove(0);
        let Kind::Choice(choice) = card.kind else { panic!("a choice") };
        let draft = Draft { text: Safe::new(text), right: "b".parse().expect("an id"), evidence: vec![], why: None };
        add_own(folder, &choice.exercise, &"mine".parse().expect("an id"), &draft)
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
