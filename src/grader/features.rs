//! What is measured of an answer for one point or one misconception: numbers that know nothing of the card.

mod clause;
mod stand;

use stand::stand;
pub use stand::{Of, is_of_another_side};

use super::lexicon::kind;
use super::reading::{Matches, Reading, rival};
use super::rubric::{Line, trigrams};

/// Numbers with their names, in the order in which they were told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    pub names: Vec<&'static str>,
    pub values: Vec<f64>,
}

impl Features {
    fn tell(&mut self, name: &'static str, value: f64) {
        self.names.push(name);
        self.values.push(value);
    }
}

/// What concerns the answer as a whole.
pub struct Whole {
    words: f64,
    negations: f64,
    stops: f64,
    verbs: f64,
    asked: f64,
    most_parts: f64,
    salad: f64,
    known: f64,
}

impl Whole {
    pub fn new(reading: &Reading) -> Whole {
        let words = &reading.words;
        let share = |kind: u8| words.iter().filter(|word| word.is(kind)).count() as f64 / words.len() as f64;
        let content: Vec<_> = words.iter().filter(|word| word.is_content()).collect();
        let asked = content.iter().filter(|word| reading.rubric.question.contains(&word.stem)).count();
        let different = &reading.bags[reading.whole()].content;
        let known = different.iter().filter(|(stem, _, _)| reading.language.knows(*stem)).count();
        let sentences = &reading.layout.sentences;
        let listed = sentences.iter().filter(|sentence| sentence.part_length() < 4.0);
        let salad = listed.map(|sentence| sentence.parts.min(12) as f64 - 2.0 * sentence.part_length());
        Whole {
            words: words.len() as f64,
            negations: share(kind::NEGATION),
            stops: share(kind::STOP),
            verbs: share(kind::VERB),
            asked: asked as f64 / content.len().max(1) as f64,
            most_parts: sentences.iter().map(|sentence| sentence.parts.min(12)).max().unwrap_or(0) as f64,
            salad: salad
                .fold(None, |most: Option<f64>, value| Some(most.map_or(value, |most| most.max(value))))
                .map_or(0.0, |salad| salad.max(-5.0)),
            known: known as f64 / different.len().max(1) as f64,
        }
    }
}

/// What is measured for a point.
pub fn of_point(reading: &Reading, whole: &Whole, at: usize) -> Features {
    let (claim, own) = (&reading.rubric.points[at], &reading.points[at]);
    let (window, everything) = (own.window, reading.whole());
    let line = &claim.lines[own.line()];
    let best = own.overlaps[window][own.line()];
    let windows = 0..everything;
    let mut told = Features::default();
    told.tell("similarity", best.similarity);
    told.tell("recall", best.recall);
    told.tell("precision", best.precision);
    told.tell("matched", best.matched);
    told.tell("statement", windows.clone().map(|w| own.overlaps[w][0].recall).fold(0.0, f64::max));
    let most = |w: usize| own.overlaps[w].iter().map(|overlap| overlap.recall).fold(0.0, f64::max);
    told.tell("any line", most(window).max(most(everything)));
    told.tell("in all", own.overlaps[everything][own.best_line[everything]].recall);
    told.tell("statement in all", own.overlaps[everything][0].recall);
    told.tell("heaviest", heaviest(reading, window, line));
    told.tell("window", reading.window(window).words.len().min(40) as f64);
    told.tell("length", libm::log(whole.words));
    told.tell("second window", second(windows.clone().map(|w| own.similarity(w))));
    told.tell("pairs", claim.lines.iter().map(|line| pairs(reading, window, line)).fold(0.0, f64::max));
    told.tell("order", order(reading, window, line));
    told.tell("letters", letters(reading, window, &claim.lines));
    profile(&mut told, reading, at);
    competition(&mut told, reading, whole, at);
    let wrong = |w: usize| reading.misconceptions.iter().map(|m| m.similarity(w)).fold(0.0, f64::max);
    told.tell("misconception", wrong(window));
    told.tell("over misconception", best.similarity - wrong(window));
    told.tell("misconception anywhere", windows.map(wrong).fold(0.0, f64::max));
    polarity(&mut told, reading, whole, window, line, &claim.lines);
    who(&mut told, reading, window, &[line, &claim.lines[0]]);
    let sentence = reading.sentence_of(window);
    told.tell("stop words", stops(reading, window));
    told.tell("parts", sentence.parts.min(12) as f64);
    told.tell("part length", sentence.part_length().min(20.0));
    told.tell("stop words in all", whole.stops);
    told.tell("verbs in all", whole.verbs);
    told.tell("asked in all", whole.asked);
    told.tell("most parts", whole.most_parts);
    told.tell("salad", whole.salad);
    told.tell("known in all", whole.known);
    told.tell("echo", echo(reading, window, line));
    stand(&mut told, reading, &Of::point(reading, at));
    clause::clause(&mut told, reading, &Of::point(reading, at));
    told
}

