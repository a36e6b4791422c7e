//! `greenroom` and `greenroom study`: the terminal face on today's cards.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;

use super::call::Call;
use super::failure::{Failure, INTERRUPTED};
use crate::card::Id;
use crate::config::Advice;
use crate::library::Library;
use crate::safe;
use crate::store::{Lock, Store, Trouble};
use crate::text::Safe;
use crate::tui::event::{Notice, Route, Tone};
use crate::tui::theme::Theme;
use crate::tui::{self, Ending, Options};
use crate::workspace::Workspace;

/// Study what is due today
#[derive(Debug, Args)]
pub struct Study {
    /// Ids of decks, or deck files; all decks if none is named
    #[arg(id = "studied", value_name = "DECK")]
    decks: Vec<String>,
}

impl Study {
    pub fn run(self, mut call: Call) -> Result<u8, Failure> {
        let (files, ids): (Vec<_>, Vec<_>) = self.decks.into_iter().partition(|deck| is_file(deck));
        call.decks.extend(files.iter().map(PathBuf::from));
        show(&call, |workspace| {
            let library = &workspace.library;
            let mut decks = ids.iter().map(|id| named(library, id)).collect::<Result<Vec<Id>, Failure>>()?;
            for shelf in library.decks() {
                if files.iter().any(|file| shelf.origin.path().is_some_and(|path| path.ends_with(file))) {
                    decks.push(shelf.id.clone());
                }
            }
            Ok(Route::Study { decks, more: 0 })
        })
    }
}

/// The home screen.
pub fn home(call: &Call) -> Result<u8, Failure> {
    show(call, |_| Ok(Route::Home))
}

fn is_file(deck: &str) -> bool {
    deck.contains('/') || deck.to_lowercase().ends_with(".toml")
}

/// The deck with this id; if there is none, the failure says which one may be meant.
pub fn named(library: &Library, id: &str) -> Result<Id, Failure> {
    let known = || library.decks().iter().map(|shelf| shelf.id.as_str());
    let found = id.parse().ok().filter(|id| library.shelf(id).is_some());
    found.ok_or_else(|| {
        let near = match crate::text::nearest(id, known()) {
            Some(near) => safe!("did you mean `{near}`?"),
            None => safe!("the decks are {}", known().collect::<Vec<_>>().join(", ")),
        };
        Failure::usage(safe!("greenroom: there is no deck `{id}`; {near}{}", library.told_unread(None)))
    })
}

/// Shows a screen of the terminal face until the learner leaves.
pub fn show(call: &Call, route: impl FnOnce(&Workspace) -> Result<Route, Failure>) -> Result<u8, Failure> {
    if call.environment.is_dumb || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let why = "greenroom: this needs a terminal; `greenroom due` tells what is due without one";
        return Err(Failure::usage(Safe::from(why)));
    }
    let mut workspace = call.workspace(None)?;
    let route = route(&workspace)?;
    let theme = call.environment.theme(&workspace.settings).unwrap_or_else(|| {
        let known = Theme::names().collect::<Vec<_>>().join(", ");
        let message = safe!("there is no theme `{}`; the themes are {known}", workspace.settings.theme);
        workspace.advice.push(Advice { line: 1, message });
        Theme::plain()
    });
    let lock = Lock::acquire(&workspace.paths.data);
    let store = call.store(&workspace.paths.data).and_then(|store| workspace.follow(&store).map(|()| store));
    let notice = notice(lock.as_ref().err(), store.as_ref().ok());
    let options =
        Options { theme, mouse: workspace.settings.mouse, route, notice, editor: call.environment.editor.clone() };
    match tui::run(workspace, store, options, &|| call.environment.now())? {
        Ending::Left => Ok(0),
        Ending::Signal(number) => Ok(u8::try_from(128 + number).unwrap_or(INTERRUPTED)),
    }
}

/// What the learner should know at the start.
fn notice(another: Option<&Trouble>, store: Option<&Store>) -> Option<Notice> {
    let told = |tone, trouble: &Trouble| Notice { tone, words: Safe::new(&trouble.to_string()).line() };
    match (store.and_then(|store| store.writable().err()), another, store.and_then(Store::network)) {
        (Some(refusal), ..) => Some(told(Tone::Bad, &refusal)),
        (None, Some(another @ Trouble::AnotherIsOpen { .. }), _) => Some(told(Tone::Warn, another)),
        (None, _, Some(kind)) => {
            let words =
                safe!("the review log lies on a network disk ({kind}): it is only as safe as the locks of that disk");
            Some(Notice { tone: Tone::Warn, words })
        }
        _ => None,
    }
}
