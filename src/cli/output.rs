//! Standard output and standard error: the only way out, and it takes safe text and JSON only.

use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use super::failure::Failure;
use crate::text::{Safe, width};

/// Columns that every terminal has.
const NARROW: usize = 38;

pub struct Output {
    out: BufWriter<Stdout>,
    err: Stderr,
    /// Whether words about what is being done stand on the line.
    is_busy: bool,
}

/// How a command that reports is to report.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Form {
    /// One JSON value
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// One JSON object a line
    #[arg(long)]
    jsonl: bool,
}

impl Form {
    pub fn is_json(self) -> bool {
        self.json || self.jsonl
    }
}

impl Output {
    pub fn standard() -> Output {
        Output { out: BufWriter::new(io::stdout()), err: io::stderr(), is_busy: false }
    }

    pub fn line(&mut self, words: &Safe) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{words}")?)
    }

    pub fn text(&mut self, words: &Safe) -> Result<(), Failure> {
        Ok(write!(self.out, "{words}")?)
    }

    /// One JSON value on a line. What could act on a terminal is written as `\u` escapes, so nothing is lost.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        value.serialize(&mut Serializer::with_formatter(&mut self.out, Escaping)).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Many values: an array, or a line each.
    pub fn list<T: Serialize>(&mut self, form: Form, values: impl IntoIterator<Item = T>) -> Result<(), Failure> {
        if form.jsonl {
            return values.into_iter().try_for_each(|value| self.json(&value));
        }
        self.out.write_all(b"[")?;
        for (place, value) in values.into_iter().enumerate() {
            self.out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
            value.serialize(&mut Serializer::with_formatter(&mut self.out, Escaping)).map_err(io::Error::from)?;
        }
        Ok(self.out.write_all(b"\n]\n")?)
    }

    /// The content of a file that was made of safe text.
    pub fn file(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.out.write_all(bytes)?)
    }

    /// What is being done now, on a terminal alone, in the place of what was said before; no words take it away.
    pub fn progress(&mut self, words: &Safe) {
        if (self.is_busy || !words.is_empty()) && self.err.is_terminal() {
            self.is_busy = !words.is_empty();
            let words = Safe::new(&width::fit(words.line().as_str(), NARROW));
            let _nobody_listens = write!(self.err, "\r{words:<NARROW$}\r{words}").and_then(|()| self.err.flush());
        }
    }

    /// A line on standard error.
    pub fn complain(&mut self, words: &Safe) {
        self.progress(&Safe::default());
        let _nobody_listens = self.out.flush().and_then(|()| writeln!(self.err, "{words}"));
    }

    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

/// JSON in which every character that [`Safe`] refuses is an escape.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, character) in fragment.char_indices().filter(|(_, character)| Safe::refuses(*character)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_a_terminal_could_act_on_and_loses_nothing() {
        let hostile = "a\u{9b}31m\u{202e}b\u{7f}\u{1b}\u{e0041}é";
        let mut bytes = Vec::new();
        hostile.serialize(&mut Serializer::with_formatter(&mut bytes, Escaping)).expect("a string");
        let written = String::from_utf8(bytes).expect("UTF-8");
        assert!(!written.chars().any(Safe::refuses), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), hostile);
    }
}
