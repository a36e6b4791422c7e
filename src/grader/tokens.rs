//! Text to words: where they stand, what they stand for, and what stands between them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::lexicon::{Lexicon, Stem, kind};
use crate::text::slips;

/// Letters that a word must have for a slip of the keyboard to be put right.
const CORRECTED: usize = 6;

/// One word of a text. A short form becomes several, and so does camelCase; they share their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub stem: Stem,
    /// Byte range in the text.
    pub start: usize,
    pub end: usize,
    /// The bits of [`kind`].
    pub kinds: u8,
    /// Whether it sets a statement apart from who writes it: people *say*, a *myth*, *if*.
    pub is_hearsay: bool,
}

impl Word {
    pub fn is(&self, kind: u8) -> bool {
        self.kinds & kind != 0
    }

    /// Whether it carries matter.
    pub fn is_content(&self) -> bool {
        !self.is(kind::STOP)
    }
}

/// The words that a deck uses, and the numbers of their stems.
pub struct Terms {
    pub lexicon: Arc<Lexicon>,
    stems: HashMap<String, Stem>,
    /// Words of the deck that slips are corrected to.
    spelled: BTreeSet<String>,
    /// Words, in lower case, that the deck writes as names: they are never stemmed.
    names: BTreeSet<String>,
}

/// Numbers for stems that a text has and its deck has not.
#[derive(Default)]
pub struct Strangers(HashMap<String, Stem>);

impl Terms {
    pub fn new(lexicon: Arc<Lexicon>) -> Terms {
        let (stems, spelled, names) = (lexicon.stems.clone(), BTreeSet::new(), BTreeSet::new());
        Terms { lexicon, stems, spelled, names }
    }

    /// How many stems have a number.
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Learns which words of a deck's text are names; to be told of all texts before they are learnt.
    pub fn learn_names(&mut self, text: &str) {
        for raw in split(text) {
            if raw.is_name() {
                self.names.extend(raw.readings(&self.lexicon).into_iter().next());
            }
        }
    }

    /// The words of a deck's text, which are known from then on.
    pub fn learn(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for raw in split(text) {
            for reading in raw.readings(&self.lexicon) {
                let stemmed = self.stemmed(&reading, raw.is_name());
                let next = self.stems.len() as Stem;
                let stem = *self.stems.entry(stemmed).or_insert(next);
                words.push(raw.word(stem, &self.lexicon, &reading));
                if reading.chars().count() >= CORRECTED {
                    self.spelled.insert(reading);
                }
            }
        }
        words
    }

    /// The words of an answer.
    pub fn read(&self, text: &str, strangers: &mut Strangers) -> Vec<Word> {
        let is_shouted = !text.contains(char::is_lowercase);
        let mut words = Vec::new();
        for raw in split(text) {
            for reading in raw.readings(&self.lexicon) {
                let mut stemmed = self.stemmed(&reading, raw.is_name() && !is_shouted);
                if !self.stems.contains_key(&stemmed)
                    && let Some(meant) = self.corrected(&reading)
                {
                    stemmed = self.stemmed(meant, false);
                }
                let next = (self.stems.len() + strangers.0.len()) as Stem;
                let known = self.stems.get(&stemmed).copied();
                let stem = known.unwrap_or_else(|| *strangers.0.entry(stemmed).or_insert(next));
                words.push(raw.word(stem, &self.lexicon, &reading));
            }
        }
        words
    }

    fn stemmed(&self, word: &str, is_name: bool) -> String {
        if is_name || self.names.contains(word) { word.to_owned() } else { self.lexicon.stem(word) }
    }

    /// The word of the deck that is one slip away.
    fn corrected(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        let first = word.chars().next().filter(|_| length >= CORRECTED)?;
        let near = || self.spelled.range(first.to_string()..).take_while(|known| known.starts_with(first));
        [length, length + 1, length - 1].into_iter().find_map(|length| {
            near().find(|known| known.chars().count() == length && slips(word, known, 1).is_some()).map(String::as_str)
        })
    }
}

/// A word as it is written.
struct Raw<'t> {
    text: &'t str,
    start: usize,
    /// With what follows an apostrophe.
    end: usize,
    /// `n't`.
    is_negated: bool,
}

