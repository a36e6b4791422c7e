//! What is asked of the grader while a mock goes on: marks for what follows, for hints, and for the scorecard.

use super::{MockScreen, Saved};
use crate::card::Key;
use crate::interview::{hint, probes};
use crate::review::Percent;
use crate::text::Safe;
use crate::tui::event::{Answer, Desk, Effect, Notice, Tone};

impl MockScreen {
    /// Goes on behind a rating as soon as the verdict is there that says what an interviewer asks next.
    pub(super) fn go_on(&mut self, desk: &Desk) -> Vec<Effect> {
        if !self.is_rated {
            return Vec::new();
        }
        let needs_verdict = self.sitting.wishes.has_probes;
        let text = self.sitting.last().map(|answer| answer.text.clone()).unwrap_or_default();
        let follow = match self.asked() {
            Some((key, recall)) if needs_verdict => match self.verdict(&key, &text) {
                Some(verdict) => probes(recall, text.as_str(), verdict),
                None => return self.wanted_marks(desk),
            },
            _ => Vec::new(),
        };
        let confidence = self.rating.parse().ok().and_then(|number: u8| Percent::try_from(number).ok());
        self.is_rated = false;
        self.rating.clear();
        self.sitting.rate(confidence, follow, desk.now.at);
        self.moved(desk)
    }

    pub(super) fn ask_hint(&mut self, desk: &Desk) -> Vec<Effect> {
        let text = self.field.text();
        self.hinting = Some(text.clone());
        let asked = self.asked().map(|(key, _)| key);
        match asked.as_ref().filter(|key| self.verdict(key, &text).is_some()) {
            Some(key) => self.give_hint(&key.clone(), &text),
            None => asked.and_then(|key| self.mark(&key, text, desk)).into_iter().collect(),
        }
    }

    pub(super) fn give_hint(&mut self, key: &Key, text: &Safe) -> Vec<Effect> {
        self.hinting = None;
        let given = self.sitting.last().map_or(&[][..], |answer| answer.hints.as_slice());
        let next =
            self.recall(key).zip(self.verdict(key, text)).and_then(|(recall, verdict)| hint(recall, verdict, given));
        match next {
            Some(next) => self.sitting.hinted(next),
            None => return vec![Notice::new(Tone::Quiet, Safe::from("there is no further hint"))],
        }
        self.saved = Saved::Not;
        Vec::new()
    }

    pub(super) fn mark(&self, key: &Key, text: Safe, desk: &Desk) -> Option<Effect> {
        self.recall(key)?;
        let marker = desk.workspace.marker(&key.deck).ok()?;
        Some(Effect::Mark(Answer { card: key.clone(), text, marker }))
    }

    /// Has every text marked that was handed in and is not marked yet.
    pub(super) fn wanted_marks(&self, desk: &Desk) -> Vec<Effect> {
        self.unmarked().into_iter().filter_map(|(key, text)| self.mark(&key, text, desk)).collect()
    }

    pub(super) fn unmarked(&self) -> Vec<(Key, Safe)> {
        if self.sitting.wishes.is_spoken {
            return Vec::new();
        }
        let texts = self.sitting.answers().filter(|(_, answer)| !answer.is_skipped).flat_map(|(drawn, answer)| {
            let prompted = answer.prompted().map(|probed| probed.text.clone());
            std::iter::once(answer.text.clone()).chain(prompted).map(|text| (drawn.card.clone(), text))
        });
        let is_open = |(key, text): &(Key, Safe)| self.recall(key).is_some() && self.verdict(key, text).is_none();
        texts.filter(is_open).collect()
    }
}
