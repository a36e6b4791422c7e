//! What the classifier sees of a text: words and pairs of words, groups of letters, and the tags of its clauses.

use std::borrow::Cow;

use super::clause::{Clause, clauses};
use super::lexicon::{Lexicon, Tags};

/// The three kinds of features; each is scaled to its own length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// One or two words of a clause, `not_` before those that a negation reaches.
    Words,
    /// Three to five characters inside one word, blanks at its ends included.
    Letters,
    /// Who acts on what and how, and whether it goes well.
    Tags,
}

/// One occurrence of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature<'a> {
    pub block: Block,
    pub name: &'a str,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// The clause that it stands in.
    pub clause: usize,
}

/// A text as the features are taken from it.
pub struct Reading {
    /// In lower case, of the same length in bytes as the text.
    pub text: String,
    pub clauses: Vec<Clause>,
    /// One a clause; empty without a lexicon.
    pub tags: Vec<Tags>,
}

const NEGATORS: &[&str] = &[
    "ain't",
    "aint",
    "aren't",
    "arent",
    "can't",
    "cannot",
    "cant",
    "couldn't",
    "didn't",
    "didnt",
    "doesn't",
    "doesnt",
    "don't",
    "dont",
    "hadn't",
    "hasn't",
    "hasnt",
    "haven't",
    "havent",
    "instead",
    "isn't",
    "isnt",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "nowhere",
    "rather",
    "shouldn't",
    "wasn't",
    "wasnt",
    "weren't",
    "without",
    "won't",
    "wont",
    "wouldn't",
];

const NEGATION_STOPS: &[&str] = &["although", "and", "because", "but", "however", "since", "so", "though"];

/// The words that a negation reaches.
const NEGATION_REACH: usize = 5;

impl Reading {
    pub fn new(text: &str, lexicon: Option<&Lexicon>) -> Reading {
        // Lower case of ASCII alone, so that every place is a place of the text; and one apostrophe for both is left
        // to `plain`, for the same reason.
        let text = text.to_ascii_lowercase();
        let clauses = clauses(&text);
        let tags =
            lexicon.map(|lexicon| clauses.iter().map(|clause| lexicon.tags(&text, clause.range.clone())).collect());
        Reading { text, clauses, tags: tags.unwrap_or_default() }
    }

