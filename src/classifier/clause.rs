//! A text cut into clauses, and a clause into words, each with its place in the text.

use std::ops::Range;

/// One statement of a text. `words` are bytes of the text that hold at least one letter or digit, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub range: Range<usize>,
    pub words: Vec<Range<usize>>,
}

/// A comma before one of these ends a clause.
const AFTER_COMMA: &[&str] = &[
    "a", "after", "although", "an", "and", "because", "before", "but", "i", "it", "its", "my", "no", "not", "nothing",
    "once", "only", "our", "since", "so", "the", "then", "they", "though", "until", "we", "when", "whereas", "which",
    "while", "who", "yet",
];

/// These begin a clause wherever they stand; a second word must follow where one is named.
const OPENERS: &[(&str, &str)] = &[
    ("although", ""),
    ("and", "then"),
    ("because", ""),
    ("but", ""),
    ("except", ""),
    ("instead", "of"),
    ("rather", "than"),
    ("though", ""),
    ("whereas", ""),
    ("while", ""),
];

/// The clauses of a text, in order and without the marks between them. Those of a text without a letter are none.
///
/// `text` must be in lower case as [`str::to_ascii_lowercase`] leaves it.
pub fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let (gap, cuts) = gap(text, at);
        if cuts {
            push(text, start..at, &mut clauses);
            start = at + gap;
        }
        at += gap;
    }
    push(text, start..text.len(), &mut clauses);
    clauses
}

/// The length in bytes of what stands at `at` (white space with the marks in it, or one character), and whether it
/// parts two clauses.
fn gap(text: &str, at: usize) -> (usize, bool) {
    let rest = &text[at..];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if rest.starts_with(['(', ')']) {
        return (1 + spaces(&rest[1..]), true);
    }
    if rest.starts_with("..") {
        let dots = run(rest, |mark| mark == '.');
        return (dots + spaces(&rest[dots..]), true);
    }
    let white = spaces(rest);
    if white == 0 {
        return (first, false);
    }
    let after = &rest[white..];
    let marks = marks(after);
    let cuts = rest[..white].contains('\n')
        || marks > 0
        || text[..at].ends_with(['.', ';', '!', '?', ':'])
        || text[..at].ends_with(',') && AFTER_COMMA.contains(&word(after))
        || opens(after);
    (white + marks, cuts)
}

/// The bytes of a dash, an arrow or number signs with the white space behind them, if `text` begins with such.
fn marks(text: &str) -> usize {
    let dashes = run(text, |mark| matches!(mark, '-' | '\u{2013}' | '\u{2014}'));
    let signs = run(text, |mark| mark == '#');
    let arrow = if text.starts_with("->") || text.starts_with("=>") { 2 } else { 0 };
    match (arrow.max(dashes), signs) {
        (0, 0) => 0,
        (0, signs) => signs + spaces(&text[signs..]),
        (mark, _) => match spaces(&text[mark..]) {
            0 => 0,
            white => mark + white,
        },
    }
}

fn opens(text: &str) -> bool {
    let first = word(text);
    OPENERS.iter().any(|(opener, second)| {
        *opener == first && (second.is_empty() || word(text[first.len()..].trim_start()) == *second)
    })
}

/// The letters that `text` begins with.
fn word(text: &str) -> &str {
    &text[..run(text, char::is_alphanumeric)]
}

fn spaces(text: &str) -> usize {
    run(text, char::is_whitespace)
}

fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|mark| !is_in(mark)).unwrap_or(text.len())
}

fn push(text: &str, range: Range<usize>, clauses: &mut Vec<Clause>) {
    let words = words(text, range.clone());
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        // Brackets and quotation marks that touch the first and last word belong to what is shown.
        let start = text[range.start..first.start].rfind(char::is_whitespace);
        let start = start.map_or(range.start, |white| range.start + white + 1);
        let start = if text.is_char_boundary(start) { start } else { first.start };
        let end = text[last.end..range.end].find(char::is_whitespace).map_or(range.end, |white| last.end + white);
        clauses.push(Clause { range: start..end, words });
    }
}

/// Letters, digits and the marks that stand inside names; marks at either end are left out.
fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let is_inner = |mark: char| matches!(mark, ':' | '.' | '-' | '\'' | '\u{2019}');
    let is_word = |mark: char| mark.is_alphanumeric() || mark == '_' || is_inner(mark);
    let mut words = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let length = run(rest, is_word);
        let found = &rest[..length];
        let left = found.trim_start_matches(is_inner);
        let inner = left.trim_end_matches(is_inner);
        if !inner.is_empty() {
            let start = at + length - left.len();
            words.push(start..start + inner.len());
        }
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        clauses(text).into_iter().map(|clause| &text[clause.range]).collect()
    }

    #[test]
    fn sentences_dashes_brackets_and_conjunctions_part_clauses() {
        let text = "it pulls fine. the app (node) fails - since friday, but s3://x/y.env is read\nwhy? while a, b";
        assert_eq!(
            cut(text),
            [
                "it pulls fine.",
                "the app",
                "node",
                "fails",
                "since friday,",
                "but s3://x/y.env is read",
                "why?",
                "while a, b"
            ]
        );
    }

    #[test]
    fn a_comma_cuts_before_a_subject_and_not_in_a_list() {
        assert_eq!(cut("sqs, sns and s3 work, the driver fails"), ["sqs, sns and s3 work,", "the driver fails"]);
    }

    #[test]
    fn words_keep_the_marks_inside_names() {
        let text = "\"secretsmanager:getsecretvalue\" isn't in main.py.";
        let words: Vec<_> = clauses(text)[0].words.iter().map(|word| &text[word.clone()]).collect();
        assert_eq!(words, ["secretsmanager:getsecretvalue", "isn't", "in", "main.py"]);
    }

    #[test]
    fn nothing_to_read_is_no_clause() {
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut(" \u{2026} -- () !?"), [""; 0]);
    }

    proptest! {
        #[test]
        fn clauses_and_words_are_in_order_and_on_characters(text in any::<String>()) {
            let text = text.to_ascii_lowercase();
            let mut end = 0;
            for clause in clauses(&text) {
                prop_assert!(end <= clause.range.start && text.get(clause.range.clone()).is_some());
                let mut inner = clause.range.start;
                for word in clause.words {
                    prop_assert!(inner <= word.start && word.start < word.end && word.end <= clause.range.end);
                    prop_assert!(text.get(word.clone()).is_some());
                    inner = word.end;
                }
                end = clause.range.end;
            }
        }
    }
}
