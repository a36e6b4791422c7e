//! The one type that may reach a terminal: a string in which nothing can act as a control sequence.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_width::UnicodeWidthChar;

/// Combining marks kept on one base character; more only serve to paint over neighbouring rows.
const MARKS_KEPT: usize = 8;

/// Text that can be written to a terminal as it is.
///
/// It holds no control character but the line feed, no bidirectional override, no tag, no invisible separator, no
/// noncharacter, and at most eight combining marks on a base. Each of these becomes a visible escape such as
/// `\x1b` or `\u{202e}`; a tab becomes four spaces, and `\r\n` a line feed. The rest is in normal form C.
///
/// The faces accept this type only, so text that was never made safe is a compile error. Making it safe twice changes
/// nothing: `Safe::new(Safe::new(x).as_str()) == Safe::new(x)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Safe(String);

impl Safe {
    /// Makes any text safe.
    pub fn new(text: &str) -> Safe {
        let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
        if text.bytes().all(plain) {
            return Safe(text.to_owned());
        }
        Safe(normal(escape(normal(text.to_owned()).chars())))
    }

    /// The text on one line: line feeds and the space around them become one space.
    pub fn line(&self) -> Safe {
        if !self.0.contains('\n') {
            return self.clone();
        }
        Safe(self.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the character would be shown as an escape, wherever it stands.
    pub fn refuses(character: char) -> bool {
        if character == '\n' || character == '\t' {
            return false;
        }
        character.is_control()
            || matches!(character,
                '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e0fff}')
            || u32::from(character) & 0xfffe == 0xfffe
    }
}

/// Safe text made from a format string: `safe!("{} of {}", 3, 12)`.
#[macro_export]
macro_rules! safe {
    ($($argument:tt)*) => { $crate::text::Safe::from(format_args!($($argument)*)) };
}

fn normal(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

fn escape(text: impl Iterator<Item = char>) -> String {
    let mut shown = String::new();
    let (mut marks, mut dropped) = (0, 0);
    let mut characters = text.peekable();
    while let Some(character) = characters.next() {
        if is_mark(character) {
            marks += 1;
            if marks > MARKS_KEPT {
                dropped += 1;
                continue;
            }
        } else {
            say_dropped(&mut shown, &mut dropped);
            marks = 0;
        }
        match character {
            '\t' => shown.push_str("    "),
            '\r' if characters.peek() == Some(&'\n') => {}
            _ if !Safe::refuses(character) => shown.push(character),
            _ => push_escape(&mut shown, character),
        }
    }
    say_dropped(&mut shown, &mut dropped);
    shown
}

/// Zero-width characters that pile up on a base; the joiners and selectors that emoji and scripts need count too.
fn is_mark(character: char) -> bool {
    !Safe::refuses(character) && character != '\n' && character.width() == Some(0)
}

fn say_dropped(shown: &mut String, dropped: &mut usize) {
    if *dropped > 0 {
        write!(shown, "[{dropped} marks]").expect("writing to a string never fails");
        *dropped = 0;
    }
}

fn push_escape(shown: &mut String, character: char) {
    let code = u32::from(character);
    let written = if code <= 0xff { write!(shown, "\\x{code:02x}") } else { write!(shown, "\\u{{{code:x}}}") };
    written.expect("writing to a string never fails");
}

impl From<String> for Safe {
    fn from(text: String) -> Safe {
        Safe::new(&text)
    }
}

impl From<&str> for Safe {
    fn from(text: &str) -> Safe {
        Safe::new(text)
    }
}

impl From<fmt::Arguments<'_>> for Safe {
    fn from(text: fmt::Arguments<'_>) -> Safe {
        Safe::new(&text.to_string())
    }
}

impl From<Safe> for String {
    fn from(text: Safe) -> String {
        text.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_become_visible_escapes() {
        let hostile = "a\x1b]52;c;aGk=\x07b\u{9b}31m\x7f\0";
        assert_eq!(Safe::new(hostile).as_str(), r"a\x1b]52;c;aGk=\x07b\x9b31m\x7f\x00");
    }

    #[test]
    fn overrides_tags_and_separators_become_visible_escapes() {
        assert_eq!(Safe::new("\u{202e}\u{2066}\u{e0041}\u{2028}").as_str(), r"\u{202e}\u{2066}\u{e0041}\u{2028}");
    }

    #[test]
    fn line_ends_and_tabs_keep_their_meaning() {
        assert_eq!(Safe::new("one\r\ntwo\tthree\n").as_str(), "one\ntwo    three\n");
        assert_eq!(Safe::new("one\rtwo").as_str(), r"one\x0dtwo");
    }

    #[test]
    fn a_tower_of_marks_is_cut_and_said() {
        let tower = format!("a{}b", "\u{30a}".repeat(1000));
        assert_eq!(Safe::new(&tower).as_str(), format!("å{}[991 marks]b", "\u{30a}".repeat(8)));
    }

    #[test]
    fn emoji_and_accents_stay() {
        for text in ["Zürich", "👩\u{200d}💻 works", "日本語", "❤\u{fe0f}"] {
            assert_eq!(Safe::new(text).as_str(), text);
        }
        assert_eq!(Safe::new("e\u{301}").as_str(), "é");
    }

    #[test]
    fn one_line_joins_at_single_spaces() {
        assert_eq!(Safe::new("one\n  two\n\nthree").line().as_str(), "one two three");
    }

    proptest! {
        #[test]
        fn nothing_refused_is_left_and_twice_is_once(text in any::<String>()) {
            let safe = Safe::new(&text);
            prop_assert!(!safe.as_str().contains('\t') && !safe.as_str().chars().any(Safe::refuses));
            prop_assert_eq!(Safe::new(safe.as_str()), safe);
        }
    }
}
