//! One value of a deck file, read as what its key should hold.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;
use toml::value::Datetime;

use super::diagnostic::{Findings, quote};
use super::format::{Key, LONGEST_TEXT, LONGEST_TITLE, MOST_ENTRIES, Shape};
use super::lint::lint_gap;
use super::rules::{
    BAD_DATE, BAD_ID, BAD_LABEL_KEY, BAD_LANGUAGE, BAD_LEVEL, EMPTY_TEXT, EMPTY_VALUE, FEW_SIDES, LONG_TITLE, Rule,
    TEXT_TOO_LONG, TOO_MANY_ENTRIES, VALUE_IGNORED, WEIGHT_RANGE, WRONG_TYPE,
};
use super::suggest;
use super::{Diagnostic, Edit};
use crate::card::{Cloze, Id, LONGEST_ID, Level};
use crate::text::Safe;

/// A value of the tree with its place.
pub type Value<'t> = Spanned<DeValue<'t>>;
/// Something read, with the place it was read from.
pub type Placed<T> = (T, Range<usize>);

/// A value and what it is read for: a key, or an entry of its list.
///
/// Each reading method either says what was read, or reports what is wrong and says `None`.
#[derive(Clone, Copy)]
pub struct Slot<'t> {
    pub key: &'static Key,
    pub value: &'t Value<'t>,
    shape: Shape,
    is_entry: bool,
}

impl<'t> Slot<'t> {
    pub fn new(key: &'static Key, value: &'t Value<'t>) -> Slot<'t> {
        Slot { key, value, shape: key.shape, is_entry: false }
    }

    /// The slot of an entry of this one's list.
    pub fn entry(self, value: &'t Value<'t>) -> Slot<'t> {
        let shape = match self.shape {
            Shape::Ids => Shape::Id,
            Shape::Lines => Shape::Line,
            Shape::Texts => Shape::Text,
            Shape::Sides => Shape::Lines,
            other => other,
        };
        Slot { value, shape, is_entry: true, ..self }
    }

    pub fn id(self, findings: &mut Findings) -> Option<Placed<Id>> {
        let DeValue::String(written) = self.value.get_ref() else { return self.wrong_type(findings) };
        match written.parse() {
            Ok(id) => Some((id, self.value.span())),
            Err(why) => {
                let help = match suggest::id(written) {
                    Some(id) => format!("Write {}\"{id}\".", self.left_side()),
                    None => {
                        format!("Use a to z, 0 to 9 and single - _ . between them, at most {LONGEST_ID} characters.")
                    }
                };
                let id = if written.is_empty() { String::new() } else { quote(written) + " " };
                let refused = self.refusal(&BAD_ID, format!("The id {id}{why}."), help);
                findings.add(match suggest::id(written) {
                    Some(id) => refused.mended(self.value.span(), format!("\"{id}\"")),
                    None => refused,
                });
                None
            }
        }
    }

    /// One id or more.
    pub fn ids(self, findings: &mut Findings) -> Option<Vec<Placed<Id>>> {
        let DeValue::Array(items) = self.value.get_ref() else { return self.wrong_type(findings) };
        if items.is_empty() {
            return self.empty(findings);
        }
        Some(items.iter().filter_map(|item| self.entry(item).id(findings)).collect())
    }

    /// Markdown without blank lines around it.
    pub fn text(self, findings: &mut Findings) -> Option<Safe> {
        self.string(findings).map(|text| Safe::new(text.trim_end().trim_start_matches(['\n', '\r'])))
    }

    /// A text on one line.
    pub fn line(self, findings: &mut Findings) -> Option<Safe> {
        self.string(findings).map(|text| Safe::new(text.trim()).line())
    }

    /// A text on one line, cut where a title ends.
    pub fn title(self, findings: &mut Findings) -> Option<Safe> {
        let title = self.line(findings)?;
        let Some((end, _)) = title.as_str().char_indices().nth(LONGEST_TITLE) else { return Some(title) };
        let message = format!("This is longer than {LONGEST_TITLE} characters; it is cut there.");
        let help = "Say less here: it is shown on one line.";
        findings.add(Diagnostic::new(&LONG_TITLE, self.value.span(), message, help));
        Some(Safe::new(&title.as_str()[..end]))
    }

