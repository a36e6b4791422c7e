//! One more scenario at the end of a deck's text. What is there already is left as it is, comments and order too.

use std::sync::Arc;

use super::edit::{Unfit, add_card, free_id};
use super::parse;
use crate::card::{Card, Choice, Exercise, Id, Kind};
use crate::text::Safe;

/// A scenario that a learner wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: Safe,
    pub right: Id,
    /// Exact words of the text that decide.
    pub evidence: Vec<Safe>,
    pub why: Option<Safe>,
}

/// The text with the scenario at its end, and with its exercise if the text lacks that. `id` is the wanted id of the
/// scenario; it gets a number if the deck has it already. The deck that comes of it was read and has the scenario.
pub fn add_scenario(text: &str, exercise: &Exercise, id: &Id, draft: &Draft) -> Result<(String, Id), Unfit> {
    let id = free_id(id, &parse(text).deck.ok_or(Unfit::Broken)?.cards);
    let choice = Choice {
        exercise: Arc::new(exercise.clone()),
        scenario: draft.text.clone(),
        right: vec![draft.right.clone()],
        evidence: draft.evidence.clone(),
        why: draft.why.clone(),
        facts: Vec::new(),
        detail: None,
        flip: None,
        pair: None,
    };
    let card = Card {
        id: id.clone(),
        kind: Kind::Choice(choice),
        level: None,
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
        note: None,
        follow_ups: Vec::new(),
    };
    Ok((add_card(text, &card)?, id))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::new_deck;

    const DECK: &str = "# mine\nformat = 1\nid = \"mine\"\ntitle = \"Mine\"\n[[card]]\nid = \"c\"\nquestion = \"Q?\" # why\nanswer = \"A.\"";

    fn exercise(labels: &str) -> Exercise {
        let text = format!(
            "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"A \\\"b\\\"?\"\nlabels = [{labels}]\n\
             [[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T\"\nright = [\"a\"]\n"
        );
        let cards = parse(&text).deck.expect("a deck").cards;
        (*choice(&cards[0]).expect("a choice").exercise).clone()
    }

    fn usual() -> Exercise {
        exercise(
            "{ id = \"a\", name = \"A\", key = \"'\", about = '''x\ny''' }, { id = \"b\", name = \"B\", expert = true }",
        )
    }

    fn draft(text: &str) -> Draft {
        Draft { text: Safe::new(text), right: "b".parse().expect("an id"), evidence: Vec::new(), why: None }
    }

    fn choice(card: &Card) -> Option<&Choice> {
        match &card.kind {
            Kind::Choice(choice) => Some(choice),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        }
    }

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    #[test]
    fn what_was_there_stays_and_the_exercise_is_copied_once() {
        let (once, first) = add_scenario(DECK, &usual(), &id("new"), &draft("One.")).expect("added");
        let (twice, second) = add_scenario(&once, &usual(), &id("new"), &draft("Two.")).expect("added");
        assert!(once.starts_with(DECK) && twice.starts_with(&once));
        assert_eq!((first.as_str(), second.as_str()), ("new", "new-2"));
        assert_eq!(twice.matches("[[exercise]]").count(), 1);
        let parsed = parse(&twice);
        assert_eq!(parsed.diagnostics, []);
        let cards = parsed.deck.expect("a deck").cards;
        assert_eq!(*choice(&cards[1]).expect("a choice").exercise, usual(), "the copy is the same");
    }

    #[test]
    fn a_broken_deck_and_another_exercise_of_the_name_are_left_alone() {
        let add = |text: &str| add_scenario(text, &usual(), &id("new"), &draft("One."));
        assert_eq!(add("[[broken"), Err(Unfit::Broken));
        let (other, _) = add_scenario(
            DECK,
            &exercise("{ id = \"a\", name = \"A\" }, { id = \"c\", name = \"C\" }"),
            &id("n"),
            &Draft { right: id("a"), ..draft("One.") },
        )
        .expect("added");
        assert_eq!(add(&other), Err(Unfit::OtherExercise));
        assert_eq!(add(&format!("{DECK}\n[x")), Err(Unfit::Broken));
    }

    #[test]
    fn a_new_deck_can_be_added_to() {
        let text = new_deck(&id("my-scenarios"), &Safe::new("My \"scenarios\""));
        let (text, _) = add_scenario(&text, &usual(), &id("new"), &draft("One.")).expect("added");
        let parsed = parse(&text);
        assert_eq!((parsed.diagnostics.len(), parsed.deck.map(|deck| deck.cards.len())), (0, Some(1)));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_as_it_was_written(text in "[a-z\"'\\\\\n\té日 ]{0,40}x", why in any::<String>()) {
            let text = Safe::new(text.trim());
            let why = Some(Safe::new(why.trim())).filter(|why| !why.as_str().trim().is_empty());
            let draft = Draft { text, why, ..draft("") };
            let (whole, id) = add_scenario(DECK, &usual(), &id("new"), &draft).expect("added");
            let cards = parse(&whole).deck.expect("a deck").cards;
            let added = cards.iter().find(|card| card.id == id).and_then(choice).expect("there");
            prop_assert_eq!(&added.scenario, &draft.text);
        }
    }
}
