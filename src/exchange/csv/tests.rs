use super::*;
use crate::card::Level;
use crate::exchange::Found;

/// A question, an answer, what else is asked of a card, and how many losses there are.
struct Case {
    name: &'static str,
    text: &'static str,
    cards: &'static [(&'static str, &'static str)],
    losses: usize,
}

#[test]
fn what_a_row_brings_back_otherwise_is_listed() {
    let mut card = card("Why?", "So.", [Safe::new("one thing"), Safe::new("two\nlines")]);
    card.tags = vec![Safe::new("a, b"), Safe::new("c; d")];
    card.sources = vec![Safe::new("https://example.com/a,b")];
    let deck = Deck { cards: vec![card.clone()], ..Deck::new("d".parse().expect("an id"), Safe::new("D")) };
    let exported = export_commas(&deck);
    let back = import(&exported.bytes).expect("a card").cards.remove(0).card;
    assert_eq!((back.tags, back.sources), (card.tags.clone(), card.sources.clone()));
    let told: Vec<_> = exported.dropped.iter().map(|loss| loss.what.to_string()).collect();
    assert_eq!(told, [format!("`{}` loses the form of its points.", card.id)]);
}

#[test]
fn what_only_anki_needs_is_listed_and_its_gaps_are_gaps() {
    let text = "#separator:tab\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n\
        ab!1\tBasic\tNet\tWhat is ARP?\tA map.\tnet\nxy!2\tCloze\tNet\tThe {{c1::kernel}} owns {{c2::memory}}\tAll of it.\tos\n";
    let imported = import(text.as_bytes()).expect("cards");
    assert_eq!(imported.cards.len(), 2);
    assert!(matches!(imported.cards[1].card.kind, Kind::Cloze(_)));
    assert_eq!(imported.cards[1].card.note, Some(Safe::from("All of it.")));
    let told: Vec<_> = imported.dropped.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("2 ids are none that a deck can have"), "{told:?}");
}

const fn case(
    name: &'static str,
    text: &'static str,
    cards: &'static [(&'static str, &'static str)],
    losses: usize,
) -> Case {
    Case { name, text, cards, losses }
}

const AB: &[(&str, &str)] = &[("Qa", "Aa"), ("Qb", "Ab")];