impl Raw<'_> {
    fn word(&self, stem: Stem, lexicon: &Lexicon, reading: &str) -> Word {
        let (kinds, is_hearsay) = (lexicon.kinds(reading), lexicon.is_hearsay(reading));
        Word { stem, start: self.start, end: self.end, kinds, is_hearsay }
    }

    /// Two capitals, letters with digits, or camelCase.
    fn is_name(&self) -> bool {
        let has = |test: fn(char) -> bool| self.text.chars().any(test);
        let capitals = self.text.chars().filter(|letter| letter.is_uppercase()).count();
        capitals >= 2 || (has(char::is_numeric) && has(char::is_alphabetic)) || self.has_hump()
    }

    fn has_hump(&self) -> bool {
        let letters: Vec<char> = self.text.chars().collect();
        letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
    }

    /// The words that it stands for, in lower case: a name first as a whole and then in parts.
    fn readings(&self, lexicon: &Lexicon) -> Vec<String> {
        // ECSs, ARNs: the plural of a name.
        let plural = self.text.strip_suffix('s').filter(|root| root.len() > 1 && !root.contains(char::is_lowercase));
        let text = plural.unwrap_or(self.text);
        let whole = text.to_lowercase();
        let mut readings = match lexicon.long(&whole) {
            Some(long) => long.to_vec(),
            None => vec![whole],
        };
        if self.has_hump() {
            for part in humps(self.text) {
                let part = part.to_lowercase();
                readings.extend(lexicon.long(&part).map_or_else(|| vec![part], <[String]>::to_vec));
            }
        }
        if self.is_negated {
            readings.push("not".to_owned());
        }
        readings
    }
}

/// `taskRoleArn` to `task`, `Role`, `Arn`; `S3Bucket` to `S3`, `Bucket`.
fn humps(text: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut starts = vec![0];
    for pair in letters.windows(2) {
        if !pair[0].1.is_uppercase() && pair[1].1.is_uppercase() {
            starts.push(pair[1].0);
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// Letters of scripts that put no space between words: each is taken for a word.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of a text: letters and digits, with what an apostrophe adds.
fn split(text: &str) -> Vec<Raw<'_>> {
    let mut words = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        if !stands_alone(letter) {
            while let Some((at, next)) = letters.next_if(|(_, next)| next.is_alphanumeric() && !stands_alone(*next)) {
                end = at + next.len_utf8();
            }
        }
        let mut raw = Raw { text: &text[start..end], start, end, is_negated: false };
        let added = apostrophe(&text[end..]);
        if !added.is_empty() {
            raw.end = end + added.len();
            while letters.next_if(|(at, _)| *at < raw.end).is_some() {}
            if raw.text.ends_with(['n', 'N']) && added.ends_with(['t', 'T']) && added.chars().count() == 2 {
                raw.is_negated = true;
                // Only can't keeps its n.
                let is_can = raw.text.eq_ignore_ascii_case("can");
                raw.text = if is_can { raw.text } else { &raw.text[..raw.text.len() - 1] };
            }
        }
        if !raw.text.is_empty() {
            words.push(raw);
        }
    }
    words
}

/// An apostrophe with the letters behind it; nothing if there are none.
fn apostrophe(rest: &str) -> &str {
    let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, '\'' | '\u{2019}')) else { return "" };
    let letters = rest[mark.len_utf8()..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 { "" } else { &rest[..mark.len_utf8() + letters] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<String> {
        let lexicon = Lexicon::shipped();
        split(text).iter().flat_map(|raw| raw.readings(&lexicon)).collect()
    }

    #[test]
    fn a_denied_verb_is_two_words_and_other_endings_are_cut() {
        assert_eq!(spelled("don't can't it’s isn’t ECS's"), ["do", "not", "can", "not", "it", "is", "not", "ecs"]);
        assert_eq!(spelled("'quoted' n't"), ["quoted"]);
    }

    #[test]
    fn names_have_parts_and_short_forms_are_written_out() {
        assert_eq!(spelled("taskRoleArn"), ["taskrolearn", "task", "role", "arn"]);
        assert_eq!(spelled("ARNs for sg"), ["arn", "for", "security", "group"]);
    }

    #[test]
    fn scripts_without_spaces_are_read_letter_by_letter() {
        assert_eq!(spelled("日本 größe"), ["日", "本", "größe"]);
    }

    #[test]
    fn a_slip_of_the_keyboard_is_the_word_of_the_deck() {
        let mut terms = Terms::new(Arc::new(Lexicon::shipped()));
        let known = terms.learn("the execution role")[1].stem;
        let read = terms.read("exceution execution frobnicate", &mut Strangers::default());
        assert_eq!([read[0].stem, read[1].stem], [known, known]);
        assert_ne!(read[2].stem, known);
    }
}
