//! The known word that somebody most likely meant.

/// The candidate that is the fewest slips away from `word`, if that is at most a third of its letters.
///
/// A slip is a letter inserted, left out, replaced, or swapped with its neighbour (optimal string alignment distance).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST).collect();
    let allowed = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (slips(&word, &candidate.to_lowercase().chars().take(LONGEST).collect::<Vec<_>>()), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// Letters compared of each word; the time grows with the square.
const LONGEST: usize = 100;

fn slips(left: &[char], right: &[char]) -> usize {
    let mut before = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for i in 1..=left.len() {
        let mut row = vec![i; right.len() + 1];
        for j in 1..=right.len() {
            let replaced = last[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
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
}
