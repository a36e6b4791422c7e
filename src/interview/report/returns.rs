//! What of a report goes on record, and which missed points come back as short questions.

use super::super::score::Credit;
use super::{Report, Told};
use crate::card::Id;
use crate::review::{Mock, Percent, Said, Typed};

/// Points of one interview that come back.
const MOST: usize = 5;

impl Report {
    /// The points that come back as short questions, each with the place of its question: at most five, those of which
    /// the learner was sure first, and the heaviest first.
    pub fn returning(&self) -> Vec<(usize, Id)> {
        let mut missing = self.missing();
        missing.truncate(MOST);
        missing
    }

    /// How many more are missing and wait until these have been asked.
    pub fn waiting(&self) -> usize {
        self.missing().len().saturating_sub(MOST)
    }

    fn missing(&self) -> Vec<(usize, Id)> {
        let of_told = |(place, told): (usize, &Told)| {
            let is_sure = told.is_sure_but_missed();
            let missing = told.points.iter().filter(|point| matches!(point.credit, Credit::Missed | Credit::Hinted));
            missing.map(|point| (is_sure, point.weight, place, point.marked.point.clone())).collect::<Vec<_>>()
        };
        let answered = self.questions.iter().enumerate().filter(|(_, told)| !told.is_skipped);
        let mut missing: Vec<_> = answered.flat_map(of_told).collect();
        missing.sort_by_key(|(is_sure, weight, ..)| std::cmp::Reverse((*is_sure, *weight)));
        missing.into_iter().map(|(_, _, place, point)| (place, point)).collect()
    }

    /// What goes on record beside the grade of the question at a place.
    pub fn record(&self, place: usize) -> Said {
        let told = &self.questions[place];
        let with = |credit: Credit| {
            let points = told.points.iter().filter(|point| point.credit == credit);
            points.map(|point| point.marked.point.clone()).collect()
        };
        let returning = self.returning().into_iter().filter(|(of, _)| *of == place);
        let mock = Mock {
            minutes: self.length.minutes(),
            seed: self.seed,
            level: self.level,
            spoken: self.is_spoken,
            structure: self.score.and_then(|score| score.structure),
            said: Percent::of(self.said()),
            score: Percent::of(self.score.map_or(0.0, |score| score.share())),
            prompted: with(Credit::Prompted),
            hinted: with(Credit::Hinted),
            returns: returning.map(|(_, point)| point).collect(),
        };
        let marks = told.points.iter().map(|point| point.marked.clone()).collect();
        let wrong = told.wrong.iter().filter(|wrong| wrong.is_sure).map(|wrong| wrong.misconception.clone()).collect();
        Said::Typed(Typed { mock: Some(mock), ..Typed::new(&told.text, told.confidence, marks, wrong) })
    }
}