/// What is measured for a misconception.
pub fn of_misconception(reading: &Reading, whole: &Whole, at: usize) -> Features {
    let (claim, own) = (&reading.rubric.misconceptions[at], &reading.misconceptions[at]);
    let (window, everything) = (own.window, reading.whole());
    let line = &claim.lines[own.line()];
    let best = own.overlaps[window][own.line()];
    let bag = &reading.bags[window];
    let mut told = Features::default();
    let exact = line.words.iter().filter(|word| word.weight > 0.0 && bag.locals.has(word.local));
    let (exact, count) = exact.fold((0.0, 0.0), |(sum, count), word| (sum + word.weight, count + 1.0));
    told.tell("similarity", best.similarity);
    told.tell("recall", best.recall);
    told.tell("exact", exact / line.total);
    told.tell("precision", best.precision);
    told.tell("words", count);
    told.tell("matched", best.matched);
    told.tell("statement", own.overlaps[window][0].recall);
    told.tell("in all", own.overlaps[everything][own.best_line[everything]].recall);
    let mut lines: Vec<f64> = own.overlaps[window].iter().map(|overlap| overlap.similarity).collect();
    lines.sort_by(|one, other| other.total_cmp(one));
    lines.truncate(4);
    told.tell("second line", lines.get(1).copied().unwrap_or(0.0));
    told.tell("best lines", lines.iter().sum::<f64>() / lines.len() as f64);
    let point = rival(&reading.points, usize::MAX, |point| point.similarity(window));
    told.tell("over point", best.similarity - point);
    told.tell("point", point);
    told.tell(
        "profile over point",
        own.profile[window] - rival(&reading.points, usize::MAX, |point| point.profile[window]),
    );
    told.tell("profile", own.profile[window]);
    told.tell("over others", best.similarity - rival(&reading.misconceptions, at, |other| other.similarity(window)));
    polarity_of_misconception(&mut told, reading, whole, window, line);
    who(&mut told, reading, window, &[line, &claim.lines[0]]);
    told.tell("pairs", claim.lines.iter().map(|line| pairs(reading, window, line)).fold(0.0, f64::max));
    told.tell("run", run(reading, window, line));
    told.tell("window", reading.window(window).words.len().min(40) as f64);
    told.tell("line", line.stems.len() as f64);
    told.tell("lines", claim.lines.len() as f64);
    told.tell("length", libm::log(whole.words));
    let best_of = |point: &Matches| (0..everything).map(|w| point.similarity(w)).fold(0.0, f64::max);
    told.tell("points", reading.points.iter().map(best_of).sum::<f64>() / reading.points.len().max(1) as f64);
    told.tell("stop words", stops(reading, window));
    told.tell("parts", reading.sentence_of(window).parts.min(12) as f64);
    told.tell("salad", whole.salad);
    stand(&mut told, reading, &Of::misconception(reading, at));
    clause::clause(&mut told, reading, &Of::misconception(reading, at));
    told
}

fn heaviest(reading: &Reading, window: usize, line: &Line) -> f64 {
    let bag = &reading.bags[window];
    line.words.iter().filter(|word| bag.locals.has(word.local)).map(|word| word.weight).fold(0.0, f64::max)
}

