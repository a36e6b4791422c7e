//! A diagnostic as a person reads it in a terminal: the message, its lines of the text, and the help.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Diagnostic, place};
use crate::text::{Safe, width};

/// Below this many columns an excerpt says nothing.
const NARROWEST: usize = 40;

/// One marked place of the text: its line number, its columns, and what is written after the marks.
struct Excerpt {
    line: usize,
    source: String,
    indent: usize,
    marks: String,
}

/// The diagnostic with its lines of the text, `width` columns wide at most, but for a long file name; 40 at least.
///
/// Of a long line only a window is shown. The text is plain: colours are the caller's affair.
pub fn render(diagnostic: &Diagnostic, text: &str, file_name: &str, width: usize) -> Safe {
    let width = width.max(NARROWEST);
    let (line, column) = place(text, diagnostic.span.start);
    let other = diagnostic.related.as_ref().map(|(span, why)| (span, why, place(text, span.start).0));
    let gutter = other.as_ref().map_or(line, |other| other.2.max(line)).to_string().len();
    let room = width - gutter - 3;

    let mut excerpts = vec![excerpt(text, &diagnostic.span, line, '^', "", room)];
    excerpts.extend(other.map(|(span, why, line)| excerpt(text, span, line, '-', why.as_str(), room)));
    excerpts.sort_by_key(|excerpt| excerpt.line);

    let start = format!("{}[{}]: ", diagnostic.severity.word(), diagnostic.code);
    let mut shown = wrap(&start, diagnostic.message.as_str(), "  ", width);
    let blank = " ".repeat(gutter);
    shown += &format!("{blank}--> {}:{line}:{column}\n{blank} |\n", Safe::new(file_name).line());
    shown += &lines(&excerpts, gutter);
    let mut note = |word: &str, text: &str| {
        shown += &wrap(&format!("{blank} = {word}: "), text, &format!("{blank}   "), width);
    };
    note("help", diagnostic.help.as_str());
    if let Some(fix) = &diagnostic.fix {
        note("fix", &format!("{}; `greenroom lint --fix` does it", fix.says));
    }
    Safe::from(shown)
}

fn lines(excerpts: &[Excerpt], gutter: usize) -> String {
    let mut shown = String::new();
    let mut last: Option<(usize, &str)> = None;
    for excerpt in excerpts {
        let Excerpt { line, source, indent, marks } = excerpt;
        if last.is_some_and(|(last, _)| last + 1 < *line) {
            shown += "...\n";
        }
        if last != Some((*line, source.as_str())) {
            shown += &format!("{line:>gutter$} | {source}\n");
        }
        shown += &format!("{:gutter$} | {:indent$}{marks}\n", "", "");
        last = Some((*line, source));
    }
    shown
}

/// The first line of the span, cut to a window of `room` columns in which the span begins.
fn excerpt(text: &str, span: &Range<usize>, line: usize, mark: char, why: &str, room: usize) -> Excerpt {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let inner_end = span.end.clamp(span.start, end);
    let inner = Safe::new(near(&text[span.start..inner_end], false, room));
    let after = Safe::new(near(text[inner_end..end].trim_end_matches('\r'), false, room));
    let behind = width::columns(inner.as_str()) + width::columns(after.as_str());
    let before = near(&text[start..span.start], true, room).trim_start_matches('\u{feff}');
    let before = tail(before, room.saturating_sub(behind.max(1)).max(room / 2));

    let indent = width::columns(&before);
    let source = width::fit(&format!("{before}{inner}{after}"), room);
    let wide = width::columns(inner.as_str()).clamp(1, (room - indent).max(1));
    let mut marks = mark.to_string().repeat(wide);
    if !why.is_empty() {
        marks = width::fit(&format!("{marks} {why}"), room - indent);
    }
    Excerpt { line, source, indent, marks }
}

/// At most four characters a column from one end of the line, so that a line of a megabyte costs nothing.
fn near(text: &str, from_end: bool, room: usize) -> &str {
    let most = room * 4;
    if from_end {
        let start = text.char_indices().rev().nth(most).map_or(0, |(at, _)| at);
        &text[start..]
    } else {
        let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        &text[..end]
    }
}

