//! The label exercise: scenarios answered by picking a label, in rounds, and what to say after a pick.

pub mod coach;
mod mix;
mod round;
mod tally;
mod twin;
mod view;

pub use round::{Answer, Asked, Round, Scenario};
pub use tally::{Share, Summary};
pub use twin::differences;
pub use view::View;
