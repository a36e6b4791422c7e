//! `greenroom new`: a deck to begin with.

use std::path::{Path, PathBuf};

use clap::Args;

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use super::target::is_path;
use crate::card::Id;
use crate::deck::edit::{propose_id, template};
use crate::library::Writer;
use crate::safe;
use crate::text::Safe;

/// Make a deck to begin with; one that is there is never overwritten
#[derive(Debug, Args)]
pub struct New {
    /// The id of the deck, such as `system-design`, or the path of a `.toml` file
    deck: String,
    /// What it is called
    #[arg(long)]
    title: Option<String>,
}

impl New {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let (id, path) = self.place(&workspace.paths.decks)?;
        if let Some(shelf) = workspace.library.shelf(&id) {
            let words =
                safe!("greenroom: there is a deck `{id}` already, in {}. Choose another id.", shelf.origin.name());
            return Err(Failure::usage(words));
        }
        let title = self.title.as_deref().map_or_else(|| title_of(&id), |title| Safe::new(title).line());
        Writer::new(&workspace.paths.data).create(&path, &safe!("make the deck `{id}`"), &template(&id, &title))?;
        output.line(&safe!("made {}", path.display()))?;
        output.line(&safe!("Write into it: greenroom edit {id}. Or card by card: greenroom add {id}."))?;
        Ok(0)
    }

    /// The id of the deck and where it will lie.
    fn place(&self, decks: &Path) -> Result<(Id, PathBuf), Failure> {
        if is_path(&self.deck) {
            let path = PathBuf::from(&self.deck).with_extension("toml");
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let id = stem.parse().unwrap_or_else(|_| propose_id(&stem));
            return Ok((id, path));
        }
        let id: Id = self.deck.parse().map_err(|why| {
            let near = propose_id(&self.deck);
            Failure::usage(safe!("greenroom: the id `{}` {why}. `{near}` would do.", Safe::new(&self.deck).line()))
        })?;
        Ok((id.clone(), decks.join(format!("{id}.toml"))))
    }
}

/// The id as words: `System design` for `system-design`.
pub fn title_of(id: &Id) -> Safe {
    let words = id.as_str().replace(['-', '_', '.'], " ");
    Safe::new(&(words[..1].to_uppercase() + &words[1..]))
}
