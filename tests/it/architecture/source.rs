//! Rust files as the house rules see them: code without comments, strings and tests, and the paths that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files under `src/`, by their path below it.
#[derive(Default)]
pub struct Sources(BTreeMap<String, File>);

pub struct File {
    pub text: String,
    /// Comments, the insides of strings and items for tests are blanked; lines stay where they are.
    pub code: String,
    /// Modules that exist for tests only, by their path below `src/`.
    tests: Vec<String>,
}

impl Sources {
    pub fn read(folder: &Path) -> Sources {
        let mut sources = Sources::default();
        sources.read_folder(folder, "");
        sources
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().into_string().expect("a name in UTF-8"));
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &format!("{name}/"));
            } else if let Some(module) = name.strip_suffix(".rs") {
                let text = std::fs::read_to_string(entry.path()).expect("a source file");
                self.add(module, text);
            }
        }
    }

    /// Adds a file; `module` is its path below `src/` without the ending.
    pub fn add(&mut self, module: &str, text: impl Into<String>) {
        let text = text.into();
        let (code, tests) = without_tests(&without_words(&text));
        let folder = if matches!(module, "lib" | "main") { String::new() } else { format!("{module}/") };
        let tests = tests.into_iter().map(|name| format!("{folder}{name}")).collect();
        self.0.insert(module.to_owned(), File { text, code, tests });
    }

    pub fn get(&self, module: &str) -> Option<&File> {
        self.0.get(module)
    }

    /// Every file that is part of the program, with its module path; files for tests are left out.
    pub fn program(&self) -> impl Iterator<Item = (&str, &File)> {
        let tests: BTreeSet<&String> = self.0.values().flat_map(|file| &file.tests).collect();
        let is_test =
            move |module: &str| tests.iter().any(|test| module == *test || module.starts_with(&format!("{test}/")));
        self.0.iter().map(|(module, file)| (module.as_str(), file)).filter(move |(module, _)| !is_test(module))
    }
}

/// The text with comments and the insides of literals blanked.
fn without_words(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment(rest),
            '"' => quoted(rest, '"'),
            'r' | 'b' | 'c' if !ends_in_word(&code) => literal(rest),
            '\'' => character(rest),
            _ => 0,
        };
        let taken = if length == 0 { first.len_utf8() } else { length };
        let piece = &rest[..taken];
        match length {
            0 => code.push_str(piece),
            _ => code.extend(piece.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' })),
        }
        rest = &rest[taken..];
    }
    code
}

fn ends_in_word(code: &str) -> bool {
    code.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

/// The length of a block comment, with those inside it.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let step = &text[at..];
        match () {
            () if step.starts_with("/*") => (depth, at) = (depth + 1, at + 2),
            () if step.starts_with("*/") => (depth, at) = (depth - 1, at + 2),
            () => at += step.chars().next().map_or(1, char::len_utf8),
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a literal with escapes, from its opening mark to its closing one.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a string with a prefix such as `r#"` or `b"`; 0 if there is none.
fn literal(text: &str) -> usize {
    let prefix = text.len() - text.trim_start_matches(['r', 'b', 'c']).len();
    let hashes = text[prefix..].len() - text[prefix..].trim_start_matches('#').len();
    let start = prefix + hashes;
    if prefix > 2 || !text[start..].starts_with('"') {
        return 0;
    }
    if !text[..prefix].contains('r') {
        return if hashes == 0 { start + quoted(&text[start..], '"') } else { 0 };
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[start + 1..].find(&end).map_or(text.len(), |at| start + 1 + at + end.len())
}

/// The length of a character literal; 0 for a lifetime.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), _) => quoted(text, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// The code without items under `#[cfg(test)]`, and the names of the modules among them that have files.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let (mut kept, mut modules) = (String::new(), Vec::new());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item_end(item);
        let words: Vec<&str> = item[MARK.len()..end].split_whitespace().collect();
        if let Some(place) = words.iter().position(|word| *word == "mod")
            && let Some(name) = words.get(place + 1).and_then(|name| name.strip_suffix(';'))
        {
            modules.push(name.to_owned());
        }
        kept.extend(item[..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        rest = &item[end..];
    }
    kept.push_str(rest);
    (kept, modules)
}

/// Where an item ends: at its semicolon, or at the brace that closes it.
fn item_end(item: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in item.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Every path that begins with `root`, as its parts after it; `root::{a, b::c}` gives `a` and `b::c`.
pub fn paths(code: &str, root: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for at in words(code, root) {
        let rest = code[at + root.len()..].trim_start();
        if let Some(tree) = rest.strip_prefix("::") {
            read_tree(tree, &[], &mut found);
        }
    }
    found
}

/// Where a word stands alone.
pub fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| !code[..*at].ends_with(is_word) && !code[at + word.len()..].starts_with(is_word))
}

/// Reads one tree of a `use` or the rest of a path; gives what comes after it.
fn read_tree<'a>(text: &'a str, above: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            match rest.chars().next() {
                Some('}') => return &rest[1..],
                Some(',') => rest = &rest[1..],
                Some(_) => {
                    let after = read_tree(rest, above, found);
                    if after.len() == rest.len() {
                        return after;
                    }
                    rest = after;
                }
                None => return rest,
            }
        }
    }
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '*'));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut path = above.to_vec();
    path.push(name.to_owned());
    if let Some(below) = rest.trim_start().strip_prefix("::")
        && below.trim_start().starts_with(|letter: char| letter.is_alphabetic() || "_{*".contains(letter))
    {
        return read_tree(below, &path, found);
    }
    found.push(path);
    let renamed = rest.trim_start().strip_prefix("as ").map(str::trim_start);
    renamed.map_or(rest, |name| name.trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_'))
}