    /// Texts on one line each, without those that cannot be read.
    pub fn lines(self, findings: &mut Findings) -> Option<Vec<Safe>> {
        let lines = self.placed_lines(findings)?;
        Some(lines.into_iter().map(|(line, _)| line).collect())
    }

    /// Like [`Slot::lines`], with their places.
    pub fn placed_lines(self, findings: &mut Findings) -> Option<Vec<Placed<Safe>>> {
        self.list(Slot::line, findings)
    }

    /// Texts on any number of lines, without those that cannot be read.
    pub fn texts(self, findings: &mut Findings) -> Option<Vec<Safe>> {
        Some(self.list(Slot::text, findings)?.into_iter().map(|(text, _)| text).collect())
    }

    fn list(
        self,
        read: impl Fn(Slot<'t>, &mut Findings) -> Option<Safe>,
        findings: &mut Findings,
    ) -> Option<Vec<Placed<Safe>>> {
        let DeValue::Array(items) = self.value.get_ref() else { return self.wrong_type(findings) };
        if let Some(first) = items.get(MOST_ENTRIES) {
            let message = format!("{} has {} entries; 100 is the most.", self.name(), items.len());
            let help = "Keep the ones that matter; the rest is left out.";
            findings.add(Diagnostic::new(&TOO_MANY_ENTRIES, first.span(), message, help));
        }
        let kept = items.iter().take(MOST_ENTRIES);
        Some(kept.filter_map(|item| Some((read(self.entry(item), findings)?, item.span()))).collect())
    }

    /// Two or more lists of names.
    pub fn sides(self, findings: &mut Findings) -> Option<Vec<Vec<Safe>>> {
        let DeValue::Array(items) = self.value.get_ref() else { return self.wrong_type(findings) };
        let names = items.iter().filter_map(|item| self.entry(item).lines(findings));
        let sides: Vec<Vec<Safe>> = names.filter(|side| !side.is_empty()).collect();
        if sides.len() == 1 {
            let help = format!("Add a second list, as in {}.", self.shape.example());
            return self.refuse(&FEW_SIDES, format!("{} names one thing only.", self.name()), help, findings);
        }
        Some(sides)
    }

    /// A text with gaps.
    pub fn cloze(self, findings: &mut Findings) -> Option<Cloze> {
        let text = self.text(findings)?;
        let flaw = match Cloze::new(text.clone()) {
            Ok(cloze) => return Some(cloze),
            Err(flaw) => flaw,
        };
        let written = self.value.get_ref().as_str().unwrap_or_default();
        findings.add(match Cloze::read(written) {
            Err(flaw) => lint_gap(&flaw, written, self.within(&flaw.range)),
            // Line ends of another system hide it in the text as it is written.
            Ok(_) => lint_gap(&flaw, text.as_str(), self.value.span()),
        });
        None
    }

    /// Where a part of the text stands in the file: the whole value if escapes stand between them.
    fn within(self, range: &Range<usize>) -> Range<usize> {
        let span = self.value.span();
        let DeValue::String(Cow::Borrowed(text)) = self.value.get_ref() else { return span };
        let quotes = span.len().saturating_sub(text.len());
        // Behind three quotation marks a line feed may stand that is not part of the text.
        let opening = if quotes == 2 { 1 } else { quotes.saturating_sub(3) };
        span.start + opening + range.start..span.start + opening + range.end
    }

    pub fn level(self, findings: &mut Findings) -> Option<Level> {
        let word = self.value.get_ref().as_str().unwrap_or_default();
        let level = Level::ALL.into_iter().find(|level| level.word() == word);
        level.or_else(|| {
            let message = format!("{} is no level.", self.shown());
            let meant = crate::text::nearest(word.trim(), Level::ALL.into_iter().map(Level::word));
            findings.add(match meant {
                Some(meant) => {
                    let refused = self.refusal(&BAD_LEVEL, message, format!("Did you mean \"{meant}\"?"));
                    refused.mended(self.value.span(), format!("\"{meant}\""))
                }
                None => self.refusal(&BAD_LEVEL, message, "Write \"junior\", \"mid\" or \"senior\"."),
            });
            None
        })
    }

    pub fn day(self, findings: &mut Findings) -> Option<Date> {
        let help = "Write it without quotes and without a time, such as 2026-11-22.";
        let message = match self.value.get_ref() {
            DeValue::Datetime(moment) => match day(moment) {
                Some(day) => return Some(day),
                None => format!("{} is no plain day.", self.shown()),
            },
            other => format!("{} must be {}, not {}.", self.name(), self.shape, kind(other)),
        };
        let refused = self.refusal(&BAD_DATE, message, help);
        findings.add(match self.value.get_ref().as_str().and_then(|text| text.trim().parse::<Date>().ok()) {
            Some(day) => refused.mended(self.value.span(), day.to_string()),
            None => refused,
        });
        None
    }

    pub fn language(self, findings: &mut Findings) -> Option<Safe> {
        let tag = self.value.get_ref().as_str().filter(|tag| is_language(tag)).map(Safe::new);
        tag.or_else(|| {
            let message = format!("{} is no language tag.", self.shown());
            let refused = self.refusal(&BAD_LANGUAGE, message, "Write a tag such as \"en\", or delete the line.");
            let meant = self.value.get_ref().as_str().map(|tag| tag.trim().replace('_', "-"));
            findings.add(match meant.filter(|tag| is_language(tag)) {
                Some(tag) => refused.mended(self.value.span(), format!("\"{tag}\"")),
                None => refused,
            });
            None
        })
    }

    /// 1, 2 or 3; the nearest of them for another whole number.
    pub fn weight(self, findings: &mut Findings) -> Option<u8> {
        let DeValue::Integer(written) = self.value.get_ref() else { return self.wrong_type(findings) };
        let too_large = if written.as_str().starts_with('-') { i64::MIN } else { i64::MAX };
        let number = whole(self.value).unwrap_or(too_large);
        let nearest: u8 = if number <= 1 {
            1
        } else if number == 2 {
            2
        } else {
            3
        };
        if i64::from(nearest) != number {
            let message = format!("The weight {} is none of 1, 2 and 3; {nearest} is taken.", self.shown());
            let help = "3 = without it the answer fails, 2 = expected, 1 = nice to have.";
            let refused = self.refusal(&WEIGHT_RANGE, message, help);
            findings.add(refused.mended(self.value.span(), nearest.to_string()));
        }
        Some(nearest)
    }

    pub fn letter(self, findings: &mut Findings) -> Option<Placed<char>> {
        let mut characters = self.value.get_ref().as_str().unwrap_or_default().chars();
        match (characters.next(), characters.next()) {
            (Some(letter), None) if !letter.is_whitespace() && !Safe::refuses(letter) => {
                Some((letter, self.value.span()))
            }
            _ => {
                let message = format!("{} is not one visible character.", self.shown());
                self.refuse(&BAD_LABEL_KEY, message, "Write one letter in quotes, such as \"t\".", findings)
            }
        }
    }

    /// A code, which may be one that no finding has.
    pub fn code(self, findings: &mut Findings) -> Option<Placed<&'t str>> {
        self.string(findings).map(|code| (code, self.value.span()))
    }

