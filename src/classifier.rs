//! Which label a text argues for, how sure that is, and the words it rests on.

mod augment;
mod card;
mod clause;
mod decisive;
mod evidence;
mod features;
mod figures;
mod file;
mod lexicon;
mod linear;
mod minimise;
mod mix;
mod model;
mod own;
mod scenarios;
mod train;
mod vocabulary;

pub mod roles;

pub use card::Report;
pub use figures::{Figures, Judged, figures, limits};
pub use model::{Evidence, Limits, Model, Verdict, largest};
pub use own::{FAIR, FEWEST, Own, learn};
pub use scenarios::{BadLine, parse};
pub use train::{Example, Kind};
