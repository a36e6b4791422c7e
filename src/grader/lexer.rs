//! Code as tokens: the words of a shell, or the names, texts and signs of any other language. Layout and comments are
//! no tokens.

use std::ops::Range;

/// Stands in a key for whatever word one likes.
pub const ANY: char = '\u{0}';

/// A token that separates the commands of a shell where a line ends.
const NEWLINE: &str = "\n";

/// A piece of code and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// A byte range of the code, on character borders.
    pub range: Range<usize>,
    /// What is compared: the token without its quotes, in small letters where case does not matter.
    pub key: String,
    /// Whether it ends a command of a shell.
    pub ends_command: bool,
}

/// Whether code in this language is read as commands of a shell.
pub fn is_shell(language: &str) -> bool {
    ["bash", "sh", "zsh", "shell", "console", "fish", "ksh", "terminal"]
        .iter()
        .any(|shell| language.eq_ignore_ascii_case(shell))
}

/// The tokens of a code, without a fence around it.
pub fn tokens(code: &str, language: &str) -> Vec<Token> {
    let inner = unfenced(code);
    let mut reader = Reader { code: &code[..inner.end], at: inner.start, tokens: Vec::new() };
    if is_shell(language) {
        reader.shell();
    } else {
        reader.any(language);
    }
    let is_end = |token: &Token| token.key == ";" && (token.ends_command || language.eq_ignore_ascii_case("sql"));
    while reader.tokens.last().is_some_and(is_end) {
        reader.tokens.pop();
    }
    reader.tokens
}

fn unfenced(code: &str) -> Range<usize> {
    let trimmed = code.trim();
    let start = code.len() - code.trim_start().len();
    let fence = trimmed.bytes().take_while(|&byte| byte == b'`').count();
    let inner = trimmed.find('\n').filter(|_| fence >= 3 && trimmed.len() >= 2 * fence);
    match inner {
        Some(first) if trimmed.ends_with(&trimmed[..fence]) && trimmed.len() - fence > first => {
            start + first + 1..start + trimmed.len() - fence
        }
        _ => start..start + trimmed.len(),
    }
}

