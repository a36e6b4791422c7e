use proptest::prelude::*;

use super::*;
use crate::card::{Cloze, Code, Level, Misconception, Point, Recall};

const DECK: &str = r#"# The file.
format = 1
id = "d" # kept
title = "D"

# ---- roles

# About one.
[[card]] # here
id = "one"   # never change it
question = 'Which "role"?'
# An own remark.
answer = """
The task \
role."""
tags = [
  "iam", # the service
  "ecs",
]

  [[card.point]]
  id = "p"
  text = "A point of one."
  # weight = 3

  [[card.point]]
  id = "q"
  text = "Another of one."
# Right below one.

# ---- plain

[[card]]
id = "two"
question = "Two?"
answer = '''
- a
- b
'''

[unknown]
x = 1
# The end.
"#;

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn cards(text: &str) -> Vec<Card> {
    parse(text).deck.expect("a deck").cards
}

fn card(text: &str, name: &str) -> Card {
    cards(text).into_iter().find(|card| card.id == id(name)).expect("a card")
}

fn recall(card: &mut Card) -> &mut Recall {
    match &mut card.kind {
        Kind::Recall(recall) => recall,
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => panic!("another kind"),
    }
}

fn point(name: &str, text: &str) -> Point {
    Point { id: id(name), weight: 2, text: Safe::new(text), accept: Vec::new(), probe: None }
}

fn change(text: &str, name: &str, change: impl FnOnce(&mut Card)) -> String {
    let mut card = card(text, name);
    change(&mut card);
    change_card(text, &id(name), &card).expect("changed")
}

#[test]
fn a_change_touches_the_lines_of_the_keys_that_differ() {
    let after = change(DECK, "one", |card| {
        recall(card).question = Safe::new("Which of the roles?");
        card.level = Some(Level::Senior);
        card.tags[1] = Safe::new("fargate");
        recall(card).points[1].weight = 3;
    });
    let expected = DECK
        .replace("question = 'Which \"role\"?'", "question = \"Which of the roles?\"")
        .replace("role.\"\"\"\n", "role.\"\"\"\nlevel = \"senior\"\n")
        .replace("\"ecs\"", "\"fargate\"")
        .replace("  text = \"Another of one.\"\n", "  text = \"Another of one.\"\n  weight = 3\n");
    assert_eq!(after, expected);
}

#[test]
fn points_are_added_dropped_and_put_in_another_order_with_their_remarks() {
    let less = change(DECK, "one", |card| drop(recall(card).points.remove(0)));
    assert!(less.contains("]\n\n  [[card.point]]\n  id = \"q\"") && !less.contains("# weight = 3"), "{less}");
    let more = change(DECK, "one", |card| recall(card).points.insert(1, point("new", "In between.")));
    let between =
        "  # weight = 3\n\n[[card.point]]\nid = \"new\"\ntext = \"In between.\"\n\n  [[card.point]]\n  id = \"q\"";
    assert!(more.contains(between), "{more}");
    let turned = change(DECK, "one", |card| recall(card).points.reverse());
    let (q, p) = (turned.find("id = \"q\"").expect("q"), turned.find("# weight = 3").expect("p"));
    assert!(q < p, "{turned}");
    let none = change(DECK, "one", |card| recall(card).points.clear());
    assert!(!none.contains("card.point") && none.contains("# ---- plain\n\n[[card]]"), "{none}");
    let first = change(DECK, "two", |card| recall(card).points.push(point("p", "The first.")));
    assert!(first.contains("'''\n\n[[card.point]]\nid = \"p\"\ntext = \"The first.\"\n\n[unknown]"), "{first}");
}

#[test]
fn a_card_goes_with_its_remarks_and_comes_back_to_where_it_was() {
    let without = remove_card(DECK, &id("one")).expect("removed");
    assert!(without.contains("# ---- roles\n\n# ---- plain\n\n[[card]]\nid = \"two\""), "{without}");
    let swapped = move_card(DECK, &id("one"), 7).expect("moved");
    assert!(swapped.contains("# ---- roles\n\n[[card]]\nid = \"two\""), "{swapped}");
    assert!(swapped.contains("# ---- plain\n\n# About one.\n[[card]] # here"), "{swapped}");
    assert_eq!(move_card(&swapped, &id("one"), 0).as_deref(), Ok(DECK));
}

