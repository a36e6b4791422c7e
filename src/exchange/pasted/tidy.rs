//! A pasted answer as Markdown: the lists, headings and code that it lost on the way are put back.

use super::split::Line;
use crate::exchange::points::entry;

/// Characters of a line from which on its end may be where somebody wrapped it.
const WRAPPED: usize = 45;
/// The longest line, in characters, that is a heading for what follows.
const LONGEST_HEAD: usize = 90;
/// What lists are made with elsewhere.
const BULLETS: [char; 12] = ['•', '●', '○', '◦', '▪', '▫', '■', '‣', '·', '–', '—', '➤'];

/// The lines of an answer as Markdown.
pub fn markdown(lines: &[Line<'_>]) -> String {
    let lines = fence_code(lines.iter().map(|line| line.text.trim_end().to_owned()).collect());
    let lines: Vec<String> = lines.into_iter().map(bullet).collect();
    let has_lists = outside_code(&lines).any(|line| entry(line.trim_start()).is_some());
    let text = if has_lists { lines.join("\n") } else { listed(&lines) };
    squeeze(&text)
}

/// Code that stood in a box of a chat, between fences again.
fn fence_code(lines: Vec<String>) -> Vec<String> {
    let mut fenced = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if line.trim() != "Copy code" {
            fenced.push(line);
            continue;
        }
        let is_language = |line: &String| !line.is_empty() && line.len() <= 20 && !line.contains([' ', ':', '.']);
        let language = if fenced.last().is_some_and(is_language) { fenced.pop() } else { None };
        fenced.extend([String::new(), format!("```{}", language.unwrap_or_default())]);
        let mut depth = 0;
        let mut is_bracketed = false;
        for line in lines.by_ref() {
            depth += line
                .chars()
                .map(|letter| i32::from("{[(".contains(letter)) - i32::from("}])".contains(letter)))
                .sum::<i32>();
            is_bracketed |= depth > 0;
            let is_over = if is_bracketed { depth <= 0 } else { line.is_empty() };
            fenced.push(line);
            if is_over {
                break;
            }
        }
        fenced.extend(["```".to_owned(), String::new()]);
    }
    fenced
}

/// A bullet of another kind as the one of Markdown.
fn bullet(line: String) -> String {
    let text = line.trim_start();
    match text.strip_prefix(BULLETS) {
        Some(rest) if rest.starts_with([' ', '\t', '\u{a0}']) => {
            let indent = line[..line.len() - text.len()].replace('\t', "  ");
            format!("{indent}- {}", rest.trim())
        }
        _ => line,
    }
}

fn outside_code(lines: &[String]) -> impl Iterator<Item = &String> {
    let mut is_code = false;
    lines.iter().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// Lines that stand below each other without a gap are a list, unless they are one text that was wrapped.
fn listed(lines: &[String]) -> String {
    let mut text = String::new();
    let (mut run, mut is_code): (Vec<&str>, bool) = (Vec::new(), false);
    for line in lines {
        let is_fence = line.trim_start().starts_with("```");
        if is_code || is_fence {
            write_run(&mut text, &mut run);
            text += &format!("{line}\n");
            is_code ^= is_fence;
        } else if line.is_empty() {
            write_run(&mut text, &mut run);
        } else {
            run.push(line);
        }
    }
    write_run(&mut text, &mut run);
    text
}

/// Writes the lines that stood together: headings, lists under them, and text.
fn write_run(text: &mut String, run: &mut Vec<&str>) {
    let lines = std::mem::take(run);
    let mut is_under_head = false;
    let has_sentences = lines.iter().filter(|line| line.ends_with('.')).count() * 2 >= lines.len();
    let is_head = |line: &str| is_head(line) || has_sentences && is_title(line);
    for part in lines.chunk_by(|one, next| !is_head(one) && !is_head(next)) {
        match part {
            [head] if is_head(head) => {
                *text += &format!("\n{}\n\n", emphasised(head));
                is_under_head = true;
                continue;
            }
            [line] if !is_under_head => *text += &format!("\n{line}\n"),
            wrapped if is_wrapped(wrapped) => *text += &format!("\n{}\n", wrapped.join("\n")),
            entries => {
                *text += "\n";
                for line in entries {
                    *text += &format!("- {}\n", line.trim_start());
                }
            }
        }
        is_under_head = false;
    }
    if !lines.is_empty() {
        *text += "\n";
    }
}

/// Whether a line stands over others.
fn is_head(line: &str) -> bool {
    line.ends_with(':') && line.chars().count() <= LONGEST_HEAD || line.starts_with('#')
}

/// Whether a line among sentences is none itself, but the name of what follows.
fn is_title(line: &str) -> bool {
    let is_open = line.ends_with(char::is_alphanumeric) || line.ends_with(')');
    is_open && line.chars().count() <= 60 && !line.contains(": ") && line.starts_with(char::is_uppercase)
}

fn emphasised(head: &str) -> String {
    let is_plain = !head.contains(['*', '_', '`', '#']);
    if is_plain { format!("**{}**", head.trim()) } else { head.to_owned() }
}

/// Whether the lines are one text that was broken where a page was full.
fn is_wrapped(lines: &[&str]) -> bool {
    let breaks = lines.windows(2).filter(|pair| {
        let is_open = !pair[0].ends_with(['.', '!', '?', ':', ';', ')']) && pair[0].chars().count() >= WRAPPED;
        is_open || pair[1].starts_with(char::is_lowercase)
    });
    breaks.count() * 2 > lines.len() - 1
}

/// The text without blank lines around it and without two in a row.
fn squeeze(text: &str) -> String {
    let (mut squeezed, mut is_code, mut gap) = (String::new(), false, false);
    for line in text.lines() {
        if !is_code && line.trim().is_empty() {
            gap = true;
            continue;
        }
        if gap && !squeezed.is_empty() {
            squeezed.push('\n');
        }
        is_code ^= line.trim_start().starts_with("```");
        gap = false;
        squeezed += line;
        squeezed.push('\n');
    }
    squeezed.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> String {
        let lines: Vec<_> = text.lines().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect();
        markdown(&lines)
    }

    #[test]
    fn lines_that_lost_their_bullets_get_them_back() {
        let pasted =
            "ECS runs containers.\n\nKey Features:\n\nScaling: both ways.\nSecurity: roles.\nSummary:\nIt is good.";
        let expected = "ECS runs containers.\n\n**Key Features:**\n\n- Scaling: both ways.\n- Security: roles.\n\n**Summary:**\n\n- It is good.";
        assert_eq!(tidied(pasted), expected);
    }

    #[test]
    fn a_wrapped_text_stays_one() {
        let pasted =
            "A task role is assumed by the application inside\nthe container and by nobody else in the whole\ncluster.";
        assert_eq!(tidied(pasted), pasted);
    }

    #[test]
    fn lists_of_another_kind_become_markdown_and_the_rest_is_left() {
        assert_eq!(
            tidied("Two:\n• one\n\t◦ inner\n- two\nText on\nlines"),
            "Two:\n- one\n  - inner\n- two\nText on\nlines"
        );
    }

    #[test]
    fn code_of_a_chat_is_fenced_again() {
        let pasted = "Example:\n\njson\nCopy code\n{\n  \"a\": [\n    1\n  ]\n}\nAttach it.";
        let expected = "**Example:**\n\n```json\n{\n  \"a\": [\n    1\n  ]\n}\n```\n\nAttach it.";
        assert_eq!(tidied(pasted), expected);
        assert_eq!(tidied("sh\nCopy code\nls\n\nThen go."), "```sh\nls\n\n```\n\nThen go.");
    }
}
