//! A card as the grader sees it: lines with weighed words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bits::Bits;
use super::bonds::{Bonds, clauses};
use super::language::Language;
use super::lexicon::{Stem, kind};
use super::polarity::{denied, negated};
use super::sides::{Phrases, Sides};
use super::subject::Subjects;
use super::tokens::{Strangers, Word};
use super::windows::Layout;
use super::wording::wording;
use crate::card::{Id, Recall};

/// Lines that must speak of something for it to be a topic.
const TOPIC_LINES: u32 = 3;

/// A card that answers can be compared with.
pub struct Rubric {
    pub points: Vec<Claim>,
    pub misconceptions: Vec<Claim>,
    /// What the learner was asked, and what the author answers: their words' stems.
    pub question: BTreeSet<Stem>,
    pub answer: Vec<Stem>,
    /// What the question tells, in order.
    pub asked: Vec<Stem>,
    pub phrases: Phrases,
    /// What its lines speak of, as names that may govern other words.
    pub topics: Phrases,
    /// Small numbers for the stems of this card's lines.
    pub locals: HashMap<Stem, u32>,
    /// By group of synonyms: the stems of this card's lines that are in it.
    pub members: HashMap<u16, Vec<Stem>>,
}

/// A point or a misconception: the statement first, then other ways people say it.
pub struct Claim {
    pub id: Id,
    /// Of a point: 1, 2 or 3.
    pub weight: u8,
    pub lines: Vec<Line>,
    /// What its lines bring together.
    pub bonds: Bonds,
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
    /// Stems of the words that tell something, in order.
    pub wording: Vec<Stem>,
    pub negations: usize,
    pub universals: Vec<Stem>,
    /// What it speaks of.
    pub subject: Vec<Stem>,
    pub subject_runs: Vec<Vec<Stem>>,
    /// The topics that it names.
    pub topics: Vec<u8>,
    pub clauses: Vec<Vec<Stem>>,
    pub numbers: Vec<Stem>,
}

/// A different word of a line.
pub struct Weighed {
    pub stem: Stem,
    pub local: u32,
    pub weight: f64,
    /// Whether it stands in a clause with a negation.
    pub is_negated: bool,
    /// Whether it stands behind a negation.
    pub is_denied: bool,
    /// The side that governs it, if it is not part of a side's name itself.
    pub governor: Option<u8>,
    pub is_side: bool,
    /// Whether it is part of a name of a topic.
    pub is_topic: bool,
}

impl Line {
    /// Whether the stem is one of its words of matter.
    pub fn weighs(&self, stem: Stem) -> bool {
        self.words.iter().any(|word| word.stem == stem && word.weight > 0.0)
    }
}

impl Rubric {
    /// Prepares a card of the deck whose language this is.
    pub fn new(language: &Language, card: &Recall) -> Rubric {
        let read = |text: &str| language.terms.read(text, &mut Strangers::default());
        let words = read(card.question.as_str());
        let question: BTreeSet<Stem> = words.iter().filter(|word| word.is_content()).map(|word| word.stem).collect();
        let asked = wording(&language.terms.lexicon, &words);
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
            asked,
            answer: read(card.answer.as_str()).into_iter().map(|word| word.stem).collect(),
            phrases,
            topics: Vec::new(),
            locals: HashMap::new(),
            members: HashMap::new(),
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
        for stem in rubric.locals.keys() {
            for group in language.terms.lexicon.groups(*stem) {
                rubric.members.entry(*group).or_default().push(*stem);
            }
        }
        rubric.topics = rubric.find_topics();
        rubric.name_topics(language);
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
        let lines: Vec<Line> =
            std::iter::once(text).chain(accept).map(|text| self.line(language, text, statements)).collect();
        let bonds = Bonds::new(lines.iter().flat_map(|line| &line.clauses));
        Claim { id: id.clone(), weight: 1, lines, bonds, profile: Vec::new() }
    }

