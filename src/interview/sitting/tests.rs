//! A mock with its steps, its clock and its drafts.

use jiff::SignedDuration;
use jiff::civil::date;

use super::*;
use crate::interview::plan::{Candidate, Length};
use crate::interview::probe::After;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn plan(length: Length) -> Plan {
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
    Plan::draw(&(0..20).map(candidate).collect::<Vec<_>>(), length, 7, date(2026, 11, 22))
}

fn probe(id: &str) -> Probe {
    Probe { after: After::Point(id.parse().expect("an id")), question: Safe::from("And then?") }
}

/// Looks at the clock every second.
fn pass(sitting: &mut Sitting, from: i64, to: i64) {
    (from..=to).for_each(|second| sitting.look(at(second)));
}

fn begin(length: Length) -> Sitting {
    Sitting::begin(plan(length), Wishes { has_probes: true, ..Wishes::default() }, at(0))
}

#[test]
fn a_question_is_thought_over_answered_rated_and_followed_up() {
    let mut sitting = begin(Length::Usual);
    pass(&mut sitting, 0, 14);
    assert_eq!((sitting.step(), sitting.asked().map(|(_, number)| number)), (Step::Think, Some(1)));
    pass(&mut sitting, 15, 40);
    assert_eq!(sitting.step(), Step::Answer);
    sitting.written = Safe::from("All of it.");
    sitting.hand_in(at(41));
    assert_eq!((sitting.step(), sitting.last().map(|answer| answer.took)), (Step::Rate, Some(41_000)));
    pass(&mut sitting, 42, 60);
    assert_eq!(sitting.clock.spent(), 41_000, "the clock stands while one judges oneself");
    sitting.rate(Percent::try_from(80).ok(), vec![probe("a"), probe("b")], at(60));
    assert_eq!((sitting.step(), sitting.clock.here()), (Step::Probe, 0));
    sitting.written = Safe::from("Then this.");
    sitting.hand_in(at(63));
    assert_eq!(sitting.step(), Step::Probe);
    sitting.skip(at(64));
    assert_eq!((sitting.step(), sitting.asked().map(|(_, number)| number)), (Step::Think, Some(2)));
    let (_, answer) = sitting.answers().next().expect("an answer");
    assert_eq!((answer.prompted().count(), answer.probes.len(), answer.words()), (1, 2, 3));
}

#[test]
fn the_time_being_over_cuts_nothing_and_asks_nothing_more() {
    let mut sitting = begin(Length::Short);
    pass(&mut sitting, 0, 700);
    assert_eq!((sitting.step(), sitting.clock.left()), (Step::Answer, 0));
    sitting.hand_in(at(700));
    sitting.rate(None, vec![probe("a")], at(701));
    assert_eq!((sitting.step(), sitting.answers().count()), (Step::Over, 1));
}

#[test]
fn a_mock_that_is_ended_keeps_what_was_handed_in() {
    let mut sitting = begin(Length::Usual);
    sitting.start_answering(at(1));
    sitting.hand_in(at(2));
    sitting.rate(None, Vec::new(), at(3));
    sitting.written = Safe::from("half a sen");
    sitting.end(at(4));
    assert_eq!((sitting.step(), sitting.answers().count()), (Step::Over, 1));
    let mut skipped = begin(Length::Short);
    for _ in 0..3 {
        skipped.skip(at(1));
    }
    assert_eq!(skipped.step(), Step::Over);
    assert!(skipped.answers().all(|(_, answer)| answer.is_skipped));
}

#[test]
fn a_pause_costs_nothing() {
    let mut sitting = begin(Length::Usual);
    pass(&mut sitting, 0, 3);
    sitting.pause(at(4));
    pass(&mut sitting, 5, 60);
    assert!(sitting.is_paused());
    sitting.resume(at(61));
    pass(&mut sitting, 61, 62);
    assert_eq!((sitting.clock.spent(), sitting.is_paused()), (5_000, false));
}

#[test]
fn a_draft_goes_on_at_the_same_second_at_every_step() {
    let mut sitting = begin(Length::Usual);
    let mut drafts = Vec::new();
    for step in 0..8 {
        sitting.written = Safe::new(&format!("line {step}\n\u{1b}[31m “é”"));
        pass(&mut sitting, step * 10, step * 10 + 3);
        drafts.push(sitting.clone());
        match sitting.step() {
            Step::Think => sitting.start_answering(at(step * 10 + 4)),
            Step::Answer | Step::Probe => sitting.hand_in(at(step * 10 + 4)),
            Step::Rate => sitting.rate(None, vec![probe("a")], at(step * 10 + 4)),
            Step::Tick | Step::Over => unreachable!("not in this mock"),
        }
    }
    for mut known in drafts {
        let mut read = Sitting::read(&known.draft()).expect("a draft");
        assert!(!read.clock.runs());
        known.pause(at(0));
        assert_eq!(read.clock.spent(), known.clock.spent());
        read.resume(at(9_000));
        known.resume(at(9_000));
        assert_eq!(read, known);
    }
    for bad in
        ["", "{}", "{\"version\":2}", &begin(Length::Short).draft().as_str().replace("\"version\":2", "\"version\":1")]
    {
        assert_eq!(Sitting::read(&Safe::new(bad)), None, "{bad}");
    }
}

#[test]
fn what_is_said_aloud_is_ticked_and_not_followed_up() {
    let mut sitting =
        Sitting::begin(plan(Length::Usual), Wishes { has_probes: true, is_spoken: true, ..Wishes::default() }, at(0));
    sitting.start_answering(at(1));
    sitting.hand_in(at(30));
    sitting.rate(Percent::try_from(50).ok(), vec![probe("a")], at(31));
    assert_eq!(sitting.step(), Step::Tick);
    let [one, two] = ["a", "b"].map(|id| id.parse::<Id>().expect("an id"));
    for point in [&one, &two, &one] {
        sitting.tick(point);
    }
    sitting.ticked(at(40));
    let (_, answer) = sitting.answers().next().expect("an answer");
    assert_eq!((sitting.step(), answer.decided.clone()), (Step::Think, vec![(two, Mark::Covered)]));
}
