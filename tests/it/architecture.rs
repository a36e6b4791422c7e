//! The house keeps its own rules: which room may use which, and where colours, clocks and databases may be named.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{File, Sources, paths, words};

/// What belongs to some files alone: the words, the files (a folder ends in `/`), and why.
const KEPT: &[(&[&str], &[&str], &str)] = &[
    (&["ratatui", "crossterm"], &["tui", "tui/"], "only the terminal face knows a terminal"),
    (&["rusqlite"], &["store", "store/"], "only the store knows the database"),
    (
        &["set_string", "set_stringn", "set_symbol", "set_char", "set_span", "set_line"],
        &["tui/paint"],
        "only `tui/paint` hands text to the terminal, and it takes safe text",
    ),
    (
        &["env::var", "env::var_os", "env::vars", "env::vars_os", "Timestamp::now", "Zoned::now", "Instant::now"],
        &["cli/environment"],
        "only `cli/environment` asks the surroundings",
    ),
    (&["SystemTime::now"], &["library"], "only the library asks it: whether a file may still change in the same tick"),
    (&["TimeZone::system"], &["workspace"], "only the workspace asks where the learner is, when nobody says so"),
    (&["Xdg::new"], &["config/paths"], "only `config/paths` asks for the XDG variables"),
    (&["env::args", "env::args_os"], &["main"], "only `main` reads the arguments"),
    (&["Uuid::now_v7", "Uuid::new_v4"], &["tui", "cli/review", "cli/rename"], "only the faces make identities"),
    (
        &["println!", "print!", "eprintln!", "eprint!", "dbg!", "process::exit", "todo!", "unimplemented!"],
        &[],
        "what is said goes through `cli/output`, and a program ends by returning",
    ),
    (&["thread::sleep"], &[], "nothing waits by sleeping"),
];

/// What no pure room says.
const IMPURE: &[&str] = &["fs", "io", "net", "env", "process", "tempfile", "rustix", "signal_hook", "SystemTime"];

/// The highest floor that is pure.
const PURE: u8 = 4;

/// What of the terminal library may be named outside the files that draw and take the terminal over.
const SHAPES: [&str; 2] = ["buffer::Buffer", "layout::Rect"];

/// Names of modules that say nothing.
const EMPTY_NAMES: [&str; 8] = ["mod", "utils", "util", "common", "helpers", "types", "manager", "service"];

/// The rooms and their floors, as the table in `lib.rs` has them.
fn plan(sources: &Sources) -> BTreeMap<String, u8> {
    let text = sources.get("lib").map_or("", |file| &file.text);
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! |"));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .filter_map(|cells| {
            let room = cells.get(1)?.trim_matches(|mark| "[`]".contains(mark));
            Some((room.to_owned(), cells.first()?.parse().ok()?))
        })
        .collect()
}

/// Everything in which the sources break the rules, one sentence each.
fn violations(sources: &Sources) -> Vec<String> {
    let plan = plan(sources);
    let mut found = missing(sources, &plan);
    let macros = exported_macros(sources);
    for (module, file) in sources.program() {
        let mut complain = |what: String| found.push(format!("{module}.rs: {what}"));
        room_law(module, file, &plan, &macros).into_iter().for_each(&mut complain);
        kept_words(module, file, &plan).into_iter().for_each(&mut complain);
        drawing(module, file).into_iter().for_each(&mut complain);
        manners(module, file).into_iter().for_each(&mut complain);
    }
    found
}

fn room_of(module: &str) -> &str {
    module.split('/').next().unwrap_or(module)
}

/// Rooms without a row, rows without a room.
fn missing(sources: &Sources, plan: &BTreeMap<String, u8>) -> Vec<String> {
    let rooms: BTreeSet<&str> =
        sources.program().map(|(module, _)| room_of(module)).filter(|room| !matches!(*room, "lib" | "main")).collect();
    let without_row = rooms.iter().filter(|room| !plan.contains_key(**room));
    let without_room = plan.keys().filter(|room| !rooms.contains(room.as_str()));
    without_row
        .map(|room| format!("lib.rs: `{room}` is not in the floor plan"))
        .chain(without_room.map(|room| format!("lib.rs: the floor plan has `{room}`, and there is no such room")))
        .collect()
}

/// Macros that live at the root of the crate, and the room that each belongs to.
fn exported_macros(sources: &Sources) -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for (module, file) in sources.program() {
        for at in words(&file.code, "macro_export").collect::<Vec<_>>() {
            let rest = &file.code[at..];
            if let Some(name) = rest.split_once("macro_rules!").and_then(|(_, rest)| rest.split_whitespace().next()) {
                macros.insert(name.trim_end_matches('{').to_owned(), room_of(module).to_owned());
            }
        }
    }
    macros
}

