//! Groups of phrases by which a clause says who acts, on what, how, and whether it goes well.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;

/// Which groups a clause speaks of, by number in the lexicon, each once and in order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tags {
    pub actors: Vec<usize>,
    pub services: Vec<usize>,
    pub verbs: Vec<usize>,
    /// `d` for a failure, `o` for something that works, `n` for a negation, in this order; `p` for a plain clause.
    pub state: String,
}

/// The groups of `assets/classifier/lexicon.toml`.
#[derive(Debug, Clone)]
pub struct Lexicon {
    names: Vec<String>,
    kinds: Vec<Kind>,
    /// By their first piece.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Beginnings of single words.
    stems: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    State(char),
    Actor,
    Service,
    Verb,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// The pieces after the first.
    rest: Vec<String>,
    /// Whether the last piece may go on.
    is_open: bool,
    group: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    state: States,
    actor: toml::Table,
    service: toml::Table,
    verb: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct States {
    negated: String,
    works: String,
    fails: String,
}

/// The shortest beginning of a word that a phrase with `*` may name, in bytes.
const SHORTEST_STEM: usize = 2;

impl Lexicon {
    /// The lexicon of the two roles, as the program carries it.
    ///
    /// # Panics
    /// Never: a test reads the same text.
    pub fn builtin() -> Lexicon {
        Lexicon::parse(include_str!("../../assets/classifier/lexicon.toml")).expect("the shipped lexicon is sound")
    }

    pub fn parse(text: &str) -> Result<Lexicon, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut lexicon =
            Lexicon { names: Vec::new(), kinds: Vec::new(), phrases: HashMap::new(), stems: HashMap::new() };
        for (letter, phrases) in [('d', file.state.fails), ('o', file.state.works), ('n', file.state.negated)] {
            lexicon.add(&letter.to_string(), Kind::State(letter), &phrases);
        }
        for (kind, groups) in [(Kind::Actor, file.actor), (Kind::Service, file.service), (Kind::Verb, file.verb)] {
            for (name, phrases) in groups {
                lexicon.add(&name, kind, phrases.as_str().unwrap_or_default());
            }
        }
        Ok(lexicon)
    }

    pub fn name(&self, group: usize) -> &str {
        &self.names[group]
    }

    fn add(&mut self, name: &str, kind: Kind, phrases: &str) {
        let group = self.names.len();
        self.names.push(name.to_owned());
        self.kinds.push(kind);
        for phrase in phrases.split([',', '\n']).map(|phrase| phrase.trim().to_ascii_lowercase()) {
            let is_open = phrase.ends_with('*');
            let mut pieces = pieces(&phrase, 0..phrase.len()).map(|piece| phrase[piece].to_owned());
            let Some(first) = pieces.next() else { continue };
            let rest: Vec<_> = pieces.collect();
            if is_open && rest.is_empty() {
                self.stems.entry(first).or_default().push(group);
            } else {
                self.phrases.entry(first).or_default().push(Phrase { rest, is_open, group });
            }
        }
    }

    /// What the words of `range` speak of. `text` is in lower case.
    pub fn tags(&self, text: &str, range: Range<usize>) -> Tags {
        let pieces: Vec<_> = pieces(text, range).map(|piece| &text[piece]).collect();
        let mut found = vec![false; self.names.len()];
        for (index, piece) in pieces.iter().enumerate() {
            for phrase in self.phrases.get(*piece).into_iter().flatten() {
                found[phrase.group] |= phrase.follows(&pieces[index + 1..]);
            }
            for (end, _) in piece.char_indices().skip(SHORTEST_STEM).chain([(piece.len(), ' ')]) {
                for group in self.stems.get(&piece[..end]).into_iter().flatten() {
                    found[*group] = true;
                }
            }
        }
        let mut tags = Tags::default();
        for (group, _) in found.iter().enumerate().filter(|(_, is_there)| **is_there) {
            match self.kinds[group] {
                Kind::State(letter) => tags.state.push(letter),
                Kind::Actor => tags.actors.push(group),
                Kind::Service => tags.services.push(group),
                Kind::Verb => tags.verbs.push(group),
            }
        }
        if tags.state.is_empty() {
            tags.state.push('p');
        }
        tags
    }
}

impl Phrase {
    fn follows(&self, pieces: &[&str]) -> bool {
        let last = self.rest.len().wrapping_sub(1);
        self.rest.len() <= pieces.len()
            && self.rest.iter().zip(pieces).enumerate().all(|(index, (want, piece))| {
                if self.is_open && index == last { piece.starts_with(want.as_str()) } else { want == piece }
            })
    }
}

/// Runs of letters, digits, `_`, `#` and apostrophes.
fn pieces(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_piece = |mark: char| mark.is_alphanumeric() || matches!(mark, '_' | '\'' | '#');
    let (part, start) = (&text[range.clone()], range.start);
    let mut at = 0;
    std::iter::from_fn(move || {
        at += part[at..].find(is_piece)?;
        let length = part[at..].find(|mark| !is_piece(mark)).unwrap_or(part.len() - at);
        let piece = start + at..start + at + length;
        at += length;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> (Vec<String>, Vec<String>, Vec<String>, String) {
        let lexicon = Lexicon::builtin();
        let tags = lexicon.tags(text, 0..text.len());
        let names = |groups: Vec<usize>| groups.into_iter().map(|group| lexicon.name(group).to_owned()).collect();
        (names(tags.actors), names(tags.services), names(tags.verbs), tags.state)
    }

    #[test]
    fn a_clause_is_tagged_with_who_what_how_and_whether() {
        let (actors, services, verbs, state) = tags("the ecs agent isn't able to pull the image");
        assert_eq!((actors, services, verbs), (vec!["platform".into()], vec!["ecr".into()], vec!["pull".into()]));
        assert_eq!(state, "n");
    }

    #[test]
    fn a_star_stands_for_any_ending_and_marks_between_pieces_do_not_matter() {
        assert_eq!(tags("side-cars upload").0, ["side"]);
        assert_eq!(tags("secretsmanager:getsecretvalue").1, ["secret"]);
        assert_eq!(tags("logging").1, [""; 0]);
        assert_eq!(tags("accessdeniedexception").3, "d");
    }

    #[test]
    fn a_plain_clause_says_so() {
        assert_eq!(tags("good morning"), (vec![], vec![], vec![], "p".to_owned()));
    }
}
