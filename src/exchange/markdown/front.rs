//! What stands between `---` at the top of a Markdown file.

use crate::exchange::Imported;
use crate::exchange::build::shown;
use crate::safe;
use crate::text::Safe;

/// The lines of a file below what describes it.
pub struct Body<'t> {
    pub lines: Vec<&'t str>,
    /// Lines above the first of them.
    pub above: usize,
}

/// Takes a title from the description at the top; what else stands there is listed. A `---` that no other closes is no
/// description.
pub fn take<'t>(text: &'t str, imported: &mut Imported) -> Body<'t> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &str| matches!(line.trim(), "---" | "+++");
    let end =
        lines.first().filter(|line| is_rule(line)).and_then(|_| lines.iter().skip(1).position(|line| is_rule(line)));
    let Some(end) = end.filter(|end| lines[1..=*end].iter().all(|line| is_description(line))) else {
        return Body { lines, above: 0 };
    };
    for (at, line) in lines[1..=end].iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (key, value) = line.split_once(['=', ':']).unwrap_or(("", line));
        let value = value.trim();
        let quoted = serde_json::from_str::<String>(value).ok();
        let value = quoted.as_deref().unwrap_or_else(|| value.trim_matches(['"', '\'']));
        match key.trim() {
            "name" | "title" | "deck" => imported.title = Some(Safe::new(value).line()),
            "tags" if value.trim_matches(['[', ']']).starts_with("flashcard") => {}
            _ => imported.lose(at + 2, safe!("Describes the file and is not taken: {}", shown(line))),
        }
    }
    Body { lines: lines[end + 2..].to_vec(), above: end + 2 }
}

/// Whether a line is a key with its value, a comment, an entry of a list, or empty.
fn is_description(line: &str) -> bool {
    let line = line.trim();
    let is_card = ["Q:", "A:", "C:"].iter().any(|mark| line.starts_with(mark));
    line.is_empty() || line.starts_with(['#', '-']) || line.contains([':', '=']) && !is_card
}
