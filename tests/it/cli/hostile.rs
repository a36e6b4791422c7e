//! Decks, file names and arguments made to act on a terminal: no command lets anything of it through.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::PathBuf;

use super::{DECK, Home, Told};

/// Clears the screen, writes the clipboard, colours by a C1 code, turns the writing, hides words in tags, rings, deletes.
const ATTACK: &str = "\u{1b}[2J\u{1b}]52;c;cm0gLXJmIH4=\u{7}\u{9b}31m\u{90}q\u{9c}\u{202e}evil\u{2066}x\u{2069}\
    \u{200f}\u{e0041}\u{e007f}\u{7f}\u{8}\r";

/// What a terminal could act on, or what turns or hides text; reckoned here on its own, not with the program's rule.
fn acts(character: char) -> bool {
    let control = character != '\n' && (character < ' ' || ('\u{7f}'..='\u{9f}').contains(&character));
    let direction =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let tag = ('\u{e0000}'..='\u{e007f}').contains(&character);
    control || direction || tag
}

fn assert_harmless(told: &Told, command: &dyn std::fmt::Debug) {
    for said in [&told.out, &told.err] {
        assert!(!said.contains(acts), "{command:?} lets through {said:?}");
    }
}

/// The attack as TOML may hold it: in escapes, and raw where TOML allows it.
fn spellings() -> [String; 2] {
    let escaped = ATTACK.chars().map(|character| format!("\\U{:08x}", u32::from(character))).collect();
    let raw = ATTACK.chars().filter(|character| !character.is_ascii_control()).collect();
    [escaped, raw]
}

/// A deck with the attack in every text, and one with it in its ids and keys.
fn decks(attack: &str) -> [String; 2] {
    let texts = format!(
        r#"format = 1
id = "own"
title = "T{attack}"
description = "D{attack}"
language = "en{attack}"
tags = ["t{attack}"]
"k{attack}" = 1
[[card]]
id = "first"
question = "Q{attack}"
answer = "A{attack}"
level = "junior{attack}"
tags = ["t{attack}"]
sources = ["https://example.org/{attack}"]
note = "N{attack}"
follow_ups = ["F{attack}"]
sides = [["a{attack}"], ["b{attack}"]]
[[card.point]]
id = "point"
text = "A full point{attack}."
accept = ["P{attack}"]
probe = "P{attack}?"
[[card.misconception]]
id = "wrong"
text = "W{attack}"
accept = ["W{attack}"]
correction = "C{attack}"
[[exercise]]
id = "exercise"
prompt = "P{attack}"
labels = [{{ id = "a", name = "A{attack}", key = "{attack}" }}, {{ id = "b", name = "B" }}]
[[scenario]]
id = "scenario"
exercise = "exercise"
text = "S{attack}"
right = ["a"]
evidence = ["S{attack}", "not there{attack}"]
why = "W{attack}"
"#
    );
    let ids = DECK.replace("\"first\"", &format!("\"{attack}\"")).replace("\"own\"", &format!("\"own{attack}\""));
    [texts, ids]
}

#[test]
fn no_command_lets_a_hostile_deck_act_on_the_terminal() {
    for attack in spellings() {
        for text in decks(&attack) {
            let home = Home::new();
            let own = home.write("decks/own.toml", &text);
            let broken = home.write("named/broken.toml", format!("{text}\n{ATTACK}"));
            for command in [
                vec!["due"],
                vec!["due", "--json"],
                vec!["deck"],
                vec!["deck", "--json"],
                vec!["deck", "show", "own"],
                vec!["deck", "show", "own", "--json"],
                vec!["deck", "show", "first"],
                vec!["deck", "show", "scenario"],
                vec!["deck", "show", "scenario", "--json"],
                vec!["review", "own/first", "good"],
                vec!["review", "frst", "good"],
                vec!["export", "reviews"],
                vec!["lint", own.to_str().expect("UTF-8")],
                vec!["lint", "--json", own.to_str().expect("UTF-8")],
                vec!["lint", broken.to_str().expect("UTF-8")],
                vec!["lint", "--jsonl", broken.to_str().expect("UTF-8")],
                vec!["--deck", broken.to_str().expect("UTF-8"), "due"],
            ] {
                assert_harmless(&home.run(&command), &command);
            }
        }
    }
}

