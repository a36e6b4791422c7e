//! Homes with decks of any number of cards, written once below `target/tmp`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

pub const CARDS_A_FILE: usize = 1000;

/// The home of a learner with so many cards of their own, in files of a thousand; with fewer, the shipped decks alone.
#[expect(clippy::disallowed_methods, reason = "nothing tells when the clock of the file system has moved on")]
pub fn home(cards: usize) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("home-{cards}"));
    let complete = home.join("complete");
    if !complete.exists() {
        fs::create_dir_all(home.join("decks")).expect("a folder");
        for file in 0..cards / CARDS_A_FILE {
            fs::write(home.join(format!("decks/deck-{file:04}.toml")), deck(file)).expect("a deck");
        }
        fs::write(complete, "").expect("a mark");
        // Files that were only just written are read at each start, so that no change is missed.
        thread::sleep(Duration::from_secs(3));
    }
    home
}

/// Deck text with cards of about a kilobyte.
fn deck(number: usize) -> String {
    let mut text = format!("format = 1\nid = \"deck-{number}\"\ntitle = \"Deck {number}\"\n");
    for card in 0..CARDS_A_FILE {
        let fact =
            |of: usize| format!("Fact {of} of card {card} says that a limit of {} keeps the queue short.", card * of);
        let facts: Vec<_> = (1..5).map(fact).collect();
        let answer = facts.join(" ");
        let written = writeln!(
            text,
            "\n[[card]]\nid = \"card-{number}-{card}\"\nquestion = \"What does limit {card} of system {number} bound?\"\n\
             answer = \"\"\"\n{answer}\"\"\"\nlevel = \"mid\"\ntags = [\"limits\", \"queues\"]"
        );
        written.expect("writing to a string never fails");
        for (point, fact) in facts.iter().enumerate() {
            let written = writeln!(text, "[[card.point]]\nid = \"point-{point}\"\nweight = 2\ntext = \"{fact}\"");
            written.expect("writing to a string never fails");
        }
    }
    text
}
