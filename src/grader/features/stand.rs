//! How what is said stands to what a line says: of whom, yes or no, and against the line that is nearest to it.

use super::super::lexicon::Stem;
use super::super::reading::{Matches, Reading};
use super::super::rubric::{Claim, Line, Weighed};
use super::Features;

/// The share of a line that another must have to be its twin.
const TWIN: f64 = 0.3;

/// A claim among those of its kind, and those of the other kind.
pub struct Of<'r> {
    claims: &'r [Claim],
    matches: &'r [Matches],
    against: &'r [Claim],
    at: usize,
}

impl<'r> Of<'r> {
    pub fn point(reading: &'r Reading, at: usize) -> Of<'r> {
        let rubric = reading.rubric;
        Of { claims: &rubric.points, matches: &reading.points, against: &rubric.misconceptions, at }
    }

    pub fn misconception(reading: &'r Reading, at: usize) -> Of<'r> {
        let rubric = reading.rubric;
        Of { claims: &rubric.misconceptions, matches: &reading.misconceptions, against: &rubric.points, at }
    }

    pub fn claims(&self) -> &'r [Claim] {
        self.claims
    }

    pub fn against(&self) -> &'r [Claim] {
        self.against
    }

    pub fn claim(&self) -> &'r Claim {
        &self.claims[self.at]
    }

    pub fn line(&self) -> &'r Line {
        &self.claim().lines[self.matches[self.at].line()]
    }

    pub fn window(&self) -> usize {
        self.matches[self.at].window
    }

    /// The greatest value of another claim of its kind.
    fn rival(&self, value: impl Fn(&Claim) -> f64) -> f64 {
        let others = self.claims.iter().enumerate().filter(|(at, _)| *at != self.at);
        others.map(|(_, claim)| value(claim)).fold(0.0, f64::max)
    }
}

pub fn stand(told: &mut Features, reading: &Reading, of: &Of) {
    subjects(told, reading, of);
    polarity(told, reading, of);
    sides(told, reading, of);
    topics(told, reading, of);
    twins(told, reading, of);
}

/// Whether the window speaks of what the lines speak of.
fn subjects(told: &mut Features, reading: &Reading, of: &Of) {
    let (line, words) = (of.line(), reading.window(of.window()).words.clone());
    let subject = reading.subjects.of(words.clone());
    let known = |claim: &Claim| {
        let with = |stem: &Stem| claim.lines.iter().filter(|line| line.weighs(*stem)).count() as f64;
        subject.iter().map(with).fold(0.0, f64::max) / claim.lines.len() as f64
    };
    let (own, others) = (known(of.claim()), of.rival(known));
    told.tell("subject known", f64::from(u8::from(own > 0.0 || others > 0.0)));
    told.tell("subject", own);
    told.tell("subject over others", own - others);
    let is_spoken_of = |stem: &Stem| subject.iter().any(|own| reading.is_near(*own, *stem));
    let is_here = |stem: &Stem| reading.words[words.clone()].iter().any(|word| reading.is_near(word.stem, *stem));
    told.tell("line's subject here", share(line, |stem| is_spoken_of(stem) || is_here(stem)));
    told.tell("line's subject spoken of", share(line, is_spoken_of));
    let alike =
        |claim: &Claim| claim.lines.iter().map(|line| cosine(reading, &subject, &line.subject)).fold(0.0, f64::max);
    told.tell("subject alike", alike(of.claim()));
    told.tell("subject alike of others", of.rival(alike));
    told.tell("subject alike of the other kind", of.against.iter().map(alike).fold(0.0, f64::max));
}

/// The weight of those words of a line's subject that pass, as a share; a half if it has none.
fn share(line: &Line, passes: impl Fn(&Stem) -> bool) -> f64 {
    let weight = |stem: &Stem| line.words.iter().find(|word| word.stem == *stem).map_or(0.0, |word| word.weight);
    let total: f64 = line.subject.iter().map(weight).sum();
    let passed: f64 = line.subject.iter().filter(|stem| passes(stem)).map(weight).sum();
    if total > 0.0 { passed / total } else { 0.5 }
}

fn cosine(reading: &Reading, one: &[Stem], other: &[Stem]) -> f64 {
    let weight = |stems: &[Stem]| stems.iter().map(|stem| reading.language.idf(*stem)).sum::<f64>();
    let product = weight(one) * weight(other);
    let common: f64 = one.iter().filter(|stem| other.contains(stem)).map(|stem| reading.language.idf(*stem)).sum();
    if product > 0.0 { common / product.sqrt() } else { 0.0 }
}

