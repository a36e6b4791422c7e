//! A question that is answered with one letter, where somebody is there to answer it.

use std::io::{self, IsTerminal as _};

use super::failure::Failure;
use super::output::Output;
use crate::text::Safe;

/// Whether somebody is there.
pub fn is_heard() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks until one of the letters comes. None if nobody is there, or the input ends.
pub fn ask(question: &Safe, letters: &[char], output: &mut Output) -> Result<Option<char>, Failure> {
    if !is_heard() {
        return Ok(None);
    }
    loop {
        output.complain(question);
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let letter = line.trim_start().chars().next().map(|letter| letter.to_ascii_lowercase());
        if let Some(letter) = letter.filter(|letter| letters.contains(letter)) {
            return Ok(Some(letter));
        }
    }
}
