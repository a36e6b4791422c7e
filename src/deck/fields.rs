//! The keys of one table, checked against the format and read as what they should hold.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Diagnostic;
use super::diagnostic::{Findings, quote};
use super::format::{Key, LONGEST_TEXT, MOST_ENTRIES, Shape, Table, USUAL_WEIGHT};
use super::rules::{
    BAD_DATE, BAD_ID, BAD_LABEL_KEY, BAD_LANGUAGE, BAD_LEVEL, EMPTY_TEXT, EMPTY_VALUE, FEW_SIDES, MISSING_KEY, Rule,
    TEXT_TOO_LONG, TOO_MANY_ENTRIES, TOO_MANY_PARTS, VALUE_IGNORED, WEIGHT_RANGE, WRONG_TYPE,
};
use super::suggest;
use crate::card::{Id, LONGEST_ID, Level};
use crate::text::Safe;

/// A value of the tree with its place.
pub type Value<'t> = Spanned<DeValue<'t>>;
/// Something read, with the place it was read from.
pub type Placed<T> = (T, Range<usize>);

/// The keys of one table.
///
/// Each reading method reports what is wrong and then says `None`; a missing key was reported when the table was opened.
pub struct Fields<'t> {
    table: &'static Table,
    /// The header of the table, or its braces.
    pub span: Range<usize>,
    tree: &'t DeTable<'t>,
}

