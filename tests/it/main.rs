<<<<<<< HEAD
//! Everything that is tested from outside, in one program.

mod architecture;
mod oracle;
=======
//! Everything that is tested through the public doors of the library and the program.

mod corpus;
mod decks_bad;
>>>>>>> library