#[test]
fn a_new_card_stands_behind_the_others() {
    let mut new = card(DECK, "two");
    new.id = id("three");
    recall(&mut new).answer = Safe::new("It's \\d+, says '''he'''.\nNo \"doubt\".\n\n");
    let after = add_card(DECK, &new).expect("added");
    let expected = "'''\n\n[[card]]\nid = \"three\"\nquestion = \"Two?\"\nanswer = \"\"\"\nIt's \\\\d+, says '''he'''.\nNo \
                    \\\"doubt\\\".\n\"\"\"\n\n[unknown]";
    assert!(after.contains(expected), "{after}");
    assert_eq!(remove_card(&after, &id("three")).as_deref(), Ok(DECK));
    assert_eq!(add_card(&after, &new), Err(Unfit::Taken(id("three"))));
}

#[test]
fn windows_line_ends_a_mark_and_a_missing_line_feed_stay() {
    let windows = format!("\u{feff}{}", DECK.replace('\n', "\r\n"));
    let windows = windows.trim_end();
    let after = change(windows, "two", |card| {
        recall(card).answer = Safe::new("- a\n- c");
        recall(card).points.push(point("p", "A point."));
    });
    assert!(after.starts_with("\u{feff}# The file.\r\n") && after.ends_with("# The end."));
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    let moved = move_card(windows, &id("two"), 0).expect("moved");
    assert_eq!(move_card(&moved, &id("two"), 1).as_deref(), Ok(windows));
}

#[test]
fn cards_in_braces_are_changed_too() {
    let text = "format = 1\nid = \"d\"\ntitle = \"D\"\ncard = [\n  { id = \"a\", question = \"A?\", answer = \"A.\", point = [{ id = \
                \"p\", text = \"One two.\" }] }, # first\n  {id = \"b\", question = \"B?\",\n   answer = \"B.\", # so\n  },\n]\n";
    let after = change(text, "a", |card| {
        recall(card).points.push(point("q", "Three four."));
        card.level = Some(Level::Mid);
        recall(card).answer = Safe::new("A.\n\nB.");
    });
    let expected = "  { id = \"a\", question = \"A?\", answer = \"A.\\n\\nB.\", level = \"mid\", point = [{ id = \"p\", text = \"One \
                    two.\" }, { id = \"q\", text = \"Three four.\" }] }, # first\n";
    assert!(after.contains(expected), "{after}");
    let without = remove_card(text, &id("a")).expect("removed");
    assert!(without.contains("card = [\n  # first\n  {id = \"b\""), "{without}");
    let mut new = card(text, "a");
    new.id = id("c");
    let added = add_card(text, &new).expect("added");
    assert!(added.contains("  },\n  { id = \"c\", question"), "{added}");
    let less = change(&added, "c", |card| recall(card).points.clear());
    assert!(less.contains("  { id = \"c\", question = \"A?\", answer = \"A.\" },\n]"), "{less}");
    let turned = move_card(text, &id("b"), 0).expect("moved");
    assert_eq!(cards(&turned)[0].id, id("b"));
}

