//! In what code differs from the author's, token by token: layout does not count, nor the order of `--flag value` pairs.

use std::ops::Range;

use super::lexer::{ANY, Token, is_shell, tokens};
use super::verdict::{Finding, Mark, Quote, Verdict};
use crate::card::Code;
use crate::text::Safe;

/// Tokens that are compared; the time grows with the square.
const COMPARED: usize = 2_000;

/// From this share on code is right in part.
const PARTLY: f64 = 0.5;

/// An answer beside the right way that it is nearest to.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// In the order of the author's code.
    pub pieces: Vec<Piece>,
    /// How much of both is the same, 0 to 1: twice the tokens in common by the tokens of both. 1 only if all are.
    pub share: f64,
    /// Which right way it is: 0 the model answer, then the accepted ones.
    pub way: usize,
}

/// A token of the answer or of the author's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub change: Change,
    pub text: Safe,
    /// What stands before it in its own code: nothing, `=`, spaces, or a line feed with spaces.
    pub space: Safe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Same,
    /// In the author's code only.
    Missing,
    /// In the answer only.
    Extra,
}

/// Compares an answer with each right way and keeps the nearest.
pub fn compare(code: &Code, answer: &str) -> Comparison {
    let language = code.language.as_ref().map_or("", Safe::as_str);
    let said = tokens(answer, language);
    let ways = std::iter::once(&code.code).chain(&code.accept).enumerate();
    let compared = ways.map(|(way, right)| with(right.as_str(), answer, &said, language, way));
    let better = |best: Comparison, next: Comparison| if next.share > best.share { next } else { best };
    compared.reduce(better).expect("the model answer is one way")
}

/// The code as the one point of its card.
pub fn mark(code: &Code, answer: &str) -> Verdict {
    let Comparison { share, .. } = compare(code, answer);
    let mark = match share {
        1.0 => Mark::Covered,
        PARTLY.. => Mark::Partial,
        _ => Mark::Missed,
    };
    let start = answer.len() - answer.trim_start().len();
    let range = start..start + answer.trim().len();
    let quote = (mark != Mark::Missed).then(|| Quote { words: vec![range.clone()], range, line: code.code.line() });
    let points = code.points().into_iter();
    let points =
        points.map(|point| Finding { point: point.id, mark, is_sure: true, probability: share, quote: quote.clone() });
    Verdict { points: points.collect(), misconceptions: Vec::new(), score: 100.0 * share }
}

fn with(right: &str, answer: &str, said: &[Token], language: &str, way: usize) -> Comparison {
    let mut wanted = tokens(right, language);
    let mut said = if is_shell(language) { in_order(&wanted, said) } else { said.to_vec() };
    let are_all = wanted.len() <= COMPARED && said.len() <= COMPARED;
    wanted.truncate(COMPARED);
    said.truncate(COMPARED);
    let steps = steps(&wanted, &said);
    let common = steps.iter().filter(|(change, _)| *change == Change::Same).count();
    let total = (wanted.len() + said.len()).max(1);
    let is_whole = match wanted.is_empty() {
        true => right.trim() == answer.trim(),
        false => are_all && 2 * common == total,
    };
    let share = if is_whole { 1.0 } else { (2.0 * common as f64 / total as f64).min(0.99) };
    let piece = |(change, place): (Change, usize)| {
        let (source, list) = if change == Change::Extra { (answer, &said) } else { (right, &wanted) };
        let range = list[place].range.clone();
        // A line feed that ends a command would tear the rows apart.
        let text = source[range.clone()].trim();
        let text = if text.is_empty() { list[place].key.as_str() } else { text };
        Piece { change, text: Safe::new(text), space: space(source, &range) }
    };
    Comparison { pieces: steps.into_iter().map(piece).collect(), share, way }
}

/// The white space before a token, or the sign that ties a value to its flag; a line that goes on behind a backslash ends there as well.
fn space(source: &str, token: &Range<usize>) -> Safe {
    let before = &source[..token.start];
    if before.ends_with('=') {
        return Safe::from("=");
    }
    let start = before.trim_end_matches(|letter: char| letter.is_whitespace() || letter == '\\').len();
    match before[start..].rfind('\n') {
        Some(at) if start > 0 => Safe::new(&before[start + at..]),
        _ => Safe::new(if start < before.len() && start > 0 { " " } else { "" }),
    }
}

