//! The last line: the keys that do something here.

use crate::tui::keys::{Chord, Hint};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;

/// Columns between two hints.
const GAP: usize = 2;

pub fn draw(hints: &[Hint], canvas: &mut Canvas) {
    for (column, hint) in place(hints, canvas.columns()) {
        canvas.row(0, column, &row(hint));
    }
}

/// The key of the hint at a column.
pub fn key_at(hints: &[Hint], columns: usize, column: usize) -> Option<Chord> {
    let placed = place(hints, columns);
    let (_, hint) = placed.into_iter().find(|(start, hint)| (*start..start + row(hint).columns()).contains(&column))?;
    hint.keys.first()?.parse().ok()
}

/// Where each hint starts. If they do not all fit, those before the last are left out from the end of the line: the
/// last one is the help, which tells the rest.
fn place(hints: &[Hint], columns: usize) -> Vec<(usize, &Hint)> {
    let Some((last, rest)) = hints.split_last() else { return Vec::new() };
    let mut left = columns.saturating_sub(2 + row(last).columns());
    let mut column = 1;
    let mut placed = Vec::new();
    for hint in rest {
        let wanted = row(hint).columns() + GAP;
        if wanted > left {
            break;
        }
        placed.push((column, hint));
        column += wanted;
        left -= wanted;
    }
    placed.push((column, last));
    placed
}

fn row(hint: &Hint) -> Row {
    Row::of(Role::Key, hint.keys.first().copied().unwrap_or("")).and(Role::Quiet, " ").and(Role::Quiet, hint.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HINTS: &[Hint] = &[
        Hint { keys: &["enter"], word: "study", help: "" },
        Hint { keys: &["n"], word: "more", help: "" },
        Hint { keys: &["?"], word: "help", help: "" },
    ];

    fn shown(columns: usize) -> Vec<&'static str> {
        place(HINTS, columns).into_iter().map(|(_, hint)| hint.word).collect()
    }

    #[test]
    fn help_is_the_last_thing_to_go() {
        assert_eq!(shown(80), ["study", "more", "help"]);
        assert_eq!(shown(24), ["study", "help"]);
        assert_eq!(shown(8), ["help"]);
    }

    #[test]
    fn a_click_on_a_hint_is_its_key() {
        assert_eq!(key_at(HINTS, 80, 1), "enter".parse().ok());
        assert_eq!(key_at(HINTS, 80, 14), "n".parse().ok());
        assert_eq!(key_at(HINTS, 80, 79), None);
    }
}
