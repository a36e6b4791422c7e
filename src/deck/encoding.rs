//! Bytes to text: decks are UTF-8 of at most 32 MB, and everything else is called by its name.

use std::borrow::Cow;

use super::Diagnostic;
use super::rules::{ENCODING, TOO_LARGE};

/// The largest deck file, in bytes.
pub const LARGEST_FILE: usize = 32 << 20;

/// The most characters that mean something to TOML: the parser keeps about fifty bytes for each. A deck of 32 MB has
/// a third of them.
const MOST_MARKS: usize = 8 << 20;

/// What files begin with that are no text, and what to do about each.
const KINDS: [(&[u8], &str, &str); 7] = [
    (b"b0VIM ", "a swap file of the editor Vim", "Open the deck in Vim, recover it, and delete the swap file."),
    (b"PK\x03\x04", "a zip archive", "A deck is a text file: unpack the archive first."),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "A deck is a text file, written as `greenroom help deck-format` says.",
    ),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"%PDF", "a PDF", "Copy its text into a deck file."),
    (b"\xff\xfe", "text in UTF-16, not in UTF-8", "Save it as UTF-8 in your editor."),
    (b"\xfe\xff", "text in UTF-16, not in UTF-8", "Save it as UTF-8 in your editor."),
];

/// The text of a deck file, to place and to render diagnostics in; what is no UTF-8 in it becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The bytes as text, or the one reason why they are none; its span is where they stop being text.
pub fn check_bytes(bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if let Some(diagnostic) = too_large(bytes) {
        return Err(diagnostic.into());
    }
    let not_text =
        |what: &str, help: &str| Err(Diagnostic::new(&ENCODING, 0..0, format!("This file is {what}."), help).into());
    if let Some((_, what, help)) = KINDS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return not_text(what, help);
    }
    if is_wide(bytes) {
        return not_text("text in UTF-16, not in UTF-8", "Save it as UTF-8 in your editor.");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) if bytes.contains(&0) => {
            not_text("no text file", "It may be damaged, or belong to another program; take a copy that is whole.")
        }
        Err(error) => Err(not_utf8(bytes, error).into()),
    }
}

/// The finding for more bytes, or more marks of TOML, than can be read in little time and memory.
pub(super) fn too_large(bytes: &[u8]) -> Option<Diagnostic> {
    let help = "Split it into several decks.";
    if bytes.len() > LARGEST_FILE {
        let message = format!("The file is {} MB large, and 32 MB is the most.", bytes.len().div_ceil(1 << 20));
        return Some(Diagnostic::new(&TOO_LARGE, 0..0, message, help));
    }
    let marks = || bytes.iter().filter(|byte| b"=[]{},.\"'\n#".contains(byte)).count();
    (bytes.len() > MOST_MARKS && marks() > MOST_MARKS).then(|| {
        let message = "The file has more than 8 million keys, brackets, quotes and lines.";
        Diagnostic::new(&TOO_LARGE, 0..0, message, help)
    })
}

/// Whether every second byte of the beginning is null, as in UTF-16 without a mark.
fn is_wide(bytes: &[u8]) -> bool {
    let pairs = bytes[..bytes.len().min(64)].chunks_exact(2);
    let zeros = |at: usize| pairs.clone().all(|pair| pair[at] == 0 && pair[1 - at] != 0);
    bytes.len() >= 4 && (zeros(0) || zeros(1))
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> Diagnostic {
    let at = error.valid_up_to();
    let byte = bytes[at];
    let (message, help) = match (error.error_len(), byte) {
        (None, _) => (
            "The file ends in the middle of a character.".to_owned(),
            "It was cut off: get it again, or delete the end.".to_owned(),
        ),
        (Some(_), 0xa0..=0xff) => (
            format!("The byte 0x{byte:02x} here is no UTF-8."),
            format!("Save the file as UTF-8. In Latin-1 this byte is `{}`.", char::from(byte)),
        ),
        (Some(_), _) => (
            format!("The byte 0x{byte:02x} here is no UTF-8."),
            "Save the file as UTF-8; it may be in a Windows code page.".to_owned(),
        ),
    };
    Diagnostic::new(&ENCODING, at..at, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> (&'static str, String, usize) {
        let diagnostic = check_bytes(bytes).expect_err("a refusal");
        (diagnostic.code, diagnostic.message.into(), diagnostic.span.start)
    }

    #[test]
    fn utf8_with_or_without_a_mark_is_text() {
        assert_eq!(check_bytes(b"\xef\xbb\xbfid = 1"), Ok("\u{feff}id = 1"));
        assert_eq!(check_bytes(b""), Ok(""));
    }

    #[test]
    fn latin_1_is_placed_at_its_first_byte() {
        let (code, message, at) = refused(b"title = \"Z\xfcrich\"");
        assert_eq!((code, message.as_str(), at), ("encoding", "The byte 0xfc here is no UTF-8.", 10));
        assert_eq!(decode(b"title = \"Z\xfcrich\"").as_bytes()[..10], *b"title = \"Z");
    }

    #[test]
    fn other_encodings_and_binaries_are_named() {
        let wide: Vec<u8> = "format = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refused(&wide).1.contains("UTF-16"));
        assert!(refused(&[&[0xfe, 0xff], &wide[..]].concat()).1.contains("UTF-16"));
        assert!(refused(b"b0VIM 8.2\0\0\0").1.contains("swap file"));
        assert!(refused(b"\x80\0\0\0").1.contains("no text file"));
        assert!(refused(b"title = \"Z\xc3").1.contains("middle of a character"));
    }

    #[test]
    fn a_file_over_32_mb_or_of_brackets_alone_is_refused() {
        assert_eq!(refused(&vec![b'a'; LARGEST_FILE + 1]).0, "too-large");
        assert_eq!(refused(&vec![b'['; MOST_MARKS + 1]).0, "too-large");
        assert!(check_bytes(&vec![b'a'; LARGEST_FILE]).is_ok());
    }
}
