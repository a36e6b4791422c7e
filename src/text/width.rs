//! Columns that text takes in a terminal; cutting and wrapping by them, at grapheme borders.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that one line of text takes.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_columns).sum() }
}

/// The columns of one grapheme: 0, 1 or 2, whatever it is composed of.
pub fn grapheme_columns(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The longest prefix of `text` that fits in `limit` columns.
pub fn prefix(text: &str, limit: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_columns(grapheme);
        if used > limit {
            return &text[..at];
        }
    }
    text
}

/// `text` in at most `limit` columns, with an ellipsis where something was left out.
pub fn fit(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    match limit {
        0 => String::new(),
        _ => format!("{}…", prefix(text, limit - 1).trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_joined_characters_are_counted_as_a_terminal_shows_them() {
        assert_eq!(columns("task"), 4);
        assert_eq!(columns("日本"), 4);
        assert_eq!(columns("👩\u{200d}💻"), 2);
        assert_eq!(columns("é"), 1);
    }

    #[test]
    fn cutting_never_splits_a_wide_character() {
        assert_eq!(prefix("日本", 3), "日");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("short", 5), "short");
        assert_eq!(fit("longer text", 7), "longer…");
        assert_eq!(fit("anything", 0), "");
    }
}
