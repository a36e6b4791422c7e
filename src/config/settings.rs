//! The settings file: TOML to typed values. Every setting is one line of one table.

use std::io::ErrorKind;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::scheduler::Policy;
use crate::text::Safe;

/// All settings, each with its default unless the learner's file says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub policy: Policy,
    pub limits: Limits,
    pub choice_level: ChoiceLevel,
    /// The local hour at which a study day begins, 0 to 23.
    pub day_start: u8,
    /// The name of a theme.
    pub theme: String,
    pub color: Color,
    pub mouse: bool,
    pub ascii: Switch,
}

/// How much is asked on one study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub new: u32,
    pub reviews: u32,
}

/// Which labels of an exercise are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceLevel {
    /// Without the labels for experts, and without the scenarios that they answer.
    Basic,
    Expert,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// A choice that the program can make by looking at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    Auto,
    On,
    Off,
}

/// Something in the settings file that was not used: what, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Counted from 1.
    pub line: usize,
    pub message: Safe,
}

struct Field {
    name: &'static str,
    /// What the value must be, completing "must be …".
    wants: &'static str,
    /// Takes the value; false when it is not what the field wants.
    set: fn(&mut Settings, &DeValue<'_>) -> bool,
}

const FIELDS: &[Field] = &[
    Field {
        name: "new_per_day",
        wants: "a whole number from 0 to 9999",
        set: |s, v| put(&mut s.limits.new, whole(v, 0, 9999)),
    },
    Field {
        name: "reviews_per_day",
        wants: "a whole number from 0 to 9999",
        set: |s, v| put(&mut s.limits.reviews, whole(v, 0, 9999)),
    },
    Field {
        name: "choice_level",
        wants: "\"basic\" or \"expert\"",
        set: |s, v| put(&mut s.choice_level, words(v).and_then(ChoiceLevel::from_word)),
    },
    Field {
        name: "day_start",
        wants: "an hour from 0 to 23",
        set: |s, v| put(&mut s.day_start, whole(v, 0, 23).map(|hour| hour as u8)),
    },
    Field {
        name: "desired_retention",
        wants: "a number from 0.70 to 0.99",
        set: |s, v| put(&mut s.policy.retention, number(v).filter(|r| (0.70..=0.99).contains(r))),
    },
    Field {
        name: "learning_steps",
        wants: "a list of minutes such as [1, 10]",
        set: |s, v| put(&mut s.policy.learning_steps, minutes(v)),
    },
    Field {
        name: "relearning_steps",
        wants: "a list of minutes such as [10]",
        set: |s, v| put(&mut s.policy.relearning_steps, minutes(v)),
    },
    Field {
        name: "maximum_interval",
        wants: "a number of days from 1 to 36500",
        set: |s, v| put(&mut s.policy.maximum_interval, whole(v, 1, 36_500)),
    },
    Field { name: "fuzz", wants: "true or false", set: |s, v| put(&mut s.policy.fuzz, truth(v)) },
    Field {
        name: "leech_after",
        wants: "a number of lapses from 0 to 99, 0 for never",
        set: |s, v| put(&mut s.policy.leech_after, whole(v, 0, 99)),
    },
    Field { name: "leech_suspends", wants: "true or false", set: |s, v| put(&mut s.policy.leech_suspends, truth(v)) },
    Field {
        name: "parameters",
        wants: "a list of 21 numbers, the weights of FSRS-6",
        set: |s, v| put(&mut s.policy.parameters, weights(v)),
    },
    Field {
        name: "theme",
        wants: "the name of a theme in quotation marks",
        set: |s, v| put(&mut s.theme, words(v).map(str::to_owned)),
    },
    Field {
        name: "color",
        wants: "\"auto\", \"always\" or \"never\"",
        set: |s, v| put(&mut s.color, words(v).and_then(Color::from_word)),
    },
    Field { name: "mouse", wants: "true or false", set: |s, v| put(&mut s.mouse, truth(v)) },
    Field { name: "ascii", wants: "\"auto\", true or false", set: |s, v| put(&mut s.ascii, switch(v)) },
];

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            policy: Policy::default(),
            limits: Limits { new: 10, reviews: 100 },
            choice_level: ChoiceLevel::Basic,
            day_start: 4,
            theme: "terminal".to_owned(),
            color: Color::Auto,
            mouse: true,
            ascii: Switch::Auto,
        }
    }
}

