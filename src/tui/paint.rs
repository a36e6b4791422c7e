//! Drawing: the only file that hands text to the terminal library. It takes text that is safe to show, and nothing else.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::{Role, Theme};
use crate::text::{Safe, width};

/// Words that may be drawn: the program's own, or safe ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Cow<'static, str>);

/// Words in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub role: Role,
    pub words: Words,
}

/// One line of runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row(pub Vec<Run>);

/// A rectangle of the screen, with what is needed to draw in it. Nothing is ever drawn outside it.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
}

impl Words {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn columns(&self) -> usize {
        width::columns(&self.0)
    }

    /// Part of the words; `range` lies on character borders.
    pub fn part(&self, range: std::ops::Range<usize>) -> Words {
        Words(match &self.0 {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
            Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
        })
    }

    /// The words in at most `limit` columns, with an ellipsis where something was left out.
    pub fn fit(&self, limit: usize) -> Words {
        if self.columns() <= limit { self.clone() } else { Words(Cow::Owned(width::fit(&self.0, limit))) }
    }
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Words {
        Words(Cow::Borrowed(words))
    }
}

impl From<Safe> for Words {
    fn from(words: Safe) -> Words {
        Words(Cow::Owned(words.into()))
    }
}

impl From<&Safe> for Words {
    fn from(words: &Safe) -> Words {
        Words(Cow::Owned(words.as_str().to_owned()))
    }
}

impl Row {
    pub fn new() -> Row {
        Row::default()
    }

    pub fn of(role: Role, words: impl Into<Words>) -> Row {
        Row::new().and(role, words)
    }

    #[must_use]
    pub fn and(mut self, role: Role, words: impl Into<Words>) -> Row {
        self.0.push(Run { role, words: words.into() });
        self
    }

    /// Spaces up to a column, and at least one if there is anything before it.
    #[must_use]
    pub fn to(self, column: usize) -> Row {
        let used = self.columns();
        let gap = column.saturating_sub(used).max(usize::from(used > 0));
        self.gap(gap)
    }

    #[must_use]
    pub fn gap(self, columns: usize) -> Row {
        if columns == 0 { self } else { self.and(Role::Text, spaces(columns)) }
    }

    pub fn columns(&self) -> usize {
        self.0.iter().map(|run| run.words.columns()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row in at most `limit` columns.
    #[must_use]
    pub fn fit(&self, limit: usize) -> Row {
        let mut fitted = Row::new();
        let mut left = limit;
        for run in &self.0 {
            let columns = run.words.columns();
            if columns > left {
                return if left == 0 { fitted } else { fitted.and(run.role, run.words.fit(left)) };
            }
            left -= columns;
            fitted.0.push(run.clone());
        }
        fitted
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.words.as_str()).collect()
    }
}

fn spaces(columns: usize) -> Words {
    Words(Cow::Owned(" ".repeat(columns)))
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme) -> Canvas<'a> {
        let area = area.intersection(buffer.area);
        Canvas { buffer, area, theme }
    }

    pub fn columns(&self) -> usize {
        usize::from(self.area.width)
    }

    pub fn rows(&self) -> usize {
        usize::from(self.area.height)
    }

    /// A part of the canvas, cut to what there is of it.
    pub fn part(&mut self, column: usize, row: usize, columns: usize, rows: usize) -> Canvas<'_> {
        let cut = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let x = self.area.x.saturating_add(cut(column)).min(self.area.right());
        let y = self.area.y.saturating_add(cut(row)).min(self.area.bottom());
        let width = cut(columns).min(self.area.right() - x);
        let height = cut(rows).min(self.area.bottom() - y);
        Canvas { buffer: self.buffer, area: Rect { x, y, width, height }, theme: self.theme }
    }

    /// Draws a row from a column on; what does not fit is cut with an ellipsis.
    pub fn row(&mut self, line: usize, column: usize, row: &Row) {
        if line >= self.rows() || column >= self.columns() {
            return;
        }
        let mut x = self.area.x + column as u16;
        let y = self.area.y + line as u16;
        for run in &row.fit(self.columns() - column).0 {
            let style = self.theme.style(run.role);
            let shown = self.theme.glyphs.show(run.words.as_str());
            for grapheme in shown.graphemes(true) {
                let columns = width::grapheme_columns(grapheme) as u16;
                if columns == 0 || x + columns > self.area.right() {
                    continue;
                }
                self.buffer[(x, y)].set_symbol(grapheme).set_style(style);
                for covered in x + 1..x + columns {
                    self.buffer[(covered, y)].reset();
                }
                x += columns;
            }
        }
    }

    /// Draws a row that ends at the right edge, `column` columns before it.
    pub fn right(&mut self, line: usize, column: usize, row: &Row) {
        let start = self.columns().saturating_sub(row.columns() + column);
        self.row(line, start, row);
    }

    /// Draws a line from edge to edge.
    pub fn rule(&mut self, line: usize) {
        let dashes = Words(Cow::Owned("─".repeat(self.columns())));
        self.row(line, 0, &Row::of(Role::Rule, dashes));
    }

    /// Empties the canvas, so that what lies below does not shine through.
    pub fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: u16, rows: u16, draw: impl FnOnce(&mut Canvas)) -> String {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        draw(&mut Canvas::new(&mut buffer, area, &Theme::plain()));
        let line = |y| (0..columns).map(move |x| (x, y)).collect::<Vec<_>>();
        (0..rows)
            .map(|y| line(y).into_iter().map(|at| buffer[at].symbol().to_owned()).collect::<String>() + "\n")
            .collect()
    }

    #[test]
    fn a_row_is_cut_at_the_edge_and_says_so() {
        let row = Row::of(Role::Text, "task role, ").and(Role::Text, "execution role");
        assert_eq!(drawn(16, 1, |canvas| canvas.row(0, 0, &row)), "task role, exec…\n");
    }

    #[test]
    fn nothing_is_drawn_outside_whatever_is_asked() {
        let row = Row::of(Role::Text, "日本語 wide");
        for (columns, rows) in [(0, 0), (1, 1), (2, 1), (3, 3)] {
            drawn(columns, rows, |canvas| {
                for line in 0..5 {
                    canvas.row(line, 0, &row);
                    canvas.right(line, 1, &row);
                    canvas.part(1, 1, 90, 90).row(0, 1, &row);
                }
                canvas.rule(9);
            });
        }
    }

    #[test]
    fn a_wide_character_never_hangs_over_the_edge() {
        assert_eq!(drawn(3, 1, |canvas| canvas.row(0, 0, &Row::of(Role::Text, "日本"))), "日 …\n");
    }
}
