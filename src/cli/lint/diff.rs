//! The lines in which two texts differ, as a patch shows them.

use std::ops::Range;

use crate::safe;
use crate::text::Safe;

/// Lines around a change that are shown with it.
const AROUND: usize = 2;
/// Lines that are searched for where two texts meet again.
const SEARCHED: usize = 200;

/// The difference in the unified form; nothing if there is none. Line ends and what cannot be seen are shown safely.
pub fn diff(before: &str, after: &str, name: &str) -> Safe {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let changes = changes(&old, &new);
    if changes.is_empty() {
        return Safe::default();
    }
    let mut shown = format!("--- {name}\n+++ {name}\n");
    for hunk in changes.chunk_by(|one, next| next.0.start - one.0.end <= 2 * AROUND) {
        shown += &shown_hunk(hunk, &old, &new);
    }
    safe!("{shown}")
}

fn shown_hunk(hunk: &[(Range<usize>, Range<usize>)], old: &[&str], new: &[&str]) -> String {
    let (first, last) = (&hunk[0], &hunk[hunk.len() - 1]);
    let start = first.0.start.saturating_sub(AROUND);
    let lead = first.0.start - start;
    let end = (last.0.end + AROUND).min(old.len());
    let (new_start, new_end) = (first.1.start - lead, last.1.end + (end - last.0.end));
    let header = format!("@@ -{},{} +{},{} @@\n", start + 1, end - start, new_start + 1, new_end - new_start);
    let mut shown = header;
    let mut at = start;
    let lines = |mark: char, lines: &[&str]| lines.iter().map(|line| format!("{mark}{line}\n")).collect::<String>();
    for (removed, added) in hunk {
        shown += &lines(' ', &old[at..removed.start]);
        shown += &lines('-', &old[removed.clone()]);
        shown += &lines('+', &new[added.clone()]);
        at = removed.end;
    }
    shown + &lines(' ', &old[at..end])
}

/// Lines of the old text and what stands in their place in the new one, in order.
fn changes(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut here, mut there) = (0, 0);
    let mut changes = Vec::new();
    while here < old.len() || there < new.len() {
        if here < old.len() && there < new.len() && old[here] == new[there] {
            (here, there) = (here + 1, there + 1);
            continue;
        }
        let (to_here, to_there) = meeting(&old[here..], &new[there..]);
        changes.push((here..here + to_here, there..there + to_there));
        (here, there) = (here + to_here, there + to_there);
    }
    changes
}

/// How many lines of each are passed until both go on alike, as few as can be; all of them if they never do.
fn meeting(old: &[&str], new: &[&str]) -> (usize, usize) {
    for passed in 1..SEARCHED {
        for of_old in 0..=passed {
            let of_new = passed - of_old;
            if of_old < old.len() && of_new < new.len() && old[of_old] == new[of_new] {
                return (of_old, of_new);
            }
        }
    }
    (old.len(), new.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_between_those_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n";
        let new = old.replace("4\n5", "four\n5").replace("13\n", "");
        let wanted =
            "--- d\n+++ d\n@@ -2,5 +2,5 @@\n 2\n 3\n-4\n+four\n 5\n 6\n@@ -11,4 +11,3 @@\n 11\n 12\n-13\n 14\n";
        assert_eq!(diff(old, &new, "d").as_str(), wanted);
    }

    #[test]
    fn texts_that_are_alike_have_no_difference() {
        assert!(diff("a\nb\n", "a\nb\n", "d").is_empty());
        assert_eq!(diff("", "a\n", "d").as_str(), "--- d\n+++ d\n@@ -1,0 +1,1 @@\n+a\n");
    }
}
