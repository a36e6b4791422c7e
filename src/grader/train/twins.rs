//! Twins of labelled answers: the same words with the subject swapped or the sentence turned round, so that the point
//! that they said is said no more.

use std::ops::Range;

use super::super::lexicon::kind;
use super::super::reading::Reading;
use super::super::rubric::Rubric;
use super::super::tokens::Word;

/// Twins with a swapped subject that are made of one quote at most.
const SWAPS: usize = 2;
/// The share of a point's lines that must name what is swapped.
const OWN: f64 = 0.25;
/// Verbs that take a `not` behind them.
const AUXILIARIES: [&str; 16] = [
    "is", "are", "was", "were", "can", "will", "should", "must", "does", "do", "has", "have", "may", "could", "would",
    "am",
];

/// Texts in which a point is no longer said; `quote` is what said it.
pub fn twins(reading: &Reading, point: usize, quote: &str) -> Vec<String> {
    let Some(start) = reading.text.find(quote) else { return Vec::new() };
    let bytes = start..start + quote.len();
    let is_inside = |at: &usize| reading.words[*at].start >= bytes.start && reading.words[*at].end <= bytes.end;
    let Some(first) = (0..reading.words.len()).find(is_inside) else { return Vec::new() };
    let words = first..first + (first..reading.words.len()).take_while(is_inside).count();
    let mut found = swapped(reading, point, &words);
    found.extend(turned(reading, &words));
    found
}

/// The quote with the topic that the point's lines name replaced by one that they never name.
fn swapped(reading: &Reading, point: usize, words: &Range<usize>) -> Vec<String> {
    let rubric = reading.rubric;
    let own = |topic: u8| share(rubric, point, topic);
    let named: Vec<Range<usize>> = mentions(reading, words);
    let topic_of = |mention: &Range<usize>| reading.topics.governors[mention.start];
    let Some(topic) = named.iter().filter_map(topic_of).find(|topic| own(*topic) >= OWN) else { return Vec::new() };
    let of_topic = |number: u8| rubric.topics.iter().find(|(known, _)| *known == number).map(|(_, stems)| stems);
    let stems = of_topic(topic);
    let is_apart =
        |other: &u8| of_topic(*other).zip(stems).is_some_and(|(one, own)| !one.iter().any(|s| own.contains(s)));
    let is_of_another = |other: &u8| (0..rubric.points.len()).any(|at| at != point && share(rubric, at, *other) >= OWN);
    let others = rubric.topics.iter().map(|(number, _)| *number);
    let others = others.filter(|other| own(*other) == 0.0 && is_apart(other) && is_of_another(other));
    let spelled = others.filter_map(|other| rubric.spelled.get(usize::from(other)).cloned());
    let replaced: Vec<Range<usize>> =
        named.iter().filter(|mention| topic_of(mention) == Some(topic)).cloned().collect();
    spelled.take(SWAPS).map(|name| replace(reading, &replaced, &name)).collect()
}

/// The share of a point's lines that name a topic.
fn share(rubric: &Rubric, point: usize, topic: u8) -> f64 {
    let lines = &rubric.points[point].lines;
    lines.iter().filter(|line| line.topics.contains(&topic)).count() as f64 / lines.len() as f64
}

/// Where topics are named: runs of words.
fn mentions(reading: &Reading, words: &Range<usize>) -> Vec<Range<usize>> {
    let topics = &reading.topics;
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in words.clone().filter(|&at| topics.is_name[at]) {
        match found.last_mut() {
            Some(last) if last.end == at && topics.governors[at] == topics.governors[last.start] => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

fn replace(reading: &Reading, mentions: &[Range<usize>], name: &str) -> String {
    let (mut text, mut done) = (String::new(), 0);
    for mention in mentions {
        let (start, end) = (reading.words[mention.start].start, reading.words[mention.end - 1].end);
        if start >= done {
            text += &reading.text[done..start];
            text += name;
            done = end;
        }
    }
    text + &reading.text[done..]
}

/// The quote with a `not` at its first verb; nothing if it has a negation already.
fn turned(reading: &Reading, words: &Range<usize>) -> Option<String> {
    let own = &reading.words[words.clone()];
    if own.iter().any(|word| word.is(kind::NEGATION)) {
        return None;
    }
    let spelled = |word: &Word| reading.text[word.start..word.end].to_lowercase();
    let insert = |at: usize, what: &str| format!("{}{what}{}", &reading.text[..at], &reading.text[at..]);
    if let Some(auxiliary) = own.iter().find(|word| AUXILIARIES.contains(&spelled(word).as_str())) {
        return Some(insert(auxiliary.end, " not"));
    }
    let is_verb = |word: &&Word| word.is(kind::VERB) && !spelled(word).ends_with("ing");
    own.iter().find(is_verb).map(|verb| insert(verb.start, "does not "))
}
