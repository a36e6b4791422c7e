//! Decks made to hurt: nothing that acts on a terminal gets out of the parser, and nothing brings it down.

use greenroom::card::Kind;
use greenroom::deck::{self, Diagnostic, LARGEST_FILE, Parsed};
use greenroom::text::Safe;

use crate::corpus::cases;

/// Decks with one place each, where `@` stands for what is put there.
const TEMPLATES: [&str; 14] = [
    "format = 1\nid = \"d\"\ntitle = \"@\"\n",
    "format = 1\nid = \"@\"\ntitle = \"D\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\ndescription = \"@\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\ntags = [\"@\"]\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n\"k@\" = 1\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n# @\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"@\"\nanswer = \"A.\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"\"\"\n@\"\"\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = '@'\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"@\"\nquestion = \"Q?\"\nanswer = \"A.\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"A.\"\nlevel = \"@\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"A.\"\n\
     [[card.point]]\nid = \"p\"\ntext = \"A @ point.\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"@\"\n\
     labels = [{ id = \"a\", name = \"@\", key = \"@\", about = \"@\" }, { id = \"b\", name = \"B\" }]\n\
     [[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T @\"\nright = [\"a\"]\nfacts = [\"@\"]\nflip = \"@\"\ndetail = \"@\"\n",
    "format = 1\nid = \"d\"\ntitle = \"D\"\n@ = 1\n",
];

/// Every control character but the tab and the line feed.
fn controls() -> impl Iterator<Item = char> {
    (0..=0x9f_u8).map(char::from).filter(|character| character.is_control() && !matches!(character, '\t' | '\n'))
}

/// Everything of a parsed text that a person may come to see.
fn seen(parsed: &Parsed, text: &str) -> String {
    let of_finding = |diagnostic: &Diagnostic| {
        let related = diagnostic.related.as_ref().map_or("", |(_, why)| why.as_str());
        let shown = deck::render(diagnostic, text, "a\u{1b}[31m.toml", 80);
        format!("{}{}{related}{shown}", diagnostic.message, diagnostic.help)
    };
    let mut seen: String = parsed.diagnostics.iter().map(of_finding).collect();
    if let Some(deck) = &parsed.deck {
        seen.push_str(deck.title.as_str());
        seen.push_str(deck.description.as_ref().map_or("", Safe::as_str));
        seen.extend(deck.language.iter().chain(&deck.tags).map(Safe::as_str));
        for card in &deck.cards {
            seen.push_str(card.prompt().as_str());
            seen.push_str(card.model_answer().as_str());
            seen.extend(
                card.note.iter().chain(&card.tags).chain(&card.sources).chain(&card.follow_ups).map(Safe::as_str),
            );
            let keys: String = match &card.kind {
                Kind::Choice(choice) => {
                    let labels = &choice.exercise.labels;
                    let about = labels.iter().flat_map(|label| &label.about).map(|about| about.as_str());
                    about.collect::<String>() + &labels.iter().filter_map(|label| label.key).collect::<String>()
                }
                Kind::Recall(recall) => recall.points.iter().map(|point| point.text.as_str()).collect(),
                Kind::Cloze(cloze) => {
                    cloze.gaps().flat_map(|gap| gap.ways().chain(&gap.hint)).map(Safe::as_str).collect()
                }
                Kind::Code(code) => code.accept.iter().chain(&code.language).map(Safe::as_str).collect(),
            };
            seen.push_str(&keys);
        }
    }
    seen
}

fn assert_harmless(parsed: &Parsed, text: &str, place: &str) {
    let seen = seen(parsed, text);
    assert!(!seen.chars().any(Safe::refuses), "{place}: {seen:?}");
    assert!(!seen.contains(&"\u{301}".repeat(9)), "{place}");
}

#[test]
fn nothing_of_the_corpus_gets_out() {
    for part in ["bad", "hostile", "good"] {
        for case in cases(part) {
            let text = deck::decode(&case.bytes);
            assert_harmless(&deck::parse_bytes(&case.bytes), &text, &case.place);
        }
    }
}

#[test]
fn every_control_character_in_every_place_is_found_and_nothing_gets_out() {
    for control in controls() {
        let code = u32::from(control);
        for written in
            [control.to_string(), format!("\\u{code:04x}"), format!("\\U{code:08X}"), format!("\\x{code:02x}")]
        {
            for template in TEMPLATES {
                let text = template.replace('@', &written);
                let parsed = deck::parse_bytes(text.as_bytes());
                assert_harmless(&parsed, &text, &format!("{text:?}"));
                let spelt_out = written.starts_with('\\') && (template.contains("# @") || template.contains("'@'"));
                let is_line_end = control == '\r' && (template.contains("# @\n") && written == "\r");
                let found = parsed
                    .diagnostics
                    .iter()
                    .any(|finding| ["control-character", "syntax", "encoding"].contains(&finding.code));
                assert_eq!(found, !spelt_out && !is_line_end, "{text:?} {:?}", parsed.diagnostics);
            }
        }
    }
}

