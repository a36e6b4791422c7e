//! The features that a model knows, with how rare each is, and a text as a vector over them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::features::{Block, Feature};

/// The number of blocks.
pub const BLOCKS: usize = 3;

/// Anything that hands out features, such as a text.
pub trait Source {
    fn each(&self, emit: &mut dyn FnMut(Feature<'_>));
}

impl<F: Fn(&mut dyn FnMut(Feature<'_>))> Source for F {
    fn each(&self, emit: &mut dyn FnMut(Feature<'_>)) {
        self(emit);
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    /// Texts that the vocabulary was counted on.
    pub texts: u32,
    /// Sorted by block and name; a feature's number is its place here.
    pub entries: Vec<Entry>,
    numbers: Map<u32>,
    rarity: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub block: Block,
    pub name: Box<str>,
    /// Texts that hold it.
    pub frequency: u32,
}

/// A known feature of a text and every place of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub feature: u32,
    /// In the vector; never negative.
    pub value: f64,
    /// Clause and bytes, in order.
    pub places: Vec<(usize, Range<usize>)>,
}

/// Texts as the sets of their features, to count and to learn from.
#[derive(Debug, Default)]
pub struct Sets {
    names: Map<(Block, Box<str>)>,
    /// Text by text, each sorted.
    texts: Vec<Box<[u64]>>,
}

type Map<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

impl Sets {
    /// Adds a text, whose number is the count of texts before it.
    pub fn add(&mut self, source: &impl Source) {
        let mut set = Vec::new();
        source.each(&mut |feature| {
            let key = hash(feature.block, feature.name);
            self.names.entry(key).or_insert_with(|| (feature.block, feature.name.into()));
            set.push(key);
        });
        set.sort_unstable();
        set.dedup();
        self.texts.push(set.into());
    }

    /// The features that occur in at least `least` of some texts.
    pub fn vocabulary(&self, texts: &[usize], least: impl Fn(Block) -> u32) -> Vocabulary {
        let mut counts: Map<u32> = Map::default();
        for key in texts.iter().flat_map(|text| &*self.texts[*text]) {
            *counts.entry(*key).or_default() += 1;
        }
        let entries = counts.into_iter().filter_map(|(key, frequency)| {
            let (block, name) = &self.names[&key];
            (frequency >= least(*block)).then(|| Entry { block: *block, name: name.clone(), frequency })
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_unstable();
        Vocabulary::new(texts.len() as u32, entries)
    }

    /// The vector of a text, without its places.
    pub fn vector(&self, text: usize, vocabulary: &Vocabulary, lengths: [f64; BLOCKS]) -> Vec<(u32, f32)> {
        let keys = self.texts[text].iter();
        let mut vector: Vec<_> =
            keys.filter_map(|key| vocabulary.numbers.get(key)).map(|number| (*number, 0.0)).collect();
        vector.sort_unstable_by_key(|(number, _)| *number);
        vocabulary.scale(&mut vector, lengths, |part| (part.0, &mut part.1));
        vector.into_iter().map(|(feature, value)| (feature, value as f32)).collect()
    }
}

impl Vocabulary {
    pub fn new(texts: u32, entries: Vec<Entry>) -> Vocabulary {
        let numbers = entries.iter().zip(0..).map(|(entry, number)| (hash(entry.block, &entry.name), number)).collect();
        let rarity = entries.iter().map(|entry| rarity(texts, entry.frequency)).collect();
        Vocabulary { texts, entries, numbers, rarity }
    }

    /// The vector of a text: each block's part has the length that `lengths` gives it, or none if nothing is known.
    pub fn vector(&self, source: &impl Source, lengths: [f64; BLOCKS]) -> Vec<Known> {
        let mut found: Vec<(u32, u32, u32, u32)> = Vec::new();
        source.each(&mut |feature| {
            if let Some(number) = self.numbers.get(&hash(feature.block, feature.name)) {
                found.push((*number, feature.clause as u32, feature.start as u32, feature.end as u32));
            }
        });
        found.sort_unstable();
        let mut vector: Vec<Known> = Vec::new();
        for (feature, clause, start, end) in found {
            let place = (clause as usize, start as usize..end as usize);
            match vector.last_mut().filter(|last| last.feature == feature) {
                Some(last) => last.places.push(place),
                None => vector.push(Known { feature, value: 0.0, places: vec![place] }),
            }
        }
        self.scale(&mut vector, lengths, |known| (known.feature, &mut known.value));
        vector
    }

    fn scale<T>(&self, vector: &mut [T], lengths: [f64; BLOCKS], part: impl Fn(&mut T) -> (u32, &mut f64)) {
        let mut squares = [0.0; BLOCKS];
        for known in &mut *vector {
            let (feature, value) = part(known);
            *value = self.rarity[feature as usize];
            squares[self.block(feature)] += *value * *value;
        }
        for known in vector {
            let (feature, value) = part(known);
            let block = self.block(feature);
            *value *= lengths[block] / squares[block].sqrt();
        }
    }

    fn block(&self, feature: u32) -> usize {
        self.entries[feature as usize].block as usize
    }
}

/// Inverse document frequency, smoothed as if one text more held everything.
fn rarity(texts: u32, frequency: u32) -> f64 {
    libm::log(f64::from(1 + texts) / f64::from(1 + frequency)) + 1.0
}

/// Two features of a model share a hash once in a billion models.
fn hash(block: Block, name: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(block as u64, name.as_bytes())
}

/// Takes a key that is a hash already as it is.
#[derive(Debug, Default, Clone, Copy)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = XxHash3_64::oneshot(bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
