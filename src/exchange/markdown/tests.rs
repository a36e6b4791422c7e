use proptest::prelude::*;

use super::*;
use crate::card::{Card, Id};
use crate::deck::Deck;
use crate::exchange::build::card;
use crate::text::Safe;

fn read(text: &str) -> Imported {
    import(text.as_bytes()).expect("cards")
}

fn deck(cards: Vec<Card>) -> Deck {
    Deck { cards, ..Deck::new("d".parse().expect("an id"), Safe::new("D")) }
}

fn there_and_back(cards: Vec<Card>) -> (Vec<Card>, String) {
    let exported = export(&deck(cards));
    let text = String::from_utf8(exported.bytes).expect("UTF-8");
    (read(&text).cards.into_iter().map(|found| found.card).collect(), text)
}

#[test]
fn a_plain_card_is_written_plainly() {
    let cards = vec![card(
        "Why?",
        "So:\n\n- one thing\n- another thing",
        crate::exchange::points::of("- one thing\n- another thing").expect("two"),
    )];
    let (back, text) = there_and_back(cards.clone());
    assert_eq!(back, cards);
    assert_eq!(text, "---\nname = \"D\"\n---\n\nQ: Why?\nA: So:\n\n- one thing\n- another thing\n\n---\n");
}

#[test]
fn what_marks_cannot_say_is_in_a_comment_and_comes_back() {
    let mut rich = card("Why --> not?", "A: so\n---\n```yaml\n---\nQ: no\n```\nQ: is it?\nQ\\: and\n\\---", []);
    rich.id = "an-id-of-its-own".parse::<Id>().expect("an id");
    rich.tags = vec![Safe::new("a -- b --> c")];
    rich.note = Some(Safe::new("Two\nlines."));
    let (back, text) = there_and_back(vec![rich.clone(), card("Next?", "Yes.", [])]);
    assert_eq!(back[0], rich, "{text}");
    assert_eq!(back.len(), 2);
}

#[test]
fn marks_end_where_a_rule_or_the_next_mark_stands() {
    let imported = read("Q: one\nmore\nA: first\n\nsecond\nQ: two\nA: yes\n---\nnot a card\n  Q: nor this\n");
    let shown: Vec<_> = imported.cards.iter().map(|found| (found.line, found.card.prompt().to_string())).collect();
    assert_eq!(shown, [(1, "one\nmore".to_owned()), (6, "two".to_owned())]);
    assert_eq!(imported.dropped.iter().map(|loss| loss.line).collect::<Vec<_>>(), [Some(9), Some(10)]);
}

#[test]
fn halves_are_listed_and_the_whole_cards_are_taken() {
    let imported = read("A: nobody asked\nQ: nobody answers\nQ: fine\nA: yes\nC: no gap\n");
    assert_eq!(imported.cards.len(), 1);
    assert_eq!(imported.dropped.len(), 3, "{:#?}", imported.dropped);
}

#[test]
fn a_rule_at_the_top_is_front_matter_only_if_it_looks_like_it() {
    assert_eq!(read("---\ntitle: Mine\n---\nQ: a\nA: b\n").title, Some(Safe::new("Mine")));
    let imported = read("---\nQ: a\nA: b\n---\nQ: c\nA: d\n");
    assert_eq!(imported.cards.len(), 2, "{imported:#?}");
}

proptest! {
    #[test]
    fn any_question_card_comes_back(question in "[A-C:Q?\\-\\\\ x\n`#<!>]{0,30}", answer in "[A-C:Q\\-\\\\ x\n`~#<!>]{0,40}") {
        let card = card(question.trim(), answer.trim(), []);
        prop_assume!(!card.prompt().as_str().trim().is_empty() && !card.model_answer().as_str().trim().is_empty());
        let exported = export(&deck(vec![card.clone()]));
        let back: Vec<Card> = read(&String::from_utf8(exported.bytes).expect("UTF-8")).cards.into_iter().map(|found| found.card).collect();
        prop_assert!(back == [card] || !exported.dropped.is_empty());
    }
}