/// The answer's commands with their flags in the order in which the author has them.
fn in_order(wanted: &[Token], said: &[Token]) -> Vec<Token> {
    let wanted = commands(wanted);
    let mut ordered = Vec::with_capacity(said.len());
    for (place, command) in commands(said).into_iter().enumerate() {
        let mut groups: Vec<&[Token]> = groups(command);
        let model = wanted.get(place).map_or_else(Vec::new, |command| self::groups(command));
        ordered.extend_from_slice(groups.remove(0));
        // What follows a flag beyond its value belongs to the command, wherever the flag stands.
        let mut beyond: Vec<Token> = Vec::new();
        for group in &mut groups {
            let known = model.iter().skip(1).find(|flag| flag[0].key == group[0].key);
            let (own, rest) = group.split_at(known.map_or(group.len(), |flag| flag.len().min(group.len())));
            beyond.extend_from_slice(rest);
            *group = own;
        }
        for flag in model.iter().skip(1) {
            if let Some(at) = groups.iter().position(|group| group[0].key == flag[0].key) {
                let group = groups.remove(at);
                ordered.extend_from_slice(group);
                ordered.extend(beyond.drain(..beyond.len().min(flag.len() - group.len())));
            }
        }
        // What ends the command stays at its end, wherever the flag before it went.
        ordered.extend(groups.concat());
        ordered.extend(beyond);
        let end = command.last().filter(|token| token.ends_command).cloned();
        if let Some(end) = end {
            ordered.retain(|token| token.range != end.range);
            ordered.push(end);
        }
    }
    ordered
}

fn commands(tokens: &[Token]) -> Vec<&[Token]> {
    tokens.split_inclusive(|token| token.ends_command).collect()
}

/// What stands before the first long flag, then each of them with what follows it.
fn groups(command: &[Token]) -> Vec<&[Token]> {
    let is_flag = |token: &Token| token.key.len() > 2 && token.key.starts_with("--");
    let end = command.iter().position(|token| token.key == "--").unwrap_or(command.len());
    let mut starts: Vec<usize> = (0..end).filter(|at| is_flag(&command[*at])).collect();
    starts.push(end);
    starts.insert(0, 0);
    let mut groups: Vec<_> = starts.windows(2).map(|pair| &command[pair[0]..pair[1]]).collect();
    if end < command.len() {
        groups.push(&command[end..]);
    }
    groups
}

