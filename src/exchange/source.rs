//! The bytes of a file as text: UTF-8 or UTF-16, with line feeds, and without what cannot be seen.

use super::{Imported, Loss, Refused};
use crate::deck::{LARGEST_FILE, check_bytes};
use crate::safe;
use crate::text::{Safe, count};

/// Invisible lines that are listed one by one.
const LISTED: usize = 5;

/// The text of a file, and a beginning of what is found in it: what was left out on the way.
///
/// A byte order mark goes, every line ends in a line feed, characters without width and meaning go.
pub fn read(bytes: &[u8]) -> Result<(String, Imported), Refused> {
    let text = decode(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(Refused::new(None, "The file is empty.", "Is it the right one?"));
    }
    let mut imported = Imported::default();
    let before = text.chars().count();
    let text = if text.contains(is_nothing) { text.replace(is_nothing, "") } else { text };
    let gone = before - text.chars().count();
    if gone > 0 {
        let gone = count(gone as u64, "character without width was", "characters without width were");
        imported.remarks.push(safe!("{gone} left out."));
    }
    imported.dropped = hidden(&text);
    Ok((text, imported))
}

impl Imported {
    /// Says that the code of a text had tabs, which cards show as spaces.
    pub(super) fn tell_tabs(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let code = super::pasted::fenced(&lines);
        if lines.iter().zip(code).any(|(line, is_code)| line.contains('\t') && (is_code || line.starts_with('\t'))) {
            self.remarks.push(Safe::from("The tabs of its code are four spaces now."));
        }
    }
}

fn decode(bytes: &[u8]) -> Result<String, Refused> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refused::new(None, "The file is larger than 32 MB.", "Split it into several."));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Refused::new(
            None,
            "This is a zip archive, as Anki packages and spreadsheets are.",
            "Export it from there as text or CSV.",
        ));
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => wide(bytes, u16::from_le_bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => wide(bytes, u16::from_be_bytes),
        _ => plain(bytes),
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Refused> {
    let broken = || Refused::new(None, "This looks like UTF-16 and is not whole.", "Save it as UTF-8 in your editor.");
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
    let text = text.ok().filter(|_| rest.is_empty()).ok_or_else(broken)?;
    plain(text.as_bytes())
}

fn plain(bytes: &[u8]) -> Result<String, Refused> {
    let text = check_bytes(bytes).map_err(|why| {
        let before = &bytes[..why.span.start];
        let line = (!before.is_empty()).then(|| before.split(|byte| *byte == b'\n').count());
        Refused { line, what: why.message, help: why.help }
    })?;
    match text.bytes().position(|byte| byte == 0) {
        None => Ok(text.to_owned()),
        Some(at) => Err(Refused::new(
            text[..at].matches('\n').count() + 1,
            "There is a null byte, so this is no text file.",
            "It may be damaged, or belong to another program.",
        )),
    }
}

/// What neither is seen nor changes how the rest is seen.
fn is_nothing(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{200e}' | '\u{200f}')
}

/// Lines with characters that would act on a terminal or reorder text; cards show them written out.
fn hidden(text: &str) -> Vec<Loss> {
    let refused = |line: &str| line.chars().find(|character| Safe::refuses(*character));
    let mut lines = text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, refused(line)?)));
    let shown = |(line, character): (usize, char)| {
        let code = u32::from(character);
        Loss::at(line, safe!("The control character U+{code:04X} is written out, as it would act on the screen."))
    };
    let mut losses: Vec<Loss> = lines.by_ref().take(LISTED).map(shown).collect();
    let more = lines.count();
    if more > 0 {
        let more = count(more as u64, "more line has", "more lines have");
        losses.push(Loss { line: None, what: safe!("{more} control characters, which are written out too.") });
    }
    losses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        read(bytes).expect("text").0
    }

    fn refusal(bytes: &[u8]) -> String {
        read(bytes).expect_err("refused").to_string()
    }

    #[test]
    fn every_usual_encoding_of_text_is_read() {
        let wide = |unit: fn(u16) -> [u8; 2]| "Zürich\r\nq".encode_utf16().flat_map(unit).collect::<Vec<_>>();
        assert_eq!(text("\u{feff}Zürich\r\nq".as_bytes()), "Zürich\nq");
        assert_eq!(text(&[&[0xff, 0xfe], &wide(u16::to_le_bytes)[..]].concat()), "Zürich\nq");
        assert_eq!(text(&[&[0xfe, 0xff], &wide(u16::to_be_bytes)[..]].concat()), "Zürich\nq");
        assert_eq!(text(&wide(u16::to_le_bytes)), "Zürich\nq");
        assert_eq!(text(b"one\rtwo"), "one\ntwo");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_reason() {
        assert!(refusal(b"").contains("empty"));
        assert!(refusal(b" \n ").contains("empty"));
        assert!(refusal(b"PK\x03\x04...").contains("Anki"));
        assert!(refusal(b"SQLite format 3\0").contains("SQLite"));
        assert_eq!(&refusal(b"one\ntwo\0three")[..8], "line 2: ");
        assert!(refusal(b"one\nZ\xfcrich").starts_with("line 2: The byte 0xfc"));
        assert!(refusal(b"\xff\xfea").contains("UTF-16"));
        assert!(refusal(&vec![b'a'; LARGEST_FILE + 1]).contains("32 MB"));
    }

    #[test]
    fn what_cannot_be_seen_is_said() {
        let (text, imported) = read("a\u{200b}b\nc\u{202e}d\n\x1b[2J".as_bytes()).expect("text");
        assert!(text.starts_with("ab\n"));
        assert_eq!(imported.remarks.len(), 1);
        assert_eq!(imported.dropped.iter().map(|loss| loss.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
        assert_eq!(read(&b"\x07\n".repeat(9)).expect("text").1.dropped.len(), LISTED + 1);
    }
}
