//! Markdown: marked cards as hashcards and repeater write them, cards of Obsidian, or headings with their text.

mod front;
mod headings;
mod inline;
mod tagged;
mod write;

pub use self::write::export;
use super::{Imported, Refused, pasted, source};

/// Marked cards if there are any; else those of Obsidian; else a card for each heading that asks; else what pasted text would give.
pub fn import(bytes: &[u8]) -> Result<Imported, Refused> {
    let (text, mut imported) = source::read(bytes)?;
    imported.tell_tabs(&text);
    let body = front::take(&text, &mut imported);
    let lines = body.lines;
    if tagged::is_tagged(&lines) {
        tagged::read(&lines, body.above, &mut imported);
    } else if inline::is_inline(&lines) {
        inline::read(&lines, body.above, &mut imported);
    } else if headings::are_there(&lines) {
        headings::read(&lines, body.above, &mut imported);
    } else {
        return pasted::read(&text, imported);
    }
    Ok(imported.finish())
}

/// Whether a text without a telling name is marked cards.
pub fn is_tagged(text: &str) -> bool {
    tagged::is_tagged(&text.lines().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
