//! An answer held against a card: every piece of it compared with every line.

use super::bits::Bits;
use super::language::Language;
use super::lexicon::{Stem, kind};
use super::polarity::{denied, negated};
use super::rubric::{Claim, Line, Rubric};
use super::sides::Sides;
use super::subject::Subjects;
use super::tokens::{Strangers, Word};
use super::windows::{Layout, Sentence, Window};

/// Words of an answer that are read; what comes later is not looked at.
pub const MOST_WORDS: usize = 3000;
/// Words that the author's answer must have to be recognised.
const SHORTEST_ANSWER: usize = 5;
/// What a word counts of which only a synonym is there.
const SYNONYM: f64 = 0.65;
/// What a better match of another point takes from a window, as a share of the difference.
const RIVAL: f64 = 0.15;

/// An answer, and how its windows match the lines of a card.
pub struct Reading<'a> {
    pub text: &'a str,
    pub rubric: &'a Rubric,
    pub language: &'a Language,
    pub words: Vec<Word>,
    pub layout: Layout,
    pub sides: Sides,
    pub negated: Vec<bool>,
    pub denied: Vec<bool>,
    pub subjects: Subjects,
    pub topics: Sides,
    /// The stems of each window, and of the whole answer last.
    pub bags: Vec<Bag>,
    pub points: Vec<Matches>,
    pub misconceptions: Vec<Matches>,
}

/// The different stems of a piece of text.
pub struct Bag {
    /// Local numbers of all of them.
    pub locals: Bits,
    /// Groups of synonyms of all of them.
    pub groups: Bits,
    /// Those that carry matter: stem, local number, inverse document frequency.
    pub content: Vec<(Stem, Option<u32>, f64)>,
    pub total: f64,
}

/// How much of a line is in a piece of text, and how much of the piece is in the line; all from 0 to 1 but `matched`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Overlap {
    pub similarity: f64,
    pub recall: f64,
    pub precision: f64,
    /// The weight of what was found of the line.
    pub matched: f64,
}

/// One claim in all windows.
pub struct Matches {
    /// By window, the whole answer last; then by line.
    pub overlaps: Vec<Vec<Overlap>>,
    /// By window, the whole answer last: the line with the greatest similarity.
    pub best_line: Vec<usize>,
    /// By window: how much its words speak for the claim.
    pub profile: Vec<f64>,
    /// The window that speaks for the claim most, rivals considered.
    pub window: usize,
}

impl Matches {
    /// The greatest similarity of a line in a window.
    pub fn similarity(&self, window: usize) -> f64 {
        self.overlaps[window][self.best_line[window]].similarity
    }

    pub fn line(&self) -> usize {
        self.best_line[self.window]
    }
}

impl<'a> Reading<'a> {
    /// Reads an answer; none if it has no word.
    pub fn new(language: &'a Language, rubric: &'a Rubric, text: &'a str) -> Option<Reading<'a>> {
        let mut words = language.terms.read(text, &mut Strangers::default());
        words.truncate(MOST_WORDS);
        let layout = Layout::new(text, &words);
        if layout.windows.is_empty() {
            return None;
        }
        let ranges = layout.windows.iter().map(|window| window.words.clone()).chain(std::iter::once(0..words.len()));
        let bags: Vec<Bag> = ranges.map(|range| Bag::new(language, rubric, &words[range])).collect();
        let matched = |claims: &[Claim]| claims.iter().map(|claim| matches(language, claim, &bags)).collect::<Vec<_>>();
        let (mut points, mut misconceptions) = (matched(&rubric.points), matched(&rubric.misconceptions));
        choose_windows(&mut points, &layout.windows);
        choose_windows(&mut misconceptions, &layout.windows);
        let sides = Sides::find(&words, &layout, &rubric.phrases);
        let negated = negated(&words, &layout);
        let denied = denied(&words, &layout);
        let subjects = Subjects::find(&words, &layout);
        let topics = Sides::find(&words, &layout, &rubric.topics);
        Some(Reading {
            text,
            rubric,
            language,
            words,
            layout,
            sides,
            negated,
            denied,
            subjects,
            topics,
            bags,
            points,
            misconceptions,
        })
    }

    pub fn window(&self, window: usize) -> &Window {
        &self.layout.windows[window]
    }

    pub fn words_of(&self, window: usize) -> &[Word] {
        &self.words[self.window(window).words.clone()]
    }

    pub fn sentence_of(&self, window: usize) -> &Sentence {
        &self.layout.sentences[self.window(window).sentence]
    }

    /// Whether two stems are the same, or of one group of synonyms.
    pub fn is_near(&self, one: Stem, other: Stem) -> bool {
        let lexicon = &self.language.terms.lexicon;
        one == other || lexicon.groups(one).iter().any(|group| lexicon.groups(other).contains(group))
    }

    /// The stem as the card's lines know it: itself, or else those that mean the same.
    pub fn known_as(&self, stem: Stem) -> Vec<Stem> {
        if self.rubric.locals.contains_key(&stem) {
            return vec![stem];
        }
        let groups = self.language.terms.lexicon.groups(stem).iter();
        groups.filter_map(|group| self.rubric.members.get(group)).flatten().copied().collect()
    }

    /// Whether the author's own answer stands in the text, word for word.
    pub fn has_model_answer(&self) -> bool {
        let answer = &self.rubric.answer;
        let stands_at = |words: &[Word]| words.iter().zip(answer).all(|(word, stem)| word.stem == *stem);
        answer.len() >= SHORTEST_ANSWER && self.words.windows(answer.len()).any(stands_at)
    }

    /// Whether all that it says is in the question.
    pub fn is_echo(&self) -> bool {
        let is_asked = |word: &Word| self.rubric.question.contains(&word.stem) || word.is(kind::FRAME);
        self.words.iter().filter(|word| word.is_content()).all(is_asked)
    }

    /// The number of the bag that has the whole answer.
    pub fn whole(&self) -> usize {
        self.layout.windows.len()
    }

    /// Places of the words in a window that the line has, itself or by a synonym.
    pub fn found(&self, window: usize, line: &Line) -> Vec<usize> {
        let lexicon = &self.language.terms.lexicon;
        let is_found = |word: &Word| {
            let local = self.rubric.locals.get(&word.stem);
            local.is_some_and(|local| line.locals.has(*local))
                || lexicon.groups(word.stem).iter().any(|group| line.groups.has(u32::from(*group)))
        };
        self.window(window).words.clone().filter(|&at| is_found(&self.words[at])).collect()
    }
}

impl Bag {
    fn new(language: &Language, rubric: &Rubric, words: &[Word]) -> Bag {
        let lexicon = &language.terms.lexicon;
        let mut bag = Bag {
            locals: Bits::new(rubric.locals.len()),
            groups: Bits::new(lexicon.group_count),
            content: Vec::new(),
            total: 0.0,
        };
        let mut stems: Vec<(Stem, bool)> = words.iter().map(|word| (word.stem, word.is(kind::STOP))).collect();
        stems.sort_unstable();
        stems.dedup_by_key(|(stem, _)| *stem);
        for (stem, is_stop) in stems {
            let local = rubric.locals.get(&stem).copied();
            if let Some(local) = local {
                bag.locals.set(local);
            }
            if !is_stop {
                lexicon.groups(stem).iter().for_each(|group| bag.groups.set(u32::from(*group)));
                bag.content.push((stem, local, language.idf(stem)));
            }
        }
        bag.total = bag.content.iter().map(|(_, _, idf)| idf).sum();
        bag
    }