#[test]
fn a_hostile_text_is_shown_as_what_it_is() {
    let home = Home::new();
    home.write("decks/own.toml", &decks(&spellings()[0])[0]);
    let shown = home.done(["deck", "show", "first"]);
    assert!(shown.starts_with("Q\\x1b[2J\\x1b]52;c;cm0gLXJmIH4=\\x07\\x9b31m"), "{shown}");
    assert!(shown.contains("\\u{202e}evil"), "{shown}");
}

/// Names that a file may have on this system.
fn names() -> [OsString; 3] {
    let not_text = OsString::from_vec(b"own\xff\x1b[31m.toml".to_vec());
    [OsString::from(format!("own{ATTACK}.toml")), OsString::from("own\nerror: all is lost\n.toml"), not_text]
}

#[test]
fn no_command_lets_a_hostile_file_name_act_on_the_terminal() {
    for name in names() {
        let home = Home::new();
        let below = |folder: &str| {
            let mut path = OsString::from(folder);
            path.push(&name);
            path
        };
        let file = home.write(below("decks/"), DECK.replace("title", "titel"));
        home.write(below("decks/sub/"), DECK);
        home.write("decks/twice.toml", DECK);
        let word = OsStr::new;
        let commands: [Vec<&OsStr>; 9] = [
            vec![word("due")],
            vec![word("deck"), word("--json")],
            vec![word("deck"), word("show"), word("own")],
            vec![word("lint"), file.as_os_str()],
            vec![word("lint"), word("--json"), file.parent().expect("a folder").as_os_str()],
            vec![word("lint"), file.parent().expect("a folder").as_os_str()],
            vec![word("--deck"), file.as_os_str(), word("due")],
            vec![word("import"), word("reviews"), file.as_os_str()],
            vec![word("restore"), file.as_os_str()],
        ];
        for command in commands {
            let told = home.run(&command);
            assert_harmless(&told, &command);
            assert!(
                !told.out.contains("\nerror: all is lost") && !told.err.contains("\nerror: all is lost"),
                "{told:?}"
            );
        }
        home.done([word("backup"), home.path().join(below("copy-")).as_os_str()]);
    }
}

#[test]
fn no_argument_acts_on_the_terminal() {
    let home = Home::new();
    let not_text = OsStr::from_bytes(b"x\xff\xfe\x9b31m");
    for attack in [OsStr::new(ATTACK), not_text] {
        for before in [
            &[][..],
            &["due", "--at"],
            &["due"],
            &["review"],
            &["review", "what-is-ecs"],
            &["review", "what-is-ecs", "good", "--at"],
            &["deck"],
            &["deck", "show"],
            &["lint"],
            &["import"],
            &["import", "reviews"],
            &["restore"],
            &["completions"],
            &["help"],
            &["study"],
            &["--deck"],
        ] {
            let mut arguments: Vec<&OsStr> = before.iter().map(OsStr::new).collect();
            arguments.push(attack);
            if before == ["--deck"] {
                arguments.push(OsStr::new("due"));
            }
            let told = home.run(&arguments);
            assert_ne!(told.code, 0, "{arguments:?}");
            assert_harmless(&told, &arguments);
        }
    }
}

#[test]
fn neither_a_hostile_home_nor_hostile_settings_act_on_the_terminal() {
    let outer = Home::new();
    let home: PathBuf = outer.path().join(ATTACK);
    std::fs::create_dir(&home).expect("made");
    std::fs::write(home.join("config.toml"), format!("\"{ATTACK}\" = 1\ntheme = \"{ATTACK}\"\n")).expect("written");
    for command in [&["due"][..], &["paths"], &["paths", "--json"], &["backup"], &["restore"], &["restore", "latest"]] {
        let told = super::told(outer.command(command).env("GREENROOM_HOME", &home));
        assert_harmless(&told, &command);
    }
    std::fs::write(home.join("config.toml"), "theme = \"\\u001b[2J\"\n\"k\\u009b\" = 1\n").expect("written");
    let told = super::told(outer.command(["due"]).env("GREENROOM_HOME", &home));
    assert_harmless(&told, &"due");
    assert!(told.err.contains("\\x9b"), "{told:?}");
}