    /// Hands out every occurrence of every feature.
    pub fn features(&self, lexicon: Option<&Lexicon>, emit: &mut dyn FnMut(Feature<'_>)) {
        for index in 0..self.clauses.len() {
            self.words(index, true, emit);
            if let Some(lexicon) = lexicon {
                self.tagged(index, lexicon, emit);
            }
        }
        self.letters(emit);
    }

    /// One and two words of a clause, with or without the marks of negation.
    pub fn words(&self, index: usize, marks: bool, emit: &mut dyn FnMut(Feature<'_>)) {
        let mut reach = 0;
        let mut name = String::new();
        let mut last: Option<(usize, usize)> = None;
        for word in &self.clauses[index].words {
            let begin = name.len();
            if begin > 0 {
                name.push(' ');
            }
            let own = name.len();
            let plain = plain(&self.text[word.clone()]);
            if reach > 0 && marks {
                name.push_str("not_");
            }
            name.push_str(&plain);
            let mut put = |name: &str, start| {
                emit(Feature { block: Block::Words, name, start, end: word.end, clause: index });
            };
            put(&name[own..], word.start);
            if let Some((from, start)) = last {
                put(&name[from..], start);
            }
            last = Some((own, word.start));
            reach = match () {
                () if NEGATION_STOPS.contains(&plain.as_ref()) => 0,
                () if NEGATORS.contains(&plain.as_ref()) => NEGATION_REACH,
                () => reach.saturating_sub(1),
            };
        }
    }

    fn tagged(&self, index: usize, lexicon: &Lexicon, emit: &mut dyn FnMut(Feature<'_>)) {
        let (tags, range) = (&self.tags[index], &self.clauses[index].range);
        let mut put = |name: &str| {
            let (start, end) = (range.start, range.end);
            emit(Feature { block: Block::Tags, name, start, end, clause: index });
        };
        tag_names(tags, lexicon, &mut put);
    }

    fn letters(&self, emit: &mut dyn FnMut(Feature<'_>)) {
        let mut clause = 0;
        let mut padded = String::new();
        let mut bounds = Vec::new();
        let mut end = 0;
        for word in self.text.split_whitespace() {
            let start = end + self.text[end..].find(word).unwrap_or(0);
            end = start + word.len();
            while self.clauses.get(clause + 1).is_some_and(|next| next.range.start < end) {
                clause += 1;
            }
            padded.clear();
            padded.extend([" ", word, " "]);
            bounds.clear();
            bounds.extend(padded.char_indices().map(|(place, _)| place).chain([padded.len()]));
            for length in 3..=5 {
                let mut put = |from: usize, to: usize| {
                    let (start, end) = ((start + from).max(start + 1) - 1, (start + to - 1).min(end));
                    emit(Feature { block: Block::Letters, name: &padded[from..to], start, end, clause });
                };
                if bounds.len() - 1 <= length {
                    put(0, padded.len());
                    break;
                }
                for window in bounds.windows(length + 1) {
                    put(window[0], window[length]);
                }
            }
        }
    }
}

/// The names of the tag features of one clause.
pub fn tag_names(tags: &Tags, lexicon: &Lexicon, put: &mut impl FnMut(&str)) {
    let names = |groups: &[usize]| -> Vec<String> {
        if groups.is_empty() {
            vec!["-".to_owned()]
        } else {
            groups.iter().map(|group| lexicon.name(*group).to_owned()).collect()
        }
    };
    let (actors, services) = (names(&tags.actors), names(&tags.services));
    let verbs: Vec<_> = tags.verbs.iter().map(|group| lexicon.name(*group)).collect();
    let state = &tags.state;
    for actor in &actors {
        put(actor);
        put(&format!("{actor}|{state}"));
        for service in &services {
            put(&format!("{actor}+{service}"));
            put(&format!("{actor}+{service}|{state}"));
        }
        for verb in &verbs {
            put(&format!("{actor}>{verb}"));
            put(&format!("{actor}>{verb}|{state}"));
        }
    }
    if actors.len() > 1 {
        let all = actors.join("&");
        put(&all);
        for service in &services {
            put(&format!("{all}+{service}"));
        }
    }
}

/// A word with the straight apostrophe.
pub fn plain(word: &str) -> Cow<'_, str> {
    if word.contains('\u{2019}') { word.replace('\u{2019}', "'").into() } else { word.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, block: Block) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let mut names = Vec::new();
        Reading::new(text, Some(&lexicon)).features(Some(&lexicon), &mut |feature| {
            if feature.block == block {
                names.push(feature.name.to_owned());
            }
        });
        names
    }

    #[test]
    fn a_negation_marks_what_it_reaches_and_ends_with_its_clause() {
        let words = names("It is not the app, but the agent", Block::Words);
        let single: Vec<_> = words.iter().filter(|name| !name.contains(' ')).map(String::as_str).collect();
        assert_eq!(single, ["it", "is", "not", "not_the", "not_app", "but", "the", "agent"]);
        assert!(words.contains(&"not not_the".to_owned()) && !words.iter().any(|name| name.contains("app but")));
    }

    #[test]
    fn a_curly_apostrophe_is_an_apostrophe() {
        assert_eq!(names("it doesn\u{2019}t pull", Block::Words)[1], "doesn't");
        assert!(names("it doesn\u{2019}t pull", Block::Words).contains(&"not_pull".to_owned()));
    }

    #[test]
    fn letters_stand_inside_one_word_with_its_ends() {
        assert_eq!(names("S3 é", Block::Letters), [" s3", "s3 ", " s3 ", " é "]);
    }

    #[test]
    fn tags_join_who_with_what_and_whether() {
        let tags = names("the agent pulls the image", Block::Tags);
        for name in ["platform", "platform|p", "platform+ecr", "platform>pull"] {
            assert!(tags.iter().any(|tag| tag == name), "{name} in {tags:?}");
        }
    }
}