/// The shortest way from the author's tokens to those of the answer (longest common subsequence).
fn steps(wanted: &[Token], said: &[Token]) -> Vec<(Change, usize)> {
    let width = said.len() + 1;
    let mut longest = vec![0_u16; (wanted.len() + 1) * width];
    for row in (0..wanted.len()).rev() {
        for column in (0..said.len()).rev() {
            longest[row * width + column] = if is_met(wanted, said, row, column) {
                longest[(row + 1) * width + column + 1] + 1
            } else {
                longest[(row + 1) * width + column].max(longest[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column, mut steps) = (0, 0, Vec::new());
    while row < wanted.len() || column < said.len() {
        let is_both = row < wanted.len() && column < said.len() && is_met(wanted, said, row, column);
        let is_extra = column < said.len()
            && (row == wanted.len() || longest[row * width + column + 1] >= longest[(row + 1) * width + column]);
        let (change, place) = match () {
            () if is_both => (Change::Same, row),
            () if is_extra => (Change::Extra, column),
            () => (Change::Missing, row),
        };
        row += usize::from(change != Change::Extra);
        column += usize::from(change != Change::Missing);
        steps.push((change, place));
    }
    steps
}

/// Whether a token of the answer is the author's, or one that the author leaves open. That is only so behind a token
/// that is met as well, or else any word would fit.
fn is_met(wanted: &[Token], said: &[Token], row: usize, column: usize) -> bool {
    let (token, other) = (&wanted[row], &said[column]);
    let is_behind = || match (row.checked_sub(1), column.checked_sub(1)) {
        (Some(row), Some(column)) => is_met(wanted, said, row, column),
        (row, column) => row == column,
    };
    token.ends_command == other.ends_command
        && (token.key == other.key || token.key.contains(ANY) && is_like(&token.key, &other.key) && is_behind())
}

/// Whether a word has the fixed parts of a pattern in order, and something for each open one.
fn is_like(pattern: &str, word: &str) -> bool {
    let mut parts = pattern.split(ANY);
    let Some(mut rest) = word.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (place, part) in parts.iter().enumerate() {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        if first == 0 || word.starts_with('-') && pattern.starts_with(ANY) {
            return false;
        }
        let is_last = place + 1 == parts.len();
        let found =
            if is_last { rest.len().checked_sub(part.len()) } else { rest[first..].find(part).map(|at| first + at) };
        match found {
            Some(at) if at >= first && rest.is_char_boundary(at) && rest[at..].starts_with(part) => {
                rest = &rest[at + part.len()..];
            }
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "all, half and nothing are exact")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(code: &str, language: &str, accept: &[&str]) -> Code {
        Code {
            question: Safe::from("How?"),
            code: Safe::new(code),
            language: Some(Safe::new(language)),
            accept: accept.iter().map(|way| Safe::new(way)).collect(),
        }
    }

    /// The comparison as one line: `[-extra-]`, `[+missing+]`.
    fn shown(comparison: &Comparison) -> String {
        let one = |piece: &Piece| match piece.change {
            Change::Same => piece.text.to_string(),
            Change::Missing => format!("[+{}+]", piece.text),
            Change::Extra => format!("[-{}-]", piece.text),
        };
        comparison.pieces.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    const EXEC: &str = "aws ecs execute-command \\\n  --cluster <cluster> \\\n  --task <task> \\\n  --interactive \\\n  --command \"/bin/sh\"";

    #[test]
    fn layout_quotes_and_the_order_of_flags_do_not_count() {
        let model = code(EXEC, "bash", &[]);
        for right in [
            EXEC,
            "aws ecs execute-command --command /bin/sh --interactive --task=abc --cluster prod",
            "$ aws ecs execute-command --cluster 'my cluster' --task t --command '/bin/sh' --interactive;",
        ] {
            assert_eq!(compare(&model, right).share, 1.0, "{right}: {}", shown(&compare(&model, right)));
        }
        let dump = code("pg_dump --format=custom --file <file> <db>", "bash", &[]);
        for right in ["pg_dump --file out --format=custom mydb", "pg_dump --format custom --file=out mydb"] {
            assert_eq!(compare(&dump, right).share, 1.0, "{right}: {}", shown(&compare(&dump, right)));
        }
        assert_eq!(compare(&dump, "pg_dump --format=plain").pieces[2].space.as_str(), "=");
        let query = code("SELECT a, b FROM t WHERE c = 'X'", "sql", &[]);
        assert_eq!(compare(&query, "select a,b\nfrom t\nwhere c='X';").share, 1.0);
        assert!(compare(&query, "select a,b from t where c='x'").share < 1.0);
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        let model = code(EXEC, "bash", &[]);
        let comparison = compare(&model, "aws ecs run-command --task t --tty --command /bin/sh --cluster c");
        assert_eq!(
            shown(&comparison),
            "aws ecs [-run-command-] [+execute-command+] --cluster <cluster> --task <task> [+--interactive+] --command \"/bin/sh\" [---tty-]"
        );
        assert_eq!(comparison.pieces[4].space.as_str(), "\n  ");
    }

    #[test]
    fn a_pipe_keeps_its_order_and_ends_where_it_ends() {
        let model = code("a --x 1 --y 2 | b --z 3", "bash", &[]);
        assert_eq!(compare(&model, "a --y 2 --x 1 | b --z 3").share, 1.0);
        assert!(compare(&model, "b --z 3 | a --x 1 --y 2").share < 1.0);
        let rest = code("docker run --rm -- ls --all", "bash", &[]);
        assert!(compare(&rest, "docker run --all -- ls --rm").share < 1.0);
    }

    #[test]
    fn the_nearest_right_way_is_compared() {
        let model = code("ls -l -a", "bash", &["ls -la"]);
        let comparison = compare(&model, "ls -la");
        assert_eq!((comparison.share, comparison.way), (1.0, 1));
        let marks = ["ls -l -a", "ls -l", "rm x y", ""].map(|answer| mark(&model, answer));
        assert_eq!(
            marks.map(|verdict| verdict.points[0].mark),
            [Mark::Covered, Mark::Partial, Mark::Missed, Mark::Missed]
        );
        assert_eq!(mark(&model, model.answer().as_str()).score, 100.0);
        assert_eq!(mark(&model, " ").score, 0.0);
    }

    proptest! {
        #[test]
        fn code_is_as_right_as_itself_and_any_text_is_an_answer(
            model in "[a-z]{1,5}( (--[a-z]{1,3}|<[a-z]>|[a-z|;\"\n\\\\]{1,4})){0,8}", answer in "\\PC{0,40}|[a-z <>|;=-]{0,40}",
        ) {
            let model = code(&model, "bash", &[]);
            prop_assert_eq!(compare(&model, model.code.as_str()).share, 1.0, "{}", shown(&compare(&model, model.code.as_str())));
            let comparison = compare(&model, &answer);
            prop_assert!((0.0..=1.0).contains(&comparison.share));
            let kept = |change: Change| comparison.pieces.iter().filter(|piece| piece.change != change).count();
            prop_assert_eq!(kept(Change::Missing), tokens(&answer, "bash").len());
            prop_assert_eq!(kept(Change::Extra), tokens(model.code.as_str(), "bash").len());
        }
    }
}
