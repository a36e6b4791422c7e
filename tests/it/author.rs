//! Decks written from the command line: made, added to, edited, undone; after kills, and beside another editor.

use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use crate::cli::{DECK, Home, Told, told};
use crate::crash::wanted_kills;
use crate::terminal::{self, PATIENCE, Terminal, deck};

fn read(home: &Home, file: &str) -> String {
    std::fs::read_to_string(home.path().join(file)).expect("it is there")
}

/// Runs a command with an editor that is a line of shell, told the file as `$1`.
fn edited(home: &Home, editor: &str, arguments: &[&str]) -> Told {
    told(home.command(arguments).env("PATH", "/usr/bin:/bin").env("VISUAL", editor))
}

fn script(home: &Home, text: &str) -> String {
    format!("sh {}", home.write("editor.sh", text).display())
}

#[test]
fn a_new_deck_lints_clean_can_be_studied_and_is_never_overwritten() {
    let home = Home::new();
    assert!(home.done(["new", "system-design"]).contains("greenroom add system-design"));
    home.done(["lint", home.path().join("decks").to_str().expect("UTF-8")]);
    assert!(home.done(["due"]).contains("System design"));
    let before = read(&home, "decks/system-design.toml");
    let again = home.run(["new", "system-design"]);
    assert!(again.code == 2 && again.err.contains("there is a deck `system-design` already"), "{again:?}");
    let broken = home.write("decks/broken.toml", "no deck");
    let beside = home.run(["new", broken.to_str().expect("UTF-8")]);
    assert!(beside.code == 2 && beside.err.contains("is there already"), "{beside:?}");
    assert_eq!(read(&home, "decks/system-design.toml"), before);
    assert!(home.run(["new", "System Design"]).err.contains("`system-design` would do"));
    let path = home.path().join("elsewhere/Go interview.toml");
    home.done(["new", path.to_str().expect("UTF-8"), "--title", "Go"]);
    assert!(read(&home, "elsewhere/Go interview.toml").contains("id = \"go-interview\""));
}

#[test]
fn cards_are_added_from_options_and_from_a_pipe() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    let add = [
        "add",
        "own",
        "-q",
        "What is a quorum?",
        "-a",
        "A majority.",
        "-p",
        "A quorum is a majority.",
        "--level",
        "mid",
    ];
    assert!(home.done(add).starts_with("added `own/quorum` to "));
    assert!(home.done(add).starts_with("added `own/quorum-2` to "), "an id is proposed that is free");
    let text = read(&home, "decks/own.toml");
    assert!(text.starts_with(DECK) && text.contains("level = \"mid\"\n\n[[card.point]]"), "{text}");
    let piped = home.fed(["add"], "What is CAP?\n\nPick two,\nof three.\n");
    assert_eq!((piped.code, piped.err.as_str()), (0, ""), "{piped:?}");
    assert!(home.done(["deck", "show", "my-cards/cap"]).contains("of three."));
    let tables = home.fed(["add", "own"], "[[card]]\nid = \"x\"\nquestion = \"X?\"\nanswer = \"X.\"\n");
    assert!(tables.out.contains("`own/x`"), "{tables:?}");
    let wrong = home.fed(["add", "own"], "[[card]]\nid = \"y\"\nquestion = \"X?\"\n");
    assert!(wrong.code == 3 && wrong.err.contains("missing-key"), "{wrong:?}");
    assert!(home.run(["add", "none", "-q", "Q?", "-a", "A."]).err.contains("`greenroom new none` makes one"));
    let taken = home.run(["add", "own", "-q", "Q?", "-a", "A.", "--id", "first"]);
    assert!(taken.code == 3 && taken.err.contains("has a card `first` already"), "{taken:?}");
}

#[test]
fn an_edit_is_saved_when_it_can_be_used_and_the_file_stays_when_not() {
    let home = Home::new();
    home.write("decks/own.toml", format!("{DECK}# a remark\n"));
    let saved = edited(&home, "sed -i 's/What comes second/Which one is second/'", &["edit", "second"]);
    assert_eq!((saved.code, saved.err.as_str()), (0, ""), "{saved:?}");
    let text = read(&home, "decks/own.toml");
    assert_eq!(text, format!("{DECK}# a remark\n").replace("What comes second", "Which one is second"));
    let broken = edited(&home, "sed -i /^answer/d", &["edit", "own/first"]);
    assert!(broken.code == 3 && broken.err.contains("missing-key") && broken.err.contains("It lies in"), "{broken:?}");
    assert_eq!(read(&home, "decks/own.toml"), text);
    assert_eq!(edited(&home, "true", &["edit", "own"]).out, "Nothing was changed.\n");
    let failed = edited(&home, "false", &["edit", "own"]);
    assert!(failed.code == 2 && failed.err.contains("`false` ended with"), "{failed:?}");
    assert_eq!(home.run(["edit", "own"]).err, "greenroom: no editor is named: set VISUAL or EDITOR\n");
}