impl Settings {
    /// Reads a settings file. What cannot be used keeps its default and is told in the advice; nothing is dropped in
    /// silence.
    pub fn read(text: &str) -> (Settings, Vec<Advice>) {
        let mut settings = Settings::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut advice: Vec<Advice> = errors
            .iter()
            .map(|error| {
                Advice::at(text, error.span().map_or(0, |span| span.start), format_args!("{}", error.message()))
            })
            .collect();
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            match FIELDS.iter().find(|field| field.name == key.get_ref().as_ref()) {
                None => advice.push(Advice::at(text, at, format_args!("{}", unknown(key.get_ref())))),
                Some(field) if (field.set)(&mut settings, value.get_ref()) => {}
                Some(field) => {
                    advice.push(Advice::at(text, at, format_args!("`{}` must be {}", field.name, field.wants)));
                }
            }
        }
        advice.sort_by_key(|advice| advice.line);
        (settings, advice)
    }

    /// Reads the settings file of a path; one that is not there is an empty one.
    pub fn open(path: &Path) -> (Settings, Vec<Advice>) {
        match std::fs::read_to_string(path) {
            Ok(text) => Settings::read(&text),
            Err(why) if why.kind() == ErrorKind::NotFound => (Settings::default(), Vec::new()),
            Err(why) => {
                let message = Safe::from(format_args!("the file cannot be read: {why}; every setting has its default"));
                (Settings::default(), vec![Advice { line: 1, message }])
            }
        }
    }

    /// The names of all settings.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|field| field.name)
    }
}

impl Advice {
    fn at(text: &str, offset: usize, message: std::fmt::Arguments<'_>) -> Advice {
        let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        Advice { line, message: Safe::from(message) }
    }
}

impl ChoiceLevel {
    fn from_word(word: &str) -> Option<ChoiceLevel> {
        match word {
            "basic" => Some(ChoiceLevel::Basic),
            "expert" => Some(ChoiceLevel::Expert),
            _ => None,
        }
    }
}

impl Color {
    pub fn from_word(word: &str) -> Option<Color> {
        match word {
            "auto" => Some(Color::Auto),
            "always" => Some(Color::Always),
            "never" => Some(Color::Never),
            _ => None,
        }
    }
}

fn unknown(name: &str) -> String {
    match crate::text::nearest(name, Settings::names()) {
        Some(near) => format!("there is no setting `{name}`; did you mean `{near}`?"),
        None => format!(
            "there is no setting `{name}`; the settings are {}",
            Settings::names().collect::<Vec<_>>().join(", ")
        ),
    }
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

fn whole(value: &DeValue<'_>, least: u32, most: u32) -> Option<u32> {
    let number = u32::from_str_radix(value.as_integer()?.as_str(), value.as_integer()?.radix()).ok()?;
    (least..=most).contains(&number).then_some(number)
}

fn number(value: &DeValue<'_>) -> Option<f32> {
    let text =
        value.as_float().map(|float| float.as_str()).or_else(|| value.as_integer().map(|whole| whole.as_str()))?;
    text.parse().ok()
}

fn truth(value: &DeValue<'_>) -> Option<bool> {
    value.as_bool()
}

fn words<'a>(value: &'a DeValue<'_>) -> Option<&'a str> {
    value.as_str()
}

fn switch(value: &DeValue<'_>) -> Option<Switch> {
    match (truth(value), words(value)) {
        (Some(true), _) => Some(Switch::On),
        (Some(false), _) => Some(Switch::Off),
        (None, Some("auto")) => Some(Switch::Auto),
        _ => None,
    }
}

fn minutes(value: &DeValue<'_>) -> Option<Vec<u32>> {
    value.as_array()?.iter().map(|item| whole(item.get_ref(), 1, 60 * 24)).collect()
}

fn weights(value: &DeValue<'_>) -> Option<Vec<f32>> {
    let weights: Option<Vec<f32>> = value.as_array()?.iter().map(|item| number(item.get_ref())).collect();
    weights.filter(|weights| weights.len() == 21)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_shows_every_setting_with_its_default() {
        let page = include_str!("../../assets/manual/settings.md");
        let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
        assert_eq!(Settings::read(example), (Settings::default(), vec![]));
        for name in Settings::names() {
            assert!(example.contains(name), "{name}");
        }
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(Settings::read(""), (Settings::default(), vec![]));
    }

    #[test]
    fn every_setting_can_be_set() {
        let (settings, advice) = Settings::read(
            "new_per_day = 3\nday_start = 5\ndesired_retention = 0.85\nlearning_steps = [2]\nfuzz = false\ncolor = \"never\"\n",
        );
        assert_eq!(advice, vec![]);
        assert_eq!((settings.limits.new, settings.day_start, settings.policy.fuzz), (3, 5, false));
        assert_eq!((settings.policy.learning_steps, settings.color), (vec![2], Color::Never));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line_and_keeps_the_default() {
        let (settings, advice) = Settings::read("mouse = true\nnew_per_dya = 3\nday_start = 24\n");
        assert_eq!(settings, Settings::default());
        let told: Vec<_> = advice.iter().map(|advice| (advice.line, advice.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (2, "there is no setting `new_per_dya`; did you mean `new_per_day`?"),
                (3, "`day_start` must be an hour from 0 to 23"),
            ]
        );
    }

    #[test]
    fn a_broken_line_is_told_and_the_others_count() {
        let (settings, advice) = Settings::read("new_per_day = \nfuzz = false\n");
        assert!(!settings.policy.fuzz);
        assert_eq!(advice[0].line, 1);
    }
}
