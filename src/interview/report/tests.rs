//! Reports on mocks that were marked by hand.

use jiff::SignedDuration;
use jiff::civil::date;

use super::*;
use crate::card::{Misconception, Point, Recall};
use crate::grader::{Finding, Quote, Suspicion};
use crate::interview::{Candidate, Plan, Wishes};
use crate::review::{Mark, Said};

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

/// Three points of weight 3, 2 and 1, and a misconception.
fn card(key: &Key) -> Card {
    let point = |name: &str, weight| Point {
        id: id(name),
        weight,
        text: Safe::new(&format!("the point {name}")),
        accept: Vec::new(),
        probe: None,
    };
    let wrong = Misconception {
        id: id("wrong"),
        text: Safe::from("it is wrong"),
        accept: Vec::new(),
        correction: Some(Safe::from("It is right.")),
    };
    let recall = Recall {
        question: Safe::new(&format!("What is `{}`?", key.card)),
        answer: Safe::from("This."),
        points: vec![point("a", 3), point("b", 2), point("c", 1)],
        misconceptions: vec![wrong],
        sides: Vec::new(),
    };
    Card {
        id: key.card.clone(),
        kind: Kind::Recall(recall),
        level: None,
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
        note: None,
        follow_ups: Vec::new(),
    }
}

/// The points whose letters stand in the text are said; `?` after a letter leaves it unsure; `wrong` is wrong.
fn verdict(text: &str) -> Verdict {
    let place = |word: &str| {
        text.find(word).map(|start| Quote {
            range: start..start + word.len(),
            words: Vec::new(),
            line: Safe::default(),
        })
    };
    let point = |name: &str| Finding {
        point: id(name),
        mark: if place(&format!("<{name}")).is_some() { Mark::Covered } else { Mark::Missed },
        is_sure: place(&format!("<{name}?")).is_none(),
        probability: 0.9,
        quote: place(&format!("<{name}")),
    };
    let wrong =
        place("wrong").map(|quote| Suspicion { misconception: id("wrong"), is_sure: true, probability: 0.9, quote });
    Verdict { points: ["a", "b", "c"].map(point).into(), misconceptions: wrong.into_iter().collect(), score: 0.0 }
}

/// A mock with these answers and confidences.
fn sitting(answers: &[(&str, Option<u8>)]) -> Sitting {
    let candidate = |number: usize| Candidate {
        card: format!("deck/c{number}").parse().expect("a key"),
        topic: None,
        compares: false,
        retrievability: None,
        strength: 0.0,
        is_due: false,
        was_recalled: false,
        last_met: None,
        last_mock: None,
    };
    let pool: Vec<Candidate> = (0..answers.len()).map(candidate).collect();
    let plan = Plan::draw(&pool, Length::Usual, 1, date(2026, 11, 22));
    let mut sitting = Sitting::begin(plan, Wishes::default(), at(0));
    for (text, sure) in answers {
        sitting.start_answering(at(1));
        sitting.written = Safe::new(text);
        sitting.hand_in(at(2));
        sitting.rate(sure.and_then(|sure| Percent::try_from(sure).ok()), Vec::new(), at(3));
    }
    sitting
}

fn report(sitting: &Sitting) -> Report {
    let verdicts: Vec<(Safe, Verdict)> =
        sitting.answers().map(|(_, answer)| (answer.text.clone(), verdict(answer.text.as_str()))).collect();
    Report::of(
        sitting,
        |key| Some(card(key)),
        |_, text| verdicts.iter().find(|(known, _)| known == text).map(|(_, verdict)| verdict),
    )
}

#[test]
fn what_was_sure_and_missed_comes_first_and_is_what_to_change() {
    let mock = sitting(&[
        ("Say <a and <b and <c.", Some(90)),
        ("Only <c.", Some(85)),
        ("Only <a.", Some(95)),
        ("<c", Some(10)),
    ]);
    let report = report(&mock);
    assert_eq!(report.by_worth(), [2, 1, 0, 3]);
    assert_eq!(report.change().expect("something").as_str(), "You were 95 % sure, and this was missing: the point b");
    assert_eq!(report.good().expect("a sentence").as_str(), "Only <a.");
    let shares: Vec<i64> = report.questions.iter().map(|told| (100.0 * told.unaided).round() as i64).collect();
    assert_eq!(shares, [100, 17, 50, 17]);
}

#[test]
fn a_wrong_claim_is_quoted_with_its_correction_before_everything_else() {
    let report = report(&sitting(&[("Surely <a is wrong.", Some(90))]));
    assert_eq!(
        (report.wrong(), report.change().expect("something").as_str().to_owned()),
        (1, "You said “wrong”. It is right.".to_owned())
    );
}

#[test]
fn an_unsure_mark_counts_once_the_learner_has_decided() {
    let mut mock = sitting(&[("<a? <b", Some(50))]);
    let before = report(&mock);
    assert_eq!(before.questions[0].points[0].credit, Credit::Undecided);
    assert!((before.said() - 2.0 / 6.0).abs() < 1e-9);
    mock.answer_mut(0).expect("an answer").decided.push((id("a"), Mark::Covered));
    let after = report(&mock);
    assert!((after.said() - 5.0 / 6.0).abs() < 1e-9);
    let Said::Typed(typed) = after.record(0) else { panic!("not typed") };
    assert_eq!(
        (typed.marks[0].sure, typed.marks[0].flipped, typed.marks[1].flipped),
        (false, Some(Mark::Covered), None)
    );
}

#[test]
fn a_report_that_is_written_out_has_no_markup_of_others_and_a_version() {
    let report = report(&sitting(&[("# <a *b* <b\n[x](y)", Some(50)), ("", None)]));
    let text = report.markdown();
    assert!(text.contains("> \\# \\<a \\*b\\* \\<b\n> \\[x\\]\\(y\\)\n"), "{text}");
    assert!(text.contains("- missed: the point c\n") && text.contains("sure: not said"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&report.json()).expect("JSON");
    assert_eq!(
        (json["version"].as_u64(), json["questions"][0]["points"][0]["credit"].as_str()),
        (Some(1), Some("said"))
    );
}

#[test]
fn what_was_ticked_is_what_was_said_aloud() {
    let mut mock = sitting(&[("", Some(50))]);
    mock.wishes.is_spoken = true;
    mock.answer_mut(0).expect("an answer").decided.push((id("a"), Mark::Covered));
    let report = report(&mock);
    assert_eq!((report.questions[0].unaided, report.score.map(|score| score.pace)), (0.5, Some(4)));
    let Said::Typed(typed) = report.record(0) else { panic!("not typed") };
    assert_eq!((typed.marks[0].mark, typed.marks[0].p, typed.marks[1].mark), (Mark::Covered, None, Mark::Missed));
}
