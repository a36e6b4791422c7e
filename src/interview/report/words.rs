//! The sentences of a report: what was good, what to change, and the whole as Markdown.

use super::{Credit, PointTold, Report, Told};
use crate::interview::score::SHORTEST;
use crate::safe;
use crate::text::Safe;

/// Columns that a quoted sentence may take before it is cut.
const LONGEST: usize = 160;

impl Report {
    /// A sentence of the learner's that said something heavy, in their own words; none if no point is certain.
    pub fn good(&self) -> Option<Safe> {
        let said = |told: &'_ Told| {
            let of_told = told.points.iter().filter(|point| point.credit == Credit::Said && point.marked.p.is_some());
            let best =
                of_told.filter(|point| point.quote.is_some()).max_by_key(|point| (point.weight, point.marked.p))?;
            Some(((best.weight, best.marked.p), sentence(told.text.as_str(), best.quote.as_ref()?)))
        };
        self.questions.iter().filter_map(said).max_by_key(|(rank, _)| *rank).map(|(_, sentence)| sentence)
    }

    /// The one thing to change: the gravest that was found.
    pub fn change(&self) -> Option<Safe> {
        let wrong = || {
            let found = self.questions.iter().flat_map(|told| &told.wrong).find(|wrong| wrong.is_sure)?;
            Some(safe!("You said “{}”. {}", found.quote, found.correction))
        };
        let sure = || {
            let told = self.by_worth().first().map(|place| &self.questions[*place])?;
            let point = heaviest_missed(told).filter(|_| told.is_sure_but_missed())?;
            let sure = told.confidence?.number();
            Some(safe!("You were {sure} % sure, and this was missing: {}", point.text))
        };
        let slow = || {
            let over = self.questions.iter().filter(|told| told.is_over_time).count();
            (over > 1).then(|| {
                safe!("{over} answers took longer than was meant for them: say the answer first, then the parts.")
            })
        };
        let short = || {
            let is_short = |told: &&Told| !self.is_spoken && told.text.as_str().split_whitespace().count() < SHORTEST;
            let short = self.questions.iter().filter(is_short).count();
            (short > 0).then(|| {
                safe!(
                    "{} under {SHORTEST} words: say more than one sentence each.",
                    crate::text::count(short as u64, "answer is", "answers are")
                )
            })
        };
        let missed = || {
            let told = self.questions.iter().min_by(|one, other| one.unaided.total_cmp(&other.unaided))?;
            Some(safe!("Say this next time: {}", heaviest_missed(told)?.text))
        };
        wrong().or_else(sure).or_else(slow).or_else(short).or_else(missed)
    }

    /// The report as Markdown. What the learner and the deck wrote cannot act in it.
    pub fn markdown(&self) -> String {
        let mut text = format!("# Mock interview, {} min\n\n", self.length.minutes());
        text += &format!("- date: {}\n- seed: {}\n", self.at, self.seed);
        if self.is_spoken {
            text += "- said aloud; the points are ticked by the learner\n";
        }
        text += &format!("- said: {:.0} % of the points\n", 100.0 * self.said());
        if let Some(found) = &self.calibration {
            text += &format!("- expected: {:.0} %, gap {:+.0}\n", 100.0 * found.expected, 100.0 * found.gap());
        }
        if let Some(score) = &self.score {
            text += &format!("- score: {:.0} of {}\n", score.total(), score.best());
        }
        for (title, line) in [("Good", self.good()), ("To change", self.change())] {
            text += &line.map_or_else(String::new, |line| format!("\n**{title}:** {}\n", escaped(&line)));
        }
        for (number, told) in self.questions.iter().enumerate() {
            text += &format!("\n## {}. {}\n\n", number + 1, escaped(&told.question));
            text += &told.markdown();
        }
        text
    }
}

impl Told {
    fn markdown(&self) -> String {
        let mut text = match (self.is_skipped, self.text.is_empty()) {
            (true, _) => "Skipped.\n\n".to_owned(),
            (false, true) => String::new(),
            (false, false) => {
                self.text.as_str().lines().map(|line| format!("> {}\n", escaped(&Safe::new(line)))).collect::<String>()
                    + "\n"
            }
        };
        for point in &self.points {
            text += &format!("- {}: {}\n", point.credit.word(), escaped(&point.text));
        }
        for wrong in self.wrong.iter().filter(|wrong| wrong.is_sure) {
            text += &format!("- wrong: “{}” {}\n", escaped(&wrong.quote), escaped(&wrong.correction));
        }
        for (question, said) in &self.probes {
            text += &format!("- asked: {} – {}\n", escaped(question), escaped(&said.line()));
        }
        let sure = self.confidence.map_or_else(|| "not said".to_owned(), |sure| format!("{} %", sure.number()));
        text + &format!("- sure: {sure}; said: {:.0} %; grade: {}\n", 100.0 * self.said, self.grade)
    }
}

/// The first of the heaviest points that were missed.
pub fn heaviest_missed(told: &Told) -> Option<&PointTold> {
    let missed = told.points.iter().filter(|point| matches!(point.credit, Credit::Missed | Credit::Prompted));
    missed.rev().max_by_key(|point| point.weight)
}

/// The sentence of a text in which a place lies, cut where it is very long.
fn sentence(text: &str, place: &std::ops::Range<usize>) -> Safe {
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    let behind = text.get(place.end..).unwrap_or_default();
    let end = behind.find(['.', '!', '?', '\n']).map_or(text.len(), |at| place.end + at + 1);
    let line = Safe::new(text.get(start..end).unwrap_or_default().trim()).line();
    Safe::new(&crate::text::width::fit(line.as_str(), LONGEST))
}

/// Text in which nothing is Markdown.
fn escaped(text: &Safe) -> String {
    let mut shown = String::new();
    for letter in text.as_str().chars() {
        if "\\`*_{}[]<>()#+-.!|~&".contains(letter) {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown
}