/// Tables as programs and people write them.
#[rustfmt::skip]
const CASES: &[Case] = &[
    case("commas", "question,answer\nQa,Aa\nQb,Ab\n", AB, 0),
    case("semicolons", "question;answer\nQa;Aa\nQb;Ab\n", AB, 0),
    case("tabs", "question\tanswer\nQa\tAa\nQb\tAb\n", AB, 0),
    case("bars", "question|answer\nQa|Aa\nQb|Ab\n", AB, 0),
    case("no line feed at the end", "question,answer\nQa,Aa\nQb,Ab", AB, 0),
    case("Windows line ends", "question,answer\r\nQa,Aa\r\nQb,Ab\r\n", AB, 0),
    case("old Mac line ends", "question,answer\rQa,Aa\rQb,Ab\r", AB, 0),
    case("byte order mark", "\u{feff}question,answer\nQa,Aa\nQb,Ab\n", AB, 0),
    case("byte order mark before a quote", "\u{feff}\"question\",\"answer\"\nQa,Aa\nQb,Ab\n", AB, 0),
    case("everything in quotes", "\"question\",\"answer\"\n\"Qa\",\"Aa\"\n\"Qb\",\"Ab\"\n", AB, 0),
    case("front and back", "front,back\nQa,Aa\nQb,Ab\n", AB, 0),
    case("capitals", "Front,Back\nQa,Aa\nQb,Ab\n", AB, 0),
    case("shouting", "QUESTION,ANSWER\nQa,Aa\nQb,Ab\n", AB, 0),
    case("letters alone", "Q,A\nQa,Aa\nQb,Ab\n", AB, 0),
    case("term and definition", "Term,Definition\nQa,Aa\nQb,Ab\n", AB, 0),
    case("prompt and response", "prompt,response\nQa,Aa\nQb,Ab\n", AB, 0),
    case("two words", "Question Text,Model Answer\nQa,Aa\nQb,Ab\n", AB, 0),
    case("underscores", "question_text,answer_text\nQa,Aa\nQb,Ab\n", AB, 0),
    case("German", "Frage;Antwort\nQa;Aa\nQb;Ab\n", AB, 0),
    case("French", "Question;Réponse\nQa;Aa\nQb;Ab\n", AB, 0),
    case("Spanish", "Pregunta;Respuesta\nQa;Aa\nQb;Ab\n", AB, 0),
    case("answer first", "answer,question\nAa,Qa\nAb,Qb\n", AB, 0),
    case("spaces around names", " question , answer \nQa,Aa\nQb,Ab\n", AB, 0),
    case("no header", "Qa,Aa\nQb,Ab\n", AB, 0),
    case("no header, tabs", "Qa\tAa\nQb\tAb\n", AB, 0),
    case("no header, semicolons", "Qa;Aa\nQb;Ab\n", AB, 0),
    case("one row without a header", "Qa,Aa\n", &[("Qa", "Aa")], 0),
    case("blank lines", "question,answer\n\nQa,Aa\n\n\nQb,Ab\n\n", AB, 0),
    case("rows of separators alone", "question,answer\nQa,Aa\n,\nQb,Ab\n,\n", AB, 0),
    case("a comma in quotes", "question,answer\n\"Qa, b\",\"Aa, c\"\n", &[("Qa, b", "Aa, c")], 0),
    case("a quote in quotes", "question,answer\n\"Qa \"\"b\"\"\",Aa\n", &[("Qa \"b\"", "Aa")], 0),
    case("lines in quotes", "question,answer\nQa,\"one\ntwo\n\nthree\"\n", &[("Qa", "one\ntwo\n\nthree")], 0),
    case("Windows lines in quotes", "question,answer\r\nQa,\"one\r\ntwo\"\r\n", &[("Qa", "one\ntwo")], 0),
    case("other separators in text", "question;answer\nWhat, a?;x, y, z\nWhat b?;x\n", &[("What, a?", "x, y, z"), ("What b?", "x")], 0),
    case("semicolons in text", "question,answer\nQa,a; b; c\nQb,a; b\n", &[("Qa", "a; b; c"), ("Qb", "a; b")], 0),
    case("semicolons in quotes", "\"Qa\",\"a; b\"\n", &[("Qa", "a; b")], 0),
    case("bars in quotes", "question,answer\n\"Qa | b\",\"c | d\"\n", &[("Qa | b", "c | d")], 0),
    case("an apostrophe", "question,answer\nWhat's a?,It's b.\n", &[("What's a?", "It's b.")], 0),
    case("a quote inside a plain cell", "question,answer\nA 5\" disk?,Small.\n", &[("A 5\" disk?", "Small.")], 0),
    case("quotes in tabs that mean nothing", "question\tanswer\n\"Qa\tAa\n", &[("\"Qa", "Aa")], 0),
    case("Excel says the separator", "sep=;\nquestion;answer\nQa;Aa\nQb;Ab\n", AB, 0),
    case("Anki says the separator", "#separator:tab\n#html:false\nQa\tAa\nQb\tAb\n", AB, 0),
    case("Anki says it in words", "#separator:Semicolon\nQa;Aa\nQb;Ab\n", AB, 0),
    case("Anki with tags", "#separator:tab\n#html:true\n#tags column:3\nQa\tAa\taws ecs\nQb\tAb\t\n", AB, 0),
    case("Anki with all columns", "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\nx1\tBasic\tD\tQa\tAa\t\nx2\tBasic\tD\tQb\tAb\t\n", AB, 2),
    case("Anki names the columns", "#separator:comma\n#columns:Front,Back,Tags\nQa,Aa,x\nQb,Ab,\n", AB, 0),
    case("a row too short", "question,answer,tags\nQa,Aa\nQb,Ab,x\n", AB, 1),
    case("a row too long", "question,answer\nQa,Aa\nQc,one, two\nQb,Ab\n", AB, 1),
    case("a row too long with nothing in it", "question,answer\nQa,Aa,,\nQb,Ab\n", AB, 0),
    case("a row without an answer", "question,answer\nQa,Aa\nQc,\nQb,Ab\n", AB, 1),
    case("a row without a question", "question,answer\n,Ac\nQa,Aa\nQb,Ab\n", AB, 1),
    case("a column of which nothing is known", "question,answer,colour\nQa,Aa,red\nQb,Ab,blue\n", AB, 1),
    case("a third column without a name", "Qa,Aa,x\nQb,Ab,y\n", AB, 1),
    case("a column for another program", "deck,question,answer,type\nD,Qa,Aa,Basic\nD,Qb,Ab,Basic\n", AB, 2),
    case("row numbers", "no,question,answer\n1,Qa,Aa\n2,Qb,Ab\n", AB, 0),
    case("row numbers as ids", "id,question,answer\n1,Qa,Aa\n2,Qb,Ab\n", AB, 0),
    case("the same question twice", "question,answer\nQa,Aa\nqa,Other\nQb,Ab\n", AB, 1),
    case("a guarded formula", "question,answer\nQa,'=1+1\nQb,'- one\n", &[("Qa", "=1+1"), ("Qb", "- one")], 0),
    case("an unguarded formula", "question,answer\nQa,=1+1\n", &[("Qa", "=1+1")], 0),
    case("text outside ASCII", "question,answer\nZürich?,« 日本 » ≈ 5 µs\n", &[("Zürich?", "« 日本 » ≈ 5 µs")], 0),
    case("HTML", "question,answer\nQa,<b>Aa</b>\n", &[("Qa", "<b>Aa</b>")], 0),
    case("code", "question,answer\nQa,\"```json\n{\"\"a\"\": [1, 2]}\n```\"\n", &[("Qa", "```json\n{\"a\": [1, 2]}\n```")], 0),
    case("spaces before quotes", "question, answer\n\"Qa\", Aa\n\"Qb\", Ab\n", &[("Qa", " Aa"), ("Qb", " Ab")], 0),
    case("a level that is none", "question,answer,level\nQa,Aa,easy\nQb,Ab,mid\n", AB, 1),
    case("a day that is none", "question,answer,checked\nQa,Aa,soon\nQb,Ab,2026-11-22\n", AB, 1),
    case("two columns of tags", "question,answer,tags,topic\nQa,Aa,x,y\nQb,Ab,,\n", AB, 0),
    case("control characters", "question,answer\nQa,A\u{1b}[2Ja\n", &[("Qa", "A\\x1b[2Ja")], 1),
    case("text that reorders itself", "question,answer\nQa,A\u{202e}a\n", &[("Qa", "A\\u{202e}a")], 1),
];

