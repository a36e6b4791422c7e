//! A run through due cards: ask, reveal, grade, undo.

mod queue;
mod round;
#[cfg(test)]
mod sample;

pub use queue::{Candidate, Queue, Remaining};
pub use round::{Answer, Asked, Study, Summary};