fn second(values: impl Iterator<Item = f64>) -> f64 {
    let (_, second) =
        values.fold(
            (0.0_f64, 0.0_f64),
            |(first, second), value| {
                if value > first { (value, first) } else { (first, second.max(value)) }
            },
        );
    second
}

/// The share of a line's neighbouring words of matter that are neighbours in the window too.
fn pairs(reading: &Reading, window: usize, line: &Line) -> f64 {
    let content = super::rubric::content(reading.words_of(window));
    let pairs = line.content.len().saturating_sub(1);
    let found = line.content.windows(2).filter(|pair| content.windows(2).any(|other| other == *pair)).count();
    found as f64 / pairs.max(1) as f64
}

/// The share of neighbouring common words that stand in the same order.
fn order(reading: &Reading, window: usize, line: &Line) -> f64 {
    let words = reading.words_of(window);
    let place = |stem| words.iter().position(|word| word.stem == stem);
    let weighed = line.words.iter().filter(|word| word.weight > 0.0);
    let places: Vec<usize> = weighed.filter_map(|word| place(word.stem)).collect();
    if places.len() < 2 {
        return 0.5;
    }
    places.windows(2).filter(|pair| pair[0] < pair[1]).count() as f64 / (places.len() - 1) as f64
}

/// The best Dice coefficient of a line's runs of three letters with the window's.
fn letters(reading: &Reading, window: usize, lines: &[Line]) -> f64 {
    let own = trigrams(reading.text, reading.words_of(window));
    let dice = |line: &Line| {
        let common = line.trigrams.iter().filter(|run| own.binary_search(run).is_ok()).count();
        2.0 * common as f64 / (own.len() + line.trigrams.len()).max(1) as f64
    };
    lines.iter().map(dice).fold(0.0, f64::max)
}

/// The longest run of words that line and window share.
fn run(reading: &Reading, window: usize, line: &Line) -> f64 {
    let words = reading.words_of(window);
    let mut longest = 0;
    let mut before = vec![0; line.stems.len() + 1];
    for word in words {
        let mut here = vec![0; line.stems.len() + 1];
        for (at, stem) in line.stems.iter().enumerate() {
            if *stem == word.stem {
                here[at + 1] = before[at] + 1;
                longest = longest.max(here[at + 1]);
            }
        }
        before = here;
    }
    f64::from(longest)
}

fn profile(told: &mut Features, reading: &Reading, at: usize) {
    let (own, points) = (&reading.points[at], &reading.points);
    let window = own.window;
    let sum: f64 = points.iter().map(|point| point.profile[window]).sum();
    told.tell("profile", own.profile[window] / reading.bags[window].total.max(1e-9));
    told.tell("profile over others", own.profile[window] - rival(points, at, |other| other.profile[window]));
    told.tell("profile share", if sum > 0.0 { own.profile[window] / sum } else { 0.0 });
    let over = |w: usize| own.profile[w] - 0.5 * rival(points, at, |other| other.profile[w]);
    told.tell("best profile", (0..reading.whole()).map(over).fold(0.0, f64::max));
}

fn competition(told: &mut Features, reading: &Reading, whole: &Whole, at: usize) {
    let (own, points) = (&reading.points[at], &reading.points);
    let (window, all) = (own.window, 0..reading.whole());
    let here = own.similarity(window);
    let better = |w: usize| points.iter().filter(|other| other.similarity(w) > own.similarity(w)).count();
    let best_of = |point: &Matches| all.clone().map(|w| point.similarity(w)).fold(0.0, f64::max);
    let sum: f64 = points.iter().map(best_of).sum();
    told.tell("over others", here - rival(points, at, |other| other.similarity(window)));
    told.tell("rank", better(window) as f64);
    told.tell("alone", all.clone().filter(|&w| better(w) == 0).map(|w| own.similarity(w)).fold(0.0, f64::max));
    told.tell("others", (sum - best_of(own)) / points.len().saturating_sub(1).max(1) as f64);
    told.tell("density", sum / libm::log(2.0 + whole.words));
}

/// Words from three before the first that was found to the last.
fn region(reading: &Reading, window: usize, line: &Line) -> std::ops::Range<usize> {
    let found = reading.found(window, line);
    match (found.first(), found.last()) {
        (Some(first), Some(last)) => reading.window(window).words.start.max(first.saturating_sub(3))..last + 1,
        _ => reading.window(window).words.clone(),
    }
}

