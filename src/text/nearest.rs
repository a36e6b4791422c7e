//! The known word that somebody most likely meant.

/// Bytes of a word that are compared; the time grows with the square.
const COMPARED: usize = 100;

/// The candidate that is the fewest slips away from `word`, if that is at most a third of its letters, and one for the
/// shortest. Case does not matter.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let found = candidates
        .into_iter()
        .filter_map(|candidate| Some((slips(&word, &candidate.to_lowercase(), limit)?, candidate)));
    found.min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// How many slips lead from one word to another, if at most `limit`: a byte inserted, left out, replaced, or swapped with
/// its neighbour (optimal string alignment distance).
pub fn slips(one: &str, other: &str, limit: usize) -> Option<usize> {
    let cut = |word: &str| word.as_bytes()[..word.len().min(COMPARED)].to_vec();
    let (one, other) = (cut(one), cut(other));
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &byte) in one.iter().enumerate() {
        let mut this = vec![row + 1; other.len() + 1];
        for (column, &opposite) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(byte != opposite);
            this[column + 1] = replaced.min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && byte == other[column - 1] && opposite == one[row - 1] {
                this[column + 1] = this[column + 1].min(before[column - 1] + 1);
            }
        }
        if this.iter().min() > Some(&limit) {
            return None;
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word() {
        let known = ["question", "answer", "tags", "title"];
        for (written, meant) in [("questoin", "question"), ("anwser", "answer"), ("tag", "tags"), ("Title", "title")] {
            assert_eq!(nearest(written, known), Some(meant));
        }
    }

    #[test]
    fn a_word_that_nobody_meant_finds_nothing() {
        assert_eq!(nearest("colour", ["question", "answer"]), None);
        assert_eq!(nearest("", ["a", "answer"]), Some("a"));
    }

    #[test]
    fn they_are_counted_as_slips_of_the_keyboard() {
        for (one, other, edits) in
            [("role", "role", 0), ("role", "roel", 1), ("role", "rle", 1), ("", "ab", 2), ("ca", "abc", 3)]
        {
            assert_eq!(slips(one, other, 3), Some(edits), "{one} {other}");
            assert_eq!(slips(other, one, 3), Some(edits), "{other} {one}");
        }
        assert_eq!(slips("role", "lore", 1), None);
        assert_eq!(slips("role", "execution-role", 3), None);
    }
}
