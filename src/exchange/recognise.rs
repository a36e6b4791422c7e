//! Which format a file is in, by its name and then by its words.

use std::path::Path;

use super::{FORMATS, Format, csv, markdown, source};

/// The format that the name of a file tells; if it tells none, the one that its content looks like. Text is what is
/// like no other.
pub fn recognise(name: &Path, bytes: &[u8]) -> &'static Format {
    let by_name = name.extension().and_then(|extension| extension.to_str()).and_then(Format::of_extension);
    by_name.unwrap_or_else(|| by_content(bytes))
}

fn by_content(bytes: &[u8]) -> &'static Format {
    let text = source::read(bytes).map(|(text, _)| text).unwrap_or_default();
    let first = text.trim_start();
    let name = match () {
        () if first.starts_with('{') && is_lines(first) => "jsonl",
        () if first.starts_with(['{', '[']) && serde_json::from_str::<serde_json::Value>(first).is_ok() => "json",
        () if csv::is_table(&text) => "csv",
        () if markdown::is_tagged(&text) => "markdown",
        () => "text",
    };
    FORMATS.iter().find(|format| format.name == name).expect("each is a format")
}

/// Whether each of the first lines is an object.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let is_object = |line: &str| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).is_ok();
    text.lines().count() > 1 && lines.all(is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_counts_before_the_content() {
        let name = |file: &str, text: &str| recognise(Path::new(file), text.as_bytes()).name;
        assert_eq!(name("a.CSV", "{}"), "csv");
        assert_eq!(name("a.tsv", ""), "tsv");
        assert_eq!(name("a.md", "Q: a"), "markdown");
        assert_eq!(name("a.ndjson", ""), "jsonl");
    }

    #[test]
    fn a_name_that_tells_nothing_leaves_it_to_the_content() {
        let name = |text: &str| recognise(Path::new("a.txt"), text.as_bytes()).name;
        assert_eq!(name("{\"card\": []}"), "json");
        assert_eq!(name("{\"q\": 1}\n{\"q\": 2}\n"), "jsonl");
        assert_eq!(name("[{\"q\": 1}]"), "json");
        assert_eq!(name("front,back\na,b\n"), "csv");
        assert_eq!(name("#separator:tab\na\tb\n"), "csv");
        assert_eq!(name("a term\tits meaning\nanother\tmore\n"), "csv");
        assert_eq!(name("Q: a\nA: b\n"), "markdown");
        assert_eq!(name("1. Why, and how?\nAnswer: so, and so.\n"), "text");
        assert_eq!(name(""), "text");
    }
}
