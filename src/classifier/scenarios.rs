//! Labelled scenarios as files of JSON lines, one file an author.

use serde::Deserialize;

use super::train::{Example, Kind};

/// A line of a file: `{"id","text","label","style","difficulty","evidence","why","pair"}`.
#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    label: String,
    #[serde(default)]
    style: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    pair: Option<String>,
}

/// A line that is no scenario.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadLine {
    /// From 1.
    pub line: usize,
    pub what: String,
}

/// The scenarios of one author. A text is labelled with one of `labels`, or with `unclear`.
pub fn parse(text: &str, author: &str, kind: Kind, labels: &[&str]) -> Result<Vec<Example>, BadLine> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| example(line, author, kind, labels).map_err(|what| BadLine { line: index + 1, what }))
        .collect()
}

fn example(line: &str, author: &str, kind: Kind, labels: &[&str]) -> Result<Example, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let class = match labels.iter().position(|label| *label == line.label) {
        Some(class) => class,
        None if line.label == "unclear" => labels.len(),
        None => return Err(format!("{}: \"{}\" is none of {} and unclear", line.id, line.label, labels.join(", "))),
    };
    let find = |words: &String| {
        let start = line.text.find(words).ok_or_else(|| format!("{}: the text does not hold \"{words}\"", line.id))?;
        Ok(start..start + words.len())
    };
    let evidence = line.evidence.iter().map(find).collect::<Result<_, String>>()?;
    let (author, pair) = (author.to_owned(), line.pair);
    Ok(Example { text: line.text, class, style: line.style, evidence, author, pair, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_an_example_with_the_place_of_its_evidence() {
        let line =
            r#"{"id":"x-1","text":"Our code calls S3.","label":"task","style":"terse","evidence":["code calls"]}"#;
        let example = &parse(line, "x", Kind::Original, &["task", "execution"]).expect("sound")[0];
        assert_eq!(
            (example.class, example.author.as_str(), example.evidence.as_slice()),
            (0, "x", [4..14; 1].as_slice())
        );
    }

    #[test]
    fn a_bad_line_is_named() {
        let wrong = |line: &str| parse(line, "x", Kind::Original, &["task"]).expect_err("bad").to_string();
        assert_eq!(
            wrong("\n{\"id\":\"x-1\",\"text\":\"t\",\"label\":\"tusk\"}"),
            "line 2: x-1: \"tusk\" is none of task and unclear"
        );
        assert_eq!(
            wrong("{\"id\":\"x-1\",\"text\":\"t\",\"label\":\"task\",\"evidence\":[\"q\"]}"),
            "line 1: x-1: the text does not hold \"q\""
        );
        assert!(wrong("{").starts_with("line 1: EOF"));
    }
}