impl<'t> Fields<'t> {
    /// Reports unknown and missing keys.
    pub fn open(
        table: &'static Table,
        span: Range<usize>,
        tree: &'t DeTable<'t>,
        findings: &mut Findings,
    ) -> Fields<'t> {
        for (key, _) in tree.iter().filter(|(key, _)| table.key(key.get_ref()).is_none()) {
            findings.add(suggest::unknown_key(table, key.get_ref(), key.span()));
        }
        for key in table.keys.iter().filter(|key| key.required && !tree.contains_key(key.name)) {
            findings.add(missing(table, key, span.clone()));
        }
        Fields { table, span, tree }
    }

    /// The tables under a key, in the order of the file; `None` if they are there and cannot be read.
    pub fn tables(&self, name: &str, findings: &mut Findings) -> Option<Vec<Fields<'t>>> {
        let Some((key, value)) = self.find(name) else { return Some(Vec::new()) };
        let Shape::Tables(table) = key.shape else { unreachable!("`{name}` holds tables in the format") };
        let mut open = |item: &'t Value<'t>| match item.get_ref() {
            DeValue::Table(tree) => Some(Fields::open(table, item.span(), tree, findings)),
            _ => wrong_type(key, item, findings),
        };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(&mut open).collect(),
            _ => wrong_type(key, value, findings),
        }
    }

    /// Like [`Fields::tables`], for parts of a card or an exercise, of which there can be too many.
    pub fn parts(&self, name: &str, findings: &mut Findings) -> Option<Vec<Fields<'t>>> {
        let parts = self.tables(name, findings)?;
        let Some(part) = parts.get(MOST_ENTRIES) else { return Some(parts) };
        let message = format!("This {} has {} {name}s, and 100 is the most.", self.table.noun, parts.len());
        let message = message.replace("labelss", "labels");
        findings.add(Diagnostic::new(
            &TOO_MANY_PARTS,
            part.span.clone(),
            message,
            "Split it, or leave out what matters least.",
        ));
        None
    }

    pub fn id(&self, name: &str, findings: &mut Findings) -> Option<Placed<Id>> {
        let (key, value) = self.find(name)?;
        id(key, value, findings)
    }

    /// Ids without those that are none; `None` if no list of ids is there at all.
    pub fn ids(&self, name: &str, findings: &mut Findings) -> Option<Vec<Placed<Id>>> {
        let (key, value) = self.find(name)?;
        let DeValue::Array(items) = value.get_ref() else { return wrong_type(key, value, findings) };
        if items.is_empty() {
            let message = format!("`{name}` is empty.");
            findings.add(Diagnostic::new(
                &EMPTY_TEXT,
                value.span(),
                message,
                format!("Write {name} = {}.", key.shape.example()),
            ));
        }
        Some(items.iter().filter_map(|item| id(key, item, findings)).collect())
    }

    /// Markdown without blank lines around it.
    pub fn text(&self, name: &str, findings: &mut Findings) -> Option<Safe> {
        let (key, value) = self.find(name)?;
        let text = string(key, value, findings)?;
        Some(Safe::new(text.trim_end().trim_start_matches(['\n', '\r'])))
    }

    /// A text on one line.
    pub fn line(&self, name: &str, findings: &mut Findings) -> Option<Placed<Safe>> {
        let (key, value) = self.find(name)?;
        let text = string(key, value, findings)?;
        Some((Safe::new(text.trim()).line(), value.span()))
    }

    /// Texts on one line each; empty if the key is not there or holds something else.
    pub fn lines(&self, name: &str, findings: &mut Findings) -> Vec<Safe> {
        self.entries(name, findings).into_iter().map(|(entry, _)| entry).collect()
    }

    /// Like [`Fields::lines`], with their places.
    pub fn entries(&self, name: &str, findings: &mut Findings) -> Vec<Placed<Safe>> {
        self.find(name).map_or_else(Vec::new, |(key, value)| entries(key, value, findings))
    }

    /// Two or more lists of names, or nothing.
    pub fn sides(&self, name: &str, findings: &mut Findings) -> Vec<Vec<Safe>> {
        let Some((key, value)) = self.find(name) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            return wrong_type::<()>(key, value, findings).map_or_else(Vec::new, |()| Vec::new());
        };
        let names = |item| entries(key, item, findings).into_iter().map(|(name, _)| name).collect();
        let sides: Vec<Vec<Safe>> = items.iter().map(names).filter(|side: &Vec<Safe>| !side.is_empty()).collect();
        if sides.len() == 1 {
            let help = format!("Add a second list, as in {name} = {}.", key.shape.example());
            findings.add(Diagnostic::new(&FEW_SIDES, value.span(), format!("`{name}` names one thing only."), help));
            return Vec::new();
        }
        sides
    }

    pub fn level(&self, name: &str, findings: &mut Findings) -> Option<Level> {
        let (_, value) = self.find(name)?;
        let level = value.get_ref().as_str().and_then(|word| Level::ALL.into_iter().find(|level| level.word() == word));
        if level.is_none() {
            let message = format!("{} is no level.", shown(value));
            refuse(&BAD_LEVEL, value, message, "Write \"junior\", \"mid\" or \"senior\".", findings);
        }
        level
    }

    pub fn day(&self, name: &str, findings: &mut Findings) -> Option<Date> {
        let (_, value) = self.find(name)?;
        let day = match value.get_ref() {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.date.and_then(|date| {
                Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
                    .ok()
            }),
            _ => None,
        };
        if day.is_none() {
            let message = format!("{} is no plain day.", shown(value));
            refuse(
                &BAD_DATE,
                value,
                message,
                format!("Write it without quotes and without a time: {name} = 2026-11-22."),
                findings,
            );
        }
        day
    }

    pub fn language(&self, name: &str, findings: &mut Findings) -> Option<Safe> {
        let (_, value) = self.find(name)?;
        let is_tag = |tag: &&str| {
            let mut parts = tag.split('-');
            let is_first =
                |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_next =
                |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            tag.len() <= 35 && parts.next().is_some_and(is_first) && parts.all(is_next)
        };
        let tag = value.get_ref().as_str().filter(is_tag);
        if tag.is_none() {
            let message = format!("{} is no language tag.", shown(value));
            refuse(&BAD_LANGUAGE, value, message, format!("Write {name} = \"en\", or delete the line."), findings);
        }
        tag.map(Safe::new)
    }

    /// 1, 2 or 3.
    pub fn weight(&self, name: &str, findings: &mut Findings) -> u8 {
        let Some((key, value)) = self.find(name) else { return USUAL_WEIGHT };
        let Some(number) = whole(value) else {
            return wrong_type(key, value, findings).unwrap_or(USUAL_WEIGHT);
        };
        let nearest = number.clamp(1, 3);
        if nearest != number {
            let message = format!("The weight {} is none of 1, 2 and 3; {nearest} is taken.", shown(value));
            refuse(
                &WEIGHT_RANGE,
                value,
                message,
                "3 = without it the answer fails, 2 = expected, 1 = nice to have.",
                findings,
            );
        }
        u8::try_from(nearest).unwrap_or(USUAL_WEIGHT)
    }

    pub fn letter(&self, name: &str, findings: &mut Findings) -> Option<Placed<char>> {
        let (_, value) = self.find(name)?;
        let mut characters = value.get_ref().as_str().unwrap_or_default().chars();
        match (characters.next(), characters.next()) {
            (Some(letter), None) if !letter.is_whitespace() && !Safe::refuses(letter) => Some((letter, value.span())),
            _ => {
                let message = format!("{} is not one visible character.", shown(value));
                refuse(&BAD_LABEL_KEY, value, message, format!("Write one letter, such as {name} = \"t\"."), findings);
                None
            }
        }
    }

    pub fn flag(&self, name: &str, findings: &mut Findings) -> bool {
        let Some((key, value)) = self.find(name) else { return false };
        value.get_ref().as_bool().or_else(|| wrong_type(key, value, findings)).unwrap_or(false)
    }

    fn find(&self, name: &str) -> Option<(&'static Key, &'t Value<'t>)> {
        let key = self.table.key(name);
        debug_assert!(key.is_some(), "`{name}` is no key of {}", self.table.noun);
        Some((key?, self.tree.get(name)?))
    }
}

