//! The learner's settings and where files live.

mod paths;
mod settings;

pub use paths::{NoHome, Paths};
pub use settings::{Advice, ChoiceLevel, Color, Limits, Settings, Switch};
