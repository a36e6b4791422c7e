//! Palette to role to style: the only file that says a colour.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

/// What a piece of text means on the screen. Screens know roles; only themes know colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Text,
    /// Where the learner is.
    Title,
    /// The question on the table.
    Question,
    /// Beside the matter.
    Quiet,
    Rule,
    /// The one accent: what is chosen, what to look at.
    Accent,
    /// A line that is chosen.
    Chosen,
    /// The name of a key.
    Key,
    Good,
    Warn,
    Bad,
    Strong,
    Emphasis,
    Code,
    /// Names of fields in code.
    CodeName,
    /// Words between quotation marks in code.
    CodeText,
    /// Words that decide.
    Evidence,
    /// The place at which one types.
    Cursor,
}

impl Role {
    const ALL: [(Role, &'static str); 18] = [
        (Role::Text, "text"),
        (Role::Title, "title"),
        (Role::Question, "question"),
        (Role::Quiet, "quiet"),
        (Role::Rule, "rule"),
        (Role::Accent, "accent"),
        (Role::Chosen, "chosen"),
        (Role::Key, "key"),
        (Role::Good, "good"),
        (Role::Warn, "warn"),
        (Role::Bad, "bad"),
        (Role::Strong, "strong"),
        (Role::Emphasis, "emphasis"),
        (Role::Code, "code"),
        (Role::CodeName, "code_name"),
        (Role::CodeText, "code_text"),
        (Role::Evidence, "evidence"),
        (Role::Cursor, "cursor"),
    ];
}

/// A style for each role, and the glyphs that the terminal can show.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
    pub glyphs: Glyphs,
}

/// What stands in for a glyph that the terminal cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    Unicode,
    Ascii,
}

/// The themes inside the program: name and text.
const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// The names of the themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|(name, _)| *name)
    }

    /// The theme of a name.
    pub fn named(name: &str, glyphs: Glyphs) -> Option<Theme> {
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        Some(Theme { styles: read(text), glyphs })
    }

    /// No colours: weight, underline and reversal carry the meaning. Nothing that it draws sets a colour.
    pub fn plain() -> Theme {
        Theme::named("mono", Glyphs::Unicode).expect("mono is one of the themes")
    }

    /// Whether it names colours that a terminal of sixteen cannot show.
    pub fn needs_true_color(&self) -> bool {
        self.styles.iter().any(|style| matches!(style.fg, Some(Color::Rgb(..))))
    }

    /// Whether it tells things apart by colour; else marks are written where it matters.
    pub fn has_color(&self) -> bool {
        self.styles.iter().any(|style| style.fg.is_some())
    }

    pub fn style(&self, role: Role) -> Style {
        let place = Role::ALL.iter().position(|(known, _)| *known == role);
        place.map_or_else(Style::default, |place| self.styles[place])
    }
}

impl Glyphs {
    /// The text as the terminal can show it, in the same number of columns where that is possible.
    pub fn show(self, text: &str) -> Cow<'_, str> {
        if self == Glyphs::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(in_ascii).collect())
    }
}

fn in_ascii(character: char) -> char {
    match character {
        _ if character.is_ascii() => character,
        '▪' | '█' => '#',
        '▫' | '░' | '·' | '∙' => '.',
        '─' | '–' | '—' => '-',
        '│' => '|',
        '❯' | '›' => '>',
        '✓' => '+',
        '✗' => '-',
        '…' => '~',
        '→' => '>',
        '↑' => '^',
        '↓' => 'v',
        '•' => '*',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'Ä' => 'A',
        'Ö' => 'O',
        'Ü' => 'U',
        _ => '?',
    }
}

/// Reads a theme: one table a role, with `fg` and any of `bold`, `dim`, `italic`, `underline`, `reverse`.
fn read(text: &str) -> [Style; Role::ALL.len()] {
    let table = DeTable::parse(text).expect("the themes are read by a test").into_inner();
    Role::ALL.map(|(_, name)| match table.get(name).map(toml::Spanned::get_ref) {
        Some(DeValue::Table(style)) => {
            style.iter().fold(Style::new(), |style, (key, value)| match (key.get_ref().as_ref(), value.get_ref()) {
                ("fg", DeValue::String(color)) => style.fg(color.parse::<Color>().expect("a colour")),
                (word, DeValue::Boolean(true)) => style.add_modifier(modifier(word)),
                (word, _) => panic!("a theme says `{word}`"),
            })
        }
        _ => Style::new(),
    })
}

fn modifier(word: &str) -> Modifier {
    match word {
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "underline" => Modifier::UNDERLINED,
        "reverse" => Modifier::REVERSED,
        _ => panic!("a theme says `{word}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_read_and_names_known_roles_only() {
        for (name, text) in THEMES {
            let table = DeTable::parse(text).expect(name).into_inner();
            for key in table.keys() {
                assert!(Role::ALL.iter().any(|(_, known)| *known == key.get_ref()), "{name}: {}", key.get_ref());
            }
            assert!(Theme::named(name, Glyphs::Unicode).is_some());
        }
        assert!(Theme::named("neon", Glyphs::Unicode).is_none());
    }

    #[test]
    fn no_theme_paints_a_background() {
        for name in Theme::names() {
            let theme = Theme::named(name, Glyphs::Unicode).expect(name);
            assert!(theme.styles.iter().all(|style| style.bg.is_none()), "{name}");
        }
    }

    #[test]
    fn the_plain_theme_sets_no_colour_and_still_tells_roles_apart() {
        let plain = Theme::plain();
        assert!(plain.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
        assert_ne!(plain.style(Role::Chosen), plain.style(Role::Text));
        assert_ne!(plain.style(Role::Key), plain.style(Role::Text));
    }

    #[test]
    fn themes_for_one_background_can_be_read_on_it() {
        for (name, background) in [("dark", 0.0), ("light", 1.0), ("contrast", 0.0)] {
            let theme = Theme::named(name, Glyphs::Unicode).expect(name);
            for (role, word) in Role::ALL {
                if let Some(Color::Rgb(red, green, blue)) = theme.style(role).fg {
                    let contrast = contrast(luminance(red, green, blue), background);
                    let least = if matches!(role, Role::Rule) { 1.5 } else { 4.5 };
                    assert!(contrast >= least, "{name} {word}: {contrast:.1}");
                }
            }
        }
    }

    #[test]
    fn the_colours_of_the_terminal_can_be_read_on_black_and_on_white() {
        let theme = Theme::named("terminal", Glyphs::Unicode).expect("the default theme");
        for (role, word) in Role::ALL {
            let xterm = match theme.style(role).fg {
                None => continue,
                Some(Color::Magenta) => luminance(0xcd, 0, 0xcd),
                Some(Color::Red) => luminance(0xcd, 0, 0),
                Some(color) => panic!("{word}: {color} is not known to be readable"),
            };
            assert!(contrast(xterm, 0.0) >= 3.0 && contrast(xterm, 1.0) >= 3.0, "{word}");
        }
    }

    #[test]
    fn ascii_keeps_the_columns_of_marks_and_bars() {
        assert_eq!(Glyphs::Ascii.show("❯ ▪▪▫ 3 of 12 · é …"), "> ##. 3 of 12 . e ~");
        assert_eq!(Glyphs::Unicode.show("❯ ▪"), "❯ ▪");
    }

    /// Relative luminance and contrast after WCAG 2.2.
    fn luminance(red: u8, green: u8, blue: u8) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}
