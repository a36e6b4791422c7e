//! One more scenario at the end of a deck's text. What is there already is left as it is, comments and order too.

use toml::de::DeTable;

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

/// Why nothing can be added; its message completes "`file` …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("has an error that must be mended first: `greenroom lint` shows it")]
    Broken,
    #[error("has an exercise of the same name with other labels")]
    OtherExercise,
    #[error("would not be a deck any more")]
    Spoilt,
}

/// How the text of a new deck begins.
pub fn new_deck(id: &Id, title: &Safe) -> String {
    format!(
        "# Scenarios of your own. greenroom adds to the end of this file; the rest is yours to edit.\n\
         format = 1\nid = {}\ntitle = {}\n",
        quoted(id.as_str()),
        quoted(title.as_str())
    )
}

/// The text with the scenario at its end, and with its exercise if the text lacks that. `id` is the wanted id of the
/// scenario; it gets a number if the deck has it already. The deck that comes of it was read and has the scenario.
pub fn add_scenario(text: &str, exercise: &Exercise, id: &Id, draft: &Draft) -> Result<(String, Id), Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let id = free_id(id, &before.cards);
    let mut after = text.to_owned();
    if !after.is_empty() && !after.ends_with('\n') {
        after.push('\n');
    }
    match known_labels(text, &exercise.id) {
        None => after += &exercise_text(exercise),
        Some(labels) if exercise.labels.iter().all(|label| labels.contains(&label.id.to_string())) => {}
        Some(_) => return Err(Unfit::OtherExercise),
    }
    after += &scenario_text(exercise, &id, draft);
    let deck = parse(&after).deck.ok_or(Unfit::Spoilt)?;
    let added = deck.cards.last().filter(|card| card.id == id).and_then(choice);
    let is_whole = added.is_some_and(|added| added.scenario == draft.text && added.right == [draft.right.clone()]);
    let are_kept = deck.cards.len() == before.cards.len() + 1 && deck.cards.starts_with(&before.cards);
    if is_whole && are_kept { Ok((after, id)) } else { Err(Unfit::Spoilt) }
}

fn choice(card: &Card) -> Option<&Choice> {
    match &card.kind {
        Kind::Choice(choice) => Some(choice),
        Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
    }
}

/// The ids of the labels that the text gives an exercise; none if it has no such exercise.
fn known_labels(text: &str, exercise: &Id) -> Option<Vec<String>> {
    let tree = DeTable::parse(text).ok()?.into_inner();
    let all = tree.get("exercise")?.get_ref().as_array()?;
    let id = |table: &toml::Spanned<toml::de::DeValue<'_>>| {
        table.get_ref().as_table()?.get("id")?.get_ref().as_str().map(str::to_owned)
    };
    let known = all.iter().find(|known| id(known).as_deref() == Some(exercise.as_str()))?;
    let labels = known.get_ref().as_table()?.get("labels").and_then(|labels| labels.get_ref().as_array());
    Some(labels.map_or_else(Vec::new, |labels| labels.iter().filter_map(id).collect()))
}

fn free_id(wanted: &Id, cards: &[Card]) -> Id {
    let is_free = |id: &Id| !cards.iter().any(|card| card.id == *id);
    let numbered = (2..).filter_map(|number| format!("{wanted}-{number}").parse().ok());
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).expect("numbers do not end")
}

fn exercise_text(exercise: &Exercise) -> String {
    let mut text = format!(
        "\n[[exercise]]\nid = {}\nprompt = {}\n",
        quoted(exercise.id.as_str()),
        quoted(exercise.prompt.as_str())
    );
    for label in &exercise.labels {
        text += &format!(
            "\n[[exercise.labels]]\nid = {}\nname = {}\n",
            quoted(label.id.as_str()),
            quoted(label.name.as_str())
        );
        if let Some(key) = label.key {
            text += &format!("key = {}\n", quoted(&key.to_string()));
        }
        if label.expert {
            text += "expert = true\n";
        }
        if let Some(about) = &label.about {
            text += &format!("about = {}\n", quoted(about.as_str()));
        }
    }
    text
}

fn scenario_text(exercise: &Exercise, id: &Id, draft: &Draft) -> String {
    let mut text = format!(
        "\n[[scenario]]\nid = {}\nexercise = {}\ntext = {}\nright = [{}]\n",
        quoted(id.as_str()),
        quoted(exercise.id.as_str()),
        quoted(draft.text.as_str()),
        quoted(draft.right.as_str())
    );
    if !draft.evidence.is_empty() {
        let words: Vec<_> = draft.evidence.iter().map(|words| quoted(words.as_str())).collect();
        text += &format!("evidence = [{}]\n", words.join(", "));
    }
    if let Some(why) = &draft.why {
        text += &format!("why = {}\n", quoted(why.as_str()));
    }
    text
}

/// The text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