/// A room uses rooms on lower floors only.
fn room_law(
    module: &str,
    file: &File,
    plan: &BTreeMap<String, u8>,
    macros: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let room = room_of(module);
    let mut found = BTreeSet::new();
    let Some(floor) = plan.get(room) else { return found };
    for name in named_rooms(module, file) {
        let used = macros.get(&name).unwrap_or(&name);
        match plan.get(used) {
            _ if used == room => {}
            Some(other) if other < floor => {}
            Some(other) if other == floor => {
                found.insert(format!("`{room}` may not use `{used}`: they are on one floor"));
            }
            Some(_) => {
                found.insert(format!("`{room}` may not use `{used}`"));
            }
            None => {
                found.insert(format!("`crate::{name}` is no room of the floor plan"));
            }
        }
    }
    found
}

/// The first names of all paths that begin at the root of the crate, also by way of `super`.
fn named_rooms(module: &str, file: &File) -> BTreeSet<String> {
    let depth = module.split('/').count();
    let mut named: BTreeSet<String> =
        paths(&file.code, "crate").into_iter().filter_map(|path| path.into_iter().next()).collect();
    for path in paths(&file.code, "super") {
        let supers = 1 + path.iter().take_while(|part| *part == "super").count();
        if supers >= depth && !(supers == depth && path.len() < supers) {
            named.extend(path.get(depth - 1).cloned());
        }
    }
    named.retain(|name| name != "super" && name != "self");
    named
}

/// Words that belong elsewhere.
fn kept_words(module: &str, file: &File, plan: &BTreeMap<String, u8>) -> Vec<String> {
    let is_in = |place: &&str| *place == module || (place.ends_with('/') && module.starts_with(*place));
    let mut found = Vec::new();
    for (kept, places, why) in KEPT {
        if places.iter().any(is_in) {
            continue;
        }
        let said = kept.iter().filter(|word| {
            words(&file.code, word.trim_end_matches('!'))
                .any(|at| !word.ends_with('!') || file.code[at..].starts_with(*word))
        });
        found.extend(said.map(|word| format!("`{word}` may not be said here: {why}")));
    }
    if plan.get(room_of(module)).is_some_and(|floor| *floor <= PURE) {
        let said = IMPURE.iter().filter(|word| !paths(&file.code, word).is_empty());
        found.extend(said.map(|word| format!("`{word}` may not be used here: floors 0 to {PURE} are pure")));
    }
    found
}

/// Colours are in the theme, raw drawing in the painter, and the application knows screens by their route.
fn drawing(module: &str, file: &File) -> Vec<String> {
    let mut found = Vec::new();
    if !module.starts_with("tui/") && module != "tui" {
        return found;
    }
    if module != "tui/theme" && words(&file.code, "Color").next().is_some() {
        found.push("`Color` may not be said here: only `tui/theme` knows colours".to_owned());
    }
    if !matches!(module, "tui/theme" | "tui/paint" | "tui/terminal") {
        for path in paths(&file.code, "ratatui").into_iter().map(|path| path.join("::")) {
            if !SHAPES.contains(&path.as_str()) {
                found.push(format!("`ratatui::{path}` may not be used here: screens draw with `tui/paint`"));
            }
        }
    }
    if module == "tui/app" {
        let beyond = |path: &Vec<String>| {
            !path.first().is_some_and(|part| matches!(part.as_str(), "self" | "Route" | "Screen" | "open"))
        };
        let named = paths(&file.code, "screen").into_iter().filter(beyond);
        found.extend(named.map(|path| format!("`screen::{}` may not be named here: use its route", path.join("::"))));
    }
    found
}

fn manners(module: &str, file: &File) -> Vec<String> {
    let name = module.rsplit('/').next().unwrap_or(module);
    let mut found = Vec::new();
    let mut unless = |is_kept: bool, what: &str| {
        if !is_kept {
            found.push(what.to_owned());
        }
    };
    unless(!file.code.contains(".unwrap()"), "`unwrap` says nothing: use `expect` with the reason why it holds");
    unless(file.text.starts_with("//! "), "a file opens with one sentence that says what it is");
    unless(!EMPTY_NAMES.contains(&name), "the name of the file says nothing");
    unless(!file.text.contains("TODO") && !file.text.contains("FIXME"), "what is to be done is not kept in the code");
    found
}

#[test]
fn the_house_keeps_its_rules() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(plan(&sources).len() >= 12, "the floor plan in lib.rs was not found: {:?}", plan(&sources));
    let found = violations(&sources);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// A house with two rooms on the ground and three above, in which nothing is wrong but what a test plants.
fn house(planted: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::default();
    let row = |floor: u8, room: &str| format!("//! | {floor} | [`{room}`] | One sentence. |\n");
    let rooms = [(0, "text"), (0, "card"), (2, "scheduler"), (5, "store"), (5, "library"), (7, "tui"), (8, "cli")];
    let table: String = rooms.iter().map(|(floor, room)| row(*floor, room)).collect();
    sources.add("lib", format!("//! The floor plan.\n//!\n{table}"));
    for (_, room) in rooms {
        sources.add(room, "//! A room.\n");
    }
    for (module, text) in planted {
        sources.add(module, format!("//! Planted.\n{text}"));
    }
    violations(&sources)
}

