//! Markdown as rows: paragraphs, lists, code, emphasis, wrapped to a width.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::code::highlight;
use crate::safe;
use crate::text::{Safe, width};
use crate::tui::paint::Row;
use crate::tui::theme::Role;

/// The rows of a text in at most `columns` columns; blocks are one empty row apart. Ordinary words are in `base`.
pub fn rows(text: &Safe, columns: usize, base: Role) -> Vec<Row> {
    marked(text, columns, base, &[], false)
}

/// The same with words marked: `marks` are byte ranges of the text, in order and apart. They are in the role of
/// evidence, and between brackets if there is no colour to tell them by.
pub fn marked(text: &Safe, columns: usize, base: Role, marks: &[Range<usize>], brackets: bool) -> Vec<Row> {
    let source = text.as_str();
    let mut page = Page { columns: columns.max(8), base, marks, brackets, ..Page::default() };
    for (event, range) in Parser::new(source).into_offset_iter() {
        // Where the words of the event begin in the source: behind the marks of code, nowhere for an entity.
        page.at = match &event {
            Event::Text(words) | Event::Code(words) => source[range.clone()].find(&**words).map(|at| range.start + at),
            _ => None,
        };
        page.take(event);
    }
    page.flush();
    while page.rows.last().is_some_and(Row::is_empty) {
        page.rows.pop();
    }
    page.rows
}

#[derive(Default)]
struct Page<'m> {
    columns: usize,
    base: Role,
    marks: &'m [Range<usize>],
    brackets: bool,
    /// Where the text that is being read begins in the source.
    at: Option<usize>,
    rows: Vec<Row>,
    /// Words of the block that is being read.
    words: Vec<Word>,
    space: bool,
    roles: Vec<Role>,
    /// The number of the next item, if they are numbered, and the columns that a bullet takes.
    lists: Vec<(Option<u64>, usize)>,
    /// What stands before the first row of the block, such as a bullet.
    bullet: Option<Safe>,
    quotes: usize,
    code: Option<String>,
    is_tight: bool,
}

struct Word {
    text: String,
    role: Role,
    /// Whether a space goes before it, and in which role.
    space: Option<Role>,
}

