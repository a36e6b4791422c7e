//! The model card: what a model was learned from, how good it is, and where its limits were drawn.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::figures::{Figures, Judged, figures};
use super::model::Limits;
use super::roles::{BASIC, LABELS};
use super::train::{Corpus, Kind};

/// What the card tells of.
pub struct Report<'a> {
    pub corpus: &'a Corpus,
    pub limits: Limits,
    /// Each author's scenarios, judged by a model that met none of them.
    pub left_out: Vec<Judged<'a>>,
    /// Scenarios of an author who is never learned from, judged by the model itself.
    pub dev: Vec<Judged<'a>>,
    pub bytes: usize,
}

impl Report<'_> {
    /// The card as Markdown.
    pub fn markdown(&self) -> String {
        let all: Vec<_> = self.left_out.iter().collect();
        let mut card = String::from(HEAD);
        self.data(&mut card);
        card += "\n## Figures by author left out\n\nThe author's texts were judged by a model that had met none of them.\n\n";
        card += TABLE;
        for author in self.corpus.authors() {
            row(&mut card, author, &of(&all, |judged| judged.example.author == author));
        }
        row(&mut card, "all", &of(&all, |_| true));
        row(&mut card, "dev (never learned from)", &of(&self.dev.iter().collect::<Vec<_>>(), |_| true));
        card += "\n## Figures by style\n\n";
        card += TABLE;
        for style in styles(&all) {
            row(&mut card, style, &of(&all, |judged| judged.example.style == style));
        }
        self.confusion(&mut card, &of(&all, |_| true));
        self.calibration(&mut card);
        self.drawn(&mut card);
        card
    }

    fn data(&self, card: &mut String) {
        let count = |kind| self.corpus.examples.iter().filter(|example| example.kind == kind).count();
        let made = (count(Kind::Fact), count(Kind::Shortened), count(Kind::Renamed));
        let _ = write!(
            card,
            "\n## Data\n\n{} scenarios by {} authors, {} rows of checked facts; made of them: {} texts without one \
             clause, {} with other names of services. The file has {} bytes.\n\n| author | ",
            count(Kind::Original),
            self.corpus.authors().len(),
            made.0,
            made.1,
            made.2,
            self.bytes
        );
        let _ =
            writeln!(card, "{} | unclear | pairs |\n|---|{}---|---|", LABELS.join(" | "), "---|".repeat(LABELS.len()));
        for author in self.corpus.authors() {
            let own: Vec<_> = self.corpus.originals().filter(|example| example.author == author).collect();
            let counts = (0..=LABELS.len()).map(|class| own.iter().filter(|example| example.class == class).count());
            let counts: Vec<_> = counts.map(|count| count.to_string()).collect();
            let pairs: std::collections::BTreeSet<_> = own.iter().filter_map(|example| example.pair.as_ref()).collect();
            let _ = writeln!(card, "| {author} | {} | {} |", counts.join(" | "), pairs.len());
        }
    }

    fn confusion(&self, card: &mut String, figures: &Figures) {
        let _ = write!(
            card,
            "\n## Confusion\n\nRows are right, columns are the likeliest label; all authors left out.\n\n"
        );
        let _ = writeln!(card, "| | {} |\n|---|{}", LABELS.join(" | "), "---|".repeat(LABELS.len()));
        for (label, counts) in LABELS.iter().zip(&figures.confusion) {
            let counts: Vec<_> = counts.iter().map(ToString::to_string).collect();
            let _ = writeln!(card, "| {label} | {} |", counts.join(" | "));
        }
    }

    fn calibration(&self, card: &mut String) {
        *card +=
            "\n## Calibration\n\nHow often the likeliest label is right, by its probability; all authors left out.\n\n";
        *card += "| probability | texts | said | right |\n|---|---|---|---|\n";
        let mut bins: BTreeMap<usize, (usize, f64, usize)> = BTreeMap::new();
        for judged in self.left_out.iter().filter(|judged| judged.example.class < LABELS.len()) {
            let top = super::model::largest(&judged.verdict.probabilities);
            let said = judged.verdict.probabilities[top];
            let bin = bins.entry(((said * 10.0) as usize).min(9)).or_default();
            *bin = (bin.0 + 1, bin.1 + said, bin.2 + usize::from(top == judged.example.class));
        }
        for (bin, (texts, said, right)) in bins {
            let mean = |sum: f64| sum / texts as f64;
            let _ = writeln!(card, "| .{bin}–.{bin}9 | {texts} | {:.3} | {:.3} |", mean(said), mean(right as f64));
        }
    }

    fn drawn(&self, card: &mut String) {
        let Limits { unclear, sure, doubt } = self.limits;
        let _ = write!(
            card,
            "\n## Limits\n\nDrawn on the verdicts of the table by author: each text judged by a model that had not met its \
             author.\n\n- No verdict (`unclear`) above a probability of {unclear:.2} that the text is out of scope or \
             undecidable.\n- A verdict is `sure` from a probability of {sure:.2} on, if that of \"unclear\" is below \
             {doubt:.3}.\n"
        );
    }
}

const HEAD: &str = "# The classifier of the two roles

Written by `greenroom train`; do not edit. A multinomial logistic regression on words, groups of letters and tags of
clauses, with a second step that lets decisive clauses count more. It says which role of an Amazon ECS task needs a
permission, shows the words that it rests on, and says when it is unsure. It is for practice, not for reviewing real
policies. It reads English alone, and it knows what its authors wrote about: a text about something else that uses their
words can get a verdict. The scenarios were written for this program, each label was checked against sources by a
second reader who did not see it.
";

const TABLE: &str = "| | texts | forced | right | worst recall | pairs | calibration | sure right | sure share | unclear found | \
                     unclear in error | evidence |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n";

fn of(judged: &[&Judged<'_>], is_in: impl Fn(&Judged<'_>) -> bool) -> Figures {
    let chosen: Vec<_> = judged.iter().copied().filter(|judged| is_in(judged)).collect();
    figures(&chosen, LABELS.len(), &BASIC)
}

fn row(card: &mut String, name: &str, figures: &Figures) {
    let worst = figures.recall.iter().copied().filter(|recall| !recall.is_nan()).fold(f64::INFINITY, f64::min);
    let shares = [
        figures.forced,
        figures.right,
        worst,
        figures.pairs.0,
        figures.calibration,
        figures.sure.0,
        figures.sure.1,
        figures.unclear,
        figures.false_unclear,
        figures.evidence,
    ];
    let shares = shares.map(|share| if share.is_finite() { format!("{share:.3}") } else { "–".to_owned() });
    let texts = figures.texts.0 + figures.texts.1;
    let _ = writeln!(card, "| {name} | {texts} | {} |", shares.join(" | "));
}

fn styles<'a>(judged: &[&Judged<'a>]) -> Vec<&'a str> {
    let styles: std::collections::BTreeSet<_> = judged.iter().map(|judged| judged.example.style.as_str()).collect();
    styles.into_iter().collect()
}
