//! What to say after a pick: whether it is right, and what to make of the reason that the learner typed.
//!
//! A pick is judged by the scenario's labels alone. A model is only asked about the reason, and where it is not sure
//! the learner is asked back, never marked.

use crate::card::{Choice, Exercise, Id};
use crate::safe;
use crate::text::Safe;

/// What a typed reason comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It argues for the label that was picked, which is right.
    Carries,
    /// The pick was wrong, and the reason argues for a right label.
    KnewBetter(Id),
    /// The pick was right, and the reason argues for another label.
    Misses(Id),
    /// The pick was wrong, and the reason argues for a wrong label too.
    Misleads(Id),
    /// Nobody can say for certain: ask.
    Unclear,
}

impl Reason {
    /// Judges a reason. `argued` is the label that it certainly argues for, if there is one.
    pub fn of(choice: &Choice, picked: &Id, argued: Option<&Id>) -> Reason {
        let Some(argued) = argued else { return Reason::Unclear };
        match (choice.is_right(picked), choice.is_right(argued)) {
            (true, true) => Reason::Carries,
            (false, true) => Reason::KnewBetter(argued.clone()),
            (true, false) => Reason::Misses(argued.clone()),
            (false, false) => Reason::Misleads(argued.clone()),
        }
    }

    pub fn is_good(&self) -> bool {
        matches!(self, Reason::Carries | Reason::KnewBetter(_))
    }

    /// One or two sentences for the learner.
    pub fn words(&self, choice: &Choice) -> Safe {
        let name = |label: &Id| name(&choice.exercise, label);
        match self {
            Reason::Carries => safe!("Your reason argues for {}: that is what decides.", choice.right_names()),
            Reason::KnewBetter(label) => {
                safe!("Your reason argues for {}, and that is right. Trust it next time.", name(label))
            }
            Reason::Misses(label) => safe!(
                "The label is right, but your reason argues for {}. Read the marked words once more.",
                name(label)
            ),
            Reason::Misleads(label) => {
                safe!("Your reason argues for {}. The marked words say otherwise.", name(label))
            }
            Reason::Unclear => safe!("Your reason leaves it open. {}", question(&choice.exercise)),
        }
    }
}

/// The one question that settles a case of this exercise.
pub fn question(exercise: &Exercise) -> &'static str {
    let has = |id: &str| exercise.labels.iter().any(|label| label.id.as_str() == id);
    match has("task") && has("execution") {
        true => "Who makes the call, and when?",
        false => "Which words of the text decide?",
    }
}

/// Whether the pick is right, in one sentence: the right names, then what was said.
pub fn verdict(choice: &Choice, picked: &Id) -> Safe {
    let said = name(&choice.exercise, picked);
    match choice.is_right(picked) {
        true if choice.right.len() == 1 => safe!("{said}. That is right."),
        true => safe!("{said} is right; so is {}.", others(choice, picked)),
        false => safe!("{}. You said {said}.", choice.right_names()),
    }
}

/// The verdict in a few words, for a drill.
pub fn brief(choice: &Choice, picked: &Id) -> Safe {
    match choice.is_right(picked) {
        true => name(&choice.exercise, picked),
        false => safe!("{}, not {}", choice.right_names(), name(&choice.exercise, picked)),
    }
}

fn others(choice: &Choice, picked: &Id) -> Safe {
    let others = choice.right.iter().filter(|label| *label != picked);
    safe!("{}", others.map(|label| name(&choice.exercise, label).to_string()).collect::<Vec<_>>().join(", "))
}

/// The name of a label; its id if the exercise has no such label any more.
pub fn name(exercise: &Exercise, label: &Id) -> Safe {
    exercise.label(label).map_or_else(|| safe!("{label}"), |label| label.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Kind;
    use crate::deck::parse;

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    fn choice(right: &str) -> Choice {
        let text = format!(
            "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"roles\"\nprompt = \"Which?\"\n\
             labels = [{{ id = \"task\", name = \"Task role\" }}, {{ id = \"execution\", name = \"Execution role\" }},\n\
             {{ id = \"both\", name = \"Both\" }}]\n\
             [[scenario]]\nid = \"s\"\nexercise = \"roles\"\ntext = \"T\"\nright = [{right}]\n"
        );
        match parse(&text).deck.expect("a deck").cards.remove(0).kind {
            Kind::Choice(choice) => choice,
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => panic!("another kind"),
        }
    }

    #[test]
    fn a_reason_is_judged_by_what_is_right_and_never_when_it_is_unclear() {
        let choice = choice("\"task\"");
        let judged = |picked: &str, argued: Option<&str>| Reason::of(&choice, &id(picked), argued.map(id).as_ref());
        assert_eq!(judged("task", Some("task")), Reason::Carries);
        assert_eq!(judged("execution", Some("task")), Reason::KnewBetter(id("task")));
        assert_eq!(judged("task", Some("execution")), Reason::Misses(id("execution")));
        assert_eq!(judged("both", Some("execution")), Reason::Misleads(id("execution")));
        for picked in ["task", "execution"] {
            assert_eq!(judged(picked, None), Reason::Unclear);
        }
        let asked = Reason::Unclear.words(&choice);
        assert_eq!(asked.as_str(), "Your reason leaves it open. Who makes the call, and when?");
    }

    #[test]
    fn a_verdict_says_what_is_right_and_what_was_said() {
        let words = |right, picked| verdict(&choice(right), &id(picked)).to_string();
        assert_eq!(words("\"task\"", "task"), "Task role. That is right.");
        assert_eq!(words("\"task\"", "execution"), "Task role. You said Execution role.");
        assert_eq!(words("\"task\", \"both\"", "both"), "Both is right; so is Task role.");
        assert_eq!(brief(&choice("\"task\""), &id("both")).as_str(), "Task role, not Both");
    }
}
