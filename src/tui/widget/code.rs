//! Code in answers: strings, names and the rest told apart, line by line.

use crate::text::Safe;
use crate::tui::paint::Row;
use crate::tui::theme::Role;

/// One line of JSON, TOML, HCL or a shell, in runs. Strings before a `:` or `=`, and bare words before them, are names.
pub fn highlight(line: &str) -> Row {
    let mut row = Row::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (token, role) = match first {
            '"' => quoted(rest),
            '#' => (rest, Role::Quiet),
            _ if is_word(first) => word(rest),
            _ => (
                &rest[..rest.find(|next| next == '"' || next == '#' || is_word(next)).unwrap_or(rest.len())],
                Role::Code,
            ),
        };
        row = row.and(role, Safe::new(token));
        rest = &rest[token.len()..];
    }
    row
}

fn quoted(text: &str) -> (&str, Role) {
    let end = text[1..].match_indices('"').find(|(at, _)| !text[..=*at].ends_with('\\'));
    let token = end.map_or(text, |(at, _)| &text[..at + 2]);
    (token, if names_what_follows(&text[token.len()..]) { Role::CodeName } else { Role::CodeText })
}

fn word(text: &str) -> (&str, Role) {
    let token = &text[..text.find(|next| !is_word(next)).unwrap_or(text.len())];
    (token, if names_what_follows(&text[token.len()..]) { Role::CodeName } else { Role::Code })
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '-'
}

fn names_what_follows(rest: &str) -> bool {
    let rest = rest.trim_start();
    (rest.starts_with(':') && !rest.starts_with("::")) || (rest.starts_with('=') && !rest.starts_with("=="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(line: &str) -> Vec<(String, Role)> {
        highlight(line).0.into_iter().map(|run| (run.words.as_str().to_owned(), run.role)).collect()
    }

    #[test]
    fn names_and_values_of_json_are_told_apart() {
        let told = roles(r#"  "name": "DB \"x\"","#);
        assert!(told.contains(&(r#""name""#.to_owned(), Role::CodeName)));
        assert!(told.contains(&(r#""DB \"x\"""#.to_owned(), Role::CodeText)));
    }

    #[test]
    fn nothing_of_a_line_is_lost() {
        for line in ["", "\"open", "cpu = 256 # units", "aws ecs execute-command --task x", "é: \"日本\""] {
            assert_eq!(highlight(line).text(), line);
        }
    }
}
