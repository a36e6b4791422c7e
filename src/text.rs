//! Text that is safe to show, and the measuring, cutting and folding of it.

mod count;
mod nearest;
mod safe;
pub mod width;

pub use count::count;
pub use nearest::{nearest, slips};
pub use safe::Safe;
