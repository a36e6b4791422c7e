//! Which gaps of a cloze an answer fills.
//!
//! An answer gives the gaps on a line each, or on one line between `;` or `,`, or it is the whole text with its gaps
//! filled. What fits best is taken.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::verdict::{Finding, Mark, Quote, Verdict};
use crate::card::{Cloze, Gap, Part};
use crate::text::slips;

/// What was written into one gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// A byte range of the answer, on character borders; empty if nothing was written.
    pub range: Range<usize>,
    pub fit: Fit,
}

/// How well words fit into a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The same words; case, accents, spaces, hyphens and a leading article do not matter.
    Same,
    /// The same but for slips of the keyboard: none in up to 4 letters, one in up to 8, then two. The first letter and
    /// all digits must be right.
    Slip,
    /// At least half of the words, or all and more.
    Part,
    Other,
}

/// What an answer writes into each gap, in order.
pub fn fill(cloze: &Cloze, answer: &str) -> Vec<Filled> {
    let gaps: Vec<&Gap> = cloze.gaps().collect();
    let mut best: Option<(f64, Vec<Filled>)> = None;
    for ranges in readings(cloze, answer) {
        let ranges = ranges.into_iter().chain(std::iter::repeat(answer.len()..answer.len()));
        let fill = |(gap, range): (&&Gap, Range<usize>)| Filled { fit: fit(gap, &answer[range.clone()]), range };
        let filled: Vec<Filled> = gaps.iter().zip(ranges).map(fill).collect();
        let share = filled.iter().map(|filled| filled.fit.mark().share()).sum::<f64>();
        if best.as_ref().is_none_or(|(known, _)| share > *known) {
            best = Some((share, filled));
        }
    }
    best.map(|(_, filled)| filled).unwrap_or_default()
}

/// The answer marked gap by gap; the points are those of [`Cloze::points`].
pub fn mark(cloze: &Cloze, answer: &str) -> Verdict {
    let filled = fill(cloze, answer);
    let finding = |((point, gap), filled): ((crate::card::Point, &Gap), &Filled)| {
        let mark = filled.fit.mark();
        let (range, line) = (filled.range.clone(), gap.words.clone());
        let quote = (mark != Mark::Missed).then(|| Quote { words: vec![range.clone()], range, line });
        Finding { point: point.id, mark, is_sure: true, probability: mark.share(), quote }
    };
    let points: Vec<_> = cloze.points().into_iter().zip(cloze.gaps()).zip(&filled).map(finding).collect();
    let share = points.iter().map(|point| point.mark.share()).sum::<f64>() / points.len().max(1) as f64;
    Verdict { points, misconceptions: Vec::new(), score: 100.0 * share }
}

impl Fit {
    pub fn mark(self) -> Mark {
        match self {
            Fit::Same | Fit::Slip => Mark::Covered,
            Fit::Part => Mark::Partial,
            Fit::Other => Mark::Missed,
        }
    }
}

/// How well words fit into a gap; nothing fits into none.
pub fn fit(gap: &Gap, words: &str) -> Fit {
    let said = fold(words);
    let all = || gap.ways().map(|way| fold(way.as_str()));
    match () {
        () if squeeze(&said).is_empty() => Fit::Other,
        () if all().any(|way| squeeze(&way) == squeeze(&said)) => Fit::Same,
        () if all().any(|way| is_slip(&squeeze(&way), &squeeze(&said))) => Fit::Slip,
        () if all().any(|way| is_part(&way, &said)) => Fit::Part,
        () => Fit::Other,
    }
}

/// Small letters without accents and marks of Markdown, single spaces, no article before them.
fn fold(text: &str) -> String {
    let plain =
        text.nfd().filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '`' | '*' | '"' | '“' | '”'));
    let plain: String = plain.flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let articles = usize::from(words.len() > 1 && matches!(words[0], "a" | "an" | "the"));
    words[articles..].join(" ").trim_end_matches(['.', ',', ';']).to_owned()
}