/// The end of the text in at most `limit` columns, made safe, with an ellipsis where something was left out.
fn tail(text: &str, limit: usize) -> String {
    let safe = Safe::new(text);
    if width::columns(safe.as_str()) <= limit {
        return safe.into();
    }
    let mut used = 1;
    let fits = |grapheme: &&str| {
        used += width::grapheme_columns(grapheme);
        used <= limit
    };
    let kept: Vec<_> = safe.as_str().graphemes(true).rev().take_while(fits).collect();
    format!("…{}", kept.into_iter().rev().collect::<String>())
}

/// The text after `first`, in lines of at most `width` columns, later ones after `next`; ends in a line feed.
fn wrap(first: &str, text: &str, next: &str, width: usize) -> String {
    let mut shown = first.to_owned();
    let mut used = width::columns(first);
    let mut fresh = true;
    for word in text.split_whitespace() {
        let mut word = word;
        if !fresh && used + 1 + width::columns(word) > width {
            shown += &format!("\n{next}");
            (used, fresh) = (width::columns(next), true);
        }
        if !fresh {
            shown.push(' ');
            used += 1;
        }
        while used + width::columns(word) > width {
            let piece = width::prefix(word, width - used);
            shown += &format!("{piece}\n{next}");
            word = &word[piece.len()..];
            used = width::columns(next);
        }
        shown += word;
        used += width::columns(word);
        fresh = false;
    }
    shown.push('\n');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::rules::{DUPLICATE_ID, UNKNOWN_KEY};

    fn shown(text: &str, span: Range<usize>, width: usize) -> String {
        render(&Diagnostic::new(&UNKNOWN_KEY, span, "What is wrong.", "What to do."), text, "x.toml", width).into()
    }

    #[test]
    fn the_place_is_marked_under_its_line() {
        let wanted = [
            "warning[unknown-key]: What is wrong.",
            " --> x.toml:2:3",
            "  |",
            "2 |      Zürich = 1",
            "  |      ^^^^^^",
            "  = help: What to do.\n",
        ];
        assert_eq!(shown("a\n\t Zürich = 1\r\nb", 4..11, 80), wanted.join("\n"));
    }

    #[test]
    fn of_a_long_line_a_window_is_shown() {
        let text = format!("x = \"{}here{}\"", "a".repeat(1 << 20), "b".repeat(1 << 20));
        let at = text.find("here").expect("it is there");
        let shown = shown(&text, at..at + 4, 60);
        assert!(shown.contains("here") && shown.contains("^^^^"), "{shown}");
        assert!(shown.lines().all(|line| width::columns(line) <= 60), "{shown}");
    }

    #[test]
    fn two_places_stand_in_the_order_of_the_file() {
        let text = "id = \"a\"\n\n\nid = \"a\"\n";
        let diagnostic = Diagnostic::new(&DUPLICATE_ID, 16..19, "Twice.", "Rename one.").beside(5..8, "the first one");
        let wanted = [
            "error[duplicate-id]: Twice.",
            " --> x.toml:4:6",
            "  |",
            "1 | id = \"a\"",
            "  |      --- the first one",
            "...",
            "4 | id = \"a\"",
            "  |      ^^^",
            "  = help: Rename one.\n",
        ];
        assert_eq!(render(&diagnostic, text, "x.toml", 80).as_str(), wanted.join("\n"));
    }

    #[test]
    fn nothing_hostile_gets_out_and_no_line_is_too_wide() {
        let text = "k = \"\u{1b}]52;c;aGk=\u{7}\u{202e}日本\"\nnext";
        for width in [0, 31, 47, 80] {
            for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
                let shown = shown(text, start..text.len(), width);
                assert!(!shown.chars().any(Safe::refuses), "{shown:?}");
                assert!(shown.lines().all(|line| width::columns(line) <= width.max(NARROWEST)), "{shown}");
            }
        }
    }
}
