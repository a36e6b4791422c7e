//! Everything that is tested from outside, in one program.

mod architecture;
mod cli;
mod corpus;
mod deck_manual;
mod decks_bad;
mod decks_hostile;
mod oracle;
mod peers;