fn cards(found: &[Found]) -> Vec<(String, String)> {
    found.iter().map(|found| (found.card.prompt().to_string(), found.card.model_answer().to_string())).collect()
}

#[test]
fn tables_are_read_however_they_are_written() {
    assert!(CASES.len() >= 60, "{}", CASES.len());
    for case in CASES {
        let imported = import(case.text.as_bytes()).unwrap_or_else(|refused| panic!("{}: {refused}", case.name));
        let expected: Vec<_> = case.cards.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned())).collect();
        assert_eq!(cards(&imported.cards), expected, "{}: {imported:#?}", case.name);
        assert_eq!(imported.dropped.len(), case.losses, "{}: {:#?}", case.name, imported.dropped);
    }
}

#[test]
fn the_same_table_in_other_encodings_gives_the_same_cards() {
    let text = "question;answer\nZürich?;Ja.\nQb;Ab\n";
    let expected = cards(&import(text.as_bytes()).expect("a table").cards);
    let wide = |mark: char, unit: fn(u16) -> [u8; 2]| {
        format!("{mark}{text}").trim_start_matches('\0').encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    for bytes in [wide('\u{feff}', u16::to_le_bytes), wide('\u{feff}', u16::to_be_bytes), wide('\0', u16::to_le_bytes)]
    {
        assert_eq!(cards(&import(&bytes).expect("a table").cards), expected);
    }
    let refused = import("question;answer\nZürich?;Ja.\n".replace('ü', "\u{0}").as_bytes()).expect_err("a null");
    assert_eq!(refused.line, Some(2));
}

#[test]
fn what_is_no_table_is_refused_with_the_line() {
    let refusal = |text: &str| import(text.as_bytes()).expect_err("refused").to_string();
    assert!(refusal("just one column\nand another line\n").contains("No comma"));
    assert!(refusal("").contains("empty"));
    let open = refusal("question,answer\nQa,Aa\nQb,\"Ab\nQc,Ac\n");
    assert!(open.starts_with("line 3: A quote is opened"), "{open}");
    assert!(refusal("question,answer\nQa,\"").starts_with("line 2: "));
}

#[test]
fn losses_name_their_lines_and_repeat_what_is_lost() {
    let text = "question,answer\n\"Qa\nb\",Aa\nQc,one, two\nQd\n";
    let told: Vec<_> = import(text.as_bytes()).expect("a table").dropped.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("line 4: The row has 3 cells where the table has 2"), "{told:#?}");
    assert!(told[0].contains("one  two") || told[0].contains("one two"), "{told:#?}");
    assert!(told[1].starts_with("line 5: The row has 1 cell"), "{told:#?}");
    assert_eq!(told[2], "line 5: A question without an answer: Qd");
}

