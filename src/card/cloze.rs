//! A text with gaps, which the learner fills in.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Point;
use crate::text::Safe;

/// The most gaps of one text.
pub const MOST_GAPS: usize = 100;

/// What is shown for a gap without a hint, where text is plain.
const BLANK: &str = "...";

/// A text with one gap or more; all of them are asked at once.
///
/// `{{words}}` is a gap, `{{words|other words}}` accepts others, and `{{words::hint}}` shows a hint. A backslash before
/// `{{`, `}}`, `|` or `::` takes their meaning away; two stand for one before a mark that keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Safe", into = "Safe")]
pub struct Cloze {
    text: Safe,
    parts: Vec<Part>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Markdown as it is shown, without the backslashes that protected braces.
    Text(Safe),
    Gap(Gap),
}

/// Words that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What belongs there, as Markdown.
    pub words: Safe,
    /// Other words that are as right.
    pub accept: Vec<Safe>,
    pub hint: Option<Safe>,
}

/// Why a text is no cloze, and where: a byte range of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub kind: FlawKind,
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// There is no gap in it.
    NoGap,
    /// A gap is not closed before its paragraph ends.
    Open,
    /// A gap, or one of its ways, holds no words.
    Empty,
    /// A gap begins inside another one.
    Nested,
    /// There are more than [`MOST_GAPS`].
    TooMany,
}

impl Cloze {
    /// Reads the gaps of a text.
    pub fn new(text: Safe) -> Result<Cloze, Flaw> {
        let parts = Cloze::read(text.as_str())?;
        Ok(Cloze { text, parts })
    }

    /// The parts of any text.
    pub fn read(text: &str) -> Result<Vec<Part>, Flaw> {
        let mut reader = Reader { text, at: 0, words: String::new(), parts: Vec::new(), gaps: 0 };
        reader.read()?;
        match reader.gaps {
            0 => Err(Flaw { kind: FlawKind::NoGap, range: 0..text.len() }),
            _ => Ok(reader.parts),
        }
    }

    /// The text as the author wrote it, gaps and all.
    pub fn text(&self) -> &Safe {
        &self.text
    }

    /// The text and the gaps, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// One or more.
    pub fn gaps(&self) -> impl Iterator<Item = &Gap> {
        self.parts.iter().filter_map(|part| match part {
            Part::Gap(gap) => Some(gap),
            Part::Text(_) => None,
        })
    }

    /// The text with `[...]` or `[hint]` for each gap, as Markdown.
    pub fn question(&self) -> Safe {
        self.with(|gap| format!("[{}]", gap.hint.as_ref().map_or(BLANK, Safe::as_str))).0
    }

    /// The whole text, as Markdown.
    pub fn answer(&self) -> Safe {
        self.filled().0
    }

    /// The whole text, and where in it the words of the gaps stand.
    pub fn filled(&self) -> (Safe, Vec<Range<usize>>) {
        self.with(|gap| gap.words.to_string())
    }

    /// The text with something else for each gap, and where that stands.
    pub fn with(&self, mut show: impl FnMut(&Gap) -> String) -> (Safe, Vec<Range<usize>>) {
        let (mut shown, mut ranges) = (String::new(), Vec::new());
        for part in &self.parts {
            match part {
                Part::Text(text) => shown.push_str(text.as_str()),
                Part::Gap(gap) => {
                    let start = shown.len();
                    shown.push_str(&show(gap));
                    ranges.push(start..shown.len());
                }
            }
        }
        (Safe::new(&shown), ranges)
    }

    /// The gaps as points, with the ids `gap-1`, `gap-2` and so on.
    pub fn points(&self) -> Vec<Point> {
        let point = |(place, gap): (usize, &Gap)| Point {
            id: format!("gap-{}", place + 1).parse().expect("a word and a number"),
            weight: 2,
            text: gap.plain(),
            accept: gap.accept.clone(),
            probe: None,
        };
        self.gaps().enumerate().map(point).collect()
    }
}

