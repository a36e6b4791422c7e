//! Texts reduced to what they say, so that two of them can be compared.

use unicode_normalization::UnicodeNormalization;

/// Words that a question can have more or less of and still ask the same.
const FILLERS: [&str; 34] = [
    "a", "an", "and", "are", "be", "briefly", "can", "could", "define", "describe", "do", "does", "explain", "for",
    "in", "is", "it", "me", "of", "own", "please", "s", "say", "tell", "the", "to", "us", "was", "what", "whats",
    "words", "you", "your", "about",
];
/// Words that make the order of what is asked about indifferent.
const COMPARING: [&str; 9] =
    ["between", "compare", "differ", "difference", "distinguish", "tell apart", "versus", "vs", "contrast"];
/// What authors write where something is to come.
const PLACEHOLDERS: [&str; 12] = [
    "todo",
    "tbd",
    "tba",
    "fixme",
    "xxx",
    "tk",
    "lorem ipsum",
    "to do",
    "to be done",
    "question",
    "answer",
    "placeholder",
];

/// The words in small letters, without punctuation, marks and spaces between them.
pub fn folded(text: &str) -> String {
    words(text).join(" ")
}

/// What is left of a question if another wording of the same question is to leave the same; never empty if it has a
/// word.
pub fn asked(question: &str) -> String {
    let all = words(question);
    let is_comparison = all.iter().any(|word| COMPARING.contains(&word.as_str()));
    let mut matter: Vec<String> =
        all.iter().filter(|word| !FILLERS.contains(&word.as_str())).map(|word| singular(word)).collect();
    if is_comparison {
        matter.retain(|word| !COMPARING.contains(&word.as_str()));
        matter.sort_unstable();
        matter.push("compared".to_owned());
    }
    if matter.is_empty() { all.join(" ") } else { matter.join(" ") }
}

/// Whether the text only holds the place of another one.
pub fn is_placeholder(text: &str) -> bool {
    let folded = folded(text);
    let is_mark = folded.is_empty() && text.chars().all(|mark| mark.is_whitespace() || ".…?-_*".contains(mark));
    is_mark || PLACEHOLDERS.contains(&folded.as_str()) || folded.starts_with("lorem ipsum")
}

fn words(text: &str) -> Vec<String> {
    let plain: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkd()
            .filter(|mark| !unicode_normalization::char::is_combining_mark(*mark))
            .collect::<String>()
            .to_lowercase()
    };
    let plain = plain.replace(['\'', '’'], "");
    let is_part = |character: char| character.is_alphanumeric() || character == '+' || character == '#';
    plain.split(|character| !is_part(character)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The word without the `s` of a plural.
fn singular(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']));
    stem.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_wordings_of_a_question_ask_the_same() {
        for (one, other) in [
            ("What is Amazon ECS?", "Explain **Amazon ECS** in your own words."),
            ("What's a task role?", "What is the task role"),
            ("What is the difference between ECS and EKS?", "Compare EKS and ECS."),
            ("What are task definitions?", "What is a task definition?"),
            ("Qu’est-ce qu’un réseau ?", "Qu'est-ce qu'un reseau?"),
        ] {
            assert_eq!(asked(one), asked(other));
        }
    }

    #[test]
    fn different_questions_stay_different() {
        for (one, other) in [
            ("Why is ECS used?", "How is ECS used?"),
            ("Does ECS call IAM?", "Does IAM call ECS?"),
            ("What is C?", "What is C++?"),
            ("When does the task role apply?", "Where does the task role apply?"),
            ("What is it?", "What is that?"),
            ("日本の首都は?", "中国の首都は?"),
        ] {
            assert_ne!(asked(one), asked(other));
        }
    }

    #[test]
    fn a_text_that_waits_for_another_one_is_told_from_a_short_answer() {
        assert!(
            ["To do", "todo.", "...", "…", "TBD", "fixme!", "Lorem ipsum dolor sit amet"]
                .into_iter()
                .all(is_placeholder)
        );
        assert!(!["No.", "To do it later, use a queue.", "+", "42", "x"].into_iter().any(is_placeholder));
    }
}