/// The words of the line that weigh something, each with the first place in the window where it or a synonym stands.
fn places<'r>(reading: &'r Reading, of: &Of<'r>) -> impl Iterator<Item = (&'r Weighed, usize)> + 'r {
    let words = reading.window(of.window()).words.clone();
    let weighed = of.line().words.iter().filter(|word| word.weight > 0.0);
    weighed.filter_map(move |word| {
        let at = words.clone().find(|&at| reading.is_near(reading.words[at].stem, word.stem))?;
        Some((word, at))
    })
}

/// Words that stand in a negated clause, and those that the line says the other way round.
fn polarity(told: &mut Features, reading: &Reading, of: &Of) {
    let (mut total, mut denied, mut flipped) = (1.0, 0.0, 0.0);
    for (word, at) in places(reading, of) {
        total += word.weight;
        denied += if reading.negated[at] { word.weight } else { 0.0 };
        flipped += if reading.negated[at] == word.is_negated { 0.0 } else { word.weight };
    }
    told.tell("flipped", flipped / total);
    told.tell("denied", denied / total);
}

fn sides(told: &mut Features, reading: &Reading, of: &Of) {
    let (right, wrong) = weigh_sides(reading, of);
    told.tell("side right", right / (of.line().total + 0.1));
    told.tell("side wrong", wrong / (of.line().total + 0.1));
    told.tell("side", (right - wrong) / (right + wrong + 0.5));
}

/// Whether most of what was found of the line is said of another side of the comparison.
pub fn is_of_another_side(reading: &Reading, of: &Of) -> bool {
    let (right, wrong) = weigh_sides(reading, of);
    wrong > right
}

/// The weight of words that are said of the side that the line says them of, and of another one.
fn weigh_sides(reading: &Reading, of: &Of) -> (f64, f64) {
    let (mut right, mut wrong) = (0.0, 0.0);
    for (word, at) in places(reading, of).filter(|(word, at)| !word.is_side && !reading.sides.is_name[*at]) {
        match (word.governor, reading.sides.governors[at]) {
            (Some(one), Some(other)) if one == other => right += word.weight,
            (Some(_), Some(_)) => wrong += word.weight,
            _ => {}
        }
    }
    (right, wrong)
}

/// Words that are said of a topic that some line of the claim names, and of another one.
fn topics(told: &mut Features, reading: &Reading, of: &Of) {
    let lines = &of.claim().lines;
    let share =
        |topic: u8| lines.iter().filter(|line| line.topics.contains(&topic)).count() as f64 / lines.len() as f64;
    let (mut right, mut wrong, mut shares) = (0.0, 0.0, 0.0);
    for (word, at) in places(reading, of).filter(|(word, at)| !word.is_topic && !reading.topics.is_name[*at]) {
        let Some(share) = reading.topics.governors[at].map(share) else { continue };
        shares += word.weight * share;
        *(if share > 0.0 { &mut right } else { &mut wrong }) += word.weight;
    }
    told.tell("topic right", right / (of.line().total + 0.1));
    told.tell("topic wrong", wrong / (of.line().total + 0.1));
    told.tell("topic", if right + wrong > 0.0 { shares / (right + wrong) } else { 0.5 });
}

/// Whether the window has what tells the line apart from the lines of the other kind that are much like it.
fn twins(told: &mut Features, reading: &Reading, of: &Of) {
    let line = of.line();
    let bag = &reading.bags[of.window()];
    let has =
        |line: &Line, stem: Stem| line.words.iter().any(|word| word.weight > 0.0 && reading.is_near(word.stem, stem));
    let apart = |line: &Line, other: &Line| {
        let (mut total, mut found) = (0.0, 0.0);
        for word in line.words.iter().filter(|word| word.weight > 0.0 && !has(other, word.stem)) {
            total += word.weight;
            found += word.weight * bag.share(reading.language, word.stem, word.local);
        }
        if total > 0.0 { found / total } else { 0.0 }
    };
    let (mut least, mut nearest) = (1.0_f64, 0.0_f64);
    for other in of.against.iter().flat_map(|claim| &claim.lines) {
        let common: f64 = line.words.iter().filter(|word| has(other, word.stem)).map(|word| word.weight).sum();
        if common >= TWIN * line.total {
            nearest = nearest.max(common / line.total);
            least = least.min(apart(line, other) - apart(other, line));
        }
    }
    told.tell("twin", least);
    told.tell("twin's nearness", nearest);
}