#[test]
fn every_edit_can_be_undone_unless_the_file_was_changed_since() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.done(["add", "own", "-q", "One?", "-a", "1."]);
    home.done(["add", "own", "-q", "Two?", "-a", "2."]);
    assert!(home.done(["deck", "undo"]).starts_with("undone: add `own/two` in "));
    assert!(home.done(["deck", "undo"]).starts_with("undone: add `own/one` in "));
    assert_eq!(read(&home, "decks/own.toml"), DECK);
    assert!(home.run(["deck", "undo"]).err.contains("there is no edit to undo"));
    home.done(["add", "own", "-q", "One?", "-a", "1."]);
    home.write("decks/own.toml", format!("{DECK}# mine\n"));
    let refused = home.run(["deck", "undo"]);
    assert!(refused.code == 2 && refused.err.contains("was changed since"), "{refused:?}");
    assert_eq!(read(&home, "decks/own.toml"), format!("{DECK}# mine\n"));
}

#[test]
fn a_built_in_deck_is_copied_only_when_the_learner_agrees() {
    let home = Home::new();
    let refused = edited(&home, "sed -i 's/What is Amazon ECS/Which service is ECS/'", &["edit", "what-is-ecs"]);
    assert!(refused.code == 2 && refused.err.contains("--copy"), "{refused:?}");
    assert!(!home.path().join("decks").exists());
    edited(&home, "sed -i 's/What is Amazon ECS/Which service is ECS/'", &["edit", "what-is-ecs", "--copy"]);
    assert!(home.done(["deck", "show", "what-is-ecs"]).contains("Which service is ECS"));
    assert_eq!(
        home.done(["deck"]).matches("aws-ecs").count(),
        1,
        "the own deck has taken the place of the built-in one"
    );
}

#[test]
fn what_another_program_wrote_meanwhile_is_not_overwritten() {
    let home = Home::new();
    let file = home.write("decks/own.toml", DECK);
    let theirs = format!("echo '# theirs' >> {}\nsed -i 's/comes first/is first/' \"$1\"\n", file.display());
    let editor = script(&home, &theirs);
    let refused = edited(&home, &editor, &["edit", "own"]);
    assert!(refused.code == 3 && refused.err.contains("own.toml.mine"), "{refused:?}");
    assert_eq!(read(&home, "decks/own.toml"), format!("{DECK}# theirs\n"));
    assert!(read(&home, "decks/own.toml.mine").contains("is first"));
}

#[test]
fn what_is_wrong_is_shown_and_edited_again() {
    let home = terminal::Home::empty();
    home.write("decks/own.toml", DECK);
    home.write("editor.sh", "if grep -q 'The first' \"$1\"; then sed -i '/The first/d' \"$1\"; else sed -i 's/^question = \"What comes first?\"/&\\nanswer = \"Mended.\"/' \"$1\"; fi\n");
    let mut command = home.program(&["edit", "own/first"]);
    command.env("EDITOR", "sh editor.sh");
    command.env("PATH", "/usr/bin:/bin");
    let mut terminal = Terminal::open(command);
    terminal.shows("e: edit again, d: discard");
    assert!(terminal.text().contains("missing-key"), "{}", terminal.text());
    terminal.press("e\n");
    terminal.shows("saved");
    terminal.exit(PATIENCE).expect("done");
    assert!(home.read("decks/own.toml").contains("answer = \"Mended.\""));
}

#[test]
fn a_card_is_written_in_the_editor_and_gets_an_id() {
    let home = terminal::Home::empty();
    home.write("decks/own.toml", DECK);
    let filled =
        "format = 1\nid = \"own\"\ntitle = \"My own\"\n[[card]]\nquestion = \"Why is it so?\"\nanswer = \"Because.\"\n";
    home.write("filled.toml", filled);
    home.write("editor.sh", "cat filled.toml > \"$1\"\n");
    let mut command = home.program(&["add", "own"]);
    command.env("EDITOR", "sh editor.sh");
    command.env("PATH", "/usr/bin:/bin");
    let mut terminal = Terminal::open(command);
    terminal.shows("added `own/");
    terminal.exit(PATIENCE).expect("done");
    let text = home.read("decks/own.toml");
    assert!(text.starts_with(DECK) && text.contains("Why is it so?") && text.contains("Because."), "{text}");
}

