use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::Offset;
use proptest::prelude::*;

use super::*;
use crate::scheduler::{Policy, Scheduler};

fn now() -> Moment {
    let at = "2026-11-22T18:00:00Z".parse().expect("a time");
    Moment { at, offset: Offset::UTC, day: date(2026, 11, 22) }
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn key(name: &str) -> Key {
    Key { deck: id("deck"), card: id(name) }
}

fn scheduler() -> Scheduler {
    Scheduler::new(Policy { fuzz: false, ..Policy::default() }).expect("a good policy")
}

/// A new scenario, written `name label` or `name label twin`.
fn scenario(text: &str) -> Scenario {
    let words: Vec<&str> = text.split(' ').collect();
    let pair = words.get(2).map(|twin| key(twin));
    Scenario { card: key(words[0]), right: vec![id(words[1])], pair, memory: Memory::default(), retrievability: None }
}

/// A scenario that was answered some days ago.
fn seen(text: &str, grade: Grade, days: i64, recall: f32) -> Scenario {
    let moment = Moment {
        at: now().at - SignedDuration::from_hours(24 * days),
        day: now().day - SignedDuration::from_hours(24 * days),
        ..now()
    };
    let new = scenario(text);
    let action = Action::Review { grade, took: 1, source: Source::Choice, said: None };
    let entry = Entry { id: EntryId::new(moment.at, 1), card: new.card.clone(), moment, action };
    let memory = scheduler().apply(&Memory::default(), &entry);
    Scenario { memory, retrievability: Some(recall), ..new }
}

fn round(scenarios: &[&str], seed: u64) -> Round {
    Round::choose(scenarios.iter().map(|text| scenario(text)).collect(), 20, seed, now())
}

fn asked(round: &Round) -> Option<String> {
    round.asked().map(|(scenario, _)| scenario.card.card.to_string())
}

/// Picks a label, as the screen does, and says what was written.
fn pick(round: &mut Round, label: &str) -> Entry {
    let number = round.answers().len() as u128;
    let entry = round.pick(&id(label), "", now(), EntryId::new(now().at, number)).expect("asked");
    let memory = scheduler().apply(&round.asked().expect("asked").0.memory, &entry);
    round.recorded(&entry, memory);
    entry
}

/// Answers the scenario on the table, right or wrong, and goes on.
fn answer(round: &mut Round, is_right: bool) {
    let right = round.asked().expect("asked").0.right[0].to_string();
    pick(round, if is_right { &right } else { "wrong" });
    round.next(now().at);
}

fn order(mut round: Round) -> Vec<String> {
    std::iter::from_fn(|| {
        let name = asked(&round)?;
        round.next(now().at);
        Some(name)
    })
    .collect()
}

#[test]
fn what_is_due_comes_before_what_is_new_and_that_before_the_rest() {
    let all = || {
        vec![
            seen("known a", Grade::Easy, 1, 0.9),
            scenario("new a"),
            seen("due b", Grade::Good, 90, 0.4),
            seen("forgotten b", Grade::Good, 90, 0.1),
        ]
    };
    let chosen = |length| {
        let mut chosen = order(Round::choose(all(), length, 7, now()));
        chosen.sort();
        chosen
    };
    assert_eq!(chosen(1), ["forgotten"]);
    assert_eq!(chosen(3), ["due", "forgotten", "new"]);
    assert_eq!(chosen(9).len(), 4);
}

#[test]
fn suspended_and_buried_scenarios_do_not_come() {
    let mut suspended = scenario("s a");
    suspended.memory.suspended = true;
    let mut buried = scenario("b a");
    buried.memory.buried = Some(now().day);
    assert_eq!(order(Round::choose(vec![suspended, buried, scenario("c a")], 9, 1, now())), ["c"]);
}

#[test]
fn a_pick_is_recorded_at_once_as_good_or_again_with_what_was_said() {
    let mut round = round(&["one a"], 1);
    let entry = round.pick(&id("b"), " so  it\nis ", now(), EntryId::new(now().at, 1)).expect("asked");
    let said = Some(Said::picked(id("b"), "so it is"));
    assert_eq!(entry.action, Action::Review { grade: Grade::Again, took: 0, source: Source::Choice, said });
    assert!(round.answer().is_none(), "nothing has changed yet");
    let Action::Review { grade, .. } = pick(&mut round, "a").action else { panic!("a review") };
    assert_eq!(grade, Grade::Good);
    assert!(round.pick(&id("a"), "", now(), entry.id).is_none(), "one pick a scenario");
}

#[test]
fn a_mistake_brings_the_twin_within_the_next_three() {
    for seed in 0..20 {
        let mut round = round(&["m a twin", "twin b m", "c a", "d b", "e a", "f b"], seed);
        while asked(&round).as_deref() != Some("m") {
            answer(&mut round, true);
        }
        let others = round.left() - 1;
        answer(&mut round, false);
        let place = order(round).iter().position(|name| name == "twin").expect("the twin comes");
        assert!(place <= 2 && (place > 0 || others < 2), "seed {seed}: {place} of {others}");
    }
}

#[test]
fn a_round_ends_though_everything_is_answered_wrong() {
    let mut round = round(&["a x b", "b y a", "c x", "d y c"], 3);
    let mut times = 0;
    while asked(&round).is_some() {
        answer(&mut round, false);
        times += 1;
        assert!(times < 20);
    }
    assert!(times >= 4);
}

#[test]
fn a_round_of_fixed_length_ends_with_it_whatever_is_missed() {
    let all = ["a x b", "b y a", "c x d", "d y c", "e x f", "f y e"].map(scenario).to_vec();
    let mut round = Round::choose(all, 4, 3, now()).of_fixed_length();
    while asked(&round).is_some() {
        answer(&mut round, false);
    }
    assert_eq!(round.answers().len(), 4);
}

#[test]
fn the_twin_of_what_was_missed_last_comes_first_next_time() {
    let missed = seen("missed a twin", Grade::Again, 1, 0.5);
    for seed in 0..9 {
        let others = ["c a", "d b", "e a", "twin b"].map(scenario);
        let all = std::iter::once(missed.clone()).chain(others).collect();
        assert_eq!(asked(&Round::choose(all, 3, seed, now())).as_deref(), Some("twin"));
    }
    let settled = vec![missed, scenario("c a"), seen("twin b", Grade::Good, 0, 1.0)];
    assert_ne!(asked(&Round::choose(settled, 3, 1, now())).as_deref(), Some("twin"), "it was looked at since");
}

#[test]
fn the_summary_says_how_each_label_went_and_which_two_are_mixed_up() {
    let mut round = round(&["a x", "b x", "c y", "d y", "e z"], 5);
    while let Some(name) = asked(&round) {
        let label = if name == "a" || name == "e" { "y" } else { "x" };
        pick(&mut round, label);
        round.next(now().at);
    }
    let summary = round.summary();
    assert_eq!((summary.answers, summary.right), (5, 1));
    let mut labels: Vec<_> =
        summary.labels.iter().map(|share| (share.label.to_string(), share.asked, share.right)).collect();
    labels.sort();
    assert_eq!(labels, [("x".to_owned(), 2, 1), ("y".to_owned(), 2, 0), ("z".to_owned(), 1, 0)]);
    let (one, other, times) = summary.confused.expect("mistakes were made");
    assert_eq!((times, [one, other].iter().all(|label| ["x", "y"].contains(&label.as_str()))), (3, true));
    assert_eq!(summary.missed.len(), 4);
}

#[test]
fn another_window_that_answers_first_takes_the_scenario_away() {
    let mut round = round(&["a x", "b y"], 1);
    let first = asked(&round).expect("asked");
    round.overtaken(&key(&first), Memory::default(), now().at);
    assert_ne!(asked(&round), Some(first));
    assert_eq!(round.answers().len(), 0);
}

/// What a learner sees of a round.
fn state(round: &Round) -> (Option<String>, Vec<usize>, Vec<(Key, Id)>) {
    let answers = round.answers.iter().map(|answer| (answer.card.clone(), answer.picked.clone()));
    (asked(round), round.waiting.iter().copied().collect(), answers.collect())
}

proptest! {
    #[test]
    fn every_scenario_comes_once_and_no_label_runs_on_without_need(
        labels in prop::collection::vec(0..3_usize, 1..16), seed in any::<u64>(),
    ) {
        let name = |at: usize| format!("s{at} {}", ["x", "y", "z"][labels[at]]);
        let scenarios: Vec<_> = (0..labels.len()).map(|at| scenario(&name(at))).collect();
        let order = order(Round::choose(scenarios, 99, seed, now()));
        let place = |name: &String| name[1..].parse::<usize>().expect("a number");
        let answers: Vec<usize> = order.iter().map(|name| labels[place(name)]).collect();
        let most = (0..3).map(|label| labels.iter().filter(|other| **other == label).count()).max().unwrap_or(0);
        let longest = answers.chunk_by(|one, next| one == next).map(<[usize]>::len).max().unwrap_or(0);
        prop_assert!(longest <= 2 || most > 2 * (labels.len() - most + 1), "{answers:?}");
        let mut places: Vec<usize> = order.iter().map(place).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..labels.len()).collect::<Vec<_>>());
    }

    #[test]
    fn taking_answers_back_brings_exactly_what_was_there_before(
        picks in prop::collection::vec(any::<bool>(), 1..9), seed in any::<u64>(),
    ) {
        let mut round = round(&["a x b", "b y a", "c x d", "d y c", "e z", "f x"], seed);
        let (mut before, mut entries) = (Vec::new(), Vec::new());
        for is_right in picks {
            let Some((scenario, _)) = round.asked() else { break };
            let label = if is_right { scenario.right[0].to_string() } else { "wrong".to_owned() };
            before.push((state(&round), scenario.memory));
            entries.push(pick(&mut round, &label));
            round.next(now().at);
        }
        while let (Some(entry), Some((earlier, memory))) = (entries.pop(), before.pop()) {
            let later = state(&round);
            round.undone(&entry, memory, now().at);
            prop_assert_eq!(state(&round), earlier.clone());
            let after = scheduler().apply(&memory, &entry);
            round.redone(&entry, after, now().at);
            prop_assert_eq!(state(&round), later, "done again");
            round.undone(&entry, memory, now().at);
        }
    }
}