#[test]
fn half_a_sequence_in_each_of_two_fields_stays_two_harmless_halves() {
    for sequence in ["\x1b]52;c;cm0gLXJmIH4=\x07", "\x1b[2J", "\u{9b}31m", "\x1bP$qm\x1b\\", "\u{202e}abc\u{202c}"] {
        let characters: Vec<char> = sequence.chars().collect();
        for at in 0..=characters.len() {
            let escape =
                |part: &[char]| -> String { part.iter().map(|part| format!("\\u{:04x}", u32::from(*part))).collect() };
            let (first, second) = (escape(&characters[..at]), escape(&characters[at..]));
            let head = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"";
            let text = format!("{head}\nquestion = \"Q{first}\"\nanswer = \"{second}A\"\n");
            let parsed = deck::parse(&text);
            assert_harmless(&parsed, &text, &text);
            assert!(!parsed.diagnostics.is_empty(), "{text}");
        }
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    let parsed = deck::parse_bytes(text.as_bytes());
    assert_harmless(&parsed, text, "excess");
    parsed.diagnostics.iter().map(|finding| finding.code).collect()
}

const HEAD: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"A.\"\n";

#[test]
fn a_line_of_megabytes_is_shown_as_a_window() {
    let text = format!("{HEAD}note = \"{}\"\nqestion = \"{}\"\n", "n".repeat(2 << 20), "q".repeat(4 << 20));
    let parsed = deck::parse(&text);
    assert_eq!(codes(&text), ["text-too-long", "unknown-key"]);
    for finding in &parsed.diagnostics {
        assert!(deck::render(finding, &text, "d.toml", 80).as_str().len() < 1000);
    }
    for quotes in ["\"", "'''", "'''\n"] {
        let broken = format!("{HEAD}note = {quotes}{}\n", "n".repeat(8 << 20));
        assert_eq!(codes(&broken), ["syntax"]);
    }
    let behind_it = format!("{HEAD}note = '''\n\n{}''' x\n", "n".repeat(8 << 20));
    assert_eq!(codes(&behind_it), ["text-too-long", "syntax"]);
}

#[test]
fn what_is_too_deep_too_many_or_too_large_is_said_once() {
    for (open, close) in [("[", "]"), ("{ a = ", "}")] {
        let text = format!("{HEAD}x = {}1{}\n", open.repeat(20_000), close.repeat(20_000));
        assert_eq!(codes(&text), ["too-deep"], "{open}");
    }
    assert_eq!(codes(&format!("{HEAD}{}x = 1\n", "a.".repeat(20_000))), ["too-deep"]);

    let points: String = (0..5000).map(|n| format!("[[card.point]]\nid = \"p{n}\"\ntext = \"A point.\"\n")).collect();
    assert_eq!(codes(&format!("{HEAD}{points}")), ["too-many-parts"]);
    assert_eq!(codes(&format!("{HEAD}tags = [{}]\n", "\"t\",".repeat(100_000))), ["too-many-entries"]);
    assert_eq!(codes(&"#".repeat(LARGEST_FILE + 1)), ["too-large"]);
}

#[test]
fn a_rule_broken_without_end_is_told_a_thousand_times_and_counted() {
    let keys: String = (0..5000).map(|n| format!("unknown{n} = 1\n")).collect();
    let found = codes(&format!("{HEAD}{keys}"));
    assert_eq!(found.len(), 1001);
    assert_eq!(found.iter().filter(|code| **code == "more-findings").count(), 1);
    let errors: String = (0..5000).map(|n| format!("k{n} = yes\n")).collect();
    assert_eq!(codes(&format!("{HEAD}{errors}")).iter().filter(|code| **code == "syntax").count(), 100);
}

#[test]
fn half_a_megabyte_of_errors_is_read_in_bounded_work() {
    for piece in ["=", "[", "{", "\"", "'", "\\", "\n=", "\u{1}", "a.", "x=1\n", "[[card]]\n", "a=\"\\q\"\n", "'''\n"] {
        let text = format!("{HEAD}{}", piece.repeat((1 << 19) / piece.len()));
        assert!(codes(&text).len() <= 1002, "{piece:?}");
    }
}
