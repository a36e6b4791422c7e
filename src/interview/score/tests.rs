//! Answers whose score was computed by hand.

use super::*;

/// Points as `3s 2p`: weight, and said, partial, asked for, hinted, missed, undecided (`s p a h m u`).
fn points(text: &str) -> Vec<Counted> {
    let credit = |letter: char| match letter {
        's' => Credit::Said,
        'p' => Credit::Partial,
        'a' => Credit::Prompted,
        'h' => Credit::Hinted,
        'm' => Credit::Missed,
        _ => Credit::Undecided,
    };
    let point = |word: &str| {
        let mut letters = word.chars();
        let weight = letters.next().and_then(|digit| digit.to_digit(10)).expect("a weight") as u8;
        Counted { weight, credit: credit(letters.next().expect("a credit")) }
    };
    text.split_whitespace().map(point).collect()
}

/// `(points, words, wrong, suspected, over time)`.
type Row = (&'static str, usize, usize, usize, bool);

fn answer((text, words, wrong, suspected, is_over_time): Row) -> Scored {
    Scored { points: points(text), words, wrong, suspected, is_over_time, ..Scored::default() }
}

#[test]
fn thirty_answers_have_the_score_and_the_grade_computed_by_hand() {
    use Grade::{Again, Good, Hard};
    // (answer, structure, score, grade): 60 cov + 5 accuracy + 2.5 structure + 2.5 pace.
    let cases: [(Row, u8, f64, Grade); 30] = [
        (("3m 2m 1m", 0, 0, 0, false), 4, 0.0, Again),   // empty
        (("3s 2s 1s", 90, 0, 0, false), 4, 100.0, Good), // the author's own answer
        (("3m 2m 1m", 25, 0, 0, false), 0, 30.0, Again), // the question repeated
        (("3s 2s 1m", 40, 0, 0, false), 2, 85.0, Good),  // 50 + 20 + 5 + 10
        (("3s 2m 1m", 40, 0, 0, false), 2, 65.0, Hard),  // 30 + 20 + 5 + 10
        (("3m 2s 1s", 40, 0, 0, false), 2, 65.0, Hard),
        (("3m 2m 1s", 40, 0, 0, false), 2, 45.0, Again), // 10 + 20 + 5 + 10
        (("3p 2p 1p", 40, 0, 0, false), 2, 65.0, Hard),
        (("3a 2a 1a", 40, 0, 0, false), 2, 65.0, Again), // asked for: half, and unaided nothing
        (("3h 2h 1h", 40, 0, 0, false), 2, 55.0, Again), // hinted: a third
        (("3u 2s 1s", 40, 0, 0, false), 2, 65.0, Good),  // undecided: missed here, no matter for the grade
        (("3u 2u 1u", 40, 0, 0, false), 2, 35.0, Again),
        (("3m 2m 1m", 40, 1, 0, false), 0, 10.0, Again), // negated: missed and a wrong claim
        (("3s 2m 1m", 40, 1, 0, false), 0, 50.0, Hard),  // 30 + 10 + 0 + 10
        (("3s 2m 1m", 40, 2, 0, false), 0, 45.0, Hard),
        (("3s 2m 1m", 40, 0, 1, false), 0, 55.0, Hard),
        (("3m 2s 1m", 40, 1, 1, false), 0, 30.0, Again), // 20 + 0 + 0 + 10
        (("3s 2s 1s", 40, 3, 0, false), 4, 85.0, Hard),
        (("3s 2s 1s", 19, 0, 0, false), 4, 97.5, Good), // one word too short
        (("3s 2s 1s", 20, 0, 0, false), 4, 100.0, Good),
        (("3s 2s 1s", 40, 0, 0, true), 4, 90.0, Good), // one of one is most
        (("3s 2s 1s", 5, 0, 0, true), 0, 80.0, Good),
        (("2s 2m", 40, 0, 0, false), 0, 60.0, Hard),
        (("2s 2s 1m", 40, 0, 0, false), 0, 78.0, Good), // 48 + 20 + 0 + 10
        (("3s 1m", 40, 0, 0, false), 1, 77.5, Good),    // 45 + 20 + 2.5 + 10
        (("3s 2a 1m", 40, 0, 0, false), 1, 72.5, Hard), // 40 + 20 + 2.5 + 10
        (("3s 2h 1m", 40, 0, 0, false), 3, 30.0 + 60.0 / 9.0 + 37.5, Hard),
        (("1s 1s 1s 1s 1m", 40, 0, 0, false), 0, 78.0, Good),
        (("1s 1s 1m 1m 1m", 40, 0, 0, false), 0, 54.0, Hard), // exactly two fifths
        (("3s 3s 3m 2p", 40, 0, 0, false), 0, 60.0 * 7.0 / 11.0 + 30.0, Hard),
    ];
    for (number, (row, structure, score, grade)) in cases.into_iter().enumerate() {
        let answer = answer(row);
        let found = Score::of(std::slice::from_ref(&answer), Some(structure)).expect("a score").total();
        assert!((found - score).abs() < 1e-9, "{number}: {found}, not {score}");
        assert_eq!(answer.grade(), grade, "{number}");
    }
}

#[test]
fn no_mock_is_graded_easy_and_without_a_tick_ten_points_are_not_to_be_had() {
    assert_eq!(answer(("3s", 200, 0, 0, false)).grade(), Grade::Good);
    let score = Score::of(&[answer(("3s", 200, 0, 0, false))], None).expect("a score");
    assert_eq!((score.total(), score.best()), (90.0, 90));
    assert_eq!(Score::of(&[], None), None);
}

#[test]
fn pace_goes_from_all_inside_to_most_over() {
    let mock = |over: usize, all: usize| {
        let answers: Vec<Scored> = (0..all).map(|at| answer(("1s", 30, 0, 0, at < over))).collect();
        Score::of(&answers, None).expect("a score").pace
    };
    assert_eq!([0, 1, 2, 3, 4, 6].map(|over| mock(over, 6)), [4, 3, 2, 1, 0, 0]);
    assert_eq!([0, 1, 2, 3].map(|over| mock(over, 3)), [4, 3, 0, 0]);
}

#[test]
fn a_heavy_question_counts_more_and_expectation_is_told_from_coverage() {
    let rated = |text: &'static str, sure: f64| Scored { confidence: Some(sure), ..answer((text, 30, 0, 0, false)) };
    let silent = answer(("3m 3m", 30, 0, 0, false));
    let answers = [rated("3s 3m 1u", 0.8), rated("2s", 0.5), silent];
    let found = Calibration::of(&answers).expect("rated");
    // Weights 6 and 2: expected (6 * 0.8 + 2 * 0.5) / 8, said (6 * 0.5 + 2 * 1) / 8.
    assert!((found.expected - 0.725).abs() < 1e-9 && (found.said - 0.625).abs() < 1e-9, "{found:?}");
    assert!((found.gap() - 0.1).abs() < 1e-9 && (found.brier - 0.17).abs() < 1e-9, "{found:?}");
    assert_eq!(Calibration::of(&answers[2..]), None);
}
