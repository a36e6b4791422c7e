//! Further texts made of labelled ones: without a clause that does not decide, and with other names of services.

use std::ops::Range;

use super::clause::clauses;
use super::train::{Example, Kind};

/// Names that never decide, so that one can stand for another.
const SERVICES: [&str; 6] = ["s3", "dynamodb", "sqs", "sns", "kinesis", "ses"];

/// Each text of more than two clauses without one clause, taken by chance from those without evidence. Texts of a class
/// from `labels` on are left alone.
pub fn shortened(examples: &[Example], labels: usize) -> Vec<Example> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut made = Vec::new();
    for example in examples.iter().filter(|example| example.kind == Kind::Original && example.class < labels) {
        let clauses = clauses(&example.text.to_ascii_lowercase());
        let touches =
            |one: &Range<usize>| example.evidence.iter().any(|part| part.start < one.end && one.start < part.end);
        let free: Vec<_> = clauses.iter().map(|clause| &clause.range).filter(|range| !touches(range)).collect();
        if clauses.len() > 2 && !free.is_empty() {
            let mut text = example.text.clone();
            text.replace_range(free[chance.below(free.len())].clone(), "");
            made.push(Example { text, evidence: Vec::new(), kind: Kind::Shortened, ..example.clone() });
        }
    }
    made
}

/// Each text that names services, with the names exchanged by chance, the same for the same throughout.
pub fn renamed(examples: &[Example]) -> Vec<Example> {
    let mut chance = Chance(0xd1b5_4a32_d192_ed03);
    let mut made = Vec::new();
    for example in examples.iter().filter(|example| example.kind == Kind::Original) {
        let found = named(&example.text);
        if found.is_empty() {
            continue;
        }
        let mut order: Vec<usize> = (0..SERVICES.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, chance.below(last + 1));
        }
        let mut text = example.text.clone();
        for (range, service) in found.into_iter().rev() {
            let name = in_case_of(&example.text[range.clone()], SERVICES[order[service]]);
            text.replace_range(range, &name);
        }
        if text != example.text {
            made.push(Example { text, evidence: Vec::new(), kind: Kind::Renamed, ..example.clone() });
        }
    }
    made
}

/// Where services are named, in order.
fn named(text: &str) -> Vec<(Range<usize>, usize)> {
    let text = text.to_ascii_lowercase();
    let is_apart = |place: Option<&u8>| !place.is_some_and(u8::is_ascii_alphanumeric);
    let mut found = Vec::new();
    for (service, name) in SERVICES.iter().enumerate() {
        for (start, _) in text.match_indices(name) {
            let end = start + name.len();
            let before = start.checked_sub(1).and_then(|before| text.as_bytes().get(before));
            if is_apart(before) && is_apart(text.as_bytes().get(end)) {
                found.push((start..end, service));
            }
        }
    }
    found.sort_unstable_by_key(|(range, _)| range.start);
    found
}

fn in_case_of(old: &str, new: &str) -> String {
    let mut name = new.to_owned();
    if !old.chars().any(|letter| letter.is_ascii_lowercase()) {
        name.make_ascii_uppercase();
    } else if old.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        name[..1].make_ascii_uppercase();
    }
    name
}

/// A fixed run of numbers without a pattern (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(text: &str, evidence: &str) -> Example {
        let start = text.find(evidence).expect("it is there");
        Example {
            text: text.to_owned(),
            class: 0,
            style: String::new(),
            evidence: std::iter::once(start..start + evidence.len()).collect(),
            author: "x".to_owned(),
            pair: None,
            kind: Kind::Original,
        }
    }

    #[test]
    fn a_shortened_text_keeps_what_decides() {
        let long = example("Monday came. The logs are fine. Our code calls SQS.", "code calls SQS");
        let made = shortened(std::slice::from_ref(&long), 4);
        assert_eq!(made.len(), 1);
        assert!(made[0].text.contains("Our code calls SQS.") && made[0].text.len() < long.text.len());
        assert!(shortened(&[example("Our code calls SQS.", "code")], 4).is_empty(), "too short");
    }

    #[test]
    fn a_renamed_text_uses_one_name_for_one_service_and_keeps_its_case() {
        let made = renamed(&[example("S3 and DynamoDB; then s3 again, not s3x.", "again")]);
        let text = &made[0].text;
        let first = text.split(' ').next().expect("a word");
        assert_eq!(first, first.to_ascii_uppercase());
        assert!(text.contains(&format!("then {} again", first.to_ascii_lowercase())) && text.contains("s3x"), "{text}");
    }
}
