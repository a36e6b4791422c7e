//! Who is spoken of: the side of a comparison that governs each word of a text.

use super::lexicon::Stem;
use super::tokens::Word;
use super::windows::Layout;

/// The names of the sides that a card compares, as stems.
pub type Phrases = Vec<(u8, Vec<Stem>)>;

/// What is said of the sides in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    /// By word: the side that governs it.
    pub governors: Vec<Option<u8>>,
    /// By word: whether it is part of a name of a side.
    pub is_name: Vec<bool>,
}

impl Sides {
    /// A word is governed by the last side named before it in its sentence, else by the first one named after it there,
    /// else by the last one named in an earlier sentence.
    pub fn find(words: &[Word], layout: &Layout, phrases: &Phrases) -> Sides {
        let mut sides = Sides { governors: vec![None; words.len()], is_name: vec![false; words.len()] };
        if phrases.is_empty() {
            return sides;
        }
        let named = named(words, phrases, &mut sides.is_name);
        let mut earlier = None;
        for sentence in &layout.sentences {
            let first = sentence.words.clone().find_map(|at| named[at]);
            let mut last = None;
            for at in sentence.words.clone() {
                last = named[at].or(last);
                sides.governors[at] = last.or(first).or(earlier);
            }
            earlier = last.or(earlier);
        }
        sides
    }
}

/// By word: the side whose name begins there.
fn named(words: &[Word], phrases: &Phrases, is_name: &mut [bool]) -> Vec<Option<u8>> {
    let mut named = vec![None; words.len()];
    for at in 0..words.len() {
        let stands_here = |phrase: &[Stem]| {
            let there = words[at..].iter().map(|word| word.stem);
            words.len() - at >= phrase.len() && there.zip(phrase).all(|(stem, of_name)| stem == *of_name)
        };
        let longest = phrases.iter().filter(|(_, phrase)| stands_here(phrase)).max_by_key(|(_, phrase)| phrase.len());
        if let Some((side, phrase)) = longest {
            named[at] = Some(*side);
            is_name[at..at + phrase.len()].fill(true);
        }
    }
    named
}
