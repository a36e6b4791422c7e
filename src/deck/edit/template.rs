//! The text of a new deck: remarks that say what goes where, and a first card that can be studied at once.

use super::write::quote;
use crate::card::Id;
use crate::text::Safe;

/// A whole deck with one card, which lint finds nothing wrong with.
pub fn template(id: &Id, title: &Safe) -> String {
    let (id, title) = (quote(id.as_str()), quote(title.as_str()));
    format!(
        r#"# A deck of questions and answers. Lines that begin with # are remarks.
# `greenroom lint FILE` checks it; `greenroom help deck-format` explains every key.

format = 1
id = {id} # reviews are kept under it: better not change it
title = {title}
language = "en"
# description = "What it covers, and for whom."
# tags = ["a word to find it by"]
# author = "Your name"
# licence = "CC-BY-4.0"
# version = "1"

# One card. Copy it, give the copy an id of its own, and ask something else.
[[card]]
id = "what-is-a-good-card"
question = "What makes a good card?"
answer = '''
It asks **one thing**, as an interviewer would, and its answer can be said in a minute.
'''
# level = "mid" # or "junior", "senior"
# sources = ["https://example.org/where-it-is-written"]

# What a good answer states: full sentences. 3 = it fails without it, 2 = expected, 1 = nice to have.
[[card.point]]
id = "one-thing"
weight = 3
text = "A good card asks one thing."
"#
    )
}

/// What the editor shows when a card is to be written into a deck; the rest of the file is there to be checked with it.
pub fn card_template(deck: &Id, title: &Safe) -> String {
    let (deck, title) = (quote(deck.as_str()), quote(title.as_str()));
    format!(
        r#"# Write the card below, save, and leave the editor. To add nothing, leave it as it is.
format = 1
id = {deck}
title = {title}

[[card]]
# id = "a-short-name" # made from the question if you leave it out
question = '''

'''
answer = '''

'''

# What a good answer states, as full sentences; take the # away.
# [[card.point]]
# id = "a-short-name"
# text = "..."
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::parse;

    #[test]
    fn a_new_deck_lints_clean_and_has_a_card() {
        let text = template(&"mine".parse().expect("an id"), &Safe::from("My \"own\" deck"));
        let parsed = parse(&text);
        assert_eq!(parsed.diagnostics, []);
        let deck = parsed.deck.expect("a deck");
        assert_eq!((deck.title.as_str(), deck.cards.len()), ("My \"own\" deck", 1));
    }

    #[test]
    fn a_filled_in_card_is_one() {
        let text = card_template(&"mine".parse().expect("an id"), &Safe::from("Mine"));
        let filled =
            text.replace("# id = \"a-short-name\" # made", "id = \"x\" #").replace("'''\n\n'''", "'''\nWords.\n'''");
        assert_eq!(parse(&filled).diagnostics, []);
        assert!(parse(&text).deck.is_none_or(|deck| deck.cards.is_empty()));
    }
}