    /// What a word of a line counts here: 1, less if only a synonym is there, 0 if none.
    pub fn share(&self, language: &Language, stem: Stem, local: u32) -> f64 {
        if self.locals.has(local) {
            return 1.0;
        }
        let is_near = language.terms.lexicon.groups(stem).iter().any(|group| self.groups.has(u32::from(*group)));
        if is_near { SYNONYM } else { 0.0 }
    }
}

/// S = R (0.55 + 0.45 P), where R is the share of the line that is in the piece and P the share of the piece in the line.
pub fn overlap(language: &Language, line: &Line, bag: &Bag) -> Overlap {
    let matched: f64 = line
        .words
        .iter()
        .filter(|word| word.weight > 0.0)
        .map(|word| word.weight * bag.share(language, word.stem, word.local))
        .sum();
    if matched == 0.0 {
        return Overlap::default();
    }
    let recall = matched / line.total;
    let told: f64 = bag
        .content
        .iter()
        .map(|(stem, local, idf)| match local {
            Some(local) if line.locals.has(*local) => *idf,
            _ if language.terms.lexicon.groups(*stem).iter().any(|group| line.groups.has(u32::from(*group))) => {
                SYNONYM * idf
            }
            _ => 0.0,
        })
        .sum();
    let precision = if bag.total > 0.0 { told / bag.total } else { 0.0 };
    Overlap { similarity: recall * (0.55 + 0.45 * precision), recall, precision, matched }
}

fn matches(language: &Language, claim: &Claim, bags: &[Bag]) -> Matches {
    let overlaps: Vec<Vec<Overlap>> =
        bags.iter().map(|bag| claim.lines.iter().map(|line| overlap(language, line, bag)).collect()).collect();
    let best_line = overlaps
        .iter()
        .map(|lines| {
            (0..lines.len()).fold(0, |best, at| if lines[at].similarity > lines[best].similarity { at } else { best })
        })
        .collect();
    let speaks =
        |bag: &Bag| bag.content.iter().filter_map(|(_, local, _)| Some(claim.profile[(*local)? as usize])).sum();
    Matches { overlaps, best_line, profile: bags.iter().map(speaks).collect(), window: 0 }
}

/// The window with the greatest similarity, less where another claim of the same kind matches better; of equal ones the
/// shortest.
fn choose_windows(claims: &mut [Matches], windows: &[Window]) {
    for at in 0..claims.len() {
        let mut best = (f64::NEG_INFINITY, 0, 0);
        for (place, window) in windows.iter().enumerate() {
            let own = claims[at].similarity(place);
            let rival = rival(claims, at, |other| other.similarity(place));
            let value = own - RIVAL * (rival - own).max(0.0);
            let is_shorter = window.words.len() < best.1;
            if value > best.0 || (value >= best.0 && is_shorter) {
                best = (value, window.words.len(), place);
            }
        }
        claims[at].window = best.2;
    }
}

/// The greatest value of the other claims; 0 if there are none.
pub fn rival(claims: &[Matches], own: usize, value: impl Fn(&Matches) -> f64) -> f64 {
    claims.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, other)| value(other)).fold(0.0, f64::max)
}
