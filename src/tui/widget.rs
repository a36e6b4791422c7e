//! Parts that several screens draw.

pub mod bar;
pub mod code;
pub mod entry;
pub mod face;
pub mod footer;
pub mod markdown;
pub mod marks;
pub mod scenario;
pub mod scroll;
pub mod when;
