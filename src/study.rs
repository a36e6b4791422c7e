//! A run through due cards: ask, reveal, grade, undo.

mod queue;
mod round;
#[cfg(test)]
mod sample;
mod short;

pub use queue::{Candidate, Queue, Remaining};
pub use round::{Answer, Asked, Study, Summary};
pub use short::{hidden, short};
