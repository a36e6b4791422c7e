//! What the program is told by its surroundings: the only place that reads variables and the clock.

use std::ffi::OsString;

use jiff::Timestamp;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::TimeZone;

use super::failure::Failure;
use crate::config::{Color, Settings, Switch};
use crate::safe;
use crate::tui::theme::{Glyphs, Theme};

#[derive(Debug, Clone, Default)]
pub struct Environment {
    pub home: Option<OsString>,
    /// The learner's own editor: VISUAL, or else EDITOR.
    pub editor: Option<OsString>,
    no_color: bool,
    has_true_color: bool,
    pub is_dumb: bool,
    speaks_utf8: bool,
    /// The time that `GREENROOM_NOW` fixes.
    fixed: Option<Instant>,
}

/// A time as somebody wrote it, with the zone that it was written in.
#[derive(Debug, Clone)]
pub struct Instant {
    pub at: Timestamp,
    /// None for `Z`, which names an instant and no place.
    pub zone: Option<TimeZone>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read() -> Result<Environment, Failure> {
        let word = |name: &str| std::env::var(name).unwrap_or_default();
        let fixed = match word("GREENROOM_NOW").as_str() {
            "" => None,
            text => Some(Instant::read(text).map_err(|why| Failure::usage(safe!("greenroom: GREENROOM_NOW {why}")))?),
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().map(word).find(|value| !value.is_empty());
        Ok(Environment {
            home: std::env::var_os("GREENROOM_HOME"),
            editor: ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|editor| !editor.is_empty()),
            no_color: !word("NO_COLOR").is_empty(),
            has_true_color: matches!(word("COLORTERM").as_str(), "truecolor" | "24bit"),
            is_dumb: matches!(word("TERM").as_str(), "dumb"),
            speaks_utf8: locale.is_some_and(|name| name.to_lowercase().replace('-', "").contains("utf8")),
            fixed,
        })
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        self.fixed.as_ref().map_or_else(Timestamp::now, |fixed| fixed.at)
    }

    /// The zone that `GREENROOM_NOW` was written in.
    pub fn zone(&self) -> Option<TimeZone> {
        self.fixed.as_ref().and_then(|fixed| fixed.zone.clone())
    }

    /// The theme that the settings ask for, as far as the terminal can show it; none if there is no such theme.
    pub fn theme(&self, settings: &Settings) -> Option<Theme> {
        let glyphs = match settings.ascii {
            Switch::On => Glyphs::Ascii,
            Switch::Off => Glyphs::Unicode,
            Switch::Auto if self.speaks_utf8 => Glyphs::Unicode,
            Switch::Auto => Glyphs::Ascii,
        };
        let is_colourless = match settings.color {
            Color::Never => true,
            Color::Always => false,
            Color::Auto => self.no_color,
        };
        let wanted = Theme::named(&settings.theme, glyphs)?;
        let name = match () {
            () if is_colourless => "mono",
            () if wanted.needs_true_color() && !self.has_true_color => "terminal",
            () => return Some(wanted),
        };
        Theme::named(name, glyphs)
    }
}

impl Instant {
    /// Reads an RFC 3339 time such as `2026-11-22T18:00:00Z` or `2026-11-22T19:00:00+01:00`. A numeric offset is the
    /// learner's; `Z` leaves the place open, as RFC 9557 says.
    pub fn read(text: &str) -> Result<Instant, &'static str> {
        const WHY: &str = "must be a time such as 2026-11-22T18:00:00Z or 2026-11-22T19:00:00+01:00";
        let at: Timestamp = text.parse().map_err(|_| WHY)?;
        let pieces = DateTimeParser::new().parse_pieces(text).map_err(|_| WHY)?;
        let zone = match pieces.offset() {
            Some(PiecesOffset::Numeric(offset)) => Some(TimeZone::fixed(offset.offset())),
            _ => None,
        };
        Ok(Instant { at, zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_the_learners_and_z_leaves_the_place_open() {
        let tokyo = Instant::read("2026-11-22T19:00:00+09:00").expect("a time");
        assert_eq!(tokyo.at.to_string(), "2026-11-22T10:00:00Z");
        assert!(tokyo.zone.is_some());
        assert!(Instant::read("2026-11-22T10:00:00Z").expect("a time").zone.is_none());
        assert!(Instant::read("yesterday").is_err());
    }

    #[test]
    fn no_color_wins_over_a_theme_and_a_poor_terminal_gets_its_own_colours() {
        let poor = Environment { speaks_utf8: true, ..Environment::default() };
        let dark = Settings { theme: "dark".to_owned(), ..Settings::default() };
        assert_eq!(poor.theme(&dark), Theme::named("terminal", Glyphs::Unicode));
        let rich = Environment { has_true_color: true, ..poor.clone() };
        assert_eq!(rich.theme(&dark), Theme::named("dark", Glyphs::Unicode));
        let plain = Environment { no_color: true, ..rich };
        assert_eq!(plain.theme(&dark), Some(Theme::plain()));
        assert_eq!(plain.theme(&Settings { theme: "neon".to_owned(), ..dark }), None);
    }
}