#[test]
fn a_kill_while_a_deck_is_written_leaves_the_old_file_or_the_new_one() {
    let home = Home::new();
    let file = home.write("decks/small.toml", deck("small", 100));
    let (_nobody, nothing) = mpsc::channel::<()>();
    let mut cards = 100;
    let mut cut = 0;
    for kill in 0..wanted_kills() {
        let before = read(&home, "decks/small.toml");
        let mut child = home
            .command(["add", "small", "-q", &format!("Killed the {kill}th time?"), "-a", "Perhaps."])
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        let _it_writes = nothing.recv_timeout(Duration::from_micros(2_000 + kill * 7_919 % 60_000));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let after = read(&home, "decks/small.toml");
        let added = after.matches("Killed the").count() - before.matches("Killed the").count();
        assert!(after.starts_with(&before) && added <= 1 && (added == 1 || after == before));
        assert_eq!(home.run(["lint", file.to_str().expect("UTF-8")]).code, 0);
        cards += added;
        cut += usize::from(added == 0);
    }
    let shown = home.json(["deck", "show", "small", "--json"]);
    assert_eq!(shown["cards"].as_array().map(Vec::len), Some(cards));
    home.done(["add", "small", "-q", "At last?", "-a", "Yes."]);
    assert_eq!(leftovers(&home.path().join("decks")), 0, "of {cut} that were cut off nothing is left");
    home.done(["deck", "undo"]);
}

fn leftovers(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("listed").flatten().filter(|entry| entry.file_name() != "small.toml").count()
}

#[test]
fn every_table_of_a_deck_is_taken_from_a_pipe() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    let cloze = "[[cloze]]\nid = \"gap\"\ntext = \"A {{quorum}} is a majority.\"\n";
    let code = "[[code]]\nid = \"list\"\nquestion = \"List files?\"\ncode = \"ls\"\n";
    let exercise = "# labels\n[[exercise]]\nid = \"ab\"\nprompt = \"Which?\"\nlabels = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n";
    let scenario =
        |id: &str| format!("[[scenario]]\nid = \"{id}\"\nexercise = \"ab\"\ntext = \"It is {id}.\"\nright = [\"a\"]\n");
    for (text, names) in [
        (cloze.to_owned(), "`own/gap`"),
        (code.to_owned(), "`own/list`"),
        (format!("{exercise}{}", scenario("one")), "`own/one`"),
        (scenario("two"), "`own/two`"),
    ] {
        let added = home.fed(["add", "own"], &text);
        assert!(added.code == 0 && added.out.starts_with(&format!("added {names} to ")), "{added:?}");
    }
    assert_eq!(home.json(["deck", "show", "own/gap", "--json"])["kind"], "cloze");
    assert_eq!(home.json(["deck", "show", "own/two", "--json"])["kind"], "choice");
    home.done(["lint", home.path().join("decks").to_str().expect("UTF-8")]);
    let misspelt = home.fed(["add", "own"], "[[codes]]\nid = \"x\"\nquestion = \"X?\"\ncode = \"x\"\n");
    assert!(
        misspelt.code == 3 && misspelt.err.contains("card:1:") && misspelt.err.contains("[[code]]"),
        "{misspelt:?}"
    );
    assert!(!misspelt.err.contains("lint --fix"), "the text is in no file: {misspelt:?}");
}

#[test]
fn errors_in_what_is_piped_name_its_own_lines() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    let wrong = home.fed(["add", "own"], "[[card]]\nid = \"y\"\nquestion = 1\nanswer = \"Y.\"\n");
    assert!(wrong.code == 3 && wrong.err.contains("card:3:12") && !wrong.err.contains("--fix"), "{wrong:?}");
}

#[test]
fn eight_additions_at_once_are_all_made() {
    let home = Home::new();
    let add =
        |word: usize| home.command(["add", "-q", &format!("Word {word}?"), "-a", "A."]).spawn().expect("it starts");
    let mut adding: Vec<_> = (0..8).map(add).collect();
    assert!(adding.iter_mut().all(|child| child.wait().expect("it ends").success()));
    assert_eq!(read(&home, "decks/my-cards.toml").matches("[[card]]").count(), 8);
}

#[test]
fn a_deck_that_cannot_be_read_is_named_where_its_cards_are_asked_for() {
    let home = Home::new();
    home.write("decks/own.toml", DECK.replace("title = ", "title "));
    let line = "own.toml:3: ";
    for asked in [
        &["review", "own/first", "good"][..],
        &["deck", "show", "own"],
        &["deck", "pack", "own"],
        &["add", "own", "-q", "Q?", "-a", "A."],
        &["classify", "--exercise", "none", "x"],
    ] {
        let told = home.run(asked);
        assert!(told.code == 2 && told.err.contains(line), "{told:?}");
    }
    let listed = home.run(["deck", "list"]);
    assert!(listed.code == 0 && listed.err.contains(line) && !listed.out.contains("own"), "{listed:?}");
    home.write("decks/own.toml", DECK.replacen("answer", "anser", 1));
    assert!(home.run(["review", "own/first", "good"]).err.contains("own.toml:"), "the card has an error");
    assert!(!home.run(["review", "other", "good"]).err.contains("own.toml:"), "the deck is there");
}
