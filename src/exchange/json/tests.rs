use super::*;
use crate::card::{Kind, Level};

fn read(text: &str) -> Imported {
    import(text.as_bytes()).unwrap_or_else(|refused| panic!("{text}: {refused}"))
}

#[test]
fn decks_lists_and_single_cards_are_read() {
    let card = "{\"question\": \"Why?\", \"answer\": \"So.\"}";
    for text in [
        card.to_owned(),
        format!("[{card}]"),
        format!("{{\"card\": [{card}]}}"),
        format!("{{\"title\": \"T\", \"cards\": [{card}]}}"),
    ] {
        let imported = read(&text);
        assert_eq!((imported.cards.len(), imported.dropped.len()), (1, 0), "{text}: {imported:#?}");
        assert_eq!(imported.cards[0].card.id.as_str(), "why");
    }
}

#[test]
fn keys_of_other_programs_are_understood() {
    let text = "{\"id\": \"c0000001\", \"deck\": \"d\", \"front\": \"Why?\", \"back\": \"So.\", \"tags\": \"a, b\", \"level\": \"expert\", \
        \"points\": [\"One thing.\", {\"id\": \"x\", \"text\": \"Another thing.\"}], \"source\": \"https://a.example\", \"note\": null}";
    let imported = read(text);
    assert_eq!(imported.dropped, []);
    let card = &imported.cards[0].card;
    let Kind::Recall(recall) = &card.kind else { panic!("a question card") };
    assert_eq!(
        (card.id.as_str(), card.level, card.tags.len(), card.sources.len()),
        ("c0000001", Some(Level::Senior), 2, 1)
    );
    assert_eq!(recall.points.iter().map(|point| point.id.as_str()).collect::<Vec<_>>(), ["p1", "x"]);
}

#[test]
fn what_is_not_taken_is_listed_with_the_line_of_its_card() {
    let text = "[\n{\"question\": \"a\", \"answer\": \"b\"},\n{\"question\": \"c\"},\n\
        {\"question\": \"d\", \"answer\": \"e\", \"colour\": \"red\", \"level\": \"easy\"}\n]";
    let imported = read(text);
    assert_eq!(imported.cards.iter().map(|found| found.line).collect::<Vec<_>>(), [2, 4]);
    let lines: Vec<_> = imported.dropped.iter().map(|loss| loss.line).collect();
    assert_eq!(lines, [Some(3), Some(4), Some(4)], "{:#?}", imported.dropped);
}

#[test]
fn broken_json_is_refused_with_its_line() {
    let refusal = |text: &str| import(text.as_bytes()).expect_err("refused");
    assert_eq!(refusal("{\n\"card\": [\n").line, Some(3));
    assert!(refusal(&"[".repeat(100_000)).what.as_str().contains("recursion"));
    assert!(refusal("17").help.as_str().contains("`card`"));
    assert_eq!(import_lines(b"{\"q\": \"a\", \"a\": \"b\"}\nnope\n").expect_err("refused").line, Some(2));
}
