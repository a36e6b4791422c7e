//! Text that is safe to show, and the measuring, cutting and folding of it.

mod safe;
pub mod width;

pub use safe::Safe;
