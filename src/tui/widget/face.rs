//! What is asked and what is right, drawn by the kind of the card.

use std::ops::Range;

use super::markdown;
use crate::card::{Card, Cloze, Code, Gap, Kind};
use crate::grader::{Change, Comparison};
use crate::text::{Safe, width};
use crate::tui::paint::{Row, Run};
use crate::tui::theme::Role;

/// The narrowest and the widest blank, and the step between: its width does not tell the word.
const BLANK: (usize, usize, usize) = (4, 24, 4);

/// Signs of ASCII are moved here while Markdown is read, so that it takes none of a gap's for its own: those of gaps,
/// then those of the gap on which one types.
const SHIELDS: [u32; 2] = [0x10_ff00, 0x10_fe00];

/// What is asked. The gaps of a cloze are drawn as blanks or hints.
pub fn asked(card: &Card, columns: usize) -> Vec<Row> {
    match &card.kind {
        Kind::Recall(_) | Kind::Choice(_) | Kind::Code(_) => markdown::rows(&card.prompt(), columns, Role::Question),
        Kind::Cloze(cloze) => filling(cloze, &[], None, columns),
    }
}

/// A cloze with what is written so far in its gaps; the gap of that number is the one on which one types.
pub fn filling(cloze: &Cloze, written: &[Safe], current: Option<usize>, columns: usize) -> Vec<Row> {
    let mut place = 0;
    let (text, ranges) = cloze.with(|gap| {
        let words = written.get(place).filter(|words| !words.is_empty()).map(Safe::to_string);
        let is_current = current == Some(place);
        place += 1;
        shield(&words.unwrap_or_else(|| blank(gap)), usize::from(is_current))
    });
    let mut rows = markdown::marked(&text, columns, Role::Question, &ranges, false);
    for run in rows.iter_mut().flat_map(|row| &mut row.0) {
        unshield(run);
    }
    rows
}

/// The answer with what its author says of other ways, but not what surrounds it.
pub fn answer(card: &Card, columns: usize, brackets: bool) -> Vec<Row> {
    match &card.kind {
        Kind::Recall(_) | Kind::Choice(_) => markdown::rows(&card.model_answer(), columns, Role::Text),
        Kind::Cloze(cloze) => revealed(cloze, columns, brackets),
        Kind::Code(code) => {
            let mut rows = markdown::rows(&code.answer(), columns, Role::Text);
            rows.extend(also_right(code, columns));
            rows
        }
    }
}

/// A cloze with the right words in its gaps, marked; between brackets too if there is no colour to tell them by.
fn revealed(cloze: &Cloze, columns: usize, brackets: bool) -> Vec<Row> {
    let (text, ranges) = cloze.filled();
    let bare = |range: Range<usize>| {
        let words = &text.as_str()[range.clone()];
        let inner = words.trim_matches(['`', '*']);
        let start = range.start + words.len() - words.trim_start_matches(['`', '*']).len();
        if inner.is_empty() { range } else { start..start + inner.len() }
    };
    let ranges: Vec<_> = ranges.iter().cloned().map(bare).collect();
    markdown::marked(&text, columns, Role::Text, &ranges, brackets)
}

fn also_right(code: &Code, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for other in code.others() {
        rows.extend([Row::new(), Row::of(Role::Quiet, "Also right:")]);
        rows.extend(markdown::rows(&other, columns, Role::Text));
    }
    rows
}

fn blank(gap: &Gap) -> String {
    if let Some(hint) = &gap.hint {
        return format!("[{hint}]");
    }
    let (least, most, step) = BLANK;
    let widest = gap.ways().map(|way| width::columns(way.as_str())).max().unwrap_or(least);
    "_".repeat(widest.next_multiple_of(step).clamp(least, most))
}

fn shield(words: &str, which: usize) -> String {
    let moved = |letter: char| match letter {
        '!'..='~' => char::from_u32(SHIELDS[which] + u32::from(letter)).unwrap_or(letter),
        _ => letter,
    };
    words.chars().map(moved).collect()
}

fn unshield(run: &mut Run) {
    let mut role = run.role;
    let back = |letter: char| {
        let place = SHIELDS.iter().position(|shield| (*shield..shield + 0x100).contains(&u32::from(letter)));
        let Some(place) = place else { return letter };
        role = [Role::Accent, Role::Cursor][place];
        char::from_u32(u32::from(letter) - SHIELDS[place]).unwrap_or(letter)
    };
    let words: String = run.words.as_str().chars().map(back).collect();
    if role != run.role {
        *run = Run { role, words: Safe::new(&words).into() };
    }
}

