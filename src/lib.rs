//! greenroom: get ready for technical interviews in the terminal.
//!
//! This page is the floor plan. A room may use rooms on lower floors only, and rooms on one floor do not know each
//! other; `tests/it/architecture.rs` keeps that law. Floors 0 to 4 are pure: no file, no terminal, no clock, no
//! randomness. Time and identity are arguments.
//!
//! | floor | room | its one sentence |
//! |---|---|---|
//! | 0 | [`chance`] | Numbers without a pattern, the same for the same seed. |
//! | 0 | [`text`] | Text that is safe to show, and the measuring, cutting and folding of it. |
//! | 1 | [`card`] | What can be asked: a card, its stable ids, and one file per kind. |
//! | 2 | [`review`] | What a learner did to a card, and the append-only log of it as a value. |
//! | 3 | [`classifier`] | Which label a text argues for, how sure that is, and the words it rests on. |
//! | 3 | [`deck`] | Deck text to deck: format, lint, and diagnostics with their place. |
//! | 3 | [`grader`] | Which key points a typed answer covers, and why. |
//! | 3 | [`scheduler`] | Given a card's reviews, how well it is remembered and when to ask again (FSRS-6). |
//! | 4 | [`choice`] | The label exercise: rounds of scenarios, and what to say after a pick. |
//! | 4 | [`interview`] | The mock interview: what is asked, the clock, the answers, and what they come to. |
//! | 4 | [`lint`] | What an author should look at in decks: reading, learning, fixes, and every finding explained. |
//! | 4 | [`stats`] | Numbers drawn from the log: what was reviewed, recalled and confused. |
//! | 4 | [`study`] | A run through due cards: ask, reveal, grade, undo. |
//! | 5 | [`config`] | The learner's settings and where files live. |
//! | 5 | [`exchange`] | Cards in and out: one file per format, and what cannot be carried. |
//! | 5 | [`library`] | Deck files on disk and inside the program: find, read, keep a cache of what was parsed. |
//! | 5 | [`store`] | The review log in SQLite: append, read, migrate, back up. |
//! | 6 | [`workspace`] | Opens settings, library and store together and offers what both faces need. |
//! | 7 | [`tui`] | The terminal face: loop, screens, widgets, keys, theme. |
//! | 8 | [`cli`] | The command-line face: one file per command; starts the terminal face when asked to. |

pub mod card;
pub mod chance;
pub mod choice;
pub mod classifier;
pub mod cli;
pub mod config;
pub mod deck;
pub mod exchange;
pub mod grader;
pub mod interview;
pub mod library;
pub mod lint;
pub mod review;
pub mod scheduler;
pub mod stats;
pub mod store;
pub mod study;
pub mod text;
pub mod tui;
pub mod workspace;
