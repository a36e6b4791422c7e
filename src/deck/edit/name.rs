//! Ids for new cards: short, from the words that tell one question from another, and free.

use crate::card::{Card, Id};
use crate::deck::suggest;

/// The longest id that is proposed, in bytes.
const LONGEST: usize = 40;

/// Words that most questions share.
const USUAL: [&str; 44] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "describe", "did", "do", "does", "explain", "for",
    "from", "give", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "of", "on", "or", "s", "should",
    "tell", "that", "the", "there", "to", "was", "what", "which", "would", "you", "your",
];

/// A short id in the words of a question: `difference-between-task-role-execution` for a long one, `card` where there is
/// no word in it that an id could have.
pub fn propose_id(question: &str) -> Id {
    let plain: String = question.chars().map(|character| if character == '\'' { ' ' } else { character }).collect();
    let whole = suggest::id(&plain).map(String::from).unwrap_or_default();
    let words = || whole.split('-').filter(|word| !word.is_empty());
    let telling: Vec<_> = words().filter(|word| !USUAL.contains(word)).collect();
    let chosen = if telling.is_empty() { words().collect() } else { telling };
    let mut id = String::new();
    for word in chosen {
        let longer = if id.is_empty() { word.to_owned() } else { format!("{id}-{word}") };
        if longer.len() > LONGEST && !id.is_empty() {
            break;
        }
        id = longer;
    }
    id.parse().unwrap_or_else(|_| "card".parse().expect("an id"))
}

/// The wanted id, with a number behind it if a card has it already.
pub fn free_id(wanted: &Id, cards: &[Card]) -> Id {
    let is_free = |id: &Id| !cards.iter().any(|card| card.id == *id);
    let stem = wanted.as_str();
    let numbered = (2_u32..).filter_map(|number| {
        let end = format!("-{number}");
        let kept = stem.len().min(crate::card::LONGEST_ID - end.len());
        format!("{}{end}", stem[..kept].trim_end_matches(['-', '_', '.'])).parse().ok()
    });
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_the_words_that_tell_a_question_from_others() {
        let proposed = |question: &str| propose_id(question).to_string();
        assert_eq!(proposed("What is Amazon ECS?"), "amazon-ecs");
        assert_eq!(proposed("What's a *task role*?"), "task-role");
        assert_eq!(proposed("How do you do?"), "how-do-you-do");
        assert_eq!(proposed("Ce qu'est un réseau à Zürich"), "ce-qu-est-un-reseau-zurich");
        assert_eq!(proposed("日本語?"), "card");
        assert_eq!(proposed(&"word ".repeat(50)), "word-word-word-word-word-word-word-word");
        assert_eq!(proposed(&"x".repeat(500)).len(), crate::card::LONGEST_ID);
    }

    #[test]
    fn a_taken_id_gets_a_number_and_is_never_too_long() {
        let text = |id: &str| format!("[[card]]\nid = \"{id}\"\nquestion = \"Q?\"\nanswer = \"A.\"\n");
        let long = "x".repeat(crate::card::LONGEST_ID);
        let deck = format!("format = 1\nid = \"d\"\ntitle = \"D\"\n{}{}{}", text("a"), text("a-2"), text(&long));
        let cards = crate::deck::parse(&deck).deck.expect("a deck").cards;
        let free = |wanted: &str| free_id(&wanted.parse().expect("an id"), &cards).to_string();
        assert_eq!((free("b"), free("a")), ("b".to_owned(), "a-3".to_owned()));
        assert_eq!(free(&long), format!("{}-2", &long[2..]));
    }
}