impl Page<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push(&code, Role::Code),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.space = true,
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.end_block();
                self.rows.push(Row::of(Role::Rule, safe!("{}", "─".repeat(self.columns.min(24)))));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.roles.push(Role::Strong),
            Tag::Emphasis => self.roles.push(Role::Emphasis),
            Tag::Heading { .. } => {
                self.end_block();
                self.roles.push(Role::Title);
            }
            Tag::List(first) => {
                self.end_block_in_list();
                self.lists.push((*first, if first.is_some() { 3 } else { 2 }));
            }
            Tag::Item => self.start_item(),
            Tag::CodeBlock(_) => {
                self.end_block();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes += 1;
            }
            Tag::Paragraph if !self.is_tight => self.gap(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => drop(self.roles.pop()),
            TagEnd::Heading(_) => {
                self.flush();
                self.roles.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.is_tight = false;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Paragraph => self.flush(),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.flush();
        if self.lists.len() == 1 && self.rows.last().is_some_and(|row| !row.is_empty()) && !self.follows_item() {
            self.rows.push(Row::new());
        }
        let bullet = match self.lists.last_mut() {
            Some((Some(number), _)) => {
                *number += 1;
                safe!("{}. ", *number - 1)
            }
            _ => Safe::from("• "),
        };
        self.bullet = Some(bullet);
        self.is_tight = true;
    }

    /// Whether the last row belongs to an item already, so that a list is not torn apart.
    fn follows_item(&self) -> bool {
        self.rows.last().is_some_and(|row| {
            let text = row.text();
            let start = text.trim_start();
            text.starts_with("  ")
                || start.starts_with("• ")
                || start.split_once(". ").is_some_and(|(n, _)| n.parse::<u64>().is_ok())
        })
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        let role = self.roles.last().copied().unwrap_or(self.base);
        self.push(text, role);
    }

    fn push(&mut self, text: &str, role: Role) {
        self.space |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            let start = self.at.map(|at| at + word.as_ptr().addr() - text.as_ptr().addr());
            self.push_word(word, role, start);
            self.space = true;
        }
        self.space = text.ends_with(char::is_whitespace);
    }

    /// Pushes a word, in pieces where a mark begins or ends in it.
    fn push_word(&mut self, word: &str, role: Role, start: Option<usize>) {
        let mut done = 0;
        let marks = self.marks;
        let Some(start) = start else { return self.push_piece(word, role, None) };
        for mark in marks.iter().filter(|mark| mark.start < start + word.len() && mark.end > start) {
            let from = word.floor_char_boundary(mark.start.saturating_sub(start));
            let to = word.floor_char_boundary((mark.end - start).min(word.len()));
            self.push_piece(&word[done..from], role, None);
            let open = if self.brackets && mark.start >= start { "[" } else { "" };
            let close = if self.brackets && mark.end <= start + word.len() { "]" } else { "" };
            let space = if mark.start < start { Role::Evidence } else { Role::Text };
            self.push_piece(&format!("{open}{}{close}", &word[from..to]), Role::Evidence, Some(space));
            done = to;
        }
        self.push_piece(&word[done..], role, None);
    }

    fn push_piece(&mut self, text: &str, role: Role, space: Option<Role>) {
        if !text.is_empty() {
            let space = std::mem::take(&mut self.space).then_some(space.unwrap_or(Role::Text));
            self.words.push(Word { text: text.to_owned(), role, space });
        }
    }

    fn indent(&self) -> usize {
        (self.lists.iter().map(|(_, columns)| columns).sum::<usize>() + 2 * self.quotes).min(self.columns / 2)
    }

    /// Ends the block, and leaves an empty row before the next.
    fn end_block(&mut self) {
        self.flush();
        self.gap();
    }

    fn end_block_in_list(&mut self) {
        self.flush();
        if self.lists.is_empty() {
            self.gap();
        }
    }

    fn gap(&mut self) {
        if self.words.is_empty() && self.bullet.is_none() && self.rows.last().is_some_and(|row| !row.is_empty()) {
            self.rows.push(Row::new());
        }
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let indent = self.indent() + 2;
        let room = self.columns.saturating_sub(indent).max(4);
        for line in code.lines() {
            for piece in pieces(line, room) {
                let mut row = Row::new().gap(indent);
                row.0.extend(highlight(piece).0);
                self.rows.push(row);
            }
        }
        self.gap();
    }

    /// Wraps the words that wait into rows with a hanging indent.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.space = false;
        if words.is_empty() {
            return;
        }
        let indent = self.indent();
        let room = self.columns.saturating_sub(indent).max(4);
        let mut row = self.first_row(indent);
        let mut used = 0;
        for Word { text, role, space } in &words {
            let gap = usize::from(space.is_some() && used > 0);
            let mut rest = text.as_str();
            if used + gap + width::columns(rest) > room && used > 0 && (space.is_some() || width::columns(rest) > room)
            {
                self.rows.push(std::mem::replace(&mut row, self.next_row(indent)));
                used = 0;
            } else if let Some(space) = space.filter(|_| gap > 0) {
                row = row.and(space, " ");
                used += 1;
            }
            while used + width::columns(rest) > room {
                let cut = width::prefix(rest, room - used);
                let cut = if cut.is_empty() { rest.graphemes(true).next().unwrap_or(rest) } else { cut };
                row = row.and(*role, Safe::new(cut));
                self.rows.push(std::mem::replace(&mut row, self.next_row(indent)));
                (rest, used) = (&rest[cut.len()..], 0);
            }
            used += width::columns(rest);
            row = row.and(*role, Safe::new(rest));
        }
        self.rows.push(row);
    }

    fn first_row(&mut self, indent: usize) -> Row {
        match self.bullet.take() {
            Some(bullet) => {
                let before = indent.saturating_sub(width::columns(bullet.as_str()));
                Row::new().gap(before).and(Role::Accent, bullet)
            }
            None => self.next_row(indent),
        }
    }

    fn next_row(&self, indent: usize) -> Row {
        match self.quotes {
            0 => Row::new().gap(indent),
            _ => Row::new().gap(indent.saturating_sub(2)).and(Role::Rule, "│ "),
        }
    }
}

