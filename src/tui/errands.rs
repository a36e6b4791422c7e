//! What the work thread was given, and how much of it is not done yet.

use std::sync::mpsc::Sender;

use jiff::Timestamp;

use super::app::App;
use super::event::{Event, Outcome};
use super::work::Job;

pub struct Errands {
    jobs: Sender<Job>,
    open: usize,
}

impl Errands {
    pub fn new(jobs: Sender<Job>) -> Errands {
        Errands { jobs, open: 0 }
    }

    /// Whether something is not done yet.
    pub fn are_open(&self) -> bool {
        self.open > 0
    }

    /// Gives what was asked for to the work thread.
    pub fn hand_over(&mut self, app: &mut App) {
        while let Some(job) = app.next_job() {
            self.open += usize::from(self.jobs.send(job).is_ok());
        }
    }

    /// A job has ended.
    pub fn done(&mut self, app: &mut App, outcome: Outcome, now: Timestamp) {
        self.open = self.open.saturating_sub(1);
        app.handle(Event::Done(outcome), now);
    }
}