    pub fn flag(self, findings: &mut Findings) -> Option<bool> {
        self.value.get_ref().as_bool().or_else(|| self.wrong_type(findings))
    }

    /// Reports the type: an error if the card cannot do without the key, or if it should hold tables.
    pub fn wrong_type<T>(self, findings: &mut Findings) -> Option<T> {
        let is_needed = self.key.required || matches!(self.key.shape, Shape::Tables(_));
        let rule = if is_needed { &WRONG_TYPE } else { &VALUE_IGNORED };
        let wanted = match self.shape {
            Shape::Tables(_) if self.is_entry => "a table".to_owned(),
            shape => shape.to_string(),
        };
        let message = format!("{} must be {wanted}, not {}.", self.name(), kind(self.value.get_ref()));
        let help = suggest::right_type(&self.left_side(), self.shape, self.value.get_ref());
        let refused = self.refusal(rule, message, help);
        findings.add(match self.retyped() {
            Some((edits, says)) => refused.mended_by(edits, says),
            None => refused,
        });
        None
    }

    /// The same value written as the type that the key holds, where no other one can be meant.
    fn retyped(self) -> Option<(Vec<Edit>, String)> {
        let span = self.value.span();
        let around = |left: &str, right: &str| {
            let edit = |at: usize, text: &str| Edit { span: at..at, text: text.to_owned() };
            vec![edit(span.start, left), edit(span.end, right)]
        };
        let bare = |text: &str| vec![Edit { span: span.clone(), text: text.to_owned() }];
        match (self.shape, self.value.get_ref()) {
            (Shape::Lines, DeValue::String(text)) if suggest::is_enumeration(self.key.name, text) => None,
            (Shape::Lines | Shape::Texts | Shape::Ids, DeValue::String(_)) => {
                Some((around("[", "]"), "put brackets around it".to_owned()))
            }
            (Shape::Line | Shape::Text | Shape::Id, DeValue::Integer(_) | DeValue::Float(_)) => {
                Some((around("\"", "\""), "put quotes around it".to_owned()))
            }
            (Shape::Flag, DeValue::String(text)) if matches!(text.trim(), "true" | "false") => {
                Some((bare(text.trim()), "take the quotes away".to_owned()))
            }
            (Shape::Weight, DeValue::String(text)) if matches!(text.trim(), "1" | "2" | "3") => {
                Some((bare(text.trim()), "take the quotes away".to_owned()))
            }
            _ => None,
        }
    }

