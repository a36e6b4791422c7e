//! Cards from files of other programs and pasted texts: which cards come of them, and that no word is lost.

use std::collections::HashMap;
use std::path::Path;

use greenroom::card::{Card, Kind};
use greenroom::deck::Deck;
use greenroom::exchange::{FORMATS, Format, Imported, recognise};
use greenroom::text::Safe;

fn data(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/exchange").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn import(name: &str) -> Imported {
    let bytes = data(name);
    let format = recognise(Path::new(name), &bytes);
    format.import.expect("it is read")(&bytes).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

fn points(card: &Card) -> Vec<&str> {
    match &card.kind {
        Kind::Recall(recall) => recall.points.iter().map(|point| point.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn questions(imported: &Imported) -> Vec<String> {
    imported.cards.iter().map(|found| found.card.prompt().to_string()).collect()
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    words
}

/// Words that say what a line is, and are in no card.
const MARKS: [&str; 9] = ["q", "a", "c", "question", "answer", "ans", "interviewer", "candidate", "name"];

#[test]
fn every_word_of_a_text_is_in_a_card_or_on_the_list() {
    let names = [
        "chat.txt",
        "unnumbered.txt",
        "bold.txt",
        "windows.txt",
        "nested.txt",
        "code.txt",
        "dense.txt",
        "headings.txt",
        "panel.txt",
        "hashcards.md",
        "repeater.md",
        "headings.md",
    ];
    for name in names {
        let imported = import(name);
        let mut said = String::new();
        for found in &imported.cards {
            let tags = found.card.tags.iter().map(Safe::as_str).collect::<Vec<_>>().join(" ");
            said += &format!("{}\n{}\n{tags}\n", found.card.prompt(), found.card.model_answer());
        }
        said.extend(imported.dropped.iter().map(|loss| format!("{}\n", loss.what)));
        said.extend(imported.title.iter().map(Safe::to_string));
        let said = words(&said);
        let text = String::from_utf8(data(name)).expect("UTF-8").replace("You said:", "");
        for (word, times) in words(&text) {
            let is_mark = MARKS.contains(&word.trim_end_matches(char::is_numeric)) || word.parse::<u8>().is_ok();
            let found = said.get(&word).copied().unwrap_or(0);
            assert!(
                found >= times || is_mark,
                "{name}: `{word}` stands {times} times in the text, {found} in the cards"
            );
        }
    }
}

#[test]
fn a_chat_gives_its_questions_with_points_and_code() {
    let imported = import("chat.txt");
    let expected = [
        "What is a message queue, and what is it good for?",
        "How do at-least-once and exactly-once delivery differ?",
        "How do you configure a dead-letter queue?",
        "who deletes the message , the queue or the worker",
    ];
    assert_eq!(questions(&imported), expected);
    let card = |at: usize| &imported.cards[at].card;
    assert_eq!(points(card(0)).len(), 3);
    assert_eq!(points(card(1))[0], "At-Least-Once: Meaning: Every message arrives, some of them twice.");
    assert!(card(2).model_answer().as_str().contains("```json\n{\n"), "{}", card(2).model_answer());
    assert!(!card(2).model_answer().as_str().contains("Feel free"));
    assert!(card(3).model_answer().as_str().starts_with("The worker deletes it"));
    assert!(imported.dropped.iter().any(|loss| loss.what.as_str().contains("Thought for 6 seconds")));
}

#[test]
fn texts_of_other_shapes_give_their_questions() {
    let read = |name: &str| questions(&import(name));
    assert_eq!(
        read("unnumbered.txt"),
        ["What is idempotency?", "Why does it matter for retries?", "Which HTTP methods are idempotent?"]
    );
    let bold = [
        "What does a load balancer do?",
        "What is connection draining?",
        "Layer 4 or layer 7: what is the difference?",
    ];
    assert_eq!(read("bold.txt"), bold);
    assert_eq!(read("windows.txt"), ["What is a replica?", "What is replication lag?", "Who may write?"]);
    assert_eq!(read("nested.txt"), ["Which network modes does the scheduler know?", "What is a sidecar?"]);
    assert_eq!(read("code.txt"), ["How do you list what listens on a port?", "What does this print?"]);
    assert_eq!(read("dense.txt"), ["What is a lock?", "What is a deadlock?", "How do you avoid it?"]);
    assert_eq!(read("headings.txt"), ["What is a trait object?", "When is a generic better?"]);
    assert_eq!(
        read("panel.txt"),
        ["Tell me about a time you disagreed with a decision.", "What would you do differently?"]
    );
}

#[test]
fn lists_of_other_shapes_become_points() {
    assert_eq!(points(&import("nested.txt").cards[0].card)[0], "Bridge: is the default");
    assert_eq!(points(&import("dense.txt").cards[1].card), ["each holds one lock", "each wants the other"]);
    assert_eq!(points(&import("headings.txt").cards[1].card).len(), 2);
    assert_eq!(points(&import("bold.txt").cards[0].card)[0], "It checks their health.");
}

#[test]
fn a_question_that_nobody_answers_is_listed() {
    let dropped = import("headings.txt").dropped;
    assert!(dropped.iter().any(|loss| loss.line == Some(12) && loss.what.as_str().contains("`Send`")), "{dropped:#?}");
}

#[test]
fn decks_of_hashcards_are_read() {
    let imported = import("hashcards.md");
    assert_eq!(imported.title, Some(Safe::new("Queues and logs")));
    assert_eq!(imported.cards.len(), 4);
    assert_eq!(points(&imported.cards[1].card).len(), 3);
    assert!(imported.cards[3].card.model_answer().as_str().contains("Q: not a card\n---"));
    assert_eq!(imported.dropped, []);
}

#[test]
fn decks_of_repeater_are_read_and_their_notes_are_listed() {
    let imported = import("repeater.md");
    assert_eq!(imported.title, Some(Safe::new("Networking")));
    assert_eq!(imported.cards.len(), 2);
    let lines: Vec<_> = imported.dropped.iter().filter_map(|loss| loss.line).collect();
    assert_eq!(lines, [3, 12, 18, 22], "{:#?}", imported.dropped);
}

#[test]
fn headings_ask_and_their_sections_become_tags() {
    let imported = import("headings.md");
    assert_eq!(questions(&imported), ["What is a move?", "When is `Copy` right?", "What does Sync promise?"]);
    assert_eq!(imported.title, Some(Safe::new("Rust interview")));
    assert_eq!(imported.cards[2].card.tags, [Safe::new("Threads")]);
    assert!(imported.cards[2].card.model_answer().as_str().contains("#### In practice"));
    assert_eq!(imported.dropped.len(), 2, "{:#?}", imported.dropped);
}

fn deck(imported: Imported) -> Deck {
    let title = imported.title.unwrap_or_else(|| Safe::from("D"));
    let cards = imported.cards.into_iter().map(|found| found.card).collect();
    Deck { cards, ..Deck::new("d".parse().expect("an id"), title) }
}

/// A deck has its kinds one after the other, a file as it likes.
fn sorted(cards: impl IntoIterator<Item = Card>) -> Vec<Card> {
    let mut cards: Vec<Card> = cards.into_iter().collect();
    cards.sort_by_key(|card| card.id.clone());
    cards
}

#[test]
fn what_is_exported_comes_back_as_the_same_cards_from_every_format() {
    let names = ["chat.txt", "hashcards.md", "headings.md", "code.txt"];
    for format in FORMATS.iter().filter(|format| format.export.is_some() && format.import.is_some()) {
        for name in names {
            let deck = deck(import(name));
            let exported = format.export.expect("filtered")(&deck);
            let again = format.import.expect("filtered")(&exported.bytes).expect("it was just written");
            let cards = again.cards.into_iter().map(|found| found.card);
            assert_eq!(again.dropped, [], "{}: {name}", format.name);
            if exported.dropped.is_empty() {
                assert_eq!(sorted(cards), sorted(deck.cards), "{}: {name}", format.name);
            }
        }
    }
}

#[test]
fn the_shipped_decks_come_back_whole_from_json() {
    for name in ["json", "jsonl"] {
        let format = Format::named(name).expect("a format");
        for shipped in greenroom::library::DECKS {
            let deck = greenroom::deck::parse_bytes(shipped.text).deck.expect("a deck");
            let exported = format.export.expect("it is written")(&deck);
            let again = format.import.expect("it is read")(&exported.bytes).expect("it was just written");
            assert_eq!((again.dropped.as_slice(), exported.dropped.as_slice()), (&[][..], &[][..]), "{}", deck.id);
            let mut cards: Vec<Card> = again.cards.into_iter().map(|found| found.card).collect();
            cards.sort_by_key(|card| deck.cards.iter().position(|known| known.id == card.id));
            assert_eq!(cards, deck.cards, "{name}: {}", deck.id);
            assert_eq!(again.title.as_ref(), Some(&deck.title));
            assert_eq!(
                again.about.map(|about| Deck { id: deck.id.clone(), cards: deck.cards.clone(), ..about }),
                Some(deck)
            );
        }
    }
}

#[test]
fn shipped_decks_come_back_from_markdown_but_for_their_scenarios() {
    let format = Format::named("markdown").expect("a format");
    for shipped in greenroom::library::DECKS {
        let deck = greenroom::deck::parse_bytes(shipped.text).deck.expect("a deck");
        let exported = format.export.expect("it is written")(&deck);
        let again = format.import.expect("it is read")(&exported.bytes);
        let (scenarios, others): (Vec<_>, Vec<_>) =
            deck.cards.into_iter().partition(|card| matches!(card.kind, Kind::Choice(_)));
        assert_eq!(exported.dropped.len(), scenarios.len());
        let cards: Vec<Card> =
            again.map_or_else(|_| Vec::new(), |again| again.cards.into_iter().map(|found| found.card).collect());
        assert_eq!(cards, others, "{}", deck.id);
    }
}

#[test]
fn clozes_come_back_with_their_hints() {
    let head = "format = 1\nid = \"d\"\ntitle = \"D\"\n";
    let texts = ["A {{gap}}.", "A {{gap|hole::three letters}} in [brackets].", "Q: is {{it}}?\nQ: no"];
    let cards = texts
        .iter()
        .enumerate()
        .map(|(at, text)| format!("[[cloze]]\nid = \"c{at}\"\ntext = {}\n", toml::Value::from(*text)));
    let deck = greenroom::deck::parse(&(head.to_owned() + &cards.collect::<String>())).deck.expect("a deck");
    assert_eq!(deck.cards.len(), 3);
    for name in ["markdown", "json", "jsonl"] {
        let format = Format::named(name).expect("a format");
        let bytes = format.export.expect("it is written")(&deck).bytes;
        let again = format.import.expect("it is read")(&bytes).expect("it was just written");
        let cards: Vec<Card> = again.cards.into_iter().map(|found| found.card).collect();
        assert_eq!(cards, deck.cards, "{name}: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn hostile_files_are_refused_or_read_in_no_time() {
    let deep = |open: &str, close: &str| open.repeat(10_000) + &close.repeat(10_000);
    let texts: Vec<Vec<u8>> = vec![
        deep("[", "]").into(),
        deep("{\"card\":", "}").into(),
        "- ".repeat(20_000).into(),
        "#".repeat(20_000).into(),
        "Q: a\n".repeat(10_000).into(),
        "\"".repeat(20_001).into(),
        "a,b\n".repeat(10_000).into(),
        "1. \n".repeat(10_000).into(),
        "Why?\n".repeat(10_000).into(),
        "C: [".repeat(10_000).into(),
        "```\n".repeat(10_001).into(),
        "A: ".repeat(10_000).into(),
        "\u{202e}Q: a\nA: \u{1b}]0;b\u{7}\n".into(),
        (0..=255).cycle().take(10_000).collect(),
        vec![0; 1000],
    ];
    for format in FORMATS.iter() {
        for text in &texts {
            let Some(import) = format.import else { continue };
            if let Ok(imported) = import(text) {
                let shown = imported.cards.iter().map(|found| found.card.model_answer().to_string());
                assert!(shown.flat_map(|text| text.chars().collect::<Vec<_>>()).all(|letter| !Safe::refuses(letter)));
            }
        }
    }
}