/// A line of code in pieces of at most `room` columns, cut behind a space where one stands in the second half; an empty
/// line is one empty piece.
fn pieces(line: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let piece = width::prefix(rest, room);
        if piece.len() == rest.len() || piece.is_empty() {
            pieces.push(rest);
            return pieces;
        }
        let space = piece.rfind(' ').map(|at| &piece[..=at]).filter(|words| words.len() > piece.len() / 2);
        let piece = space.unwrap_or(piece);
        pieces.push(piece);
        rest = &rest[piece.len()..];
    }
}

/// Text without marks, wrapped.
pub fn plain(text: &Safe, columns: usize, role: Role) -> Vec<Row> {
    let mut page = Page { columns: columns.max(8), base: role, ..Page::default() };
    for line in text.as_str().lines() {
        page.push(line, role);
        page.flush();
    }
    page.rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, columns: usize) -> String {
        let rows = rows(&Safe::new(text), columns, Role::Text);
        rows.iter().map(|row| row.text().trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn paragraphs_are_wrapped_and_one_row_apart() {
        assert_eq!(shown("one two three\nfour\n\nfive", 10), "one two\nthree four\n\nfive");
    }

    #[test]
    fn lists_hang_and_nest() {
        let text = "Two roles:\n\n- **Task role**: the code in the container\n- Execution role\n  1. pulls\n  2. logs\n\nDone.";
        let expected =
            "Two roles:\n\n• Task role: the code in\n  the container\n• Execution role\n  1. pulls\n  2. logs\n\nDone.";
        assert_eq!(shown(text, 26), expected);
    }

    #[test]
    fn a_quotation_has_a_bar_on_every_row() {
        assert_eq!(shown("> one two three", 10), "│ one two\n│ three");
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(
            shown("Before\n\n```json\n{\n  \"a\": 1\n}\n```\nafter", 40),
            "Before\n\n  {\n    \"a\": 1\n  }\n\nafter"
        );
    }

    #[test]
    fn emphasis_and_code_have_roles_and_no_marks() {
        let row = &rows(&Safe::new("use **task role** and `taskRoleArn`."), 60, Role::Text)[0];
        assert_eq!(row.text(), "use task role and taskRoleArn.");
        assert!(row.0.iter().any(|run| run.role == Role::Strong && run.words.as_str() == "task"));
        assert!(row.0.iter().any(|run| run.role == Role::Code && run.words.as_str() == "taskRoleArn"));
    }

    /// The text with the words that are drawn as evidence between braces.
    fn seen(text: &str, words: &[&str], columns: usize, brackets: bool) -> String {
        let place = |words: &&str| text.find(*words).map(|start| start..start + words.len());
        let marks: Vec<_> = words.iter().filter_map(place).collect();
        let row = |row: Row| {
            let run = |run: &crate::tui::paint::Run| match run.role {
                Role::Evidence => format!("{{{}}}", run.words.as_str()),
                _ => run.words.as_str().to_owned(),
            };
            row.0.iter().map(run).collect::<String>().replace("}{", "")
        };
        marked(&Safe::new(text), columns, Role::Text, &marks, brackets)
            .into_iter()
            .map(row)
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn marks_cover_their_words_whatever_stands_around_them() {
        let text = "The code (calls `GetSecretValue`), when **it opens** a door.";
        assert_eq!(
            seen(text, &["calls `GetSecretValue`", "it opens** a"], 60, false),
            "The code ({calls GetSecretValue}), when {it opens a} door."
        );
        assert_eq!(
            seen(text, &["code", "door"], 60, true),
            "The {[code]} (calls GetSecretValue), when it opens a {[door]}."
        );
        assert_eq!(seen("one two three four", &["two three"], 9, true), "one {[two}/{three]}/four");
        assert_eq!(seen("a &amp; bc", &["b"], 60, false), "a & {b}c", "an entity is not marked and moves nothing");
    }

    #[test]
    fn no_row_is_wider_than_the_page() {
        let long = format!("{} 日本語日本語日本語 - `{}`\n\n- {}", "x".repeat(50), "y".repeat(50), "word ".repeat(30));
        for columns in 8..60 {
            for row in rows(&Safe::new(&long), columns, Role::Text) {
                assert!(row.columns() <= columns, "{columns}: {:?}", row.text());
            }
        }
    }
}
