//! A card as the grader sees it: lines with weighed words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bits::Bits;
use super::language::Language;
use super::lexicon::{Stem, kind};
use super::polarity::negated;
use super::sides::{Phrases, Sides};
use super::tokens::{Strangers, Word};
use super::windows::Layout;
use crate::card::{Id, Recall};

/// A card that answers can be compared with.
pub struct Rubric {
    pub points: Vec<Claim>,
    pub misconceptions: Vec<Claim>,
    /// What the learner was asked, and what the author answers: their words' stems.
    pub question: BTreeSet<Stem>,
    pub answer: Vec<Stem>,
    pub phrases: Phrases,
    /// Small numbers for the stems of this card's lines.
    pub locals: HashMap<Stem, u32>,
}

/// A point or a misconception: the statement first, then other ways people say it.
pub struct Claim {
    pub id: Id,
    /// Of a point: 1, 2 or 3.
    pub weight: u8,
    pub lines: Vec<Line>,
    /// How much a word speaks for it, by local number.
    pub profile: Vec<f64>,
}

/// One way to say it.
pub struct Line {
    pub text: String,
    pub words: Vec<Weighed>,
    pub total: f64,
    /// Local numbers of its stems, and the groups of synonyms of those that weigh something.
    pub locals: Bits,
    pub groups: Bits,
    /// Stems of its words of matter, in order.
    pub content: Vec<Stem>,
    pub trigrams: Vec<u64>,
    pub stems: Vec<Stem>,
    pub negations: usize,
    pub universals: Vec<Stem>,
}

/// A different word of a line.
pub struct Weighed {
    pub stem: Stem,
    pub local: u32,
    pub weight: f64,
    /// Whether it stands in a clause with a negation.
    pub is_negated: bool,
    /// The side that governs it, if it is not part of a side's name itself.
    pub governor: Option<u8>,
    pub is_side: bool,
}

impl Rubric {
    /// Prepares a card of the deck whose language this is.
    pub fn new(language: &Language, card: &Recall) -> Rubric {
        let read = |text: &str| language.terms.read(text, &mut Strangers::default());
        let question: BTreeSet<Stem> =
            read(card.question.as_str()).into_iter().filter(Word::is_content).map(|word| word.stem).collect();
        let phrases: Phrases = (0..)
            .zip(&card.sides)
            .flat_map(|(side, names)| names.iter().map(move |name| (side, name)))
            .map(|(side, name)| (side, read(name.as_str()).into_iter().map(|word| word.stem).collect::<Vec<_>>()))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        let mut rubric = Rubric {
            points: Vec::new(),
            misconceptions: Vec::new(),
            question,
            answer: read(card.answer.as_str()).into_iter().map(|word| word.stem).collect(),
            phrases,
            locals: HashMap::new(),
        };
        let statements = statements_with(language, card);
        for point in &card.points {
            let lines = point.accept.iter().map(|line| line.as_str());
            let claim = rubric.claim(language, &point.id, point.text.as_str(), lines, &statements);
            rubric.points.push(Claim { weight: point.weight, ..claim });
        }
        for wrong in &card.misconceptions {
            let lines = wrong.accept.iter().map(|line| line.as_str());
            let claim = rubric.claim(language, &wrong.id, wrong.text.as_str(), lines, &statements);
            rubric.misconceptions.push(claim);
        }
        rubric.weigh_profiles(language);
        rubric
    }

