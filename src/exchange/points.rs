//! Points from the lists of an answer.

use super::build::MOST_POINTS;
use crate::text::Safe;

/// Headings that say nothing about the lines below them.
const EMPTY: [&str; 8] = ["summary", "key points", "points", "example", "examples", "notes", "conclusion", "in short"];

/// The points that the lists of an answer make, or how many lines those have if they are too many.
pub fn of(answer: &str) -> Result<Vec<Safe>, usize> {
    let items = items(answer);
    let mut heads: Vec<&str> = items.iter().filter_map(|item| item.head.as_deref()).collect();
    heads.sort_unstable();
    heads.dedup();
    let is_divided = heads.len() > 1;
    let told = |item: &Item| match &item.head {
        Some(head) if is_divided && !EMPTY.contains(&head.to_lowercase().as_str()) => format!("{head}: {}", item.text),
        _ => item.text.clone(),
    };
    let is_said = |text: &String| text.split_whitespace().nth(1).is_some();
    let points: Vec<Safe> = items.iter().map(told).filter(is_said).map(|text| Safe::new(&text)).collect();
    match points.len() {
        0 | 1 => Ok(Vec::new()),
        length if length > MOST_POINTS => Err(length),
        _ => Ok(points),
    }
}

struct Item {
    head: Option<String>,
    text: String,
    indent: usize,
}

/// The entries of all lists that have no list of their own, each with what stands over it.
fn items(answer: &str) -> Vec<Item> {
    let (mut items, mut head, mut fence): (Vec<Item>, Option<String>, bool) = (Vec::new(), None, false);
    let mut is_open = false;
    for line in answer.lines() {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
            is_open = false;
        } else if fence || bare.is_empty() {
            is_open &= !bare.is_empty();
        } else if let Some(text) = entry(bare) {
            let indent = line.len() - line.trim_start().len();
            let over = nest(&mut items, indent).or_else(|| head.clone());
            items.push(Item { head: over, text: plain(text), indent });
            is_open = true;
        } else if let Some(name) = heading(bare) {
            head = Some(name);
            is_open = false;
        } else if is_open && let Some(item) = items.last_mut() {
            item.text = format!("{} {}", item.text, plain(bare));
        }
    }
    items.retain(|item| !item.text.ends_with(':'));
    items
}

/// What the new entry stands under, if the one before it is less indented; a parent is no entry of its own any more.
fn nest(items: &mut Vec<Item>, indent: usize) -> Option<String> {
    match items.last() {
        Some(last) if last.indent < indent => {
            let parent = items.pop()?;
            Some(parent.text.trim_end_matches(':').to_owned())
        }
        Some(last) if last.indent == indent && indent > 0 => last.head.clone(),
        _ => None,
    }
}

/// The text of a list entry.
pub fn entry(line: &str) -> Option<&str> {
    let bullet = line.strip_prefix(['-', '*', '+', '•']).and_then(|rest| rest.strip_prefix([' ', '\t']));
    let number = || {
        let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        (1..=3).contains(&(line.len() - rest.len())).then(|| rest.strip_prefix(['.', ')'])?.strip_prefix(' ')).flatten()
    };
    bullet.or_else(number).map(str::trim)
}

/// What a line says that stands over others: a heading, or a line that ends in a colon.
fn heading(line: &str) -> Option<String> {
    let text = plain(line.trim_start_matches('#'));
    let is_heading = line.starts_with('#') && text.len() < line.len();
    let is_bold = line.starts_with("**") && line.ends_with("**");
    (is_heading || is_bold || text.ends_with(':')).then(|| text.trim_end_matches(':').to_owned())
}

fn plain(text: &str) -> String {
    text.replace("**", "").replace("__", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(answer: &str) -> Vec<String> {
        of(answer).expect("few").iter().map(Safe::to_string).collect()
    }

    #[test]
    fn a_list_becomes_points_and_prose_does_not() {
        assert_eq!(points("Key points:\n\n- It **scales**.\n- It is\n  cheap.\n"), ["It scales.", "It is cheap."]);
        assert_eq!(points("Only text. And more."), Vec::<String>::new());
        assert_eq!(points("- one entry is no list"), Vec::<String>::new());
        assert_eq!(points("```\n- not this\n- nor this\n```"), Vec::<String>::new());
    }

    #[test]
    fn what_stands_over_a_list_is_said_where_there_are_several() {
        let answer = "**Task role:**\n\n- For your code.\n- At run time.\n\n**Execution role:**\n\n- For the agent.\n\nSummary:\n1. Two roles.";
        let expected =
            ["Task role: For your code.", "Task role: At run time.", "Execution role: For the agent.", "Two roles."];
        assert_eq!(points(answer), expected);
    }

    #[test]
    fn an_entry_with_a_list_of_its_own_stands_over_that() {
        let answer = "- Bridge:\n  - is the default\n  - maps ports\n- Host:\n  - is fast";
        assert_eq!(points(answer), ["Bridge: is the default", "Bridge: maps ports", "Host: is fast"]);
    }

    #[test]
    fn more_lines_than_points_are_counted() {
        assert_eq!(of(&"- one thing\n".repeat(MOST_POINTS + 1)), Err(MOST_POINTS + 1));
    }
}
