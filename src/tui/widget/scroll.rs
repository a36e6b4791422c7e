//! Rows that may be more than fit, and how far the learner has gone in them.

use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;

/// How many rows have gone out at the top. It may say more than there is until it is drawn or moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll(usize);

impl Scroll {
    /// Goes `by` rows, never past the last screenful of `rows` in a window of `height`.
    pub fn go(&mut self, by: isize, rows: usize, height: usize) {
        self.0 = self.first(rows, height).saturating_add_signed(by);
        self.0 = self.first(rows, height);
    }

    /// The first row that is shown.
    pub fn first(self, rows: usize, height: usize) -> usize {
        self.0.min(rows.saturating_sub(height))
    }

    /// Draws the rows from `column` on. Arrows in the last column but one tell that there is more above or below, so
    /// rows are to end before it.
    pub fn draw(self, rows: &[Row], column: usize, canvas: &mut Canvas) {
        let height = canvas.rows();
        let first = self.first(rows.len(), height);
        for (line, row) in rows.iter().skip(first).take(height).enumerate() {
            canvas.row(line, column, row);
        }
        if first > 0 {
            canvas.right(0, 1, &Row::of(Role::Accent, "↑"));
        }
        if first + height < rows.len() {
            canvas.right(height.saturating_sub(1), 1, &Row::of(Role::Accent, "↓"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut scroll = Scroll::default();
        scroll.go(-3, 10, 4);
        assert_eq!(scroll.first(10, 4), 0);
        scroll.go(99, 10, 4);
        assert_eq!(scroll.first(10, 4), 6);
        scroll.go(-1, 10, 4);
        assert_eq!(scroll.first(10, 4), 5);
        assert_eq!(scroll.first(3, 4), 0);
    }
}
