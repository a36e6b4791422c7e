//! Everything that is tested through the public doors of the library and the program.

mod corpus;

mod deck_manual;
mod decks_bad;
mod decks_hostile;