impl Gap {
    /// The words without the marks of code and emphasis.
    pub fn plain(&self) -> Safe {
        Safe::new(self.words.as_str().trim_matches(['`', '*']).trim())
    }

    /// The words, then the other ways.
    pub fn ways(&self) -> impl Iterator<Item = &Safe> {
        std::iter::once(&self.words).chain(&self.accept)
    }
}

impl TryFrom<Safe> for Cloze {
    type Error = &'static str;

    fn try_from(text: Safe) -> Result<Cloze, &'static str> {
        Cloze::new(text).map_err(|_| "this text has no gaps that can be read")
    }
}

impl From<Cloze> for Safe {
    fn from(cloze: Cloze) -> Safe {
        cloze.text
    }
}

/// What is read of a text, from the left to the right.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Words outside of gaps that are not yet a part.
    words: String,
    parts: Vec<Part>,
    gaps: usize,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Flaw> {
        while let Some(next) = self.text[self.at..].chars().next() {
            match self.escaped(&["{{"]) {
                Some((words, length)) => {
                    self.words.push_str(words);
                    self.at += length;
                }
                None if self.is_opening() => {
                    self.end_words();
                    let gap = self.gap()?;
                    self.parts.push(Part::Gap(gap));
                }
                None => {
                    self.words.push(next);
                    self.at += next.len_utf8();
                }
            }
        }
        self.end_words();
        Ok(())
    }

    /// Of three braces the first is one of the language, as in `${{{name}}}`.
    fn is_opening(&self) -> bool {
        let braces = self.text[self.at..].bytes().take_while(|&byte| byte == b'{').count();
        braces == 2 || braces > 3
    }

    /// What a backslash here protects, and the bytes that this takes.
    fn escaped<'m>(&self, marks: &[&'m str]) -> Option<(&'m str, usize)> {
        let rest = self.text[self.at..].strip_prefix('\\')?;
        if let Some(mark) = marks.iter().find(|mark| rest.starts_with(**mark)) {
            return Some((mark, 1 + mark.len()));
        }
        let second = rest.strip_prefix('\\')?;
        marks.iter().any(|mark| second.starts_with(mark)).then_some(("\\", 2))
    }

    fn end_words(&mut self) {
        if !self.words.is_empty() {
            self.parts.push(Part::Text(Safe::new(&std::mem::take(&mut self.words))));
        }
    }

    fn gap(&mut self) -> Result<Gap, Flaw> {
        let start = self.at;
        let (ways, hint) = self.inside(start).map_err(|(kind, end)| Flaw { kind, range: start..end })?;
        self.gaps += 1;
        let line = |words: &String| Safe::new(words.trim()).line();
        let mut ways: Vec<Safe> = ways.iter().map(line).collect();
        let kind = match () {
            () if self.gaps > MOST_GAPS => Some(FlawKind::TooMany),
            () if ways.iter().any(Safe::is_empty) => Some(FlawKind::Empty),
            () => None,
        };
        if let Some(kind) = kind {
            return Err(Flaw { kind, range: start..self.at });
        }
        let accept = ways.split_off(1);
        Ok(Gap { words: ways.remove(0), accept, hint: hint.as_ref().map(line).filter(|hint| !hint.is_empty()) })
    }

    /// Reads a gap to its end: the ways between the bars, and the hint. What is wrong ends at the place told with it.
    fn inside(&mut self, start: usize) -> Result<(Vec<String>, Option<String>), (FlawKind, usize)> {
        self.at += 2;
        let (mut ways, mut hint) = (vec![String::new()], None::<String>);
        loop {
            let rest = &self.text[self.at..];
            let (words, length) = match rest.chars().next() {
                None => return Err((FlawKind::Open, self.line_end(start))),
                Some(_) if rest.starts_with("\n\n") => return Err((FlawKind::Open, self.line_end(start))),
                Some(_) if rest.starts_with("{{") => return Err((FlawKind::Nested, self.at + 2)),
                Some(_) if rest.starts_with("}}") => {
                    self.at += 2;
                    return Ok((ways, hint));
                }
                Some(_) if rest.starts_with("::") && hint.is_none() => {
                    hint = Some(String::new());
                    ("", 2)
                }
                Some('|') if hint.is_none() => {
                    ways.push(String::new());
                    ("", 1)
                }
                Some(next) => {
                    self.escaped(&["{{", "}}", "|", "::"]).unwrap_or((&rest[..next.len_utf8()], next.len_utf8()))
                }
            };
            hint.as_mut().or(ways.last_mut()).expect("there is a first way").push_str(words);
            self.at += length;
        }
    }

    fn line_end(&self, start: usize) -> usize {
        self.text[start..].find('\n').map_or(self.text.len(), |end| start + end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cloze(text: &str) -> Cloze {
        Cloze::new(Safe::new(text)).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"))
    }

    fn flaw(text: &str) -> (FlawKind, &str) {
        let Flaw { kind, range } = Cloze::read(text).expect_err(text);
        (kind, &text[range])
    }

    #[test]
    fn a_gap_has_words_other_ways_and_a_hint() {
        let cloze = cloze("The {{execution role|task execution role::which role}} pulls, the {{agent}} runs.");
        assert_eq!(cloze.question().as_str(), "The [which role] pulls, the [...] runs.");
        assert_eq!(cloze.answer().as_str(), "The execution role pulls, the agent runs.");
        let gaps: Vec<_> = cloze.gaps().map(|gap| (gap.words.as_str(), gap.accept.len())).collect();
        assert_eq!(gaps, [("execution role", 1), ("agent", 0)]);
        assert_eq!(cloze.points().iter().map(|point| point.id.as_str()).collect::<Vec<_>>(), ["gap-1", "gap-2"]);
    }

    #[test]
    fn a_backslash_takes_the_meaning_of_a_mark_away() {
        for (written, read) in [
            (r"`\{{ .Name }}` prints {{x}}", "`{{ .Name }}` prints x"),
            (r"{{a \| b}}, {{AWS\::ECS}}, {{f(\}})}}", "a | b, AWS::ECS, f(}})"),
            (r"C:\\{{Users}}\n", r"C:\Users\n"),
            ("${{{env}}} and {\"a\": {\"b\": {{1}}}}", "${env} and {\"a\": {\"b\": 1}}"),
            ("a } b }} {{c}}", "a } b }} c"),
        ] {
            assert_eq!(cloze(written).answer().as_str(), read);
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        assert_eq!(flaw("no gap"), (FlawKind::NoGap, "no gap"));
        assert_eq!(flaw("a {{b\nc"), (FlawKind::Open, "{{b"));
        assert_eq!(flaw("a {{b\n\nc}}"), (FlawKind::Open, "{{b"));
        assert_eq!(flaw("a {{b"), (FlawKind::Open, "{{b"));
        assert_eq!(flaw("a {{ }} b"), (FlawKind::Empty, "{{ }}"));
        assert_eq!(flaw("a {{b|::c}} b"), (FlawKind::Empty, "{{b|::c}}"));
        assert_eq!(flaw("a {{b {{c}} d}}"), (FlawKind::Nested, "{{b {{"));
        assert_eq!(flaw(&"{{x}}".repeat(MOST_GAPS + 1)), (FlawKind::TooMany, "{{x}}"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_survives_being_stored(text in r"([a |:\\\n`]|\{\{|\}\}|::|é){0,40}") {
            let text = Safe::new(&text);
            match Cloze::new(text.clone()) {
                Err(flaw) => prop_assert!(text.as_str().get(flaw.range).is_some()),
                Ok(cloze) => {
                    let (filled, ranges) = cloze.filled();
                    for (range, gap) in ranges.into_iter().zip(cloze.gaps()) {
                        prop_assert_eq!(&filled.as_str()[range], gap.words.as_str());
                    }
                    let bytes = postcard::to_stdvec(&cloze).expect("bytes");
                    prop_assert_eq!(postcard::from_bytes::<Cloze>(&bytes), Ok(cloze));
                }
            }
        }
    }
}
