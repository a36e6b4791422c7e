//! What the grader knows of the language: short forms, synonyms, opposites, and words of special standing.

use std::collections::{HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

/// A stem, as a number. The lexicon has the first ones, a deck the next, words that only an answer has the last.
pub type Stem = u32;

/// The word tables that are shipped.
const SHIPPED: [&str; 2] =
    [include_str!("../../assets/grader/english.toml"), include_str!("../../assets/grader/cloud.toml")];

/// What a word is beside its stem.
pub mod kind {
    /// It carries no matter.
    pub const STOP: u8 = 1;
    /// It turns a sentence round.
    pub const NEGATION: u8 = 2;
    /// It claims all or nothing.
    pub const UNIVERSAL: u8 = 4;
    /// Sentences have it and lists of terms have not.
    pub const VERB: u8 = 8;
    /// A clause begins with it.
    pub const CLAUSE: u8 = 16;
    /// It tells how many.
    pub const NUMBER: u8 = 32;
    /// Who says it is not sure, or says nothing.
    pub const DOUBT: u8 = 64;
    /// It tells of the asking, not of what is asked.
    pub const FRAME: u8 = 128;
}

/// One file of word tables.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Tables {
    synonyms: Vec<String>,
    opposites: Vec<String>,
    negations: String,
    universals: String,
    stop: String,
    verbs: String,
    clauses: String,
    numbers: String,
    doubts: String,
    frame: String,
    hearsay: String,
    abbreviations: HashMap<String, String>,
}

/// Word tables, ready to be asked.
pub struct Lexicon {
    stemmer: Stemmer,
    abbreviations: HashMap<String, Vec<String>>,
    kinds: HashMap<String, u8>,
    /// Words that set a statement apart from who writes it.
    hearsay: HashSet<String>,
    /// Stems by their text.
    pub(super) stems: HashMap<String, Stem>,
    /// By stem: the groups of synonyms that it is in.
    groups: Vec<Vec<u16>>,
    /// By stem: its opposites.
    opposites: Vec<Vec<Stem>>,
    /// How many groups of synonyms there are.
    pub(super) group_count: usize,
}

impl Lexicon {
    /// The tables that are shipped.
    pub fn shipped() -> Lexicon {
        Lexicon::read(&SHIPPED).expect("the shipped tables are read by a test")
    }

    /// Reads tables in the form of `assets/grader/english.toml`; a later one adds to those before it.
    ///
    /// # Errors
    /// The first table that is no TOML of this form.
    pub fn read(tables: &[&str]) -> Result<Lexicon, toml::de::Error> {
        let mut lexicon = Lexicon {
            stemmer: Stemmer::create(Algorithm::English),
            abbreviations: HashMap::new(),
            kinds: HashMap::new(),
            hearsay: HashSet::new(),
            stems: HashMap::new(),
            groups: Vec::new(),
            opposites: Vec::new(),
            group_count: 0,
        };
        for text in tables {
            lexicon.add(toml::from_str(text)?);
        }
        Ok(lexicon)
    }

    fn add(&mut self, tables: Tables) {
        let classes = [
            (kind::STOP, tables.stop),
            (kind::NEGATION, tables.negations),
            (kind::UNIVERSAL, tables.universals),
            (kind::VERB, tables.verbs),
            (kind::CLAUSE, tables.clauses),
            (kind::NUMBER, tables.numbers),
            (kind::DOUBT, tables.doubts),
            (kind::FRAME, tables.frame),
        ];
        for (kind, words) in classes {
            for word in words.split_whitespace() {
                *self.kinds.entry(word.to_owned()).or_default() |= kind;
            }
        }
        self.hearsay.extend(tables.hearsay.split_whitespace().map(str::to_owned));
        for group in tables.synonyms {
            let number = self.group_count as u16;
            self.group_count += 1;
            for word in group.split_whitespace() {
                let stem = self.intern(word) as usize;
                if !self.groups[stem].contains(&number) {
                    self.groups[stem].push(number);
                }
            }
        }
        for pair in tables.opposites {
            let stems: Vec<Stem> = pair.split_whitespace().map(|word| self.intern(word)).collect();
            if let [one, other] = stems[..] {
                self.opposites[one as usize].push(other);
                self.opposites[other as usize].push(one);
            }
        }
        let long = |text: String| text.split_whitespace().map(str::to_owned).collect();
        self.abbreviations.extend(tables.abbreviations.into_iter().map(|(short, text)| (short, long(text))));
    }

    fn intern(&mut self, word: &str) -> Stem {
        let next = self.stems.len() as Stem;
        let stem = *self.stems.entry(stem(&self.stemmer, word)).or_insert(next);
        if stem == next {
            self.groups.push(Vec::new());
            self.opposites.push(Vec::new());
        }
        stem
    }

    /// The stem of a word in lower case.
    pub(super) fn stem(&self, word: &str) -> String {
        stem(&self.stemmer, word)
    }

    /// What a short form in lower case stands for.
    pub(super) fn long(&self, word: &str) -> Option<&[String]> {
        self.abbreviations.get(word).map(Vec::as_slice)
    }

    /// Whether a word in lower case sets a statement apart from who writes it.
    pub(super) fn is_hearsay(&self, word: &str) -> bool {
        self.hearsay.contains(word)
    }

    /// The [`kind`]s of a word in lower case.
    pub(super) fn kinds(&self, word: &str) -> u8 {
        let ending = if word.len() > 4 && word.ends_with("ing") { kind::VERB } else { 0 };
        let digits = if word.bytes().all(|byte| byte.is_ascii_digit()) { kind::NUMBER } else { 0 };
        self.kinds.get(word).copied().unwrap_or(0) | ending | digits
    }

    pub(super) fn groups(&self, stem: Stem) -> &[u16] {
        self.groups.get(stem as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn opposites(&self, stem: Stem) -> &[Stem] {
        self.opposites.get(stem as usize).map_or(&[], Vec::as_slice)
    }
}

/// Snowball's English stem, of British spelling.
fn stem(stemmer: &Stemmer, word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let endings = ["ized", "izes", "izing", "ization", "ize"];
    let british = endings.iter().find_map(|ending| {
        let root = word.strip_suffix(ending).filter(|root| !root.is_empty())?;
        Some(format!("{root}is{}", &ending[2..]))
    });
    stemmer.stem(british.as_deref().unwrap_or(word)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_forms_of_a_word_have_one_stem() {
        let lexicon = Lexicon::shipped();
        for (one, other) in [("customized", "customise"), ("scaling", "scales"), ("authorization", "authorisation")] {
            assert_eq!(lexicon.stem(one), lexicon.stem(other));
        }
        assert_eq!(lexicon.stem("größe"), "größe");
    }

    #[test]
    fn a_later_table_adds_to_the_earlier_ones() {
        let own = "synonyms = [\"lock mutex\"]\n[abbreviations]\ntx = \"transaction\"\n";
        let lexicon = Lexicon::read(&[SHIPPED[0], own]).expect("tables");
        assert_eq!(lexicon.long("tx").expect("it is known"), ["transaction"]);
        let [lock, mutex] = ["lock", "mutex"].map(|word| lexicon.groups(lexicon.stems[word]));
        assert!(lock.iter().any(|group| mutex.contains(group)));
        assert!(Lexicon::read(&["synonims = []"]).is_err());
    }
}
