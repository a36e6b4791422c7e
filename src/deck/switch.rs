//! What a deck says of its own findings: the codes that are switched off in it, each with a reason.

use std::ops::Range;

use super::diagnostic::{Findings, quote};
use super::fields::Fields;
use super::rules::{BAD_SWITCH, RULES, switchable};
use super::value::Slot;
use super::{Diagnostic, Severity};
use crate::text::nearest;

/// A rule that is not held against the deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    pub code: &'static str,
    /// Where the deck names the code.
    pub span: Range<usize>,
}

impl Switch {
    /// Whether it turns the diagnostic off; an error stays whatever a deck says.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.code == self.code && diagnostic.severity != Severity::Error
    }
}

/// Reads the switches of a deck into the findings; those that can switch nothing off are reported.
pub(super) fn read(deck: &Fields<'_>, findings: &mut Findings) {
    let switches = deck.each("lint", findings, |fields, findings| {
        let code = fields.read("allow", Slot::code, findings);
        let reason = fields.read("reason", Slot::line, findings);
        let (code, span) = code?;
        let known = switchable().find(|rule| rule.code == code);
        if known.is_none() {
            findings.add(refused(code, span.clone()));
        }
        reason.and(known).map(|rule| Switch { code: rule.code, span })
    });
    for switch in switches {
        if let Some(first) = findings.switches.iter().find(|known| known.code == switch.code) {
            let message = format!("`{}` is switched off already.", switch.code);
            let twice = Diagnostic::new(&BAD_SWITCH, switch.span, message, "Keep one of the two.");
            let first = first.span.clone();
            findings.add(twice.beside(first, "the first one"));
        } else {
            findings.switches.push(switch);
        }
    }
}

fn refused(code: &str, span: Range<usize>) -> Diagnostic {
    let shown = quote(code);
    match RULES.iter().find(|rule| rule.code == code) {
        Some(rule) if rule.severity == Severity::Error => {
            let help = "Mend what it tells of: without that the card or the deck cannot be used.";
            Diagnostic::new(&BAD_SWITCH, span, format!("{shown} is an error, and no error can be switched off."), help)
        }
        Some(_) => {
            let help = "Delete this switch, and mend what it tells of.";
            Diagnostic::new(&BAD_SWITCH, span, format!("{shown} is about the switches and lists themselves."), help)
        }
        None => {
            let message = format!("No finding has the code {shown}.");
            match nearest(code, switchable().map(|rule| rule.code)) {
                Some(near) => Diagnostic::new(&BAD_SWITCH, span.clone(), message, format!("Did you mean `{near}`?"))
                    .mended(span, format!("\"{near}\"")),
                None => {
                    let help = "Copy the code from what `greenroom lint` says, such as `many-points`.";
                    Diagnostic::new(&BAD_SWITCH, span, message, help)
                }
            }
        }
    }
}
