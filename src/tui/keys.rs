//! Keys: chords, and the tables that bind them to the actions of a screen.
//!
//! A screen's table is the only place that names a key: the footer and the help page are drawn from it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// One action of a screen: the keys that take it, its word in the footer, and its line of help.
#[derive(Debug, Clone, Copy)]
pub struct Bind<A: 'static> {
    pub action: A,
    /// In the notation of [`Chord`]; the first is the one that is shown.
    pub keys: &'static [&'static str],
    /// The word in the footer; empty when it is told in the help only.
    pub word: &'static str,
    pub help: &'static str,
}

/// A key and what it does, as the footer and the help page show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    pub keys: &'static [&'static str],
    pub word: &'static str,
    pub help: &'static str,
}

/// What names a key that no keyboard has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no key `{0}`")]
pub struct NoSuchKey(String);

const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("f1", KeyCode::F(1)),
];

/// Letters and digits as the keys of a hint, for keys that a deck names.
const LETTERS: [&[&str]; 62] = [
    &["a"],
    &["b"],
    &["c"],
    &["d"],
    &["e"],
    &["f"],
    &["g"],
    &["h"],
    &["i"],
    &["j"],
    &["k"],
    &["l"],
    &["m"],
    &["n"],
    &["o"],
    &["p"],
    &["q"],
    &["r"],
    &["s"],
    &["t"],
    &["u"],
    &["v"],
    &["w"],
    &["x"],
    &["y"],
    &["z"],
    &["A"],
    &["B"],
    &["C"],
    &["D"],
    &["E"],
    &["F"],
    &["G"],
    &["H"],
    &["I"],
    &["J"],
    &["K"],
    &["L"],
    &["M"],
    &["N"],
    &["O"],
    &["P"],
    &["Q"],
    &["R"],
    &["S"],
    &["T"],
    &["U"],
    &["V"],
    &["W"],
    &["X"],
    &["Y"],
    &["Z"],
    &["0"],
    &["1"],
    &["2"],
    &["3"],
    &["4"],
    &["5"],
    &["6"],
    &["7"],
    &["8"],
    &["9"],
];

/// The key of a letter or digit, as a hint shows it.
pub fn letter(character: char) -> Option<&'static [&'static str]> {
    let is_it = |keys: &&&[&str]| keys.first().is_some_and(|key| key.starts_with(character));
    LETTERS.iter().find(is_it).copied()
}

/// The action that a chord takes in a table.
pub fn find<A: Copy>(table: &[Bind<A>], chord: Chord) -> Option<A> {
    let takes = |bind: &&Bind<A>| bind.keys.iter().any(|key| key.parse() == Ok(chord));
    table.iter().find(takes).map(|bind| bind.action)
}

/// What the footer and the help page show of a table.
pub fn hints<A>(table: &[Bind<A>]) -> impl Iterator<Item = Hint> + '_ {
    table.iter().map(|bind| Hint { keys: bind.keys, word: bind.word, help: bind.help })
}

impl Chord {
    /// The letter or digit typed, if nothing was held down with it.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if !self.control && !self.alt => Some(character),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Chord {
    fn from(event: KeyEvent) -> Chord {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match event.code {
            KeyCode::Char(letter) if control => {
                Chord { code: KeyCode::Char(letter.to_ascii_lowercase()), control, alt }
            }
            code => Chord { code, control, alt },
        }
    }
}

impl FromStr for Chord {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Chord, NoSuchKey> {
        let (control, rest) = text.strip_prefix("ctrl-").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        let named = NAMED.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            (None, Some(letter), None) => KeyCode::Char(letter),
            _ => return Err(NoSuchKey(text.to_owned())),
        };
        Ok(Chord { code, control, alt })
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            formatter.write_str("ctrl-")?;
        }
        if self.alt {
            formatter.write_str("alt-")?;
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => formatter.write_str(name),
            (None, KeyCode::Char(letter)) => write!(formatter, "{letter}"),
            (None, _) => formatter.write_str("other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_written_as_the_tables_write_them() {
        for text in ["space", "enter", "ctrl-z", "?", "G", "alt-x", "pgdn", "1"] {
            assert_eq!(text.parse::<Chord>().map(|chord| chord.to_string()).as_deref(), Ok(text));
        }
        assert!("hyper-x".parse::<Chord>().is_err());
    }

    #[test]
    fn a_key_event_is_its_chord() {
        let event = KeyEvent::new(KeyCode::Char('Z'), KeyModifiers::CONTROL | KeyModifiers::SHIFT);
        assert_eq!(Chord::from(event).to_string(), "ctrl-z");
        assert_eq!(Chord::from(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT)).typed(), Some('G'));
    }

    proptest! {
        #[test]
        fn a_chord_that_can_be_written_is_read_back(letter in "[a-zA-Z0-9?!:/]", control in any::<bool>(), alt in any::<bool>()) {
            let text = format!("{}{}{letter}", if control { "ctrl-" } else { "" }, if alt { "alt-" } else { "" });
            prop_assert_eq!(text.parse::<Chord>().map(|chord| chord.to_string()), Ok(text));
        }
    }
}