fn antonyms(reading: &Reading, window: usize, line: &Line) -> f64 {
    let lexicon = &reading.language.terms.lexicon;
    let words = reading.words_of(window);
    let has = |stem| words.iter().any(|word| word.stem == stem);
    let is_turned = |stem| !has(stem) && lexicon.opposites(stem).iter().any(|opposite| has(*opposite));
    line.words.iter().filter(|word| is_turned(word.stem)).count() as f64
}

fn polarity(told: &mut Features, reading: &Reading, whole: &Whole, window: usize, line: &Line, lines: &[Line]) {
    let words = &reading.words[region(reading, window, line)];
    let negations = words.iter().filter(|word| word.is(kind::NEGATION)).count();
    let is_said = |stem| lines.iter().any(|line| line.universals.contains(&stem));
    let universals = words.iter().filter(|word| word.is(kind::UNIVERSAL) && !is_said(word.stem)).count();
    told.tell("negations", negations.min(2) as f64);
    told.tell("negated", f64::from(u8::from(negations > 0 && line.negations == 0)));
    told.tell("not negated", f64::from(u8::from(negations == 0 && line.negations > 0)));
    told.tell("opposites", antonyms(reading, window, line));
    told.tell("all or nothing", universals as f64);
    told.tell("negations in all", whole.negations);
}

fn polarity_of_misconception(told: &mut Features, reading: &Reading, whole: &Whole, window: usize, line: &Line) {
    let words = &reading.words[region(reading, window, line)];
    let negations = words.iter().filter(|word| word.is(kind::NEGATION)).count();
    let universals = words.iter().filter(|word| word.is(kind::UNIVERSAL)).count();
    let is = |truth: bool| f64::from(u8::from(truth));
    told.tell("negations", negations.min(2) as f64);
    told.tell("negation in line", is(line.negations > 0));
    told.tell("one negated", is((negations > 0) != (line.negations > 0)));
    told.tell("negated", is(negations > 0 && line.negations == 0));
    told.tell("all or nothing", universals as f64);
    told.tell("negations in all", whole.negations);
    told.tell("opposites", antonyms(reading, window, line));
}

/// Words of the lines that are said of the right side, and of another one.
fn who(told: &mut Features, reading: &Reading, window: usize, lines: &[&Line]) {
    let (mut right, mut wrong, mut total) = (0.0, 0.0, 0.0);
    for line in lines {
        let of_line: Vec<u8> = line.words.iter().filter(|word| word.is_side).filter_map(|word| word.governor).collect();
        if of_line.is_empty() {
            continue;
        }
        for word in line.words.iter().filter(|word| !word.is_side && word.weight > 0.0) {
            let mut places = reading.window(window).words.clone();
            let Some(at) = places.find(|&at| reading.words[at].stem == word.stem && !reading.sides.is_name[at]) else {
                continue;
            };
            total += word.weight;
            match reading.sides.governors[at] {
                Some(side) if of_line.contains(&side) => right += word.weight,
                Some(_) => wrong += word.weight,
                None => {}
            }
        }
    }
    told.tell("right side", right / (total + 1.0));
    told.tell("wrong side", wrong / (total + 1.0));
}

fn stops(reading: &Reading, window: usize) -> f64 {
    let words = &reading.words[reading.sentence_of(window).words.clone()];
    words.iter().filter(|word| word.is(kind::STOP)).count() as f64 / words.len().max(1) as f64
}

/// The share of what was found that the question had given.
fn echo(reading: &Reading, window: usize, line: &Line) -> f64 {
    let bag = &reading.bags[window];
    let exact = line.words.iter().filter(|word| bag.locals.has(word.local));
    let (asked, total) = exact.fold((0.0, 0.0), |(asked, total), word| {
        let is_asked = reading.rubric.question.contains(&word.stem);
        (asked + if is_asked { word.weight } else { 0.0 }, total + word.weight)
    });
    if total > 0.0 { asked / total } else { 0.0 }
}
