//! `greenroom deck rename`: another id for a card, in its file and in the log, so that its reviews go with it.

use std::fmt::Display;
use std::path::Path;

use clap::Args;
use uuid::Uuid;

use super::ask::ask;
use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use super::target::Target;
use crate::card::{Card, Id, Key};
use crate::deck::edit::{change_card, renames};
use crate::library::Writer;
use crate::review::{Action, Entry, EntryId};
use crate::safe;
use crate::store::{Store, Undone};
use crate::text::Safe;
use crate::workspace::Workspace;

/// What the command is told.
#[derive(Debug, Args)]
pub struct Rename {
    /// `deck/card`, or the id of a card that no other deck has
    card: String,
    /// Its new id
    new_id: String,
    /// Copy a built-in deck into your folder without asking
    #[arg(long)]
    copy: bool,
}

impl Rename {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let new = Safe::new(&self.new_id).line();
        let to: Id = self.new_id.parse().map_err(|why| Failure::usage(safe!("greenroom: the id `{new}` {why}")))?;
        let (workspace, mut store) = call.open(None, output)?;
        if let Some(from) = self.is_renamed_already(&workspace, &to) {
            let path = workspace.library.shelf(&from.deck).and_then(|shelf| shelf.origin.path()).map(Path::to_owned);
            carry(&from, &to, path.as_deref(), call, &workspace, &mut store, output)?;
            return Ok(0);
        }
        let key = workspace.library.find(&self.card)?;
        store.writable()?;
        let shelf = workspace.library.shelf(&key.deck).expect("the card was found in it");
        let card = workspace.library.card(&key.deck, &key.card);
        let card = card.map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
        let target = Target::of(shelf, &workspace, self.copy, output)?;
        let writer = Writer::new(&workspace.paths.data);
        let what = safe!("rename `{}` to `{to}`", key.card);
        writer.change(&target.path, target.version, &what, |text| {
            change_card(text, &key.card, &Card { id: to.clone(), ..card })
        })?;
        output.line(&safe!("{}: `{}` is `{to}` now", target.path.display(), key.card))?;
        carry(&key, &to, Some(&target.path), call, &workspace, &mut store, output)?;
        Ok(0)
    }

    /// The old key, if the file has the new id already and no card with the old one.
    fn is_renamed_already(&self, workspace: &Workspace, to: &Id) -> Option<Key> {
        let from: Key = self.card.parse().ok()?;
        let shelf = workspace.library.shelf(&from.deck)?;
        (shelf.slot(&from.card).is_none() && shelf.slot(to).is_some()).then_some(from)
    }
}

/// Offers each card that seems to have got another id to go on with its reviews.
pub fn offer(
    deck: &Id,
    before: &[Card],
    after: &[Card],
    agreed: bool,
    call: &Call,
    output: &mut Output,
) -> Result<(), Failure> {
    let renamed = renames(before, after);
    if renamed.is_empty() {
        return Ok(());
    }
    let (workspace, mut store) = call.open(None, output)?;
    for (from, to) in renamed {
        let key = Key { deck: deck.clone(), card: from.clone() };
        if workspace.memories.newest(&key).is_none() {
            continue;
        }
        let question = safe!("`{from}` is gone and `{to}` asks nearly the same. Do its reviews go on with it? (y/n)");
        match agreed || ask(&question, &['y', 'n'], output)? == Some('y') {
            true => {
                let path = workspace.library.shelf(deck).and_then(|shelf| shelf.origin.path()).map(Path::to_owned);
                carry(&key, &to, path.as_deref(), call, &workspace, &mut store, output)?;
            }
            false => output.complain(&safe!(
                "`{to}` begins anew. `greenroom deck rename {key} {to}` gives it the reviews of `{from}`."
            )),
        }
    }
    Ok(())
}

/// Takes back the rows of the log that went along with an edit, those that still count, the newest first.
pub fn take_back(rows: &[EntryId], call: &Call) -> Result<Vec<Undone>, Safe> {
    let told = |why: &dyn Display| safe!("The reviews that went along could not be taken back: {why}");
    let request = call.request(None);
    let workspace = Workspace::open(&request).map_err(|why| told(&why))?;
    let mut store = call.store(&workspace.paths.data).map_err(|why| told(&why))?;
    let at = call.environment.now();
    let mut returned = Vec::new();
    for row in rows.iter().rev() {
        let id = EntryId::new(at, Uuid::now_v7().as_u128());
        returned.extend(store.take_back(*row, workspace.moment(at), id).map_err(|why| told(&why))?);
    }
    Ok(returned)
}

/// What was recorded of a card so far counts for another one of its deck from now on. The row goes along with the edit
/// that gave the file the new id.
fn carry(
    from: &Key,
    to: &Id,
    path: Option<&Path>,
    call: &Call,
    workspace: &Workspace,
    store: &mut Store,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(newest) = workspace.memories.newest(from) else {
        return output.line(&safe!("`{from}` has no reviews that could go with it"));
    };
    let at = call.time(None)?.at;
    let to = Key { deck: from.deck.clone(), card: to.clone() };
    let id = EntryId::new(at, Uuid::now_v7().as_u128());
    let action = Action::Rename { to: to.clone() };
    let entry = Entry { id, card: from.clone(), moment: workspace.moment(at), action };
    if let Some(path) = path {
        Writer::new(&workspace.paths.data).goes_along(path, id)?;
    }
    store.append(&entry, Some(newest)).map_err(|trouble| {
        let again = format!("`greenroom deck rename {from} {}` tries again", to.card);
        Failure::store(safe!(
            "greenroom: {trouble} The id is changed, and the reviews are not carried over yet: {again}."
        ))
    })?;
    output.line(&safe!("the reviews of `{from}` count for `{to}` now"))
}