    fn line(&mut self, language: &Language, text: &str, statements: &BTreeMap<Stem, u32>) -> Line {
        let words = language.terms.read(text, &mut Strangers::default());
        let layout = Layout::new(text, &words);
        let sides = Sides::find(&words, &layout, &self.phrases);
        let negated = negated(&words, &layout);
        let denied = denied(&words, &layout);
        let subjects = Subjects::find(&words, &layout);
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
            weighed.push(Weighed {
                stem: word.stem,
                local,
                weight,
                is_negated: negated[at],
                is_denied: denied[at],
                governor,
                is_side,
                is_topic: false,
            });
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
            wording: wording(&language.terms.lexicon, &words),
            negations: words.iter().filter(|word| word.is(kind::NEGATION)).count(),
            clauses: clauses(&words, &layout, &subjects, 0..words.len()),
            numbers: words.iter().filter(|word| word.is(kind::NUMBER)).map(|word| word.stem).collect(),
            subject: subjects.of(0..words.len()),
            subject_runs: subjects.runs,
            topics: Vec::new(),
            universals: words.iter().filter(|word| word.is(kind::UNIVERSAL)).map(|word| word.stem).collect(),
        }
    }

    /// What many of its lines speak of: one or two words, the shorter only if it is often without the longer.
    fn find_topics(&self) -> Phrases {
        let mut counts: BTreeMap<Vec<Stem>, u32> = BTreeMap::new();
        let lines = self.points.iter().chain(&self.misconceptions).flat_map(|claim| &claim.lines);
        for run in lines.flat_map(|line| &line.subject_runs) {
            for part in run.windows(1).chain(run.windows(2)) {
                *counts.entry(part.to_vec()).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= TOPIC_LINES);
        let is_part = |run: &[Stem], count: u32| {
            let longer = counts.iter().filter(|(long, _)| long.len() > run.len() && long.contains(&run[0]));
            longer.into_iter().any(|(_, of_longer)| of_longer * 10 >= count * 8)
        };
        let topics = counts.iter().filter(|(run, count)| !is_part(run, **count)).map(|(run, _)| run.clone());
        (0..=u8::MAX).zip(topics).collect()
    }

    /// Says of each word of a line which topic governs it.
    fn name_topics(&mut self, language: &Language) {
        for line in self.points.iter_mut().chain(&mut self.misconceptions).flat_map(|claim| &mut claim.lines) {
            let words = language.terms.read(&line.text, &mut Strangers::default());
            let sides = Sides::find(&words, &Layout::new(&line.text, &words), &self.topics);
            for word in &mut line.words {
                let at = words.iter().position(|other| other.stem == word.stem);
                word.is_topic = at.is_some_and(|at| sides.is_name[at]);
            }
            let names = (0..words.len()).filter(|at| sides.is_name[*at]);
            line.topics = names.filter_map(|at| sides.governors[at]).collect();
        }
    }

    /// How much each word speaks for each claim: known to many of its lines, and to few other claims of its kind.
    fn weigh_profiles(&mut self, language: &Language) {
        let mut stems: Vec<(Stem, u32)> = self.locals.iter().map(|(stem, local)| (*stem, *local)).collect();
        stems.sort_unstable();
        for claims in [&mut self.points, &mut self.misconceptions] {
            let counts: Vec<Vec<u32>> = claims.iter().map(|claim| lines_with(claim, &self.locals)).collect();
            for (claim, own) in claims.iter_mut().zip(&counts) {
                claim.profile = vec![0.0; self.locals.len()];
                for (stem, local) in stems.iter().map(|(stem, local)| (*stem, *local as usize)) {
                    if own[local] == 0 {
                        continue;
                    }
                    let sharing = counts.iter().filter(|other| other[local] > 0).count() as f64;
                    let asked = if self.question.contains(&stem) { 0.5 } else { 1.0 };
                    let known = 1.0 + libm::log(f64::from(own[local]));
                    claim.profile[local] = language.idf(stem) * known / sharing.sqrt() * asked;
                }
            }
        }
    }
}

/// By local number: the lines of the claim that have the word.
fn lines_with(claim: &Claim, locals: &HashMap<Stem, u32>) -> Vec<u32> {
    let mut counts = vec![0; locals.len()];
    for line in &claim.lines {
        let different: BTreeSet<Stem> = line.content.iter().copied().collect();
        for stem in different {
            counts[locals[&stem] as usize] += 1;
        }
    }
    counts
}

/// By stem: the card's statements that have it.
fn statements_with(language: &Language, card: &Recall) -> BTreeMap<Stem, u32> {
    let mut counts = BTreeMap::new();
    for point in &card.points {
        let words = language.terms.read(point.text.as_str(), &mut Strangers::default());
        let different: BTreeSet<Stem> = words.iter().map(|word| word.stem).collect();
        for stem in different {
            *counts.entry(stem).or_default() += 1;
        }
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