/// Without spaces, hyphens and underscores; words of nothing else stay as they are.
fn squeeze(folded: &str) -> String {
    let squeezed: String = folded.chars().filter(|letter| !matches!(letter, ' ' | '-' | '_')).collect();
    if squeezed.is_empty() { folded.to_owned() } else { squeezed }
}

fn is_slip(way: &str, said: &str) -> bool {
    let limit = match way.chars().count() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    way.chars().next() == said.chars().next() && digits(way) == digits(said) && slips(way, said, limit).is_some()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_part(way: &str, said: &str) -> bool {
    if digits(way) != digits(said) {
        return false;
    }
    let said: Vec<&str> = said.split([' ', '-', '_']).collect();
    let words: Vec<&str> = way.split([' ', '-', '_']).filter(|word| !word.is_empty()).collect();
    let met = words.iter().filter(|word| said.iter().any(|other| other == *word || is_slip(word, other))).count();
    met > 0 && met * 2 >= words.len()
}

/// The ways to read an answer: for each gap in turn, where in the answer its words stand.
fn readings(cloze: &Cloze, answer: &str) -> Vec<Vec<Range<usize>>> {
    let count = cloze.gaps().count();
    let lines: Vec<_> = pieces(answer, 0, '\n').collect();
    let written: Vec<_> = lines.iter().filter(|line| !line.is_empty()).cloned().collect();
    let mut readings = vec![lines, written.clone()];
    if let [line] = written.as_slice()
        && count > 1
    {
        readings.extend([';', ','].map(|mark| pieces(&answer[line.clone()], line.start, mark).collect()));
    }
    readings.extend(within(cloze, answer));
    if squeeze(&fold(answer)) == squeeze(&fold(cloze.answer().as_str())) {
        let words = |gap: &Gap| answer.find(gap.words.as_str()).map(|at| at..at + gap.words.as_str().len());
        readings.extend(cloze.gaps().map(words).collect::<Option<Vec<_>>>());
    }
    readings
}

/// The trimmed pieces of a text that begins at a byte of the answer, with the number before a line left out.
fn pieces(text: &str, start: usize, mark: char) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text.split(mark).map(move |piece| {
        let from = at + piece.len() - piece.trim_start().len();
        at += piece.len() + mark.len_utf8();
        let trimmed = piece.trim();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &trimmed[digits..];
        let number = if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) { digits + 2 } else { 0 };
        from + number..from + trimmed.len()
    })
}

/// What stands in the places of the gaps, if the answer is the whole text.
fn within(cloze: &Cloze, answer: &str) -> Option<Vec<Range<usize>>> {
    let words = words(answer);
    let (mut at, mut gaps, mut is_open) = (0, Vec::new(), false);
    for part in cloze.parts() {
        match part {
            Part::Gap(_) if is_open => return None,
            Part::Gap(_) => is_open = true,
            Part::Text(text) => {
                let text: Vec<String> = self::words(text.as_str()).into_iter().map(|(word, _)| word).collect();
                if text.is_empty() {
                    continue;
                }
                let is_here =
                    |start: &usize| words[*start..].iter().map(|(word, _)| word).take(text.len()).eq(text.iter());
                let found = (at..words.len()).find(is_here)?;
                if std::mem::take(&mut is_open) {
                    gaps.push(span(&words[at..found], answer));
                }
                at = found + text.len();
            }
        }
    }
    if is_open {
        gaps.push(span(&words[at..], answer));
    }
    Some(gaps)
}

fn span(words: &[(String, Range<usize>)], answer: &str) -> Range<usize> {
    match (words.first(), words.last()) {
        (Some((_, first)), Some((_, last))) => first.start..last.end,
        _ => answer.len()..answer.len(),
    }
}

