//! The model card: the data, and how good the model is on answers that it has not met.

use std::collections::BTreeMap;

use super::super::judge::Limits;
use super::training::{Judged, LeftOut, Training};

/// Figures over some answers.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    answers: f64,
    marks: f64,
    hits: f64,
    said: f64,
    told: f64,
    credited: f64,
    sure: f64,
    sure_right: f64,
    error: f64,
    stated: f64,
    suspected: f64,
    caught: f64,
}

impl Figures {
    fn of<'j>(judged: impl IntoIterator<Item = &'j Judged<'j>>, limits: &Limits) -> Figures {
        let mut figures = Figures::default();
        judged.into_iter().for_each(|judged| figures.add(judged, limits));
        figures
    }

    fn add(&mut self, judged: &Judged, limits: &Limits) {
        let one = |truth: bool| f64::from(u8::from(truth));
        let [partial, covered] = [limits.partial, limits.covered].map(f64::from);
        let (low, high) = (f64::from(limits.sure.0), f64::from(limits.sure.1));
        let (mut won, mut total) = (0.0, 0.0);
        for ((p, is_said), weight) in judged.points.iter().zip(&judged.sample.points).zip(&judged.sample.weights) {
            let is_told = *p >= partial;
            self.marks += 1.0;
            self.said += one(*is_said);
            self.told += one(is_told);
            self.hits += one(is_told && *is_said);
            self.credited += one(is_told && !is_said);
            let is_sure = *p <= low || *p >= high;
            self.sure += one(is_sure);
            self.sure_right += one(is_sure && is_told == *is_said);
            won += weight * 0.5 * (one(is_told) + one(*p >= covered));
            total += weight;
        }
        for (p, is_stated) in judged.misconceptions.iter().zip(&judged.sample.misconceptions) {
            let is_told = *p > f64::from(limits.misconception.1);
            self.stated += one(*is_stated);
            self.suspected += one(is_told);
            self.caught += one(is_told && *is_stated);
        }
        self.answers += 1.0;
        self.error += (100.0 * won / total.max(1.0) - judged.sample.answer.human_score).abs();
    }

    /// A row of the tables.
    fn row(&self, name: &str) -> String {
        let share = |part: f64, whole: f64| if whole > 0.0 { format!("{:.3}", part / whole) } else { "–".to_owned() };
        let cells = [
            format!("{}", self.answers),
            share(2.0 * self.hits, self.said + self.told),
            share(self.hits, self.told),
            share(self.hits, self.said),
            share(self.credited, self.marks - self.said),
            format!("{:.1}", self.error / self.answers.max(1.0)),
            share(self.sure, self.marks),
            share(self.sure_right, self.sure),
            share(2.0 * self.caught, self.stated + self.suspected),
            share(self.caught, self.suspected),
        ];
        format!("| {name} | {} |\n", cells.join(" | "))
    }
}

const HEAD: &str = "| | answers | F1 | precision | recall | wrong credit | score error | sure | sure right | misconceptions F1 | precision |\n\
    |---|---|---|---|---|---|---|---|---|---|---|\n";

/// The text of `MODEL.md`.
pub fn markdown(training: &Training, limits: &Limits, bytes: usize, left_out: &LeftOut, dev: &[Judged]) -> String {
    let authors = by(&left_out.authors, |judged| judged.sample.answer.author.clone());
    let marks: usize = left_out.authors.iter().map(|judged| judged.points.len()).sum();
    let mut text = format!(
        "# The grader of typed answers\n\n\
         Written by `greenroom train grader`; do not edit. It decides for each key point of a card whether an answer\n\
         says it, shows the words that it rests on, and says when it is unsure. It compares words and how they stand to\n\
         each other; it does not understand them. It was learnt from English answers.\n\n\
         ## Data\n\n\
         {} answers by {} authors, {marks} marks on points. Each author also marked the answers of their own hand,\n\
         after writing them for a given style. The model has {bytes} bytes.\n\n\
         A point counts as said if it was covered at least in part. What was heard of a card is kept in `heard.jsonl` and\n\
         compared like the lines of the deck: with what words covered points were said, and misconceptions stated. In\n\
         training nobody hears their own lines.\n\n\
         All tables are of the grader as it runs, its rules included: an answer in which the author's own answer stands\n\
         covers all points; a point that is stated in the words of one of its lines is covered;\n\
         an answer that only repeats the question covers none, nor is a point covered for which no word\n\
         speaks; and a misconception is dropped if most of its words are said of another side of the comparison.\n\n\
         ## Each author left out\n\n\
         The author's answers were marked by a model that had met none of them; other authors had answered the same cards\n\
         of the shipped deck. Wrong credit is the share of missed points that were marked as said.\n\n{HEAD}",
        training.answers.len(),
        authors.len(),
    );
    let rows = |groups: &BTreeMap<String, Vec<&Judged>>| -> String {
        groups.iter().map(|(name, judged)| Figures::of(judged.iter().copied(), limits).row(name)).collect()
    };
    text += &rows(&authors);
    text += &Figures::of(&left_out.authors, limits).row("all");
    let unheard = left_out.authors.iter().filter(|judged| !judged.sample.is_heard);
    text += &Figures::of(unheard, limits).row("decks that nobody else answered");
    text += &Figures::of(dev, limits).row("dev.jsonl (never learned from)");
    text += &format!("\n## Each author left out, by style\n\n{HEAD}");
    text += &rows(&by(&left_out.authors, |judged| judged.sample.answer.style.clone()));
    text += &format!(
        "\n## Each author and each half of the cards left out\n\n\
         The model had met neither the author nor the card.\n\n{HEAD}"
    );
    text += &rows(&by(&left_out.both, |judged| judged.sample.answer.author.clone()));
    text += &Figures::of(&left_out.both, limits).row("all");
    text + &calibration(&left_out.authors) + &told_limits(limits)
}

fn by<'j>(judged: &'j [Judged<'j>], key: impl Fn(&Judged) -> String) -> BTreeMap<String, Vec<&'j Judged<'j>>> {
    let mut groups: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
    for judged in judged {
        groups.entry(key(judged)).or_default().push(judged);
    }
    groups
}

/// How often what got a probability was true.
fn calibration(judged: &[Judged]) -> String {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    let pairs = judged.iter().flat_map(|judged| judged.points.iter().zip(&judged.sample.points));
    for (p, is_said) in pairs {
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1.0, bin.1 + p, bin.2 + f64::from(u8::from(*is_said)));
    }
    let rows = bins.iter().filter(|bin| bin.0 > 0.0);
    let row =
        |(count, sum, said): &(f64, f64, f64)| format!("| {:.3} | {:.3} | {count} |\n", sum / count, said / count);
    let intro =
        "\n## Calibration, each author left out\n\n| mean probability | share that was said | marks |\n|---|---|---|\n";
    rows.fold(intro.to_owned(), |text, bin| text + &row(bin))
}

fn told_limits(limits: &Limits) -> String {
    let Limits { partial, covered, sure: (low, high), misconception: (asked, told) } = limits;
    format!(
        "\n## Limits\n\n\
         A point is partial from {partial} on, and covered from {covered}. A mark is sure up to {low} and from {high} on. A\n\
         misconception is told above {told} and asked about above {asked}. They were chosen on the answers of authors that\n\
         were left out and looked at once more on `dev.jsonl`.\n"
    )
}
