//! What a learner did to a card, and the append-only log of it as a value.

mod disagreement;
mod entry;
mod grade;
mod mark;
mod mock;
mod rename;
mod said;

pub use disagreement::{Disagreement, Opinion};
pub use entry::{Action, Entry, EntryId, Moment, Source, live};
pub use grade::{Grade, NotAGrade};
pub use mark::{Mark, NotAPercent, Percent};
pub use mock::Mock;
pub use rename::carried;
pub use said::{Marked, Said, Typed};
