//! The shipped grader is what the labelled answers in `assets/grader` give, to the byte.

use std::path::{Path, PathBuf};

use greenroom::card::{Card, Kind};
use greenroom::grader::train::{Answer, Said, Subject, Training, read};
use greenroom::grader::{Grader, Mark};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/grader")
}

/// The files of a folder with this ending, by name, with their stems.
fn files(ending: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder().join("data")).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    let stem = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (stem(path), std::fs::read_to_string(path).expect("readable"))).collect()
}

fn answers() -> Vec<Answer> {
    files("jsonl").iter().flat_map(|(author, text)| read(author, text).expect("labelled answers")).collect()
}

fn subjects() -> Vec<Subject> {
    let shipped = include_str!("../../decks/aws/ecs.toml").to_owned();
    let texts = std::iter::once(shipped).chain(files("toml").into_iter().map(|(_, text)| text));
    let subject = |text: String| {
        let deck = greenroom::deck::parse(&text).deck.expect("a deck");
        let recalls = deck.cards.into_iter().filter_map(|card| match card.kind {
            Kind::Recall(recall) => Some((card.id, recall)),
            Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        });
        Subject { deck: deck.id, cards: recalls.collect() }
    };
    texts.map(subject).collect()
}

#[test]
fn the_answers_give_the_shipped_model_again() {
    let training = Training::new(subjects(), answers());
    let shipped = |name: &str| std::fs::read(folder().join(name)).expect("it is shipped");
    let advice = "run `cargo run --release -- train grader`";
    assert!(training.heard_file().into_bytes() == shipped("heard.jsonl"), "{advice}");
    assert!(training.learn().model_file() == shipped("grader.model"), "{advice}");
}

#[test]
fn every_answer_is_to_a_card_and_marks_all_its_points() {
    let subjects = subjects();
    for answer in answers() {
        let cards = subjects.iter().flat_map(|subject| &subject.cards);
        let (_, card) = cards.into_iter().find(|(id, _)| id.as_str() == answer.card).expect("a deck has the card");
        let points: Vec<&str> = card.points.iter().map(|point| point.id.as_str()).collect();
        assert!(points.iter().all(|point| answer.points.contains_key(*point)), "{}", answer.id);
        assert!(answer.quotes.values().all(|quote| answer.text.contains(quote.as_str())), "{}", answer.id);
    }
}

#[test]
fn no_answer_is_there_twice_and_the_test_answers_are_not_learned_from() {
    let dev = std::fs::read_to_string(folder().join("dev.jsonl")).expect("it is there");
    let dev = read("dev", &dev).expect("labelled answers");
    assert!(dev.len() >= 40, "{}", dev.len());
    let mut texts: Vec<String> =
        answers().into_iter().chain(dev).filter(|answer| answer.text.len() > 40).map(|answer| answer.text).collect();
    texts.sort();
    let twice: Vec<_> = texts.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert_eq!(twice, [""; 0]);
}

#[test]
fn the_model_card_tells_of_the_shipped_model() {
    let card = std::fs::read_to_string(folder().join("MODEL.md")).expect("the card");
    let bytes = std::fs::metadata(folder().join("grader.model")).expect("the model").len();
    assert!(card.contains(&format!("The model has {bytes} bytes.")), "{bytes}");
    assert!(card.contains(&format!("{} answers by", answers().len())));
}

/// A deck of a field from which nothing was learnt for it, and answers that were marked by hand.
fn other_field() -> (greenroom::deck::Deck, Vec<Answer>) {
    let deck = greenroom::deck::parse(include_str!("data/grader/sql.toml")).deck.expect("a deck");
    (deck, read("sql", include_str!("data/grader/sql.jsonl")).expect("labelled answers"))
}

fn score(grader: &Grader, card: &Card, text: &str) -> f64 {
    grader.grade(&card.id, text).expect("it is answered in words").score
}

#[test]
fn a_deck_of_another_field_is_marked_by_its_own_lines() {
    let (deck, answers) = other_field();
    let grader = Grader::new(&deck.id, &deck.cards);
    let (mut right, mut told, mut said, mut missed, mut credited) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for answer in &answers {
        let verdict = grader.grade(&answer.card.parse().expect("an id"), &answer.text).expect("the deck has the card");
        for finding in &verdict.points {
            let is_said = answer.points[finding.point.as_str()] != Said::Missed;
            let is_told = finding.mark != Mark::Missed;
            let one = |truth: bool| f64::from(u8::from(truth));
            said += one(is_said);
            told += one(is_told);
            right += one(is_said && is_told);
            missed += one(!is_said);
            credited += one(is_told && !is_said);
        }
    }
    let (f1, wrong_credit) = (2.0 * right / (said + told), credited / missed);
    assert!(answers.len() >= 40 && f1 >= 0.72 && wrong_credit <= 0.20, "F1 {f1:.3}, wrong credit {wrong_credit:.3}");
}

#[test]
fn model_answers_of_another_field_score_100_and_questions_nothing() {
    let (deck, _) = other_field();
    let grader = Grader::new(&deck.id, &deck.cards);
    for card in &deck.cards {
        let Kind::Recall(recall) = &card.kind else { continue };
        assert!((score(&grader, card, recall.answer.as_str()) - 100.0).abs() < 1e-9, "{}", card.id);
        for text in [recall.question.as_str().to_owned(), format!("You ask: {}", recall.question.as_str())] {
            assert!(score(&grader, card, &text) < 1e-9, "{text}");
        }
    }
}

#[test]
fn a_deck_without_accept_lines_is_marked_by_its_statements() {
    let (mut deck, _) = other_field();
    for card in &mut deck.cards {
        if let Kind::Recall(recall) = &mut card.kind {
            recall.points.iter_mut().for_each(|point| point.accept.clear());
            recall.misconceptions.clear();
        }
    }
    let grader = Grader::new(&deck.id, &deck.cards);
    let having = deck.cards.iter().find(|card| card.id.as_str() == "having").expect("the card");
    let text = "WHERE filters the rows before they get grouped, HAVING filters groups after aggregation.";
    let verdict = grader.grade(&having.id, text).expect("it is answered in words");
    let marks: Vec<Mark> = verdict.points.iter().map(|point| point.mark).collect();
    assert_eq!([marks[0], marks[1], marks[3]], [Mark::Covered, Mark::Covered, Mark::Missed]);
}