struct Reader<'c> {
    code: &'c str,
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.code[self.at..]
    }

    fn push(&mut self, length: usize, key: impl Into<String>, ends_command: bool) {
        self.tokens.push(Token { range: self.at..self.at + length, key: key.into(), ends_command });
        self.at += length;
    }

    fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    fn shell(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            let rest = self.rest();
            let is_first = self.tokens.last().is_none_or(|token| token.ends_command);
            if let Some(more) = rest.strip_prefix("\\\r\n").or(rest.strip_prefix("\\\n")) {
                self.at = self.code.len() - more.len();
            } else if next == '\n' && rest.trim_start().starts_with('-') {
                // No command begins with a flag: the line goes on, with a backslash or without.
                self.at += 1;
            } else if next == '\n' {
                self.end_command(NEWLINE, is_first);
            } else if next.is_whitespace() {
                self.at += next.len_utf8();
            } else if next == '#' {
                self.skip_line();
            } else if is_first && rest.starts_with("$ ") {
                self.at += 2;
            } else if let Some(sign) = ["&&", "||", ";;", ";", "|", "&"].iter().find(|sign| rest.starts_with(**sign)) {
                self.end_command(sign, is_first);
            } else if let Some(sign) = [">>", "<<", ">", "<", "(", ")"].iter().find(|sign| is_sign(rest, sign)) {
                self.push(sign.len(), *sign, false);
            } else {
                self.shell_word();
            }
        }
    }

    /// A line feed and `;` are the same, and no command ends twice.
    fn end_command(&mut self, sign: &str, is_first: bool) {
        let is_break = matches!(sign, NEWLINE | ";");
        if is_break && is_first {
            self.at += sign.len();
        } else {
            if !is_break && self.tokens.last().is_some_and(|last| last.key == ";" && last.ends_command) {
                self.tokens.pop();
            }
            self.push(sign.len(), if is_break { ";" } else { sign }, true);
        }
    }

    /// A word without its quotes; `--flag=value` is two.
    fn shell_word(&mut self) {
        let (mut key, mut length, mut quote) = (String::new(), 0, None);
        let rest = self.rest();
        while let Some(next) = rest[length..].chars().next() {
            let here = &rest[length..];
            let step = next.len_utf8();
            match quote {
                Some(open) if next == open => quote = None,
                None | Some('"') if next == '<' && placeholder(here).is_some() => {
                    key.push(ANY);
                    length += placeholder(here).unwrap_or(step);
                    continue;
                }
                Some(_) if next != '\\' || quote == Some('\'') => key.push(next),
                None if matches!(next, '\'' | '"') => quote = Some(next),
                None if next.is_whitespace() || "|&;<>()".contains(next) => break,
                None if next == '=' && key.starts_with("--") => break,
                Some(_) | None if next == '\\' => {
                    let Some(protected) = here[step..].chars().next() else { break };
                    if protected != '\n' {
                        key.push(protected);
                    }
                    length += protected.len_utf8();
                }
                Some(_) | None => key.push(next),
            }
            length += step;
        }
        if length == 0 {
            // A sign that stands where no word can begin.
            let next = rest.chars().next().map_or(1, char::len_utf8);
            let sign = rest[..next].to_owned();
            return self.push(next, sign, false);
        }
        self.push(length, key, false);
        if self.rest().starts_with('=') {
            self.at += 1;
        }
    }

    fn any(&mut self, language: &str) {
        let is = |names: &[&str]| names.iter().any(|name| language.eq_ignore_ascii_case(name));
        let is_sql = is(&["sql", "psql", "mysql", "sqlite"]);
        let comment = match () {
            () if is_sql => "--",
            () if is(&["python", "py", "ruby", "yaml", "yml", "toml", "hcl", "terraform", "dockerfile", "r"]) => "#",
            () => "//",
        };
        while let Some(next) = self.rest().chars().next() {
            let rest = self.rest();
            if next.is_whitespace() {
                self.at += next.len_utf8();
            } else if rest.starts_with(comment) {
                self.skip_line();
            } else if let Some(length) = text_length(rest, next) {
                let key = format!("\"{}\"", &rest[1..length - 1]);
                self.push(length, key, false);
            } else if is_name(next) {
                let length = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
                let name = &rest[..length];
                let key = if is_sql { name.to_lowercase() } else { name.to_owned() };
                self.push(length, key, false);
            } else {
                self.push(next.len_utf8(), next, false);
            }
        }
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_sign(rest: &str, sign: &str) -> bool {
    rest.starts_with(sign) && !(sign == "<" && placeholder(rest).is_some())
}

/// The bytes of `<name>` at the start of a text.
fn placeholder(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    let name = rest.get(1..end)?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    (!name.is_empty() && name.chars().all(is_name)).then_some(end + 1)
}

/// The bytes of a text in quotes that ends on its line.
fn text_length(rest: &str, quote: char) -> Option<usize> {
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(code: &str, language: &str) -> Vec<String> {
        tokens(code, language).into_iter().map(|token| token.key.replace(ANY, "ANY")).collect()
    }

    #[test]
    fn a_shell_has_words_and_lines() {
        assert_eq!(
            keys("$ aws ecs \\\n  --name='my task'\n --all # so\n\nls | wc -l;", "bash"),
            ["aws", "ecs", "--name", "my task", "--all", ";", "ls", "|", "wc", "-l"]
        );
        assert_eq!(
            keys("a --task <task-id> x/<id> < f >> g", "sh"),
            ["a", "--task", "ANY", "x/ANY", "<", "f", ">>", "g"]
        );
        assert_eq!(keys("```bash\nls\n```", "bash"), ["ls"]);
        assert_eq!(keys("a\\ b \"c\\\"d\"", "bash"), ["a b", "c\"d"]);
    }

    #[test]
    fn another_language_has_names_texts_and_signs() {
        assert_eq!(
            keys("SELECT a\nFROM t -- so\nWHERE b='X';", "sql"),
            ["select", "a", "from", "t", "where", "b", "=", "\"X\""]
        );
        assert_eq!(
            keys("let a: &'a str = \"x\"; // so", "rust"),
            ["let", "a", ":", "&", "'", "a", "str", "=", "\"x\"", ";"]
        );
    }

    proptest! {
        #[test]
        fn any_code_is_read_and_tokens_stand_in_order(code in "\\PC{0,40}|[a-z<>|&;=\\\\\"' \n$#`-]{0,40}", shell in any::<bool>()) {
            let mut at = 0;
            for token in tokens(&code, if shell { "bash" } else { "rust" }) {
                prop_assert!(token.range.start >= at && token.range.end > token.range.start);
                prop_assert!(code.get(token.range.clone()).is_some());
                at = token.range.end;
            }
        }
    }
}
