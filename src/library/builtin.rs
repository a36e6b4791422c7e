//! The decks inside the program: what `decks/` held when it was built.

/// A deck that ships with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The path below `decks/`, such as `aws/ecs.toml`.
    pub name: &'static str,
    pub text: &'static [u8],
}

/// Every shipped deck, sorted by name.
pub const DECKS: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