#[test]
fn a_pair_follows_a_new_id_and_is_let_go_with_its_twin() {
    let text = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\nlabels = [{ id = \"a\", name = \
                \"A\" }, { id = \"b\", name = \"B\" }]\n[[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"S.\"\nright = [\"a\"]\n\
                pair = \"t\" # twin\n[[scenario]]\nid = \"t\"\nexercise = \"e\"\ntext = \"T.\"\nright = [\"b\"]\n";
    let renamed = change(text, "t", |card| card.id = id("other"));
    assert_eq!(renamed, text.replace("\"t\"", "\"other\""));
    let without = remove_card(text, &id("t")).expect("removed");
    assert!(!without.contains("pair") && cards(&without).len() == 1);
}

#[test]
fn what_cannot_be_written_safely_is_refused() {
    let change = |text: &str, change: &dyn Fn(&mut Card)| {
        let mut wanted = card(text, "one");
        change(&mut wanted);
        change_card(text, &id("one"), &wanted)
    };
    assert_eq!(change_card("[[broken", &id("one"), &card(DECK, "one")), Err(Unfit::Broken));
    assert_eq!(change_card(DECK, &id("nine"), &card(DECK, "one")), Err(Unfit::NoCard(id("nine"))));
    assert_eq!(change(DECK, &|card| card.id = id("two")), Err(Unfit::Taken(id("two"))));
    assert!(matches!(change(DECK, &|card| recall(card).question = Safe::new(" ")), Err(Unfit::Unwritable(_))));
    let twice = |card: &mut Card| recall(card).points.push(point("p", "Once more."));
    assert!(matches!(change(DECK, &twice), Err(Unfit::Unwritable(_))));
    let many = |card: &mut Card| card.tags = vec![Safe::new("t"); 101];
    assert!(matches!(change(DECK, &many), Err(Unfit::Unwritable(_))));
    let scattered = format!(
        "{DECK}[[card]]\nid = \"x\"\nquestion = \"Q?\"\nanswer = \"A.\"\n[other]\n[[card.point]]\nid = \"p\"\ntext = \"A b.\"\n"
    );
    assert_eq!(remove_card(&scattered, &id("x")), Err(Unfit::Scattered));
}

#[test]
fn gaps_and_code_are_added_changed_moved_and_removed_like_other_cards() {
    let text = |words: &str| Kind::Cloze(Cloze::new(Safe::new(words)).expect("gaps"));
    let card = |name: &str, kind| Card {
        id: id(name),
        kind,
        level: None,
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
        note: None,
        follow_ups: Vec::new(),
    };
    let code = |accept: &[&str]| {
        let (question, code) = (Safe::from("How?"), Safe::from("for x\n  do \"it\""));
        let accept = accept.iter().map(|way| Safe::new(way)).collect();
        Kind::Code(Code { question, code, language: Some(Safe::from("bash")), accept })
    };
    let mut deck = DECK.to_owned();
    for card in [card("c1", text(r"a {{b|c::d}} `\{{e}}`")), card("k1", code(&[])), card("c2", text("{{x}}\ny"))] {
        deck = add_card(&deck, &card).expect("added");
        assert!(cards(&deck).contains(&card), "{deck}");
    }
    let kinds: Vec<_> = cards(&deck).iter().rev().take(3).map(|card| card.id.to_string()).collect();
    assert_eq!(kinds, ["k1", "c2", "c1"]);
    let changed = card("k1", code(&["one\n two", "three"]));
    let after = change_card(&deck, &id("k1"), &changed).expect("changed");
    assert!(cards(&after).contains(&changed), "{after}");
    assert_eq!(change_card(&deck, &id("k1"), &card("k1", text("{{x}}"))), Err(Unfit::OtherKind(id("k1"))));
    assert!(find_card(&after, &id("c2")).is_some());
    let without = ["c1", "k1", "c2"].iter().fold(after, |text, name| remove_card(&text, &id(name)).expect("removed"));
    assert_eq!(without, DECK);
}

fn words() -> impl Strategy<Value = Safe> {
    "[a-z'\"\\\\#=\\[\\]{},é日]{1,8}( [a-z'\"\\\\#\\n-]{1,9}){0,12}".prop_map(|text| Safe::new(&format!("w{text}w")))
}

fn line() -> impl Strategy<Value = Safe> {
    words().prop_map(|text| text.line())
}

prop_compose! {
    fn any_point()(text in words(), weight in 1..=3_u8, accept in prop::collection::vec(line(), 0..4), probe in prop::option::of(words())) -> Point {
        Point { id: id("x"), weight, text, accept, probe }
    }
}

prop_compose! {
    fn any_card(name: &'static str)(
        question in words(), answer in words(), points in prop::collection::vec((0..6_usize, any_point()), 0..5),
        claim in prop::option::of(words()), sides in prop::bool::ANY, tags in prop::collection::vec(line(), 0..4),
        note in prop::option::of(words()), level in prop::option::of(prop::sample::select(&Level::ALL[..])),
    ) -> Card {
        let mut points: Vec<Point> = points.into_iter().map(|(at, point)| Point { id: id(&format!("p{at}")), ..point }).collect();
        let mut seen = std::collections::HashSet::new();
        points.retain(|point| seen.insert(point.id.clone()));
        let claim = claim.map(|text| Misconception { id: id("m"), text, accept: Vec::new(), correction: None });
        let sides = if sides { vec![vec![Safe::new("a")], vec![Safe::new("b c")]] } else { Vec::new() };
        let kind = Kind::Recall(Recall { question, answer, points, misconceptions: claim.into_iter().collect(), sides });
        Card { id: id(name), kind, level, tags, sources: Vec::new(), checked: None, note, follow_ups: Vec::new() }
    }
}

/// A deck of three cards with a remark at each end of each, in one of the ways of writing it.
fn deck_text(cards: &[Card], form: usize) -> String {
    let head = "format = 1\nid = \"d\"\ntitle = \"D\"\n";
    let entries = cards.iter().map(entry::card);
    let text = match form % 3 {
        0 => entries
            .map(|entry| format!("\n# keep {0}\n\n{1}\n# keep too {0}\n", entry.id(), write::headed(&entry)))
            .collect(),
        1 => format!(
            "card = [\n{}]\n",
            entries.map(|entry| format!("  # keep {}\n  {},\n", entry.id(), write::inline(&entry))).collect::<String>()
        ),
        _ => format!("card = [{}] # keep\n", entries.map(|entry| write::inline(&entry)).collect::<Vec<_>>().join(", ")),
    };
    let text = format!("{head}{text}# keep the end\n");
    if form >= 3 { text.replace('\n', "\r\n") } else { text }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn any_card_becomes_any_other_and_all_else_stays(
        old in (any_card("a"), any_card("b"), any_card("c")), new in any_card("b"), form in 0..6_usize, to in 0..3_usize
    ) {
        let text = deck_text(&[old.0, old.1, old.2], form);
        let kept = |text: &str| text.matches("# keep").count();
        let after = change_card(&text, &id("b"), &new);
        prop_assert!(after.is_ok(), "{:?}\n{}", after, text);
        let after = after.expect("changed");
        prop_assert_eq!(kept(&after), kept(&text), "{}", after);
        prop_assert_eq!(after.contains("\r\n"), form >= 3);
        let moved = move_card(&text, &id("b"), to).and_then(|moved| move_card(&moved, &id("b"), 1));
        prop_assert_eq!(moved.as_deref(), Ok(text.as_str()));
        let mut more = new;
        more.id = id("d");
        let added = add_card(&text, &more);
        prop_assert!(added.is_ok(), "{:?}\n{}", added, text);
        let removed = remove_card(&added.expect("added"), &id("d"));
        prop_assert_eq!(removed.map(|text| text.replace("}, ]", "}]")), Ok(text.clone()));
        let without = remove_card(&after, &id("b"));
        prop_assert!(without.is_ok(), "{:?}\n{}", without, after);
        prop_assert_eq!(kept(&without.expect("removed")), kept(&text));
    }

    #[test]
    fn any_text_is_read_as_it_was_written(text in any::<String>(), form in prop::bool::ANY) {
        let text = Safe::new(Safe::new(&text).as_str().trim());
        let quoted = if form { write::quote(text.as_str()) } else { write::on_lines(text.as_str()) };
        let read: toml::Table = format!("x = {quoted}").parse().expect("TOML");
        prop_assert_eq!(read["x"].as_str().expect("a text").trim(), text.as_str());
    }
}