#[test]
fn a_room_that_reaches_up_is_named_with_what_it_reaches_for() {
    assert_eq!(house(&[]), Vec::<String>::new());
    let up = "use crate::store::Store;\n";
    assert_eq!(house(&[("scheduler", up)]), ["scheduler.rs: `scheduler` may not use `store`"]);
    assert_eq!(house(&[("scheduler/step", up)]), ["scheduler/step.rs: `scheduler` may not use `store`"]);
    assert_eq!(house(&[("cli", up)]), Vec::<String>::new());
}

#[test]
fn grouped_nested_and_inline_paths_are_seen() {
    let expected = ["card.rs: `card` may not use `store`"];
    for text in [
        "use crate::{self, store};",
        "use crate::{\n    store::{Store, row::Row as One},\n};",
        "fn f() -> crate::store::Store { x }",
        "pub(in crate::store) fn f() {}",
        "fn f() { super::store::open() }",
        "macro_rules! m { () => { $crate::store::open() } }",
    ] {
        assert_eq!(house(&[("card", text)]), expected, "{text}");
    }
    assert_eq!(house(&[("card/id", "use super::super::store::Store;")]), ["card/id.rs: `card` may not use `store`"]);
    assert_eq!(house(&[("card/id", "use super::{Kind, store};")]), Vec::<String>::new(), "its own part");
}

#[test]
fn rooms_on_one_floor_do_not_know_each_other_and_the_faces_go_one_way() {
    let found = house(&[("library", "use crate::store::Store;")]);
    assert_eq!(found, ["library.rs: `library` may not use `store`: they are on one floor"]);
    assert_eq!(house(&[("tui", "use crate::cli::run;")]), ["tui.rs: `tui` may not use `cli`"]);
    assert_eq!(house(&[("cli", "use crate::tui::run;")]), Vec::<String>::new());
}

#[test]
fn a_macro_belongs_to_the_room_that_made_it() {
    let paint = ("tui/paint", "#[macro_export]\nmacro_rules! safe { () => { 1 } }\n");
    assert_eq!(house(&[paint, ("card", "use crate::safe;")]), ["card.rs: `card` may not use `tui`"]);
    assert_eq!(house(&[paint, ("cli", "use crate::safe;")]), Vec::<String>::new());
    assert_eq!(house(&[("card", "use crate::safe;")]), ["card.rs: `crate::safe` is no room of the floor plan"]);
}

#[test]
fn a_room_without_a_row_and_a_row_without_a_room_are_named() {
    assert_eq!(house(&[("sync", "")]), ["lib.rs: `sync` is not in the floor plan"]);
    let mut sources = Sources::default();
    sources.add("lib", "//! Plan.\n//! | 0 | [`text`] | Words. |\n");
    assert_eq!(violations(&sources), ["lib.rs: the floor plan has `text`, and there is no such room"]);
}

#[test]
fn terminal_colour_database_clock_and_printing_stay_where_they_belong() {
    for (module, text, word) in [
        ("cli", "use ratatui::Frame;", "`ratatui`"),
        ("card", "use crossterm::event;", "`crossterm`"),
        ("library", "use rusqlite::Connection;", "`rusqlite`"),
        ("tui/screen", "use ratatui::style::Style;", "`ratatui::style::Style`"),
        ("tui/widget", "use ratatui::text::{Line, Span};", "`ratatui::text::Line`"),
        ("tui/widget", "let x = Color::Red;", "`Color`"),
        ("tui/widget", "buffer.set_string(0, 0, text, style);", "`set_string`"),
        ("tui/app", "use super::screen::home::Home;", "`screen::home::Home`"),
        ("cli", "let home = std::env::var(\"HOME\");", "`env::var`"),
        ("scheduler", "let now = Timestamp::now();", "`Timestamp::now`"),
        ("scheduler", "use std::{fs, thread}; fn f() { fs::read(p) }", "`fs`"),
        ("card", "use std::io::Read;", "`io`"),
        ("cli", "println!(\"hello\");", "`println!`"),
        ("store", "std::process::exit(1);", "`process::exit`"),
        ("store", "let x = y.unwrap();", "`unwrap`"),
        ("store/utils", "", "the name of the file"),
    ] {
        let found = house(&[(module, text)]);
        assert!(found.iter().any(|sentence| sentence.contains(word)), "{text}: {found:?}");
    }
}

#[test]
fn comments_strings_and_tests_are_not_code() {
    for text in [
        "// use crate::store::Store;\n/* crate::store /* crate::store */ crate::store */",
        "const X: &str = \"crate::store \\\" crate::store\"; const Y: &str = r#\"crate::store \" println!\"#;",
        "const QUOTE: char = '\"'; const X: &str = \"crate::store\"; fn f<'a>(x: &'a str) {}",
        "#[cfg(test)]\nmod tests { use crate::store::Store; #[test] fn f() { if x { y.unwrap() } } }",
        "#[cfg(test)]\nuse crate::store::Store;\nfn f() {}",
    ] {
        assert_eq!(house(&[("card", text)]), Vec::<String>::new(), "{text}");
    }
    let after = "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::store::Store;";
    assert_eq!(house(&[("card", after)]), ["card.rs: `card` may not use `store`"]);
    let files = [("card", "#[cfg(test)]\nmod sample;"), ("card/sample", "use crate::store::Store;")];
    assert_eq!(house(&files), Vec::<String>::new());
}
