//! `greenroom lint` as an author uses it: on the own decks, with fixes, and with explanations.

use serde_json::Value;

use super::Home;

const SLIPS: &str = "# Mine.\nid = \"mine\"\ntitle = My deck # short\n\n[[card]]\nid = \"One Card\"\nqestion = \"What is ECS?\"\nanswer = \"A service that runs containers.\"\n";
const MENDED: &str = "# Mine.\nformat = 1\nid = \"mine\"\ntitle = \"My deck\" # short\n\n[[card]]\nid = \"one-card\"\nquestion = \"What is ECS?\"\nanswer = \"A service that runs containers.\"\n";

fn read(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.path().join(name)).expect("a readable file")
}

#[test]
fn without_a_path_the_own_decks_are_checked_together() {
    let home = Home::new();
    let deck = |id: &str| {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"D\"\n[[card]]\nid = \"c\"\nquestion = \"What is ECS?\"\nanswer = \"A service.\"\n"
        )
    };
    home.write("decks/a.toml", deck("a"));
    assert_eq!(home.done(["lint"]), "1 deck, 1 card: 0 errors, 0 warnings\n");
    home.write("decks/b.toml", deck("b"));
    let told = home.run(["lint"]);
    assert_eq!(told.code, 1);
    assert!(
        told.out.contains("b.toml:6:12") && told.out.contains("The card `c` of the deck `a` asks the same."),
        "{told:?}"
    );
    let elsewhere = home.write("elsewhere.toml", deck("c"));
    let with = home.run(["lint".as_ref(), "--deck".as_ref(), elsewhere.as_os_str()]);
    assert!(with.out.contains("3 decks, 3 cards: 0 errors, 2 warnings"), "{with:?}");
}

#[test]
fn fixes_are_shown_first_and_written_when_they_are_wanted() {
    let home = Home::new();
    home.write("decks/mine.toml", SLIPS);
    let told = home.run(["lint"]);
    assert_eq!(told.code, 3);
    assert!(told.out.contains("= fix: write `\"My deck\"`; `greenroom lint --fix` does it"), "{}", told.out);
    let shown = home.run(["lint", "--fix", "--dry-run"]);
    assert!(shown.out.contains("-title = My deck # short\n+title = \"My deck\" # short\n"), "{}", shown.out);
    assert!(shown.out.ends_with("4 fixes in 1 file; nothing was written\n"), "{}", shown.out);
    assert_eq!((shown.code, read(&home, "decks/mine.toml").as_str()), (3, SLIPS));
    let fixed = home.run(["lint", "--fix"]);
    assert_eq!((fixed.code, fixed.out.as_str()), (0, "4 fixes in 1 file\n1 deck, 1 card: 0 errors, 0 warnings\n"));
    assert_eq!(read(&home, "decks/mine.toml"), MENDED);
    assert_eq!(home.done(["lint", "--fix"]), "0 fixes in 0 files\n1 deck, 1 card: 0 errors, 0 warnings\n");
}

#[test]
fn a_fix_is_told_to_other_programs_in_bytes() {
    let home = Home::new();
    home.write("decks/mine.toml", SLIPS);
    let told = home.run(["lint", "--json"]);
    let findings: Vec<Value> = serde_json::from_str(&told.out).expect("a list");
    let fix = &findings[0]["fix"];
    assert_eq!(fix["says"], "write `\"My deck\"`");
    let edit = &fix["edits"][0];
    let place = |key: &str| edit[key].as_u64().and_then(|byte| usize::try_from(byte).ok()).expect("a byte");
    assert_eq!((&SLIPS[place("start")..place("end")], &edit["text"]), ("My deck", &Value::from("\"My deck\"")));
}

#[test]
fn advice_alone_ends_with_0() {
    let home = Home::new();
    home.write(
        "decks/d.toml",
        "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\nlabels = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n[[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T.\"\nright = [\"a\"]\n",
    );
    let told = home.run(["lint"]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.contains("1 deck, 1 card: 0 errors, 0 warnings, 1 piece of advice\n"), "{}", told.out);
}

#[test]
fn findings_are_listed_and_explained() {
    let home = Home::new();
    let explained = home.done(["lint", "--explain", "same-question"]);
    assert!(explained.starts_with("same-question warning\n\nTwo cards ask the same"), "{explained}");
    assert!(explained.contains("Wrong:") && explained.contains("Right:"));
    let unknown = home.run(["lint", "--explain", "same-questions"]);
    assert_eq!(unknown.code, 2);
    assert_eq!(unknown.err, "greenroom: no finding has the code `same-questions`; did you mean `same-question`?\n");
    let listed = home.done(["lint", "--rules"]);
    assert!(listed.lines().any(|line| line.starts_with("few-scenarios            advice   ")), "{listed}");
    let rules = home.json(["lint", "--rules", "--json"]);
    assert_eq!(rules.as_array().map(Vec::len), Some(listed.lines().count()));
}

#[test]
fn a_file_that_is_a_link_stays_one_and_a_folder_is_mended_as_a_whole() {
    let home = Home::new();
    let file = home.write("real.toml", SLIPS);
    std::fs::create_dir_all(home.path().join("decks")).expect("a folder");
    std::os::unix::fs::symlink(&file, home.path().join("decks/link.toml")).expect("a link");
    assert_eq!(home.run(["lint", "--fix"]).code, 0);
    assert!(home.path().join("decks/link.toml").is_symlink());
    assert_eq!(read(&home, "real.toml"), MENDED);
}
