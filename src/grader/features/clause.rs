//! What single clauses bring together, and to what their words belong.

use super::super::bonds::{Bonds, clauses};
use super::super::lexicon::{Stem, kind};
use super::super::reading::Reading;
use super::super::rubric::Claim;
use super::Features;
use super::stand::Of;

/// The share of something of which there is nothing.
const NOTHING: f64 = -0.1;

pub fn clause(told: &mut Features, reading: &Reading, of: &Of) {
    bonds(told, reading, of);
    vocabulary(told, reading, of);
    numbers(told, reading, of);
    denial(told, reading, of);
    let sentence = &reading.words[reading.sentence_of(of.window()).words.clone()];
    let doubts = sentence.iter().filter(|word| word.is(kind::DOUBT)).count() as f64;
    told.tell("doubts", doubts);
    told.tell("doubts share", doubts / sentence.len() as f64);
}

/// The weight of pairs of words: all, and by where they stand together.
#[derive(Default)]
struct Sums {
    all: f64,
    own: f64,
    against: f64,
    others: f64,
    nowhere: f64,
}

impl Sums {
    fn share(&self, part: f64) -> f64 {
        if self.all > 0.0 { part / self.all } else { NOTHING }
    }
}

/// Whether pairs of words stand together in lines of the claim, of the other kind, of other claims, or nowhere.
fn bonds(told: &mut Features, reading: &Reading, of: &Of) {
    let words = reading.window(of.window()).words.clone();
    let topics = &reading.rubric.topics;
    let is_topic = |stem: Stem| topics.iter().any(|(_, name)| name.contains(&stem));
    let (mut all, mut of_topics) = (Sums::default(), Sums::default());
    for clause in clauses(&reading.words, &reading.layout, &reading.subjects, words) {
        let known: Vec<(Stem, Vec<Stem>)> = clause.iter().map(|stem| (*stem, reading.known_as(*stem))).collect();
        for (at, (one, first)) in known.iter().enumerate().filter(|(_, (_, known))| !known.is_empty()) {
            for (other, second) in known[at + 1..].iter().filter(|(_, known)| !known.is_empty()) {
                let weight = reading.language.idf(*one).min(reading.language.idf(*other));
                sum(&mut all, of, first, second, weight);
                if is_topic(*one) || is_topic(*other) {
                    sum(&mut of_topics, of, first, second, weight);
                }
            }
        }
    }
    told.tell("bonds", libm::log(1.0 + all.all));
    told.tell("bonds own", all.share(all.own));
    told.tell("bonds against", all.share(all.against));
    told.tell("bonds of others", all.share(all.others));
    told.tell("bonds nowhere", all.share(all.nowhere));
    told.tell("topic bonds", libm::log(1.0 + of_topics.all));
    told.tell("topic bonds own", of_topics.share(of_topics.own));
    told.tell("topic bonds against", of_topics.share(of_topics.against));
    told.tell("topic bonds nowhere", of_topics.share(of_topics.nowhere));
}

fn sum(sums: &mut Sums, of: &Of, first: &[Stem], second: &[Stem], weight: f64) {
    let is_in = |bonds: &Bonds| first.iter().any(|one| second.iter().any(|other| bonds.has(*one, *other)));
    let is_in_any = |claims: &[Claim]| claims.iter().any(|claim| is_in(&claim.bonds));
    let part = match () {
        () if is_in(&of.claim().bonds) => &mut sums.own,
        () if is_in_any(of.against()) => &mut sums.against,
        () if is_in_any(of.claims()) => &mut sums.others,
        () => &mut sums.nowhere,
    };
    *part += weight;
    sums.all += weight;
}

/// To what the window's words belong.
fn vocabulary(told: &mut Features, reading: &Reading, of: &Of) {
    let bag = &reading.bags[of.window()];
    let (mut own, mut against, mut others, mut deck, mut strange) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (stem, _, idf) in &bag.content {
        let known = reading.known_as(*stem);
        let has = |claim: &Claim| known.iter().any(|stem| claim.profile[reading.rubric.locals[stem] as usize] > 0.0);
        let part = match () {
            () if has(of.claim()) => &mut own,
            () if of.against().iter().any(has) => &mut against,
            () if of.claims().iter().any(has) => &mut others,
            () if reading.language.knows(*stem) => &mut deck,
            () => &mut strange,
        };
        *part += idf;
    }
    let share = |part: f64| part / bag.total.max(1e-9);
    told.tell("words own", share(own));
    told.tell("words against", share(against));
    told.tell("words of others", share(others));
    told.tell("words of the deck", share(deck));
    told.tell("words unknown", share(strange));
    told.tell("weight unexplained", bag.total - own);
}

/// Numbers that some line has, and others.
fn numbers(told: &mut Features, reading: &Reading, of: &Of) {
    let words = &reading.words[reading.window(of.window()).words.clone()];
    let is_of_line = |stem: Stem| of.claim().lines.iter().any(|line| line.numbers.contains(&stem));
    let here = words.iter().filter(|word| word.is(kind::NUMBER));
    let (right, wrong): (Vec<Stem>, Vec<Stem>) = here.map(|word| word.stem).partition(|stem| is_of_line(*stem));
    told.tell("numbers right", right.len().min(3) as f64);
    told.tell("numbers wrong", wrong.len().min(3) as f64);
    told.tell("numbers in line", of.line().numbers.len().min(3) as f64);
}

/// As `flipped` and `denied`, from the negation on only.
fn denial(told: &mut Features, reading: &Reading, of: &Of) {
    let words = reading.window(of.window()).words.clone();
    let (mut total, mut denied, mut flipped) = (1.0, 0.0, 0.0);
    for word in of.line().words.iter().filter(|word| word.weight > 0.0) {
        let mut places = words.clone().filter(|&at| reading.is_near(reading.words[at].stem, word.stem)).peekable();
        if places.peek().is_none() {
            continue;
        }
        let is_denied = places.all(|at| reading.denied[at]);
        total += word.weight;
        denied += if is_denied { word.weight } else { 0.0 };
        flipped += if is_denied == word.is_denied { 0.0 } else { word.weight };
    }
    told.tell("flipped after", flipped / total);
    told.tell("denied after", denied / total);
}
