//! What makes the difference between a scenario and its near twin.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Words that are compared; a longer text is marked nowhere.
const MOST_WORDS: usize = 1000;

/// The words of `text` that `other` does not have in the same order, as byte ranges of `text`. Neighbours are one range.
pub fn differences(text: &str, other: &str) -> Vec<Range<usize>> {
    let (words, others) = (words(text), words(other));
    if words.len() > MOST_WORDS || others.len() > MOST_WORDS {
        return Vec::new();
    }
    let is_kept = common(&words, &others);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut follows = false;
    for ((start, word), kept) in words.iter().zip(is_kept) {
        match ranges.last_mut().filter(|_| follows && !kept) {
            Some(range) => range.end = start + word.len(),
            None if !kept => ranges.push(*start..start + word.len()),
            None => {}
        }
        follows = !kept;
    }
    ranges
}

/// Words with their place; punctuation is no word.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.unicode_word_indices().collect()
}

/// Whether each word is part of the longest sequence that both have.
fn common(words: &[(usize, &str)], others: &[(usize, &str)]) -> Vec<bool> {
    let is_same = |at: usize, to: usize| words[at].1.eq_ignore_ascii_case(others[to].1);
    let width = others.len() + 1;
    // The length of the longest common sequence of what is left from each pair of places on.
    let mut longest = vec![0_u16; (words.len() + 1) * width];
    for at in (0..words.len()).rev() {
        for to in (0..others.len()).rev() {
            longest[at * width + to] = match is_same(at, to) {
                true => longest[(at + 1) * width + to + 1] + 1,
                false => longest[(at + 1) * width + to].max(longest[at * width + to + 1]),
            };
        }
    }
    let (mut kept, mut to) = (vec![false; words.len()], 0);
    for (at, kept) in kept.iter_mut().enumerate() {
        while to < others.len() && !is_same(at, to) && longest[at * width + to + 1] == longest[at * width + to] {
            to += 1;
        }
        if to < others.len() && is_same(at, to) {
            (*kept, to) = (true, to + 1);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
        differences(text, other).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn only_what_differs_is_marked() {
        let one = "The application calls GetSecretValue when it opens a connection.";
        let two = "The agent calls GetSecretValue before the container starts.";
        assert_eq!(marked(one, two), ["application", "when it opens a connection"]);
        assert_eq!(marked(two, one), ["agent", "before the container starts"]);
        assert_eq!(marked(one, &one.to_uppercase()), Vec::<&str>::new());
        assert_eq!(marked("now it does", "it does"), ["now"]);
    }

    proptest! {
        #[test]
        fn what_is_marked_lies_in_the_text_and_what_is_not_marked_is_in_both(
            one in "([abc] ){0,12}", two in "([abc] ){0,12}",
        ) {
            let ranges = differences(&one, &two);
            prop_assert!(ranges.windows(2).all(|two| two[0].end < two[1].start));
            let mut rest = one.clone();
            for range in ranges.into_iter().rev() {
                rest.replace_range(range, "");
            }
            let mut others = two.split_whitespace();
            for word in rest.split_whitespace() {
                prop_assert!(others.any(|other| other == word), "{rest:?} is no part of {two:?}");
            }
        }
    }
}
