//! Reads the corpus of decks: many small decks in one text file, with what is strange in them written visibly.
//!
//! The notation is described in `data/decks/README.md`.

use std::path::{Path, PathBuf};

/// One deck of the corpus.
#[derive(Clone)]
pub struct Case {
    /// File and name, to be found again.
    pub place: String,
    /// What should be found: `code line:column, …` in order of place, or `nothing`.
    pub expect: String,
    pub bytes: Vec<u8>,
    /// Whether all rules are meant, and not only those that a deck is read by.
    pub is_linted: bool,
}

/// What `@word` stands for on a line of its own.
const PIECES: [(&str, &str); 4] = [
    ("@head", "format = 1\nid = \"d\"\ntitle = \"D\"\n"),
    ("@card", "[[card]]\nid = \"ok\"\nquestion = \"Q?\"\nanswer = \"A.\"\n"),
    (
        "@exercise",
        "[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\n\
         labels = [{ id = \"a\", name = \"A\", key = \"a\" }, { id = \"b\", name = \"B\", key = \"b\" }]\n",
    ),
    ("@scenario", "[[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"It reads from S3.\"\nright = [\"a\"]\n"),
];

/// The folder of the corpus.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/decks")
}

/// Every deck in the files of a folder of the corpus.
pub fn cases(part: &str) -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(folder().join(part))
        .expect("the corpus is there")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    files.sort();
    let is_linted = part == "learning";
    files.iter().flat_map(|file| cases_of(file)).map(|case| Case { is_linted, ..case }).collect()
}

fn cases_of(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).expect("a readable corpus file");
    let name = file.file_name().expect("a file name").to_string_lossy();
    let sections = text.split("\n=== ").skip(1);
    sections.map(|section| case(&name, section)).collect()
}

fn case(file: &str, section: &str) -> Case {
    let mut lines = section.lines();
    let name = lines.next().expect("a name");
    let expect = lines.next().and_then(|line| line.strip_prefix("--- expect: "));
    let expect = expect.unwrap_or_else(|| panic!("{file}: {name}: what is expected?")).to_owned();
    let text: String = lines.map(|line| piece(line).map_or_else(|| format!("{line}\n"), str::to_owned)).collect();
    Case { place: format!("{file}: {name}"), expect, bytes: decode(&text), is_linted: false }
}

fn piece(line: &str) -> Option<&'static str> {
    PIECES.iter().find(|(word, _)| *word == line).map(|(_, text)| *text)
}

/// The bytes of a text in the corpus: `<U+001B>` is a character, `<U+0300*9>` nine of them, `<0xFF>` a byte, and
/// nothing after `<END>` counts.
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        bytes.extend(&rest.as_bytes()[..start]);
        rest = &rest[start..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        if &rest[..end] == "<END>" {
            return bytes;
        }
        match mark(&rest[..end]) {
            Some(marked) => bytes.extend(marked),
            None => bytes.push(b'<'),
        }
        rest = if mark(&rest[..end]).is_some() { &rest[end..] } else { &rest[1..] };
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn mark(written: &str) -> Option<Vec<u8>> {
    let inside = written.strip_prefix('<')?.strip_suffix('>')?;
    if let Some(byte) = inside.strip_prefix("0x") {
        return Some(vec![u8::from_str_radix(byte, 16).ok()?]);
    }
    let (code, count) = inside.strip_prefix("U+")?.split_once('*').unwrap_or((inside.strip_prefix("U+")?, "1"));
    let character = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    Some(character.to_string().repeat(count.parse().ok()?).into_bytes())
}

#[test]
fn the_notation_stands_for_characters_and_bytes() {
    assert_eq!(decode("a<U+001B>[<U+00FC*2>< <0xff>b<END>\nc"), b"a\x1b[\xc3\xbc\xc3\xbc< \xffb");
}
