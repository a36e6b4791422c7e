//! `greenroom export DECK`: a deck in another format, and what that cannot say.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Export;
use crate::card::Id;
use crate::cli::call::Call;
use crate::cli::failure::{FINDINGS, Failure};
use crate::cli::output::Output;
use crate::cli::study::named;
use crate::deck::{self, Deck};
use crate::exchange::{Format, Loss};
use crate::safe;
use crate::text::count;
use crate::workspace::{Request, Workspace, is_path};

/// Losses that are listed one by one.
const LISTED: usize = 20;

impl Export {
    pub fn deck(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let by_name = || self.out.as_deref()?.extension()?.to_str().and_then(Format::of_extension);
        let format = self.format.as_deref().and_then(Format::named).or_else(by_name).or_else(|| Format::named("json"));
        let format = format.expect("json is a format");
        let export = format.export.ok_or_else(|| {
            Failure::usage(safe!("greenroom: {} can be read and not written; --format names another", format.name))
        })?;
        let deck = read(call, self.deck.as_deref().expect("clap asks for it"))?;
        let exported = export(&deck);
        match &self.out {
            Some(file) => {
                write(file, &exported.bytes, self.force)?;
                let cards = count(deck.cards.len() as u64, "card", "cards");
                output.line(&safe!("{cards} of `{}` in {}, as {}", deck.id, file.display(), format.name))?;
            }
            None => output.file(&exported.bytes)?,
        }
        tell(&exported.dropped, output);
        Ok(if exported.dropped.is_empty() { 0 } else { FINDINGS })
    }
}

/// A deck by its id, or by the path of its file.
fn read(call: &Call, deck: &str) -> Result<Deck, Failure> {
    let (workspace, id) = match is_path(deck) {
        false => {
            let workspace = call.workspace(None)?;
            let id = named(&workspace.library, deck)?;
            (workspace, id)
        }
        true => open(call, Path::new(deck))?,
    };
    let shelf = workspace.library.shelf(&id).expect("it was found");
    let text = shelf.origin.text().map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
    let gone = || Failure::bad_deck(safe!("greenroom: `{}` was changed and is no deck any more.", shelf.origin.name()));
    deck::parse(&text).deck.ok_or_else(gone)
}

fn open(call: &Call, file: &Path) -> Result<(Workspace, Id), Failure> {
    let request: Request = call.request(None);
    let call = Call { home: request.home, decks: vec![file.to_owned()], environment: call.environment.clone() };
    let workspace = call.workspace(None)?;
    let is_it = |path: &Path| path == file || path.canonicalize().ok() == file.canonicalize().ok();
    let shelf = workspace.library.decks().iter().find(|shelf| shelf.origin.path().is_some_and(is_it));
    let id = shelf.map(|shelf| shelf.id.clone());
    let none = || {
        Failure::bad_deck(safe!(
            "greenroom: {} is no deck that can be used: `greenroom lint` shows why",
            file.display()
        ))
    };
    Ok((workspace, id.ok_or_else(none)?))
}

/// The whole file, or none of it.
fn write(file: &PathBuf, bytes: &[u8], is_forced: bool) -> Result<(), Failure> {
    let told = |why: std::io::Error| match why.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::usage(safe!("greenroom: {} is there already; --force writes over it", file.display()))
        }
        _ => Failure::usage(safe!("greenroom: {} could not be written: {why}", file.display())),
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = NamedTempFile::with_prefix_in(".greenroom-", folder).map_err(told)?;
    new.write_all(bytes).and_then(|()| new.as_file().sync_all()).map_err(told)?;
    let written = if is_forced { new.persist(file) } else { new.persist_noclobber(file) };
    written.map(drop).map_err(|why| told(why.error))
}

fn tell(dropped: &[Loss], output: &mut Output) {
    for loss in dropped.iter().take(LISTED) {
        output.complain(&safe!("{loss}"));
    }
    if dropped.len() > LISTED {
        let more = count((dropped.len() - LISTED) as u64, "loss", "losses");
        output.complain(&safe!("and {more} more; json loses nothing"));
    }
}
