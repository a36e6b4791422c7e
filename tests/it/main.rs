//! Everything that is tested from outside, in one program.

mod architecture;
mod kit;
mod oracle;
mod study;