/// What differs, in the layout of the author's code: `[-…-]` is too much, `[+…+]` is missing.
pub fn difference(comparison: &Comparison, columns: usize) -> Vec<Row> {
    let (mut rows, mut row, mut indent) = (Vec::new(), Row::new().gap(2), 2);
    for (place, piece) in comparison.pieces.iter().enumerate() {
        let (role, words) = match piece.change {
            Change::Same => (Role::Code, piece.text.clone()),
            Change::Missing => (Role::Good, crate::safe!("[+{}+]", piece.text)),
            Change::Extra => (Role::Bad, crate::safe!("[-{}-]", piece.text)),
        };
        let before = if place == 0 { "" } else { piece.space.as_str() };
        let is_new = before.contains('\n') && piece.change != Change::Extra;
        // Where a token was put in, a space keeps its neighbours apart.
        let is_near = place > 0 && piece.change == comparison.pieces[place - 1].change && before.is_empty();
        let gap = usize::from(place > 0 && !is_new && !is_near);
        if is_new {
            rows.push(std::mem::replace(&mut row, Row::new()));
            indent = (2 + width::columns(before.rsplit('\n').next().unwrap_or_default())).min(columns / 2);
            row = row.gap(indent);
        } else if row.columns() + gap + width::columns(words.as_str()) > columns && row.columns() > indent + 2 {
            rows.push(std::mem::replace(&mut row, Row::new().gap(indent + 2)));
        } else {
            row = row.gap(gap);
        }
        let mut rest = words.as_str();
        loop {
            let room = columns.saturating_sub(row.columns()).max(4);
            let cut = width::prefix(rest, room);
            row = row.and(role, Safe::new(cut));
            rest = &rest[cut.len()..];
            if rest.is_empty() || cut.is_empty() {
                break;
            }
            rows.push(std::mem::replace(&mut row, Row::new().gap(indent + 2)));
        }
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grader::compare;

    fn cloze(text: &str) -> Cloze {
        Cloze::new(Safe::new(text)).expect("gaps")
    }

    fn shown(rows: &[Row]) -> String {
        let run = |run: &Run| match run.role {
            Role::Accent | Role::Evidence => format!("{{{}}}", run.words.as_str()),
            Role::Cursor => format!("|{}|", run.words.as_str()),
            _ => run.words.as_str().to_owned(),
        };
        rows.iter().map(|row| row.0.iter().map(run).collect::<String>()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn gaps_are_blanks_or_hints_whatever_markdown_makes_of_them() {
        let cloze = cloze("- {{EC2}}\n- (`{{Fargate}}`) and ({{x::which *one*}}): **{{y}}**");
        assert_eq!(
            shown(&filling(&cloze, &[], None, 60)),
            "{• }{____}\n{• }({________}) and ({[which}{ }{*one*]}): {____}"
        );
        let written = [Safe::from("_a_"), Safe::default(), Safe::default(), Safe::default()];
        let drawn = shown(&filling(&cloze, &written, Some(1), 60));
        assert!(drawn.starts_with("{• }{_a_}\n{• }(|________|)"), "{drawn}");
    }

    #[test]
    fn what_is_right_is_marked_with_brackets_where_there_is_no_colour() {
        let cloze = cloze("The {{execution role}} is `{{executionRoleArn}}`, {{`a`}}.");
        assert_eq!(shown(&revealed(&cloze, 60, true)), "The {[execution}{ }{role]} is {[executionRoleArn]}, {[a]}.");
    }

    #[test]
    fn a_difference_is_told_by_sign_in_the_layout_of_the_code() {
        let code = Code {
            question: Safe::from("How?"),
            code: Safe::from("aws ecs list-tasks \\\n  --cluster <name> \\\n  --launch-type FARGATE"),
            language: Some(Safe::from("bash")),
            accept: Vec::new(),
        };
        let rows = difference(&compare(&code, "aws ec2 list-tasks --cluster c"), 60);
        let text: Vec<_> = rows.iter().map(Row::text).collect();
        assert_eq!(
            text,
            ["  aws [-ec2-] [+ecs+] list-tasks", "    --cluster <name>", "    [+--launch-type+] [+FARGATE+]"]
        );
    }

    proptest! {
        #[test]
        fn no_row_is_too_wide(code in "[a-z(){}\n ]{1,60}", answer in "[a-z(){}\n 日]{0,60}", columns in 10..60_usize) {
            let code = Code { question: Safe::from("?"), code: Safe::new(&code), language: None, accept: Vec::new() };
            let rows = difference(&compare(&code, &answer), columns);
            prop_assert!(rows.iter().all(|row| row.columns() <= columns.max(12)), "{rows:?}");
        }
    }
}
