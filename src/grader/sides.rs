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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lexicon::Lexicon;
    use super::super::tokens::{Strangers, Terms};
    use super::*;

    #[test]
    fn a_word_belongs_to_the_side_named_last() {
        let mut terms = Terms::new(Arc::new(Lexicon::shipped()));
        let phrases =
            ["task role", "execution role"].map(|name| terms.learn(name).iter().map(|word| word.stem).collect());
        let phrases: Phrases = (0..).zip(phrases).collect();
        let text = "Logs need the execution role. It pulls. The task role calls.";
        let words = terms.read(text, &mut Strangers::default());
        let sides = Sides::find(&words, &Layout::new(text, &words), &phrases);
        let of = |name: &str| {
            sides.governors[words.iter().position(|word| text[word.start..word.end] == *name).expect("there")]
        };
        assert_eq!([of("Logs"), of("pulls"), of("calls")], [Some(1), Some(1), Some(0)]);
        assert_eq!(sides.is_name.iter().filter(|is_name| **is_name).count(), 4);
    }
}
