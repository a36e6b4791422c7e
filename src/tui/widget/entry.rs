//! A field to type in: soft wrap, a cursor, paste, undo. One line or several.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Safe, width};
use crate::tui::keys::{Bind, Chord, find};
use crate::tui::paint::Row;
use crate::tui::theme::Role;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edit {
    Left,
    Right,
    Up,
    Down,
    Start,
    End,
    Erase,
    EraseAfter,
    EraseWord,
    EraseLine,
    NewLine,
    WordLeft,
    WordRight,
    Undo,
    Redo,
}

/// The keys of every field.
pub const EDITS: &[Bind<Edit>] = &[
    Bind { action: Edit::Left, keys: &["left"], word: "", help: "a letter to the left" },
    Bind { action: Edit::Right, keys: &["right"], word: "", help: "a letter to the right" },
    Bind { action: Edit::Up, keys: &["up"], word: "", help: "a line up" },
    Bind { action: Edit::Down, keys: &["down"], word: "", help: "a line down" },
    Bind { action: Edit::Start, keys: &["home", "ctrl-a"], word: "", help: "the start of the line" },
    Bind { action: Edit::End, keys: &["end"], word: "", help: "the end of the line" },
    Bind { action: Edit::Erase, keys: &["backspace"], word: "", help: "take a letter back" },
    Bind { action: Edit::EraseAfter, keys: &["delete"], word: "", help: "erase the letter under the cursor" },
    Bind { action: Edit::EraseWord, keys: &["ctrl-w"], word: "", help: "erase the word before the cursor" },
    Bind { action: Edit::EraseLine, keys: &["ctrl-u"], word: "", help: "erase to the start of the line" },
    Bind { action: Edit::WordLeft, keys: &["ctrl-left", "alt-left", "alt-b"], word: "", help: "a word to the left" },
    Bind {
        action: Edit::WordRight,
        keys: &["ctrl-right", "alt-right", "alt-f"],
        word: "",
        help: "a word to the right",
    },
    Bind { action: Edit::Undo, keys: &["alt-u"], word: "", help: "undo what was typed last" },
    Bind { action: Edit::Redo, keys: &["ctrl-r"], word: "", help: "type again what was undone" },
];

/// Steps that can be undone.
const MOST_STEPS: usize = 200;

/// What is typed so far. It holds safe text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    text: String,
    /// A byte of the text, on the border of a grapheme.
    cursor: usize,
    is_line: bool,
    /// The most characters.
    limit: usize,
    /// What undo brings back, the newest last, and what redo does.
    past: Vec<Step>,
    future: Vec<Step>,
    /// Whether a letter that is typed now belongs to the step before it.
    is_in_word: bool,
}

/// A text with its cursor.
type Step = (String, usize);

impl Entry {
    /// A field of one line.
    pub fn line(limit: usize) -> Entry {
        let (past, future) = (Vec::new(), Vec::new());
        Entry { text: String::new(), cursor: 0, is_line: true, limit, past, future, is_in_word: false }
    }

    /// A field of several lines.
    pub fn page(limit: usize) -> Entry {
        Entry { is_line: false, ..Entry::line(limit) }
    }

