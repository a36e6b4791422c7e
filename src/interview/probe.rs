//! What an interviewer asks next, and the hints that may be asked for: all of it taken from the deck.

use serde::{Deserialize, Serialize};

use crate::card::{Id, Point, Recall};
use crate::grader::{Finding, Verdict};
use crate::review::Mark;
use crate::safe;
use crate::text::Safe;

/// Probes of one question.
const MOST: usize = 2;

/// Words of a point that the second hint gives away.
const FIRST_WORDS: usize = 4;

/// Words that give a reason.
const REASONS: [&str; 9] =
    ["because", "so that", "since", "therefore", "which means", "in order", "why", "due to", "so "];

/// What a probe is after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// A wrong claim.
    Misconception(Id),
    /// A point that was not said.
    Point(Id),
    /// A reason for a point that was said.
    Reason(Id),
}

/// A question that follows an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    pub after: After,
    pub question: Safe,
}

/// A step of the ladder of hints for one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    pub point: Id,
    pub words: Safe,
    /// Whether it gives the first words; else it names the area.
    pub is_last: bool,
}

/// Up to two probes: a wrong claim, then the heaviest missed points that the deck has a probe for, then the reason
/// for something that was said without one.
pub fn probes(card: &Recall, answer: &str, verdict: &Verdict) -> Vec<Probe> {
    let wrong = verdict.misconceptions.iter().filter(|found| found.is_sure).take(1).map(|found| Probe {
        after: After::Misconception(found.misconception.clone()),
        question: safe!(
            "You said: “{}” Is that always so? Say what is right, and why.",
            quoted(answer, &found.quote.range)
        ),
    });
    let mut missing: Vec<&Point> = missed(card, verdict).collect();
    missing.sort_by_key(|point| std::cmp::Reverse(point.weight));
    let asked = missing.into_iter().filter_map(|point| {
        Some(Probe { after: After::Point(point.id.clone()), question: point.probe.as_ref()?.line() })
    });
    wrong.chain(asked).chain(reason(answer, verdict)).take(MOST).collect()
}

/// The points that were not said, in the order of the card.
fn missed<'c>(card: &'c Recall, verdict: &'c Verdict) -> impl Iterator<Item = &'c Point> {
    let is_missed = |(_, found): &(&Point, &Finding)| found.mark == Mark::Missed;
    card.points.iter().zip(&verdict.points).filter(is_missed).map(|(point, _)| point)
}

fn reason(answer: &str, verdict: &Verdict) -> Option<Probe> {
    let said = answer.to_lowercase();
    if REASONS.iter().any(|reason| said.contains(reason)) {
        return None;
    }
    let mut covered = verdict.points.iter().filter(|found| found.mark == Mark::Covered && found.is_sure);
    let (found, quote) = covered.find_map(|found| Some((found, found.quote.as_ref()?)))?;
    let question = safe!("You said: “{}” Why is that so?", quoted(answer, &quote.range));
    Some(Probe { after: After::Reason(found.point.clone()), question })
}

/// Words of an answer, on one line.
fn quoted(answer: &str, range: &std::ops::Range<usize>) -> Safe {
    Safe::new(answer.get(range.clone()).unwrap_or_default()).line()
}

/// The next hint for an answer as far as it is written: the area of the heaviest point that is missing, then its first
/// words, then the same of the next point. None if no point is left.
pub fn hint(card: &Recall, verdict: &Verdict, given: &[Hint]) -> Option<Hint> {
    if let Some(last) = given.last().filter(|last| !last.is_last) {
        let point = card.points.iter().find(|point| point.id == last.point)?;
        let words: Vec<&str> = point.text.as_str().split_whitespace().take(FIRST_WORDS).collect();
        return Some(Hint {
            point: point.id.clone(),
            words: safe!("It begins: “{} …”", words.join(" ")),
            is_last: true,
        });
    }
    let is_open = |point: &&Point| given.iter().all(|hint| hint.point != point.id);
    let mut missing: Vec<&Point> = missed(card, verdict).filter(is_open).collect();
    missing.sort_by_key(|point| std::cmp::Reverse(point.weight));
    let point = missing.first()?;
    let words = match (&point.probe, point.weight) {
        (Some(probe), _) => safe!("Think of this: {}", probe.line()),
        (None, 3) => Safe::from("Something is missing without which the answer fails."),
        (None, _) => Safe::from("Something is missing that a good answer has."),
    };
    Some(Hint { point: point.id.clone(), words, is_last: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grader::{Quote, Suspicion};

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    fn card() -> Recall {
        let point = |name: &str, weight, probe: Option<&str>| Point {
            id: id(name),
            weight,
            text: safe!("{name} is said with some more words"),
            accept: Vec::new(),
            probe: probe.map(Safe::from),
        };
        let points =
            vec![point("light", 1, Some("Light?")), point("heavy", 3, Some("Heavy?")), point("silent", 3, None)];
        let (question, answer) = (Safe::from("What?"), Safe::from("This."));
        Recall { question, answer, points, misconceptions: Vec::new(), sides: Vec::new() }
    }

    fn verdict(marks: [Mark; 3], is_wrong: bool) -> Verdict {
        let quote = || Quote { range: 0..4, words: Vec::new(), line: Safe::default() };
        let found = |(name, mark): (&str, Mark)| Finding {
            point: id(name),
            mark,
            is_sure: true,
            probability: 0.9,
            quote: (mark == Mark::Covered).then(quote),
        };
        let wrong = Suspicion { misconception: id("wrong"), is_sure: true, probability: 0.9, quote: quote() };
        Verdict {
            points: ["light", "heavy", "silent"].into_iter().zip(marks).map(found).collect(),
            misconceptions: is_wrong.then_some(wrong).into_iter().collect(),
            score: 0.0,
        }
    }

    fn asked(answer: &str, marks: [Mark; 3], is_wrong: bool) -> Vec<String> {
        probes(&card(), answer, &verdict(marks, is_wrong)).into_iter().map(|probe| probe.question.into()).collect()
    }

    #[test]
    fn wrong_claims_are_asked_about_first_then_heavy_points_then_reasons() {
        use Mark::{Covered, Missed};
        assert_eq!(asked("Some words.", [Missed; 3], false), ["Heavy?", "Light?"]);
        let wrong = "You said: “Some” Is that always so? Say what is right, and why.";
        assert_eq!(asked("Some words.", [Missed; 3], true), [wrong, "Heavy?"]);
        assert_eq!(
            asked("Some words.", [Missed, Covered, Covered], false),
            ["Light?", "You said: “Some” Why is that so?"]
        );
        assert_eq!(asked("Some, because.", [Covered; 3], false), Vec::<String>::new());
    }

    #[test]
    fn a_hint_names_the_area_and_then_the_first_words() {
        let verdict = verdict([Mark::Missed; 3], false);
        let mut given = Vec::new();
        while let Some(next) = hint(&card(), &verdict, &given) {
            given.push(next);
        }
        let words: Vec<&str> = given.iter().map(|hint| hint.words.as_str()).collect();
        let expected = [
            "Think of this: Heavy?",
            "It begins: “heavy is said with …”",
            "Something is missing without which the answer fails.",
            "It begins: “silent is said with …”",
            "Think of this: Light?",
            "It begins: “light is said with …”",
        ];
        assert_eq!(words, expected);
    }
}
