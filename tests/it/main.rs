//! Everything that is tested from outside, in one program.

mod architecture;
mod corpus;
mod decks_bad;
mod oracle;
