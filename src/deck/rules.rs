//! Every rule that a deck text is held to: its code, its severity, and what it means.

use super::Severity::{self, Advice, Error, Warning};

/// One rule; a diagnostic carries its code.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A short stable word.
    pub code: &'static str,
    pub severity: Severity,
    /// One or two sentences on what it is about and why it matters.
    pub means: &'static str,
}

macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $means:literal)*) => {
        $(pub static $name: Rule = Rule { code: $code, severity: $severity, means: $means };)*

        /// All rules: first what costs a deck or a card, then what is worth a look.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    TOO_LARGE "too-large" Error
        "The file is larger than 32 MB, or made of so many marks that it could not be read in little memory."
    ENCODING "encoding" Error
        "The file is not text in UTF-8, the one encoding that decks are written in."
    OTHER_FORMAT "other-format" Error
        "The text is JSON, YAML, a web page or something else that is not TOML."
    CONFLICT_MARKER "conflict-marker" Error
        "The text holds both sides of a merge that was never resolved."
    SYNTAX "syntax" Error
        "The text breaks a rule of TOML, so nobody can say for certain what it means. The deck is not used."
    TOO_DEEP "too-deep" Error
        "Lists, tables or dotted keys stand inside each other more than 80 levels deep. No deck needs that."
    FORMAT_VERSION "format-version" Error
        "`format` is not 1, the one version of the deck format that this program reads."
    MISSING_KEY "missing-key" Error
        "A key that must be there is not. Without it the card, the exercise or the deck is not used."
    WRONG_TYPE "wrong-type" Error
        "A key that must be there holds the wrong type of value, such as a text where a list belongs."
    EMPTY_TEXT "empty-text" Error
        "A text or a list that must say something is empty."
    TEXT_TOO_LONG "text-too-long" Error
        "One text is longer than 1 MB, which no screen shows and no learner reads."
    TOO_MANY_PARTS "too-many-parts" Error
        "A card has more than 100 points, misconceptions or gaps, or an exercise more than 100 labels."
    BAD_ID "bad-id" Error
        "Ids are lower-case words of a to z and 0 to 9, joined by single `-`, `_` or `.`, of at most 80 characters."
    DUPLICATE_ID "duplicate-id" Error
        "Two cards of a deck, or two parts of a card, have one id, so their reviews could not be told apart. \
         The first one keeps it."
    NO_GAP "no-gap" Error
        "The text of a cloze hides no words, so there is nothing to ask."
    OPEN_GAP "open-gap" Error
        "A gap begins with `{{` and is not closed with `}}` in its paragraph."
    EMPTY_GAP "empty-gap" Error
        "A gap holds no words, or one of the ways between its `|` does not."
    NESTED_GAP "nested-gap" Error
        "A gap begins inside another one, so it is not clear what is hidden."
    FEW_LABELS "few-labels" Error
        "An exercise with fewer than two labels leaves nothing to choose."
    UNKNOWN_LABEL "unknown-label" Error
        "A scenario calls a label right that its exercise does not have."
    UNKNOWN_TABLE "unknown-table" Error
        "A table that the format does not know, most often `[[cards]]` for `[[card]]`. The cards in it are lost."
    UNKNOWN_EXERCISE "unknown-exercise" Error
        "A scenario belongs to an exercise that this deck does not have."

    UNKNOWN_KEY "unknown-key" Warning
        "A key that the format does not know. It is not read; most often it is a slip of the keyboard."
    VALUE_IGNORED "value-ignored" Warning
        "An optional key holds the wrong type of value. The key is left out, the rest is used."
    EMPTY_VALUE "empty-value" Warning
        "An optional text, or an entry of a list, is empty. It is left out."
    SIMILAR_ID "similar-id" Warning
        "Two ids differ only by `-`, `_` or `.`. They are different ids, but easily taken for each other."
    LONG_TITLE "long-title" Warning
        "A title, a prompt or the name of a label is longer than 200 characters. It is cut there."
    TOO_MANY_ENTRIES "too-many-entries" Warning
        "A list has more than 100 entries. The rest of them is left out."
    BAD_LEVEL "bad-level" Warning
        "`level` is none of junior, mid and senior. The card is used without a level."
    BAD_DATE "bad-date" Warning
        "`checked` is no plain day such as 2026-11-22. The card is used without it."
    BAD_LANGUAGE "bad-language" Warning
        "`language` is no language tag such as en or pt-BR. The deck is used without it."
    WEIGHT_RANGE "weight-range" Warning
        "The weight of a point is none of 1, 2 and 3. The nearest of them is taken."
    BAD_LABEL_KEY "bad-label-key" Warning
        "The key of a label is not one visible character, or another label has it. The label is used without a key."
    FEW_SIDES "few-sides" Warning
        "`sides` names one thing only, so nothing can be swapped. It is left out."
    SHORT_POINT "short-point" Warning
        "A point of a single word cannot be marked fairly: an answer may use the word and still say something else."
    EVIDENCE_NOT_IN_TEXT "evidence-not-in-text" Warning
        "Evidence is not word for word in the text of its scenario, so it could not be shown there. It is left out."
    PAIR_UNKNOWN "pair-unknown" Warning
        "The pair of a scenario is no scenario of this deck. It is left out."
    PAIR_SAME_ANSWER "pair-same-answer" Warning
        "A scenario and its pair have the same right labels. A pair is there to show what makes the difference."
    NO_CARDS "no-cards" Warning
        "The deck has neither a card nor a scenario."
    CONFLICT_IN_TEXT "conflict-in-text" Warning
        "A text holds the marks of a merge conflict. Both sides may stand in it."
    CONTROL_CHARACTER "control-character" Warning
        "A control character, which could move the cursor or change the colours of a terminal. \
         It is never sent there: it is shown as an escape such as `\\x1b`."
    BIDI_OVERRIDE "bidi-override" Warning
        "A character that turns the direction of writing, so that a text reads differently from what it is. \
         It is shown as an escape."
    INVISIBLE_CHARACTER "invisible-character" Warning
        "A character that nobody can see, such as a zero width space or a tag. It is shown as an escape."
    STACKED_MARKS "stacked-marks" Warning
        "More than eight marks stand on one letter and would paint over other rows. The rest is counted, not shown."
    MORE_FINDINGS "more-findings" Warning
        "There is more of the same than is listed, or the end of a broken file was not looked at."
    BAD_SWITCH "bad-switch" Warning
        "A `[[lint]]` names no code, a code twice, or one that cannot be switched off. It switches nothing off."
    UNUSED_SWITCH "unused-switch" Warning
        "A `[[lint]]` switches off what is not found any more. It would hide the next slip."

    PLACEHOLDER "placeholder" Warning
        "A text only holds the place of one that was never written, so there is nothing to learn yet."
    ECHO "echo" Warning
        "The answer of a card is its question once more."
    SAME_QUESTION "same-question" Warning
        "Two cards ask the same, in this deck or in another one. Each is learned, and neither tells which answer is meant."
    MANY_POINTS "many-points" Warning
        "A card has 15 points or more. Nobody says that many in one answer, so the card is forgotten again and again."
    INCOMPLETE_ANSWER "incomplete-answer" Warning
        "The card's own answer does not say one of its points, so whoever learns the answer misses the point."
    ACCEPT_CONTRADICTS "accept-contradicts" Warning
        "A line of `accept` denies its point, or says it of the other side, so a wrong answer would be marked right."
    POINT_AND_MISCONCEPTION "point-and-misconception" Warning
        "A misconception has the words of a point, so what is right is called wrong."
    TAKEN_LABEL_KEY "taken-label-key" Warning
        "The key of a label means something else where labels are picked. A digit is shown in its place."
    SAME_LABEL "same-label" Warning
        "Two labels of an exercise have one name, so nobody can tell them apart."
    ACCEPT_REPEATS "accept-repeats" Advice
        "A line of `accept` is there already: in the same point it adds nothing, in another one both are marked for it."
    FEW_SCENARIOS "few-scenarios" Advice
        "A label has fewer than 5 scenarios. There is too little to practise on, and no classifier can learn the labels."
}

/// The rules that only `lint` holds a deck to: everything is read, but less can be learned from it.
pub mod learning {
    pub use super::{
        ACCEPT_CONTRADICTS, ACCEPT_REPEATS, ECHO, FEW_SCENARIOS, INCOMPLETE_ANSWER, MANY_POINTS, PLACEHOLDER,
        POINT_AND_MISCONCEPTION, SAME_LABEL, SAME_QUESTION, TAKEN_LABEL_KEY, UNUSED_SWITCH,
    };
}

/// The rules that a deck may switch off: warnings and advice, without those about switches and lists of findings.
pub(super) fn switchable() -> impl Iterator<Item = &'static Rule> {
    let is_about_findings =
        |code: &str| [&BAD_SWITCH, &UNUSED_SWITCH, &MORE_FINDINGS].iter().any(|own| own.code == code);
    RULES.iter().copied().filter(move |rule| rule.severity != Error && !is_about_findings(rule.code))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_stable_words_and_nobody_shares_one() {
        let codes: HashSet<_> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
        for rule in RULES {
            assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.code);
            assert!(rule.means.ends_with('.'), "{}", rule.code);
        }
    }
}
