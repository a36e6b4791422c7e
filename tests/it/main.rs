//! Everything that is tested from outside, in one program.

mod architecture;
mod corpus;
mod crash;
mod deck_manual;
mod decks_bad;
mod decks_hostile;
mod oracle;
mod pty;
mod terminal;
