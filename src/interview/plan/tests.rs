//! What holds for every mock, whatever the seed.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 22);

fn candidate(number: usize, topic: usize) -> Candidate {
    Candidate {
        card: format!("deck/c{number}").parse().expect("a key"),
        topic: Some(Safe::new(&format!("topic {topic}"))),
        compares: number % 5 == 1,
        retrievability: Some(0.5 + 0.49 * (number % 7) as f32 / 6.0),
        strength: 1.0 - 0.2 * topic as f32,
        is_due: number.is_multiple_of(4),
        was_recalled: true,
        last_met: Some(date(2026, 11, 1 + (topic % 20) as i8)),
        last_mock: None,
    }
}

/// Five topics with four questions each.
fn rich() -> Vec<Candidate> {
    (0..20).map(|number| candidate(number, number / 4)).collect()
}

fn neighbours(plan: &Plan) -> usize {
    plan.questions.windows(2).filter(|two| two[0].topic.is_some() && two[0].topic == two[1].topic).count()
}

fn most_of_a_topic(plan: &Plan) -> usize {
    let count = |drawn: &Drawn| plan.questions.iter().filter(|other| other.topic == drawn.topic).count();
    plan.questions.iter().map(count).max().unwrap_or(0)
}

#[test]
fn ten_thousand_mocks_keep_every_rule_and_the_shares() {
    let mut pool = rich();
    for resting in [2, 9, 15] {
        pool[resting].last_mock = Some(date(2026, 11, 20));
    }
    pool[4].last_mock = Some(date(2026, 11, 19));
    let mut shares = [0_usize; 4];
    for seed in 0..10_000 {
        let length = Length::ALL[seed as usize % 3];
        let plan = Plan::draw(&pool, length, seed, TODAY);
        let cards: Vec<&Key> = plan.questions.iter().map(|drawn| &drawn.card).collect();
        let of = |key: &Key| pool.iter().find(|candidate| candidate.card == *key).expect("of the pool");
        assert_eq!(cards.len(), length.questions());
        assert!(cards.iter().enumerate().all(|(at, card)| !cards[..at].contains(card)), "{seed}: twice");
        assert!(cards.iter().all(|card| !of(card).rests(TODAY)), "{seed}: within three days");
        assert!(most_of_a_topic(&plan) <= 2 && neighbours(&plan) == 0, "{seed}: {plan:?}");
        assert!(cards.iter().any(|card| of(card).compares), "{seed}: nothing is compared");
        assert!(of(cards[0]).recall() > EASY, "{seed}: the first is not easy");
        assert_eq!((plan.unlearnt, plan.resting, plan.missing()), (0, 3, 0));
        assert_eq!(plan, Plan::draw(&pool, length, seed, TODAY), "{seed}: not drawn again");
        plan.questions.iter().for_each(|drawn| shares[drawn.why as usize] += 1);
    }
    let all: usize = shares.iter().sum();
    let permille = shares.map(|share| 1000 * share / all);
    // One question that compares and the easy first one are drawn at random before the others.
    assert_near(permille, [291, 495, 141, 71]);
}

/// Within one in a hundred.
#[track_caller]
fn assert_near(permille: [usize; 4], expected: [usize; 4]) {
    let is_near = permille.iter().zip(expected).all(|(found, wanted)| found.abs_diff(wanted) <= 10);
    assert!(is_near, "{permille:?}, not {expected:?}");
}

/// A pool in which all are weak, and easy enough to begin with, and none compares: the first is drawn at random, and the
/// five others by the shares.
#[test]
fn slots_are_drawn_four_three_two_one_where_nothing_else_decides() {
    let plain = |number| Candidate { compares: false, retrievability: Some(0.87), ..candidate(number, number) };
    let pool: Vec<Candidate> = (0..12).map(plain).collect();
    let mut shares = [0_usize; 4];
    for seed in 0..10_000 {
        Plan::draw(&pool, Length::Usual, seed, TODAY)
            .questions
            .iter()
            .for_each(|drawn| shares[drawn.why as usize] += 1);
    }
    let permille = shares.map(|share| share / 60);
    assert_near(permille, [333, 417, 167, 83]);
}

#[test]
fn the_weaker_a_topic_the_oftener_it_is_drawn() {
    let pool: Vec<Candidate> = (0..10)
        .map(|number| Candidate {
            compares: false,
            retrievability: Some(0.87),
            strength: if number < 5 { 0.0 } else { 1.0 },
            ..candidate(number, number)
        })
        .collect();
    let (mut weak, mut strong) = (0_usize, 0_usize);
    for seed in 0..2_000 {
        for drawn in
            Plan::draw(&pool, Length::Short, seed, TODAY).questions.iter().filter(|drawn| drawn.why == Why::Weak)
        {
            let is_of_weak = pool[..5].iter().any(|one| one.card == drawn.card);
            *(if is_of_weak { &mut weak } else { &mut strong }) += 1;
        }
    }
    assert!(weak > 6 * strong && strong > 0, "{weak} of weak topics, {strong} of strong ones");
}

#[test]
fn somebody_without_any_review_gets_a_mock_too() {
    let fresh = |number| Candidate {
        retrievability: None,
        is_due: false,
        was_recalled: false,
        last_met: None,
        ..candidate(number, number)
    };
    let new: Vec<Candidate> = (0..8).map(fresh).collect();
    let plan = Plan::draw(&new, Length::Usual, 1, TODAY);
    assert_eq!((plan.questions.len(), plan.unlearnt), (6, 6));
    let mixed: Vec<Candidate> = (0..4).map(|number| candidate(number, number)).chain((4..9).map(fresh)).collect();
    let plan = Plan::draw(&mixed, Length::Usual, 1, TODAY);
    assert_eq!((plan.questions.len(), plan.unlearnt), (6, 2), "what was recalled comes first");
}

#[test]
fn few_cards_make_a_shorter_mock_and_one_topic_no_empty_one() {
    let few: Vec<Candidate> = (0..4).map(|number| candidate(number, number)).collect();
    assert_eq!(Plan::draw(&few, Length::Usual, 1, TODAY).missing(), 2);
    assert_eq!(Plan::draw(&[], Length::Usual, 1, TODAY).questions, []);
    let alike: Vec<Candidate> = (0..9).map(|number| candidate(number, 0)).collect();
    assert_eq!(Plan::draw(&alike, Length::Usual, 1, TODAY).questions.len(), 6);
    let untagged: Vec<Candidate> = alike.into_iter().map(|one| Candidate { topic: None, ..one }).collect();
    assert_eq!(Plan::draw(&untagged, Length::Long, 1, TODAY).questions.len(), 9);
}

proptest! {
    #[test]
    fn any_pool_keeps_the_rules_as_far_as_it_can(
        topics in prop::collection::vec(0..6_usize, 0..24), seed in any::<u64>(), length in 0..3_usize,
    ) {
        let pool: Vec<Candidate> = topics.iter().enumerate().map(|(at, topic)| candidate(at, *topic)).collect();
        let length = Length::ALL[length];
        let plan = Plan::draw(&pool, length, seed, TODAY);
        prop_assert_eq!(plan.questions.len(), length.questions().min(pool.len()));
        let two_each: usize = (0..6).map(|topic| topics.iter().filter(|other| **other == topic).count().min(2)).sum();
        if two_each >= length.questions() {
            prop_assert!(most_of_a_topic(&plan) <= 2);
        }
        if most_of_a_topic(&plan) <= plan.questions.len().div_ceil(2) {
            prop_assert_eq!(neighbours(&plan), 0, "{:?}", plan);
        }
    }
}
