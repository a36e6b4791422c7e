//! The manual and the README promise commands: each of them exists, and `help` finds every page.

use std::path::Path;

use super::Home;

fn page(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const PAGES: [&str; 14] = [
    "start",
    "study",
    "choice",
    "grade",
    "stats",
    "cards",
    "deck-format",
    "lint",
    "rules",
    "settings",
    "safety",
    "classifier",
    "interview",
    "import",
];

/// The commands that a text shows, in code blocks and between backticks, without what is said beside them.
fn commands(text: &str) -> Vec<String> {
    let block = text.lines().filter(|line| line.starts_with("    greenroom")).map(|line| {
        let line = line.trim_start();
        let end = [line.find("  "), line.find(" > ")].into_iter().flatten().min();
        &line[..end.unwrap_or(line.len())]
    });
    let inline = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let all = block.chain(inline).filter(|code| *code == "greenroom" || code.starts_with("greenroom "));
    all.flat_map(alternatives).collect()
}

/// `deck [list, show ID]` stands for `deck`, `deck list` and `deck show ID`.
fn alternatives(command: &str) -> Vec<String> {
    let Some((before, inside)) = command.split_once('[') else { return vec![command.to_owned()] };
    let inside = inside.trim_end_matches(']').split(", ");
    let before = before.trim_end();
    std::iter::once(before.to_owned()).chain(inside.map(|part| format!("{before} {part}"))).collect()
}

/// What could be typed for a command of the manual: its placeholders filled in.
fn typed(command: &str) -> Vec<&str> {
    let words = command.split_whitespace().skip(1);
    words
        .map(|word| match word.trim_end_matches('…') {
            "SHELL" => "bash",
            "GRADE" => "good",
            "WORD" => "due",
            "CODE" => "syntax",
            placeholder if placeholder.chars().all(|letter| letter.is_ascii_uppercase()) => "x",
            _ => word,
        })
        .collect()
}

#[test]
fn every_command_that_is_promised_is_understood() {
    let home = Home::new();
    let mut seen = 0;
    let pages = PAGES.map(|name| format!("assets/manual/{name}.md"));
    for name in pages.iter().map(String::as_str).chain(["README.md"]) {
        for command in commands(&page(name)) {
            let mut words = typed(&command);
            if words.first() != Some(&"help") {
                words.push("--help");
            }
            let told = home.run(&words);
            assert_eq!(told.code, 0, "{name} promises `{command}`: {told:?}");
            seen += 1;
        }
    }
    assert!(seen > 40, "the pages promise more than {seen} commands");
}

#[test]
fn every_command_of_the_program_is_in_the_readme() {
    let overview = Home::new().done(["help"]);
    let list = overview.split_once("Commands:\n").expect("a list").1;
    let named = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let names: Vec<_> = named.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names.len(), 21, "{names:?}");
    let promised = commands(&page("README.md"));
    for name in names {
        assert!(promised.iter().any(|command| command.split_whitespace().nth(1) == Some(name)), "{name}");
    }
}

#[test]
fn help_prints_the_pages_as_they_are_and_explains_every_command() {
    let home = Home::new();
    let overview = home.done(["help"]);
    assert!(overview.contains("Pages of the manual, for greenroom help PAGE: "), "{overview}");
    for name in PAGES {
        assert_eq!(home.done(["help", name]), page(&format!("assets/manual/{name}.md")));
        assert!(overview.contains(name));
    }
    assert!(home.done(["help", "restore"]).contains("--remains"));
}

#[test]
fn a_mistyped_word_gets_the_nearest_one() {
    let home = Home::new();
    for (typed, meant) in [("duo", "due"), ("setings", "settings"), ("Backup", "backup"), ("deckformat", "deck-format")]
    {
        let told = home.run(["help", typed]);
        assert_eq!((told.code, told.out.as_str()), (2, ""));
        assert_eq!(told.err, format!("greenroom: there is no help on `{typed}`; did you mean `{meant}`?\n"));
    }
    assert_eq!(home.run(["help", "zzzzzzzz"]).err, "greenroom: there is no help on `zzzzzzzz`\n");
}

#[test]
fn the_exit_codes_of_the_manual_are_those_of_the_program() {
    let page = page("assets/manual/safety.md");
    for (code, means) in [("0", "done"), ("1", "`lint`"), ("2", "command"), ("3", "deck"), ("4", "log")] {
        let row = page.lines().find(|line| line.starts_with(&format!("| {code} |")));
        assert!(row.is_some_and(|row| row.contains(means)), "{code}: {row:?}");
    }
}