/// The words of a text in small letters without accents, each with its place.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words: Vec<(String, Range<usize>)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric() || is_combining_mark(*letter))
    {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some((_, range)) if range.end == at => range.end = end,
            _ => words.push((String::new(), at..end)),
        }
    }
    for (word, range) in &mut words {
        *word = fold(&text[range.clone()]);
    }
    words
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "all, half and nothing are exact")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Safe;

    const ROLES: &str = "The {{execution role|task execution role}} pulls the image, the {{task role}} calls {{S3}}.";

    fn cloze(text: &str) -> Cloze {
        Cloze::new(Safe::new(text)).expect("gaps")
    }

    fn fits(text: &str, answer: &str) -> Vec<Fit> {
        fill(&cloze(text), answer).into_iter().map(|filled| filled.fit).collect()
    }

    #[test]
    fn gaps_are_filled_on_lines_between_marks_or_in_the_text() {
        use Fit::{Other, Same};
        for answer in [
            "Task execution role\ntask-role\ns3",
            "1. execution role\n2. task role\n3. S3",
            "execution role; the task role; S3",
            "execution role, task role, S3",
            "The execution role pulls the image, the task role calls S3.",
        ] {
            assert_eq!(fits(ROLES, answer), [Same; 3], "{answer}");
        }
        assert_eq!(fits(ROLES, "\ntask role\n"), [Other, Same, Other]);
        assert_eq!(fits("`aws {{ecs}} {{run-task}}`", "aws ecs run-task"), [Same; 2]);
        assert_eq!(fits("- {{EC2}}: yours\n- {{Fargate}}: theirs", "- EC2: yours\n- Fargate: theirs"), [Same; 2]);
    }

    #[test]
    fn slips_are_allowed_where_they_change_no_meaning() {
        let one = |way: &str, said: &str| fits(&format!("x {{{{{way}}}}}"), said)[0];
        for (way, said, fit) in [
            ("execution role", "exectuion rol", Fit::Slip),
            ("Zürich", "zurich", Fit::Same),
            ("role", "rule", Fit::Other),
            ("asynchronous", "synchronous", Fit::Other),
            ("30 seconds", "20 seconds", Fit::Other),
            ("120", "20", Fit::Other),
            ("execution role", "role", Fit::Part),
            ("execution role", "the execution role of the task", Fit::Part),
            ("&&", "&&", Fit::Same),
            ("&&", "||", Fit::Other),
            ("--force", "", Fit::Other),
        ] {
            assert_eq!(one(way, said), fit, "{way}: {said}");
        }
    }

    #[test]
    fn the_verdict_names_each_gap_and_its_words() {
        let answer = "execution role\nrole\nDynamoDB";
        let verdict = mark(&cloze(ROLES), answer);
        let marks: Vec<_> = verdict.points.iter().map(|point| (point.point.as_str(), point.mark)).collect();
        assert_eq!(marks, [("gap-1", Mark::Covered), ("gap-2", Mark::Partial), ("gap-3", Mark::Missed)]);
        assert_eq!(verdict.score, 50.0);
        let quote = verdict.points[0].quote.clone().expect("it was said");
        assert_eq!(&answer[quote.range], "execution role");
    }

    proptest! {
        #[test]
        fn any_text_is_an_answer_and_the_text_itself_is_right(
            words in prop::collection::vec("[a-zA-Zé1-9]{1,8}( [a-z]{1,5})?", 1..5), answer in "\\PC{0,40}|[a-z ,;\n1.]{0,40}",
        ) {
            let text: String = words.iter().enumerate().map(|(at, words)| format!("part{at} {{{{{words}}}}}, ")).collect();
            let cloze = cloze(&text);
            prop_assert_eq!(mark(&cloze, cloze.answer().as_str()).score, 100.0);
            prop_assert_eq!(mark(&cloze, &words.join("\n")).score, 100.0);
            prop_assert_eq!(mark(&cloze, "").score, 0.0);
            let filled = fill(&cloze, &answer);
            prop_assert_eq!(filled.len(), words.len());
            prop_assert!(filled.iter().all(|filled| answer.get(filled.range.clone()).is_some()));
        }
    }
}
