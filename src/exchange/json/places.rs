//! The lines on which the objects of a JSON text begin.

use std::collections::HashMap;

/// The lines, from 1, of the objects in each list of the outermost object, by the key of the list; those of a list that
/// stands alone are under the empty key.
pub fn of(text: &str) -> HashMap<String, Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let (mut depth, mut line, mut key, mut word) = (0_usize, 1, String::new(), String::new());
    let (mut is_text, mut is_escaped) = (false, false);
    let base = usize::from(text.trim_start().starts_with('{'));
    for letter in text.chars() {
        line += usize::from(letter == '\n');
        if is_text {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => is_text = false,
                _ if depth == base => word.push(letter),
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => {
                is_text = true;
                if depth == base {
                    word.clear();
                }
            }
            ':' if depth == base => key.clone_from(&word),
            '[' => depth += 1,
            '{' => {
                if depth == base + 1 {
                    places.entry(key.clone()).or_default().push(line);
                }
                depth += 1;
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_on_their_lines() {
        let text = "{\n\"title\": \"a { [\",\n\"card\": [\n{ \"point\": [{}] },\n{}\n], \"exercise\": [{}]\n}";
        let places = of(text);
        assert_eq!(places["card"], [4, 5]);
        assert_eq!(places["exercise"], [6]);
        assert_eq!(of("[\n{},\n{ \"a\": [{}] }\n]")[""], [2, 3]);
    }
}