    fn claim<'t>(
        &mut self,
        language: &Language,
        id: &Id,
        text: &'t str,
        accept: impl Iterator<Item = &'t str>,
        statements: &BTreeMap<Stem, u32>,
    ) -> Claim {
        let lines = std::iter::once(text).chain(accept).map(|text| self.line(language, text, statements)).collect();
        Claim { id: id.clone(), weight: 1, lines, profile: Vec::new() }
    }

    fn line(&mut self, language: &Language, text: &str, statements: &BTreeMap<Stem, u32>) -> Line {
        let words = language.terms.read(text, &mut Strangers::default());
        let layout = Layout::new(text, &words);
        let sides = Sides::find(&words, &layout, &self.phrases);
        let negated = negated(&words, &layout);
        let is_empty = !words.iter().any(Word::is_content);
        let mut weighed: Vec<Weighed> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let next = self.locals.len() as u32;
            let local = *self.locals.entry(word.stem).or_insert(next);
            if weighed.iter().any(|known| known.stem == word.stem) {
                continue;
            }
            let shared = statements.get(&word.stem).copied().unwrap_or(1).max(1);
            let asked = if self.question.contains(&word.stem) { 0.5 } else { 1.0 };
            let weight = match word.is_content() {
                true => language.idf(word.stem) / f64::from(shared).sqrt() * asked,
                false => f64::from(u8::from(is_empty)),
            };
            let (governor, is_side) = (sides.governors[at], sides.is_name[at]);
            weighed.push(Weighed { stem: word.stem, local, weight, is_negated: negated[at], governor, is_side });
        }
        let mut groups = Bits::new(language.terms.lexicon.group_count);
        for word in weighed.iter().filter(|word| word.weight > 0.0) {
            language.terms.lexicon.groups(word.stem).iter().for_each(|group| groups.set(u32::from(*group)));
        }
        let mut locals = Bits::new(self.locals.len());
        weighed.iter().filter(|word| word.weight > 0.0).for_each(|word| locals.set(word.local));
        Line {
            text: text.to_owned(),
            total: weighed.iter().map(|word| word.weight).sum(),
            words: weighed,
            locals,
            groups,
            content: content(&words),
            trigrams: trigrams(text, &words),
            stems: words.iter().map(|word| word.stem).collect(),
            negations: words.iter().filter(|word| word.is(kind::NEGATION)).count(),
            universals: words.iter().filter(|word| word.is(kind::UNIVERSAL)).map(|word| word.stem).collect(),
        }
    }

    /// How much each word speaks for each claim: known to many of its lines, and to few other claims of its kind.
    fn weigh_profiles(&mut self, language: &Language) {
        for claims in [&mut self.points, &mut self.misconceptions] {
            let lines_with =
                |claim: &Claim, stem| claim.lines.iter().filter(|line| line.content.contains(&stem)).count();
            let profile = |claim: &Claim, stem: Stem| {
                let (lines, idf) = (lines_with(claim, stem) as f64, language.idf(stem));
                let sharing = claims.iter().filter(|other| lines_with(other, stem) > 0).count() as f64;
                let asked = if self.question.contains(&stem) { 0.5 } else { 1.0 };
                if lines == 0.0 { 0.0 } else { idf * (1.0 + libm::log(lines)) / sharing.sqrt() * asked }
            };
            let profiles: Vec<Vec<f64>> = claims
                .iter()
                .map(|claim| {
                    let mut profiles = vec![0.0; self.locals.len()];
                    self.locals.iter().for_each(|(stem, local)| profiles[*local as usize] = profile(claim, *stem));
                    profiles
                })
                .collect();
            claims.iter_mut().zip(profiles).for_each(|(claim, profile)| claim.profile = profile);
        }
    }
}

/// By stem: the card's statements that have it.
fn statements_with(language: &Language, card: &Recall) -> BTreeMap<Stem, u32> {
    let mut counts = BTreeMap::new();
    for point in &card.points {
        let words = language.terms.read(point.text.as_str(), &mut Strangers::default());
        let different: BTreeSet<Stem> = words.iter().map(|word| word.stem).collect();
        different.into_iter().for_each(|stem| *counts.entry(stem).or_default() += 1);
    }
    counts
}

/// Stems of words of matter, in order.
pub fn content(words: &[Word]) -> Vec<Stem> {
    words.iter().filter(|word| word.is_content()).map(|word| word.stem).collect()
}

/// The different runs of three letters in words of matter, as numbers, sorted.
pub fn trigrams(text: &str, words: &[Word]) -> Vec<u64> {
    let mut letters: Vec<u64> = vec![u64::from(' ')];
    let mut last = None;
    for word in words.iter().filter(|word| word.is_content()) {
        if last.replace(word.start) != Some(word.start) {
            letters.extend(text[word.start..word.end].chars().flat_map(char::to_lowercase).map(u64::from));
            letters.push(u64::from(' '));
        }
    }
    let mut runs: Vec<u64> = letters.windows(3).map(|run| run[0] << 42 | run[1] << 21 | run[2]).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}
