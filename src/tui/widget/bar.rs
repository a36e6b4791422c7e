//! A share of ten cells.

use crate::tui::paint::Row;
use crate::tui::theme::Role;

/// Full and empty cells for a share from 0 to 1. Only nothing at all is shown as nothing.
pub fn bar(share: f32, cells: usize) -> Row {
    let share = share.clamp(0.0, 1.0);
    let rounded = (share * cells as f32).round() as usize;
    let full = if share > 0.0 { rounded.max(1) } else { 0 };
    let cell = |glyph: &str, count: usize| crate::safe!("{}", glyph.repeat(count));
    Row::of(Role::Accent, cell("▪", full)).and(Role::Quiet, cell("▫", cells - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_its_share_and_never_hides_a_beginning() {
        assert_eq!(bar(0.6, 10).text(), "▪▪▪▪▪▪▫▫▫▫");
        assert_eq!(bar(0.01, 10).text(), "▪▫▫▫▫▫▫▫▫▫");
        assert_eq!(bar(0.0, 4).text(), "▫▫▫▫");
        assert_eq!(bar(7.0, 4).text(), "▪▪▪▪");
    }
}
