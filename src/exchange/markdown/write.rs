//! A deck as marked cards that other programs read, and that come back as the same cards.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::card::{Card, Id, Kind, Recall};
use crate::deck::Deck;
use crate::exchange::build::card;
use crate::exchange::{Exported, Loss, cloze, json, pasted, points, untold};
use crate::safe;
use crate::text::Safe;

/// Begins the line in which a card carries what `Q:` and `A:` cannot say; a reader of Markdown does not show it.
const CARRIED: &str = "<!-- greenroom ";

/// Marks that begin something at the start of a line.
const MARKS: [&str; 3] = ["Q:", "A:", "C:"];

/// A title in front matter, then the cards; scenarios are left out.
pub fn export(deck: &Deck) -> Exported {
    let title = Value::String(deck.title.to_string());
    let mut text = format!("---\nname = {title}\n---\n");
    let mut dropped: Vec<Loss> = untold(deck).into_iter().collect();
    for card in &deck.cards {
        match written(card) {
            Some(card) => text += &format!("\n{card}\n---\n"),
            None => {
                let what = safe!("`{}` is a scenario, and Markdown has no labels to choose from.", card.id);
                dropped.push(Loss { line: None, what });
            }
        }
    }
    dropped.extend(unlike(deck, text.as_bytes()));
    Exported { bytes: text.into_bytes(), dropped }
}

/// Cards that would not come back as they are, such as those that leave a block of code open.
fn unlike(deck: &Deck, text: &[u8]) -> Vec<Loss> {
    let back = super::import(text).map_or_else(|_| Vec::new(), |imported| imported.cards);
    let back: HashMap<&Id, &Card> = back.iter().map(|found| (&found.card.id, &found.card)).collect();
    let is_lost = |card: &&Card| !matches!(card.kind, Kind::Choice(_)) && back.get(&card.id) != Some(card);
    let told = |card: &Card| Loss {
        line: None,
        what: safe!("`{}` would not come back as it is: its text has marks of this format.", card.id),
    };
    deck.cards.iter().filter(is_lost).map(told).collect()
}

fn written(from: &Card) -> Option<String> {
    let asked =
        |question: &Safe, answer: &Safe| format!("Q: {}\nA: {}\n", escape(question.as_str()), escape(answer.as_str()));
    let (text, plain) = match &from.kind {
        Kind::Choice(_) => return None,
        Kind::Recall(Recall { question, answer, .. }) => {
            let points = points::of(answer.as_str()).unwrap_or_default();
            (asked(question, answer), Some(card(question.as_str(), answer.as_str(), points)))
        }
        Kind::Code(code) => (asked(&code.question, &code.answer()), None),
        Kind::Cloze(gaps) => {
            let text = cloze::in_brackets(gaps);
            (format!("C: {}\n", escape(&text)), cloze::bracketed(&text).ok())
        }
    };
    match plain.filter(|plain| plain == from) {
        Some(_) => Some(text),
        None => Some(text + &Carried::of(from).line()),
    }
}

/// The text with marks inside it that are none.
fn escape(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let code = pasted::fenced(&lines);
    let escaped = |(at, (line, is_code)): (usize, (&&str, bool))| {
        let is_rule = line.starts_with("---") && line.trim_end().trim_matches('-').is_empty();
        let slashed = line.trim_start_matches('\\');
        match MARKS
            .iter()
            .find(|mark| line.starts_with(&mark[..1]) && line[1..].trim_start_matches('\\').starts_with(':'))
        {
            _ if is_code => (*line).to_owned(),
            Some(mark) if at > 0 => format!("{}\\{}", &mark[..1], &line[1..]),
            _ if is_rule || slashed.len() < line.len() && slashed.starts_with("---") => format!("\\{line}"),
            _ => (*line).to_owned(),
        }
    };
    lines.iter().zip(code).enumerate().map(escaped).collect::<Vec<_>>().join("\n")
}

/// A line as it was before `escape`.
pub fn unescape(line: &str) -> String {
    let slashed = line.trim_start_matches('\\');
    match MARKS.iter().find(|mark| line.starts_with(&mark[..1]) && line[1..].starts_with('\\')) {
        Some(mark) if line[1..].trim_start_matches('\\').starts_with(':') => format!("{}{}", &mark[..1], &line[2..]),
        _ if slashed.len() < line.len() && slashed.starts_with("---") => line[1..].to_owned(),
        _ => line.to_owned(),
    }
}

/// What a card says beside its question and its answer, with the keys of a deck file.
pub struct Carried(Map<String, Value>);

impl Carried {
    fn of(card: &Card) -> Carried {
        let mut keys = json::keys(card);
        if let Kind::Recall(_) = card.kind {
            keys.remove("question");
            keys.remove("answer");
        }
        Carried(keys)
    }

    /// As a comment on one line.
    fn line(&self) -> String {
        let keys = Value::Object(self.0.clone()).to_string().replace("--", "-\\u002d");
        format!("{CARRIED}{keys} -->\n")
    }

    /// Takes the comment from the end of an answer.
    pub fn take(answer: &mut Vec<String>) -> Option<Carried> {
        let last = answer.iter().rposition(|line| !line.trim().is_empty())?;
        let keys = answer[last].trim().strip_prefix(CARRIED)?.strip_suffix("-->")?;
        let keys = serde_json::from_str(keys.trim()).ok()?;
        answer.truncate(last);
        Some(Carried(keys))
    }

    /// The card with what was carried, or why that cannot be. What was changed by hand beside the comment counts.
    pub fn put_on(self, card: &Card) -> Result<Card, Safe> {
        let mut keys = self.0;
        if let Kind::Recall(recall) = &card.kind
            && !["code", "text"].iter().any(|key| keys.contains_key(*key))
        {
            keys.insert("question".into(), recall.question.to_string().into());
            keys.insert("answer".into(), recall.answer.to_string().into());
        }
        json::card(keys).map_err(|why| safe!("What the comment of the card says is not taken: {why}"))
    }
}