#[test]
fn every_column_has_its_place_in_a_card() {
    let text = "id,question,answer,points,tags,level,source,follow-ups,note,checked\n\
        task-role,Qa,Aa,First thing.|Second thing.,\"aws, load balancer\",expert,https://a.example https://b.example,And then?|Why?,Mind it.,2026-11-22\n";
    let imported = import(text.as_bytes()).expect("a table");
    assert_eq!(imported.dropped, []);
    let card = &imported.cards[0].card;
    let Kind::Recall(recall) = &card.kind else { panic!("a question card") };
    let strings = |texts: &[Safe]| texts.iter().map(Safe::to_string).collect::<Vec<_>>();
    assert_eq!(card.id.as_str(), "task-role");
    assert_eq!(
        recall.points.iter().map(|point| point.text.as_str()).collect::<Vec<_>>(),
        ["First thing.", "Second thing."]
    );
    assert_eq!(strings(&card.tags), ["aws", "load balancer"]);
    assert_eq!(card.level, Some(Level::Senior));
    assert_eq!(strings(&card.sources), ["https://a.example", "https://b.example"]);
    assert_eq!(strings(&card.follow_ups), ["And then?", "Why?"]);
    assert_eq!(card.note, Some(Safe::new("Mind it.")));
    assert!(card.checked.is_some());
}

#[test]
fn an_export_comes_back_and_runs_no_formula() {
    let text = "id,question,answer,points,tags,level\n\
        a,=Qa?,\"- one\n- two\",\"One | two\n\",load balancer,mid\nb,\"Q, \"\"b\"\"\",@Ab,First.|Second.,aws;ecs,\n";
    let first = import(text.as_bytes()).expect("a table");
    let cards: Vec<Card> = first.cards.iter().map(|found| found.card.clone()).collect();
    let deck = Deck { cards: cards.clone(), ..Deck::new("d".parse().expect("an id"), Safe::new("D")) };
    for export in [export_commas, export_tabs] {
        let exported = export(&deck);
        assert_eq!(exported.dropped, []);
        let again = import(&exported.bytes).expect("a table");
        assert_eq!(again.dropped, []);
        assert_eq!(again.cards.into_iter().map(|found| found.card).collect::<Vec<_>>(), cards);
        let written = String::from_utf8(exported.bytes).expect("UTF-8");
        assert!(written.contains("'=Qa?") && written.contains("'- one") && written.contains("'@Ab"), "{written}");
    }
}
