//! Everything that is tested from outside, in one program.

mod architecture;
mod choice;
mod classifier;
mod cli;
mod corpus;
mod crash;
mod deck_manual;
mod decks_bad;
mod decks_hostile;
mod grader;
mod help;
mod home;
mod kit;
mod oracle;
mod own;
mod peers;
mod problems;
mod pty;
mod reader;
mod rescue;
mod screens;
mod shipped;
mod study;
mod terminal;
mod typed;
mod walk;
