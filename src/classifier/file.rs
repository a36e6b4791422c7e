//! A model as bytes: small, and the same for the same model.

use serde::{Deserialize, Serialize};

use super::decisive::Decisive;
use super::features::Block;
use super::lexicon::Lexicon;
use super::linear::Linear;
use super::mix::Mix;
use super::model::{Base, Limits, Model};
use super::vocabulary::{BLOCKS, Entry, Vocabulary};

/// The first bytes of a model file, with the version of what follows.
const HEAD: &[u8] = b"greenroom classifier 1\n";

#[derive(Serialize, Deserialize)]
struct File {
    labels: Vec<String>,
    basic: Vec<usize>,
    has_lexicon: bool,
    lengths: [f64; BLOCKS],
    base: Part,
    decisive: Option<Part>,
    mix: Option<(Vec<f32>, Vec<f32>, Vec<f32>)>,
    limits: [f64; 3],
}

/// A vocabulary with its weights.
#[derive(Serialize, Deserialize)]
struct Part {
    texts: u32,
    /// Features in each block.
    blocks: [u32; BLOCKS],
    /// Each name as the length that it shares with the one before, the length of the rest, and the rest.
    names: Vec<u8>,
    frequencies: Vec<u32>,
    bias: Vec<f32>,
    scale: f32,
    weights: Vec<u8>,
}

impl Model {
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = File {
            labels: self.labels.clone(),
            basic: self.basic.clone(),
            has_lexicon: self.lexicon.is_some(),
            lengths: self.base.lengths,
            base: Part::of(&self.base.vocabulary, &self.base.linear),
            decisive: self.base.decisive.as_ref().map(|part| Part::of(&part.vocabulary, &part.linear)),
            mix: self.mix.as_ref().map(|mix| (mix.bias.clone(), mix.whole.clone(), mix.near.clone())),
            limits: [self.limits.unclear, self.limits.sure, self.limits.doubt],
        };
        let mut bytes = HEAD.to_vec();
        bytes.extend(postcard::to_stdvec(&file).expect("a model is plain data"));
        bytes
    }

    /// Nothing if these are not the bytes of a model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Model> {
        let file: File = postcard::from_bytes(bytes.strip_prefix(HEAD)?).ok()?;
        let (vocabulary, linear) = file.base.read()?;
        let decisive = match file.decisive {
            Some(part) => part.read().map(|(vocabulary, linear)| Some(Decisive { vocabulary, linear }))?,
            None => None,
        };
        let [unclear, sure, doubt] = file.limits;
        Some(Model {
            labels: file.labels,
            basic: file.basic,
            lexicon: file.has_lexicon.then(Lexicon::builtin),
            base: Base { vocabulary, lengths: file.lengths, linear, decisive },
            mix: file.mix.map(|(bias, whole, near)| Mix { bias, whole, near }),
            limits: Limits { unclear, sure, doubt },
        })
    }
}

impl Part {
    fn of(vocabulary: &Vocabulary, linear: &Linear) -> Part {
        let mut blocks = [0; BLOCKS];
        let mut names = Vec::new();
        let mut last: &[u8] = b"";
        for entry in &vocabulary.entries {
            blocks[entry.block as usize] += 1;
            let name = entry.name.as_bytes();
            let shared = name.iter().zip(last).take_while(|(one, other)| one == other).count().min(255);
            put_lengths(shared, name.len() - shared, &mut names);
            names.extend(&name[shared..]);
            last = name;
        }
        Part {
            texts: vocabulary.texts,
            blocks,
            names,
            frequencies: vocabulary.entries.iter().map(|entry| entry.frequency).collect(),
            bias: linear.bias.clone(),
            scale: linear.scale,
            weights: linear.weights.iter().map(|weight| weight.cast_unsigned()).collect(),
        }
    }

    fn read(self) -> Option<(Vocabulary, Linear)> {
        let mut names = self.names.as_slice();
        let mut frequencies = self.frequencies.into_iter();
        let mut entries = Vec::with_capacity(frequencies.len());
        let mut name = Vec::new();
        for (block, count) in [Block::Words, Block::Letters, Block::Tags].into_iter().zip(self.blocks) {
            for _ in 0..count {
                let (shared, rest) = take_lengths(&mut names)?;
                let (own, others) = names.split_at_checked(rest)?;
                name.truncate(shared);
                name.extend(own);
                names = others;
                entries.push(Entry { block, name: str::from_utf8(&name).ok()?.into(), frequency: frequencies.next()? });
            }
        }
        let weights: Vec<_> = self.weights.into_iter().map(u8::cast_signed).collect();
        let is_whole = weights.len() == entries.len() * self.bias.len();
        let linear = Linear { bias: self.bias, scale: self.scale, weights };
        is_whole.then(|| (Vocabulary::new(self.texts, entries), linear))
    }
}

/// Two lengths in one byte if both are short, in three if not.
fn put_lengths(shared: usize, rest: usize, to: &mut Vec<u8>) {
    if shared < 15 && rest < 16 {
        to.push((shared << 4 | rest) as u8);
    } else {
        to.push(0xf0);
        to.extend((shared as u8).to_le_bytes());
        to.extend((rest as u32).to_le_bytes());
    }
}

fn take_lengths(from: &mut &[u8]) -> Option<(usize, usize)> {
    let first = *from.split_off_first()?;
    if first < 0xf0 {
        return Some((usize::from(first >> 4), usize::from(first & 15)));
    }
    let shared = *from.split_off_first()?;
    let rest = from.split_off(..4)?;
    Some((usize::from(shared), u32::from_le_bytes(rest.try_into().ok()?) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_comes_back_from_its_bytes() {
        let model = Model::roles();
        let bytes = model.to_bytes();
        let again = Model::from_bytes(&bytes).expect("whole");
        assert_eq!(
            (&again.labels, &again.basic, &again.base, &again.mix),
            (&model.labels, &model.basic, &model.base, &model.mix)
        );
        assert_eq!(again.to_bytes(), bytes);
    }

    #[test]
    fn the_shipped_model_is_small() {
        assert!(Model::roles().to_bytes().len() <= 1_000_000);
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let bytes = Model::roles().to_bytes();
        assert!(Model::from_bytes(b"").is_none() && Model::from_bytes(&bytes[1..]).is_none());
        for end in (0..bytes.len()).step_by(50_021) {
            assert!(Model::from_bytes(&bytes[..end]).is_none(), "{end} bytes");
        }
    }

    #[test]
    fn lengths_of_names_come_back() {
        for (shared, rest) in [(0, 0), (14, 15), (15, 3), (3, 16), (255, 70_000)] {
            let mut bytes = Vec::new();
            put_lengths(shared, rest, &mut bytes);
            assert_eq!(take_lengths(&mut bytes.as_slice()), Some((shared, rest)));
        }
    }
}
