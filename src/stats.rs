//! Numbers drawn from the log: what was reviewed, recalled and confused.

mod calibration;
mod confusion;
#[cfg(test)]
mod sample;
mod share;
mod tally;

pub use calibration::{Calibration, Row, calibration};
pub use confusion::{Confusion, Mixup, confusions};
pub use share::Share;
pub use tally::{Tally, tally};