    fn string(self, findings: &mut Findings) -> Option<&'t str> {
        let DeValue::String(text) = self.value.get_ref() else { return self.wrong_type(findings) };
        if text.len() > LONGEST_TEXT {
            let message = format!("{} is longer than 1 MB.", self.name());
            return self.refuse(&TEXT_TOO_LONG, message, "Split it over several cards.", findings);
        }
        if text.trim().is_empty() { self.empty(findings) } else { Some(text) }
    }

    fn empty<T>(self, findings: &mut Findings) -> Option<T> {
        let (rule, help) = if self.key.required {
            (&EMPTY_TEXT, format!("Write something, such as {}{}.", self.left_side(), self.shape.example()))
        } else {
            (&EMPTY_VALUE, "Write something, or delete it.".to_owned())
        };
        self.refuse(rule, format!("{} is empty.", self.name()), help, findings)
    }

    fn refuse<T>(self, rule: &Rule, message: String, help: impl Into<Safe>, findings: &mut Findings) -> Option<T> {
        findings.add(self.refusal(rule, message, help));
        None
    }

    fn refusal(self, rule: &Rule, message: String, help: impl Into<Safe>) -> Diagnostic {
        Diagnostic::new(rule, self.value.span(), message, help)
    }

    fn name(self) -> String {
        if self.is_entry { format!("An entry of `{}`", self.key.name) } else { format!("`{}`", self.key.name) }
    }

    /// What stands before the value when it is written anew.
    fn left_side(self) -> String {
        if self.is_entry { String::new() } else { format!("{} = ", self.key.name) }
    }

    /// The value as it is named in a sentence.
    fn shown(self) -> String {
        match self.value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => "An empty text".to_owned(),
            DeValue::String(text) => quote(text),
            DeValue::Integer(number) => quote(&number.to_string()),
            DeValue::Datetime(moment) => quote(&moment.to_string()),
            other => {
                let kind = kind(other);
                kind[..1].to_uppercase() + &kind[1..]
            }
        }
    }
}

/// The number, if it is a whole one that fits.
pub fn whole(value: &Value<'_>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn day(moment: &Datetime) -> Option<Date> {
    let date = moment.date.filter(|_| moment.time.is_none())?;
    Date::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()
}

/// Whether the text has the form of a language tag, such as `en` or `pt-BR`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_next = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= 35 && parts.next().is_some_and(is_first) && parts.all(is_next)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_have_a_form() {
        assert!(["en", "pt-BR", "zh-Hant-TW", "sl-rozaj-1994"].into_iter().all(is_language));
        assert!(!["", "e", "english language", "en_GB", "-en", "en-"].into_iter().any(is_language));
    }

    #[test]
    fn a_moment_is_no_day() {
        let read = |text: &str| text.parse().ok().as_ref().and_then(day);
        assert_eq!(read("2026-11-22"), Some(Date::constant(2026, 11, 22)));
        assert_eq!(read("2026-11-22T10:00:00Z"), None);
        assert_eq!(read("10:00:00"), None);
    }
}
