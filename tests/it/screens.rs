//! Every screen at every size and with every kind of content: nothing panics, nothing leaves its cell.

use greenroom::library::{Library, Places};
use greenroom::review::Grade;
use greenroom::store::{Store, Trouble};
use greenroom::text::{Safe, width};
use greenroom::tui::event::Route;
use greenroom::tui::theme::{Glyphs, Theme};
use greenroom::workspace::{Request, Workspace};
use jiff::tz::TimeZone;

use crate::kit::{EVENING, Learner, Seat, card, deck};

/// From nothing at all to more than anybody has, with both sides of the smallest that everything works in.
fn sizes() -> Vec<(u16, u16)> {
    let tiny = (0..=3).flat_map(|columns| (0..=3).map(move |rows| (columns, rows)));
    let edges = [(39, 11), (39, 12), (40, 11), (40, 12), (41, 16), (80, 24), (110, 17), (120, 40), (200, 60)];
    tiny.chain(edges).collect()
}

/// What a deck may hold: a name, the words of its title and its cards, and a tag.
pub fn contents() -> Vec<(&'static str, String)> {
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
    vec![
        ("long", format!("{} {}", "Donaudampfschifffahrt".repeat(40), "many words here ".repeat(200))),
        ("cjk", "日本語の質問は、どこで折り返されますか。".repeat(30)),
        ("emoji", format!("{family} works ❤\u{fe0f} 🏳\u{fe0f}\u{200d}🌈 {}", family.repeat(60))),
        ("marks", format!("Zürich e\u{301} {} नमस्ते ภาษาไทย", "\u{30a}".repeat(300))),
        (
            "hostile",
            "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m\u{202e}desrever\u{2066}\u{e0041}\u{2028}\u{0}\u{7f}\u{feff}x"
                .repeat(20),
        ),
        ("markdown", "# a\n\n- b\n  1. c\n\n> d\n\n```json\n{\"e\": 1}\n```\n\n---\n\n**f** *g* `h` <b>\n".repeat(8)),
    ]
}

/// A deck whose every text is the content.
pub fn filled(content: &str) -> String {
    let quoted = toml::Value::String(content.to_owned()).to_string();
    let line = toml::Value::String(content.replace('\n', " ").chars().take(150).collect()).to_string();
    let head = format!("format = 1\nid = \"roles\"\ntitle = {line}\ndescription = {quoted}\ntags = [{line}]\n\n");
    let cards = (0..4).map(|number| {
        let card = card(&format!("c{number}"), content, content);
        format!(
            "{}note = {quoted}\ntags = [{line}]\nfollow_ups = [{line}]\nsources = [{line}]\n\n",
            card.trim_end().to_owned() + "\n"
        )
    });
    head + &cards.collect::<String>()
}

/// Every place that a learner can be at, with the keys that lead there from home.
const PLACES: [(&str, &str); 9] = [
    ("home", "G"),
    ("question", "G enter"),
    ("answer", "G enter space"),
    ("end of the answer", "G enter space pgdn pgdn pgdn pgdn pgdn"),
    ("end", "G enter space 1 space 4 space 4 space 4 space 4"),
    ("problems", "p"),
    ("set aside", "s"),
    ("help", "? t"),
    ("no key", "? z z q"),
];

/// A home in which every place has something to show.
fn home(text: &str) -> Learner {
    let learner = Learner::new();
    learner.settings("fuzz = false\nno_such_setting = 1\n");
    learner.deck("a-first", &deck("first", &["one"]));
    learner.deck("roles", text);
    learner.deck("z-broken", "format = 1\nid = \"x\"\n[[card]]\nid = \"?\"\n");
    learner.elsewhere("first/one", Grade::Easy, "2026-10-01T10:00:00Z");
    learner.study(&["first"], EVENING).press("!");
    learner
}

/// Draws at every size and looks at every cell.
pub fn draw_everywhere(name: &str, seat: &mut Seat) {
    for (columns, rows) in sizes() {
        seat.resize(columns, rows);
        let buffer = seat.buffer();
        for row in 0..rows {
            for column in 0..columns {
                let symbol = buffer[(column, row)].symbol();
                let is_safe = !symbol.chars().any(|letter| Safe::refuses(letter) || letter.is_control());
                let is_inside = usize::from(column) + width::grapheme_columns(symbol) <= usize::from(columns);
                assert!(is_safe && is_inside, "{name} at {columns}x{rows}: {symbol:?} at {column}, {row}");
            }
        }
        if (columns < 40 || rows < 12) && columns >= 30 && rows >= 1 {
            seat.sees(&format!("{columns} x {rows} now, 40 x 12 needed"));
        } else if columns >= 40 && rows >= 12 {
            seat.sees_no("needed.");
        }
    }
}

#[test]
fn every_screen_holds_at_every_size_whatever_is_on_it() {
    let texts = contents().into_iter().map(|(name, content)| (name, filled(&content)));
    let plain = [("plain", deck("roles", &["two", "three"]))];
    for (content, text) in texts.chain(plain) {
        for (place, keys) in PLACES {
            let mut seat = home(&text).at_home(EVENING);
            seat.press(keys);
            draw_everywhere(&format!("{content}, {place}"), &mut seat);
        }
    }
}

#[test]
fn a_home_without_any_deck_holds_at_every_size_and_says_where_decks_go() {
    let learner = Learner::new();
    let request = Request { home: Some(learner.home().into()), decks: Vec::new(), zone: Some(TimeZone::UTC) };
    for route in [Route::Home, Route::Problems, Route::Suspended, Route::Study { decks: Vec::new(), more: 0 }] {
        let mut workspace = Workspace::open(&request).expect("a workspace");
        workspace.library = Library::open(&Places::default(), None).into();
        let mut seat = learner.seat(workspace, Store::open(learner.home()), route.clone(), EVENING);
        if route == Route::Home {
            seat.sees("decks").press("enter j k G g s p");
        }
        draw_everywhere(&format!("nothing, {route:?}"), &mut seat);
    }
}

#[test]
fn the_rescue_holds_at_every_size_with_and_without_backups() {
    let learner = Learner::with("roles", &["one", "two"]);
    let trouble = || Err(Trouble::Moved);
    draw_everywhere("rescue without backups", &mut learner.open_with(Route::Home, EVENING, trouble()));
    for day in 10..22 {
        learner.study(&["roles"], &format!("2026-11-{day}T10:00:00Z")).press("R R");
    }
    let mut seat = learner.open_with(Route::Home, EVENING, trouble());
    draw_everywhere("rescue", &mut seat);
    seat.press("down down down down down down down");
    draw_everywhere("rescue, the seventh", &mut seat);
}

#[test]
fn what_was_begun_survives_every_size() {
    let mut seat = home(&deck("roles", &["two", "three"])).at_home(EVENING);
    seat.press("G enter space");
    let before = seat.text();
    for (columns, rows) in sizes() {
        seat.resize(columns, rows);
    }
    seat.resize(80, 24);
    assert_eq!(seat.text(), before);
    seat.resize(2, 2).press("4").resize(80, 24).asks("three");
}

#[test]
fn a_terminal_that_knows_ascii_alone_gets_nothing_else() {
    for (place, keys) in PLACES {
        let mut learner = home(&deck("roles", &["two", "three", "Zürich"]));
        learner.theme = Theme::named("mono", Glyphs::Ascii).expect("a theme");
        let mut seat = learner.at_home(EVENING);
        seat.resize(120, 40).press(keys);
        let text = seat.text();
        assert!(text.is_ascii(), "{place}:\n{text}");
    }
}