fn missing(table: &Table, key: &Key, span: Range<usize>) -> Diagnostic {
    let example = match key.shape {
        Shape::Tables(inner) => inner.header.to_owned(),
        shape => format!("{} = {}", key.name, shape.example()),
    };
    let place = match table.header {
        "" => "Add at the top of the file".to_owned(),
        header => format!("Add below {header}"),
    };
    Diagnostic::new(
        &MISSING_KEY,
        span,
        format!("This {} has no `{}`.", table.noun, key.name),
        format!("{place}: {example}"),
    )
}

fn id(key: &Key, value: &Value<'_>, findings: &mut Findings) -> Option<Placed<Id>> {
    let DeValue::String(written) = value.get_ref() else { return wrong_type(key, value, findings) };
    match written.parse() {
        Ok(id) => Some((id, value.span())),
        Err(why) => {
            let help = match suggest::id(written) {
                Some(id) => format!("Write {} = \"{id}\".", key.name),
                None => format!("Use a to z, 0 to 9 and single - _ . between them, at most {LONGEST_ID} characters."),
            };
            findings.add(Diagnostic::new(&BAD_ID, value.span(), format!("The id {} {why}.", quote(written)), help));
            None
        }
    }
}

fn string<'t>(key: &Key, value: &'t Value<'t>, findings: &mut Findings) -> Option<&'t str> {
    let DeValue::String(text) = value.get_ref() else { return wrong_type(key, value, findings) };
    if text.len() > LONGEST_TEXT {
        let message = format!("`{}` is {} MB long, and 1 MB is the most.", key.name, text.len().div_ceil(LONGEST_TEXT));
        refuse(&TEXT_TOO_LONG, value, message, "Split it over several cards.", findings);
        return None;
    }
    if text.trim().is_empty() {
        let (rule, help) = match key.required {
            true => (&EMPTY_TEXT, "Write something between the quotes."),
            false => (&EMPTY_VALUE, "Write something between the quotes, or delete it."),
        };
        refuse(rule, value, format!("`{}` is empty.", key.name), help, findings);
        return None;
    }
    Some(text)
}

fn entries(key: &Key, value: &Value<'_>, findings: &mut Findings) -> Vec<Placed<Safe>> {
    let DeValue::Array(items) = value.get_ref() else {
        return wrong_type(key, value, findings).unwrap_or_default();
    };
    if let Some(item) = items.get(MOST_ENTRIES) {
        let message = format!("`{}` has {} entries, and 100 is the most.", key.name, items.len());
        refuse(&TOO_MANY_ENTRIES, item, message, "Keep the ones that matter; the rest is left out.", findings);
    }
    let kept = items.iter().take(MOST_ENTRIES);
    kept.filter_map(|item| Some((Safe::new(string(key, item, findings)?.trim()).line(), item.span()))).collect()
}

/// The number, if it is a whole one that fits.
pub fn whole(value: &Value<'_>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// The value as it is shown in a sentence.
fn shown(value: &Value<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => quote(text),
        DeValue::Integer(number) => quote(&number.to_string()),
        DeValue::Datetime(moment) => quote(&moment.to_string()),
        other => kind(other).to_owned(),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn refuse(rule: &Rule, value: &Value<'_>, message: String, help: impl Into<Safe>, findings: &mut Findings) {
    findings.add(Diagnostic::new(rule, value.span(), message, help));
}

/// Reports the type and says `None`: an error if the card cannot do without the key or it holds whole tables.
fn wrong_type<T>(key: &Key, value: &Value<'_>, findings: &mut Findings) -> Option<T> {
    let is_needed = key.required || matches!(key.shape, Shape::Tables(_));
    let rule = if is_needed { &WRONG_TYPE } else { &VALUE_IGNORED };
    let message = format!("`{}` must be {}, not {}.", key.name, key.shape, kind(value.get_ref()));
    refuse(rule, value, message, suggest::right_type(key, value.get_ref()), findings);
    None
}