    pub fn text(&self) -> Safe {
        Safe::new(self.text.trim())
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Puts a text in the place of what is typed, with the cursor behind it. It can be undone like any other change.
    pub fn replace(&mut self, text: &str) {
        self.keep_step();
        (self.text, self.cursor) = (String::new(), 0);
        self.take(text);
    }

    /// What is typed so far is where undo ends.
    pub fn forget_steps(&mut self) {
        self.past.clear();
    }

    /// Takes text at the cursor, as much as there is room for. In a field of one line, line breaks become spaces.
    /// False if some of it was left out.
    pub fn insert(&mut self, text: &str) -> bool {
        let is_letter = text.chars().count() == 1 && !text.starts_with(char::is_whitespace);
        if !(is_letter && self.is_in_word) {
            self.keep_step();
        }
        self.is_in_word = is_letter;
        self.take(text)
    }

    fn take(&mut self, text: &str) -> bool {
        let room = self.limit.saturating_sub(self.text.chars().count());
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let piece: String = text.chars().take(room).collect();
        let is_whole = piece.len() == text.len();
        let piece = if self.is_line { piece.replace('\n', " ") } else { piece };
        let before = Safe::new(&format!("{}{piece}", &self.text[..self.cursor]));
        let after = &self.text[self.cursor..];
        (self.cursor, self.text) = (before.as_str().len(), format!("{before}{after}"));
        is_whole
    }

    /// Remembers the text as it is, for undo.
    fn keep_step(&mut self) {
        self.is_in_word = false;
        self.future.clear();
        self.past.push((self.text.clone(), self.cursor));
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    fn undo(&mut self, is_redo: bool) {
        self.is_in_word = false;
        let (from, to) = match is_redo {
            false => (&mut self.past, &mut self.future),
            true => (&mut self.future, &mut self.past),
        };
        if let Some((text, cursor)) = from.pop() {
            to.push((std::mem::replace(&mut self.text, text), std::mem::replace(&mut self.cursor, cursor)));
        }
    }

    /// Takes a key, in a field drawn with so many columns. False if it means nothing here.
    pub fn press(&mut self, chord: Chord, columns: usize) -> bool {
        match (find(EDITS, chord), chord.typed()) {
            (Some(edit), _) => self.edit(edit, columns),
            (None, Some(letter)) => {
                self.insert(letter.encode_utf8(&mut [0; 4]));
            }
            (None, None) => return false,
        }
        true
    }

    pub fn edit(&mut self, edit: Edit, columns: usize) {
        self.is_in_word &= edit == Edit::Erase;
        let line = self.lines(columns)[self.cursor_line(columns)].clone();
        match edit {
            Edit::Left => self.cursor = self.before(),
            Edit::Right => self.cursor = self.after(),
            Edit::Up => self.go_to_line(columns, -1),
            Edit::Down => self.go_to_line(columns, 1),
            Edit::Start => self.cursor = line.start,
            Edit::End => self.cursor = line.start + self.text[line].trim_end_matches('\n').len(),
            Edit::Erase => self.erase(self.before()..self.cursor),
            Edit::EraseAfter => self.erase(self.cursor..self.after()),
            Edit::EraseWord => self.erase(self.word_start()..self.cursor),
            Edit::EraseLine => self.erase(line.start..self.cursor),
            Edit::NewLine => {
                self.insert("\n");
            }
            Edit::WordLeft => self.cursor = self.word_start(),
            Edit::WordRight => self.cursor = self.word_end(),
            Edit::Undo => self.undo(false),
            Edit::Redo => self.undo(true),
        }
    }

    fn erase(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if !self.is_in_word {
            self.keep_step();
        }
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))
    }

    fn word_end(&self) -> usize {
        let rest = &self.text[self.cursor..];
        let word = rest.trim_start();
        let start = self.cursor + rest.len() - word.len();
        start + word.find(char::is_whitespace).unwrap_or(word.len())
    }

    fn go_to_line(&mut self, columns: usize, by: isize) {
        let lines = self.lines(columns);
        let at = self.cursor_line(columns);
        let Some(target) = at.checked_add_signed(by).and_then(|to| lines.get(to)) else { return };
        let column = width::columns(&self.text[lines[at].start..self.cursor]);
        let words = self.text[target.clone()].trim_end_matches('\n');
        self.cursor = target.start + width::prefix(words, column).len();
    }

    fn lines(&self, columns: usize) -> Vec<Range<usize>> {
        lines(&self.text, columns)
    }

    /// The line that the cursor stands in.
    pub fn cursor_line(&self, columns: usize) -> usize {
        let lines = self.lines(columns);
        let holds = |line: &Range<usize>| line.contains(&self.cursor);
        lines.iter().position(holds).unwrap_or(lines.len() - 1)
    }

    /// The lines of a field in which nobody types now.
    pub fn resting(&self, columns: usize) -> Vec<Row> {
        let row = |line: Range<usize>| Row::of(Role::Text, Safe::new(self.text[line].trim_end_matches('\n')));
        self.lines(columns).into_iter().map(row).collect()
    }

    /// Whether the cursor stands in the first line, and whether in the last.
    pub fn is_at_edge(&self, columns: usize) -> (bool, bool) {
        let line = self.cursor_line(columns);
        (line == 0, line + 1 == self.lines(columns).len())
    }

    /// The lines with the cursor, each in at most `columns` columns.
    pub fn rows(&self, columns: usize) -> Vec<Row> {
        let cursor_line = self.cursor_line(columns);
        let row = |(number, line): (usize, Range<usize>)| {
            let words = self.text[line.clone()].trim_end_matches('\n');
            if number != cursor_line {
                return Row::of(Role::Text, Safe::new(words));
            }
            let (before, after) = words.split_at((self.cursor - line.start).min(words.len()));
            let under = after.graphemes(true).next().unwrap_or(" ");
            let rest = after.get(under.len()..).unwrap_or("");
            Row::of(Role::Text, Safe::new(before)).and(Role::Cursor, Safe::new(under)).and(Role::Text, Safe::new(rest))
        };
        self.lines(columns).into_iter().enumerate().map(row).collect()
    }
}

