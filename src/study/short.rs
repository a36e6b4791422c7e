//! A short question on one point of a card, made from the words of the deck.

use std::collections::HashSet;

use crate::card::{Card, Id, Kind, Point, Recall};
use crate::safe;
use crate::text::Safe;

/// Words that a point must have before one of them is hidden: with fewer, what is left asks nothing.
const FEWEST: usize = 4;

/// Letters of a plain word that is worth hiding. A name or a number may be shorter.
const LONG: usize = 5;

/// What stands for hidden words.
const GAP: &str = "____";

/// Words that begin or join a sentence and tell nothing of the subject.
const PLAIN: [&str; 24] = [
    "about", "after", "against", "before", "because", "being", "between", "cannot", "could", "every", "instead",
    "might", "never", "other", "rather", "should", "their", "there", "these", "those", "where", "which", "while",
    "would",
];

/// A card that asks for one point of another: its answer is the point, with that of the card below it, and it is marked on
/// the point alone. It asks what the
/// deck has an interviewer ask (the point's `probe`); else it shows the point with a word hidden; else it asks to name it.
/// None if the card has no such point.
pub fn short(card: &Card, point: &Id) -> Option<Card> {
    let Kind::Recall(recall) = &card.kind else { return None };
    let point = recall.points.iter().find(|own| own.id == *point)?;
    let question = safe!("{}\n\nOne point of: {}", ask(recall, point), recall.question.line());
    let short = Recall {
        question,
        answer: safe!("{}\n\n*The whole answer*\n\n{}", point.text, recall.answer),
        points: vec![Point { probe: None, ..point.clone() }],
        misconceptions: Vec::new(),
        sides: Vec::new(),
    };
    Some(Card { kind: Kind::Recall(short), note: None, follow_ups: Vec::new(), ..card.clone() })
}

/// The word that a short question hides, as the point writes it; none if the question shows no point.
pub fn hidden(card: &Card, point: &Id) -> Option<Safe> {
    let Kind::Recall(recall) = &card.kind else { return None };
    let point = recall.points.iter().find(|own| own.id == *point).filter(|point| point.probe.is_none())?;
    telling(recall, point).map(Safe::new)
}

fn ask(recall: &Recall, point: &Point) -> Safe {
    if let Some(probe) = &point.probe {
        return probe.line();
    }
    match telling(recall, point) {
        Some(word) => {
            let text = point.text.line();
            let gaps = text.as_str().split(' ').map(|part| match core(part) == word {
                true => part.replace(word, GAP),
                false => part.to_owned(),
            });
            safe!("What is missing? {}", gaps.collect::<Vec<_>>().join(" "))
        }
        None => {
            let first = point.text.as_str().split_whitespace().next().unwrap_or_default();
            safe!("Name one thing that belongs to the answer. It begins: “{first} …”")
        }
    }
}

/// The word of a point that tells most: a name, an acronym or a number, else the longest word; never one that the question
/// of the card says already. The first one of equals.
fn telling<'p>(recall: &Recall, point: &'p Point) -> Option<&'p str> {
    let folded = |text: &str| text.to_lowercase();
    let known: HashSet<String> = recall.question.as_str().split_whitespace().map(|part| folded(core(part))).collect();
    let words: Vec<&str> = point.text.as_str().split_whitespace().map(core).collect();
    if words.len() < FEWEST {
        return None;
    }
    let is_name = |at: usize, word: &str| {
        let is_marked = |letter: char| letter.is_uppercase() || letter.is_ascii_digit() || "_:/".contains(letter);
        word.chars().skip(usize::from(at == 0)).any(is_marked)
    };
    let rank = |at: usize, word: &str| {
        let letters = word.chars().count();
        let is_worth = is_name(at, word) || (letters >= LONG && !PLAIN.contains(&folded(word).as_str()));
        let is_new = letters > 1 && !known.contains(&folded(word));
        (is_worth && is_new).then_some((is_name(at, word), letters))
    };
    let ranked = words.iter().enumerate().filter_map(|(at, word)| Some((rank(at, word)?, at)));
    let best = ranked.max_by_key(|(rank, at)| (*rank, std::cmp::Reverse(*at)))?;
    Some(words[best.1])
}

/// A word without the marks around it.
fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    fn card(text: &str, probe: Option<&str>) -> Card {
        let point = |name: &str, text: &str| Point {
            id: id(name),
            weight: 2,
            text: Safe::new(text),
            accept: Vec::new(),
            probe: probe.map(Safe::new),
        };
        let recall = Recall {
            question: Safe::from("What does the **agent** do?"),
            answer: Safe::from("A lot."),
            points: vec![point("a", text), point("b", "something else")],
            misconceptions: Vec::new(),
            sides: Vec::new(),
        };
        Card {
            id: id("c"),
            kind: Kind::Recall(recall),
            level: None,
            tags: Vec::new(),
            sources: Vec::new(),
            checked: None,
            note: Some(Safe::from("A note.")),
            follow_ups: vec![Safe::from("And then?")],
        }
    }

    fn asked(text: &str, probe: Option<&str>) -> String {
        let prompt = short(&card(text, probe), &id("a")).expect("a question").prompt();
        prompt.as_str().split("\n\n").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_the_deck_asks_comes_before_a_gap_and_a_gap_before_a_name() {
        assert_eq!(asked("The agent pulls the image.", Some("Who fetches\nit?")), "Who fetches it?");
        assert_eq!(asked("The agent pulls the image.", None), "What is missing? The agent ____ the image.");
        assert_eq!(asked("It waits.", None), "Name one thing that belongs to the answer. It begins: “It …”");
        assert_eq!(asked("it is what it is", None), "Name one thing that belongs to the answer. It begins: “it …”");
    }

    #[test]
    fn names_and_numbers_are_hidden_before_long_words_and_what_the_question_says_never() {
        let cases = [
            ("It writes the container logs to `CloudWatch`, always.", "to `____`, always."),
            ("Containers share the network of their host.", "____ share the network"),
            ("It asks S3 for the configuration.", "It asks ____ for the configuration."),
            ("The agents, each agent, registers itself here.", "each agent, ____ itself"),
            ("Logs go to the stream, and the stream keeps logs.", "to the ____, and the ____ keeps"),
        ];
        for (text, shown) in cases {
            assert!(asked(text, None).contains(shown), "{}", asked(text, None));
        }
    }

    #[test]
    fn it_is_marked_on_the_point_alone_and_says_which_card_it_is_of() {
        let short = short(&card("The agent pulls the image.", None), &id("a")).expect("a question");
        assert!(short.prompt().as_str().ends_with("\n\nOne point of: What does the **agent** do?"));
        assert_eq!(short.model_answer().as_str(), "The agent pulls the image.\n\n*The whole answer*\n\nA lot.");
        let Kind::Recall(recall) = &short.kind else { panic!("a recall") };
        assert_eq!((recall.points.len(), &recall.points[0].id), (1, &id("a")));
        assert_eq!((short.note, short.follow_ups), (None, Vec::new()));
    }

    #[test]
    fn a_point_that_is_gone_is_not_asked() {
        assert_eq!(short(&card("The agent pulls the image.", None), &id("gone")), None);
    }
}
