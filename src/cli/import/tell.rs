//! What an import did, for a person and for a program.

use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::exchange::Joined;
use crate::safe;
use crate::text::{Safe, count};
use crate::workspace::Intake;

/// Findings that are listed one by one.
const LISTED: usize = 50;

pub struct Told<'t> {
    pub intake: &'t Intake,
    pub joined: &'t Joined,
    pub is_written: bool,
    pub is_dry: bool,
}

impl Told<'_> {
    pub fn print(&self, output: &mut Output) -> Result<(), Failure> {
        let Joined { added, known, changed, dropped, remarks } = self.joined;
        for remark in remarks {
            output.line(remark)?;
        }
        let change = |one: &crate::exchange::Changed| {
            let parts = one.parts.join(" and ");
            safe!("line {}: `{}` has another {parts} here; the deck keeps its own.", one.line, one.id)
        };
        let findings: Vec<Safe> =
            changed.iter().map(change).chain(dropped.iter().map(|loss| safe!("{loss}"))).collect();
        for finding in findings.iter().take(LISTED) {
            output.line(finding)?;
        }
        if findings.len() > LISTED {
            output.line(&safe!("and {} more; --json lists all", findings.len() - LISTED))?;
        }
        let cards = count(added.len() as u64, "card", "cards");
        let verb = if self.is_dry { "would be added" } else { "added" };
        let path = self.intake.path.display();
        let place = match (self.intake.is_new(), added.is_empty()) {
            (true, true) => Safe::from("no deck was made"),
            (true, false) => safe!("new deck `{}` in {path}", self.intake.deck),
            (false, _) => safe!("deck `{}` in {path}", self.intake.deck),
        };
        output.line(&safe!("{cards} {verb}, {known} there already: {place}"))?;
        match (changed.len(), dropped.len()) {
            (0, 0) => Ok(()),
            (changed, dropped) => {
                let lost = count(dropped as u64, "thing was", "things were");
                output.line(&safe!("{changed} with other words, {lost} not carried: see above"))
            }
        }
    }

    pub fn value(&self) -> Value {
        let Joined { added, known, changed, dropped, remarks } = self.joined;
        let added = added.iter().map(|card| json!({ "id": card.id, "question": card.prompt() }));
        let changed = changed.iter().map(|one| {
            let (question, answer) = (one.card.prompt(), one.card.model_answer());
            json!({ "line": one.line, "id": one.id, "parts": one.parts, "question": question, "answer": answer })
        });
        let dropped = dropped.iter().map(|loss| json!({ "line": loss.line, "what": loss.what }));
        json!({
            "deck": self.intake.deck, "file": safe!("{}", self.intake.path.display()), "written": self.is_written,
            "added": added.collect::<Vec<_>>(), "known": known, "changed": changed.collect::<Vec<_>>(),
            "dropped": dropped.collect::<Vec<_>>(), "remarks": remarks,
        })
    }
}