/// The lines of a plain text as they are drawn in so many columns, the last of which is free for the cursor: byte ranges
/// that follow one upon the other. A line feed ends its line; at least one line is there.
pub fn lines(text: &str, columns: usize) -> Vec<Range<usize>> {
    let room = columns.saturating_sub(1).max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        let end = start + paragraph.len();
        while start < end {
            let rest = &text[start..end];
            let fitting = width::prefix(rest.trim_end_matches('\n'), room).len();
            let is_last = fitting == rest.trim_end_matches('\n').len();
            // The space behind a word that just fits may hang over.
            let within = if rest[fitting..].starts_with(' ') { fitting + 1 } else { fitting };
            let space = rest[..within].rfind(' ').map(|at| at + 1);
            let length = if is_last { rest.len() } else { space.unwrap_or(fitting).max(1) };
            let length = rest.ceil_char_boundary(length);
            lines.push(start..start + length);
            start += length;
        }
    }
    if text.is_empty() || text.ends_with('\n') {
        lines.push(start..start);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(entry: &mut Entry, keys: &str, columns: usize) {
        for key in keys.split_whitespace() {
            entry.press(key.parse().expect("a key"), columns);
        }
    }

    fn shown(entry: &Entry, columns: usize) -> Vec<String> {
        let run = |run: &crate::tui::paint::Run| match run.role {
            Role::Cursor => format!("|{}", run.words.as_str()),
            _ => run.words.as_str().to_owned(),
        };
        entry.rows(columns).iter().map(|row| row.0.iter().map(run).collect::<String>().trim_end().to_owned()).collect()
    }

    #[test]
    fn words_are_wrapped_and_the_cursor_stands_where_one_types() {
        let mut entry = Entry::page(100);
        entry.insert("the code calls\nS3");
        assert_eq!(shown(&entry, 10), ["the code", "calls", "S3|"]);
        press(&mut entry, "up end", 10);
        assert_eq!(shown(&entry, 10), ["the code", "calls|", "S3"]);
        press(&mut entry, "home up right right x", 10);
        assert_eq!(shown(&entry, 10), ["thx|e code", "calls", "S3"]);
    }

    #[test]
    fn letters_words_and_lines_are_erased_from_the_cursor() {
        let mut entry = Entry::page(100);
        entry.insert("one two three");
        press(&mut entry, "ctrl-w backspace", 60);
        assert_eq!(entry.text().as_str(), "one two");
        press(&mut entry, "left left delete ctrl-u", 60);
        assert_eq!(entry.text().as_str(), "o");
        press(&mut entry, "ctrl-w delete backspace left right down", 60);
        assert!(entry.is_blank());
    }

    #[test]
    fn words_are_undone_one_by_one_and_typed_again() {
        let mut entry = Entry::page(100);
        press(&mut entry, "o n e space t w o backspace", 60);
        let mut seen = Vec::new();
        for key in ["alt-u", "alt-u", "ctrl-r", "ctrl-r", "alt-u", "!", "ctrl-r"] {
            press(&mut entry, key, 60);
            seen.push(entry.text.clone());
        }
        assert_eq!(seen, ["one ", "one", "one ", "one tw", "one ", "one !", "one !"]);
        entry.replace("from elsewhere");
        press(&mut entry, "alt-u alt-u alt-u alt-u alt-u alt-u", 60);
        assert!(entry.is_blank());
    }

    #[test]
    fn the_cursor_goes_word_by_word() {
        let mut entry = Entry::page(100);
        entry.insert("one  two");
        press(&mut entry, "ctrl-left x alt-b alt-b ctrl-right y", 60);
        assert_eq!(entry.text().as_str(), "oney  xtwo");
    }

    #[test]
    fn a_paste_is_made_safe_and_cut_and_stays_on_its_line() {
        let mut entry = Entry::line(12);
        entry.insert("a\r\nb\u{1b}[2J");
        assert_eq!(entry.text().as_str(), "a b\\x1b[2J");
        assert!(!entry.insert("many more letters"), "not all of it fits");
        assert_eq!(entry.text().as_str().chars().count(), 12);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_cursor_is_on_the_screen_and_rows_are_narrow_enough(
            text in "[a é日\n👩]{0,40}", columns in 4..20_usize,
            keys in prop::collection::vec(
                prop::sample::select(vec!["left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl-w", "ctrl-u", "z", "alt-u", "ctrl-r", "alt-b", "alt-f"]),
                0..20,
            ),
        ) {
            let mut entry = Entry::page(60);
            entry.insert(&text);
            for key in keys {
                entry.press(key.parse().expect("a key"), columns);
                let rows = entry.rows(columns);
                prop_assert_eq!(rows.iter().filter(|row| row.0.iter().any(|run| run.role == Role::Cursor)).count(), 1);
                prop_assert!(rows.iter().all(|row| row.columns() <= columns + 1), "{rows:?}");
                let plain = |text: &str| text.replace([' ', '\n'], "");
                let whole: String = rows.iter().map(Row::text).collect();
                prop_assert_eq!(plain(&whole), plain(&entry.text));
            }
        }
    }
}
