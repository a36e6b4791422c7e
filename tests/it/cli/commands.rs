//! What each command does when all is well, how it ends when it is used wrongly, and where it looks.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use super::{DECK, Home, NOW, told};

#[test]
fn due_tells_a_line_a_deck() {
    let home = Home::new();
    assert_eq!(
        home.done(["due"]),
        "Amazon ECS                                   0 due    16 new\n\
         Amazon ECS: commands                         0 due    14 new\n\
         Task role or execution role?                 0 due   102 new\n"
    );
    home.done(["review", "what-is-ecs", "again"]);
    assert_eq!(home.done(["due", "--at", "2026-11-23T18:00:00Z"]).split_whitespace().nth(2), Some("1"));
}

#[test]
fn review_takes_words_and_numbers() {
    let home = Home::new();
    for (grade, word) in [("again", "again"), ("2", "hard"), ("GOOD", "good"), ("4", "easy")] {
        assert_eq!(home.json(["review", "aws-ecs/what-is-ecs", grade])["grade"], word);
    }
    assert_eq!(home.entries().len(), 4);
    for grade in ["fine", "0", "5", ""] {
        let told = home.run(["review", "what-is-ecs", grade]);
        assert_eq!(told.err, format!("greenroom: `{grade}` is not a grade: use again, hard, good, easy, or 1 to 4\n"));
        assert_eq!((told.code, told.out.as_str()), (2, ""));
    }
    assert_eq!(home.entries().len(), 4, "a mistake is not recorded");
}

#[test]
fn deck_lists_shows_and_prints_its_schema() {
    let home = Home::new();
    assert_eq!(
        home.done(["deck"]),
        "aws-ecs                          16 cards  Amazon ECS\n\
         ecs-commands                     14 cards  Amazon ECS: commands\n\
         task-or-execution               158 cards  Task role or execution role?\n"
    );
    assert_eq!(home.done(["deck", "list"]), home.done(["deck"]));
    let shown = home.done(["deck", "show", "aws-ecs"]);
    assert!(shown.starts_with("Amazon ECS (aws-ecs)\naws/ecs.toml\n"), "{shown}");
    assert_eq!(shown.matches("what-is-ecs").count(), 1);
    let card = home.done(["deck", "show", "task-role-vs-execution-role"]);
    assert!(card.contains("(weight 3)") && card.contains("https://docs.aws.amazon.com/"), "{card}");
    assert_eq!(card, home.done(["deck", "show", "aws-ecs/task-role-vs-execution-role"]));
    let schema = home.json(["deck", "schema"]);
    assert_eq!(schema["type"], "object");
}

#[test]
fn lint_ends_with_0_1_or_3() {
    let home = Home::new();
    let good = home.write("good.toml", DECK);
    let warned = home.write("warned.toml", DECK.replace("title", "descripton = \"A slip.\"\ntitle"));
    let wrong = home.write("wrong.toml", DECK.replace("answer = \"The first.\"", ""));
    let lint = |file: &std::path::Path| home.run(["lint".as_ref(), file.as_os_str()]);
    let (fine, slip, error) = (lint(&good), lint(&warned), lint(&wrong));
    assert_eq!((fine.code, slip.code, error.code), (0, 1, 3));
    assert_eq!(fine.out, "1 deck, 2 cards: 0 errors, 0 warnings\n");
    assert!(slip.out.contains("description"), "the nearest key is named: {}", slip.out);
    assert!(error.out.contains("wrong.toml:5"), "the line is named: {}", error.out);
    let told = home.run(["lint", "not-there.toml"]);
    assert_eq!(told.code, 3);
    assert!(told.out.contains("`not-there.toml` does not exist"), "{told:?}");
    assert_eq!(home.run(["lint"]).out, "0 decks, 0 cards: 0 errors, 0 warnings\n", "there are no own decks yet");
}

#[test]
fn paths_prints_six_places_as_words_and_as_json() {
    let home = Home::new();
    let places = home.json(["paths", "--json"]);
    for (name, below) in [
        ("config", "config.toml"),
        ("decks", "decks"),
        ("data", ""),
        ("reviews", "reviews.db"),
        ("disagreements", "disagreements.jsonl"),
        ("cache", "cache"),
    ] {
        let place = if below.is_empty() { home.path().to_owned() } else { home.path().join(below) };
        assert_eq!(places[name].as_str().map(std::path::Path::new), Some(place.as_path()));
        assert!(home.done(["paths"]).lines().any(|line| line == format!("{name:<13} {}", place.display())), "{name}");
    }
    assert_eq!(places.as_object().map(serde_json::Map::len), Some(6));
    assert_eq!(std::fs::read_dir(home.path()).expect("listed").count(), 0, "asking makes nothing");
}

#[test]
fn home_wins_over_the_variable_and_that_over_the_folders_of_the_system() {
    let (home, other) = (Home::new(), Home::new());
    let option = home.done(["--home".as_ref(), other.path().as_os_str(), "paths".as_ref()]);
    assert_eq!(option, other.done(["paths"]));
    let mut system = home.command(["paths"]);
    let places = told(system.env_remove("GREENROOM_HOME").env("HOME", "/h").env("XDG_DATA_HOME", "/d")).out;
    assert!(places.contains("/h/.config/greenroom/config.toml\n"), "{places}");
    assert!(places.contains("/d/greenroom/reviews.db\n"), "{places}");
}

#[test]
fn an_offset_makes_the_study_day_and_z_leaves_it_to_the_zone() {
    // At 18:30 UTC it is half past three in the night in Tokyo, which still belongs to the day before.
    for (now, zone, day, offset) in [
        ("2026-11-22T18:30:00Z", "UTC", "2026-11-22", 0),
        ("2026-11-23T03:30:00+09:00", "UTC", "2026-11-22", 32_400),
        ("2026-11-23T04:30:00+09:00", "UTC", "2026-11-23", 32_400),
        ("2026-11-22T19:30:00Z", "UTC", "2026-11-22", 0),
        ("2026-11-22T19:30:00Z", "JST-9", "2026-11-23", 32_400),
        ("2026-11-22T19:30:00-05:00", "JST-9", "2026-11-22", -18_000),
    ] {
        let by_variable = Home::new();
        let mut review = by_variable.command(["review", "what-is-ecs", "good"]);
        assert_eq!(told(review.env("GREENROOM_NOW", now).env("TZ", zone)).code, 0);
        let by_option = Home::new();
        let mut review = by_option.command(["review", "what-is-ecs", "good", "--at", now]);
        assert_eq!(told(review.env_remove("GREENROOM_NOW").env("TZ", zone)).code, 0);
        for home in [by_variable, by_option] {
            let entry = home.entries().remove(0);
            assert_eq!((entry["day"].as_str(), entry["offset"].as_i64()), (Some(day), Some(offset)), "{now} {zone}");
        }
    }
}

#[test]
fn a_time_that_is_none_is_refused_with_an_example() {
    let home = Home::new();
    for (variable, arguments) in
        [("yesterday", vec!["due"]), (NOW, vec!["due", "--at", "2026-11-22"]), (NOW, vec!["due", "--at", "18:00"])]
    {
        let told = told(home.command(arguments).env("GREENROOM_NOW", variable));
        assert_eq!(told.code, 2, "{told:?}");
        assert!(told.err.contains("must be a time such as 2026-11-22T18:00:00Z"), "{told:?}");
    }
}

#[test]
fn an_answer_from_before_the_last_one_counts_as_given_then_and_it_is_said() {
    let home = Home::new();
    home.done(["review", "what-is-ecs", "good"]);
    let told = home.run(["review", "what-is-ecs", "good", "--at", "2026-11-21T18:00:00Z"]);
    assert_eq!(told.code, 0);
    assert!(told.out.contains("\"at\":\"2026-11-22T18:00:00Z\""), "{told:?}");
    assert_eq!(
        told.err,
        "greenroom: aws-ecs/what-is-ecs was last answered at 2026-11-22T18:00:00Z; this answer counts as given then\n"
    );
}

#[test]
fn the_screens_say_in_one_sentence_that_they_need_a_terminal() {
    let home = Home::new();
    for arguments in [&[][..], &["study"], &["study", "aws-ecs"], &["study", "no-such-deck"]] {
        let told = home.run(arguments);
        assert_eq!((told.code, told.out.as_str()), (2, ""));
        assert_eq!(told.err, "greenroom: this needs a terminal; `greenroom due` tells what is due without one\n");
    }
    assert_eq!(std::fs::read_dir(home.path()).expect("listed").count(), 0, "nothing was begun");
}

#[test]
fn wrong_usage_ends_with_2_and_shows_the_way() {
    let home = Home::new();
    for arguments in [&["stdy"][..], &["due", "--jso"], &["review"], &["deck", "show"], &["due", "--json", "--jsonl"]] {
        let told = home.run(arguments);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{told:?}");
        assert!(told.err.contains("--help"), "{told:?}");
    }
    assert!(home.run(["stdy"]).err.contains("study"), "the nearest command is named");
}

#[test]
fn completions_know_every_command_in_every_shell() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = home.done(["completions", shell]);
        for command in ["study", "due", "review", "deck", "lint", "export", "import", "backup", "restore", "paths"] {
            assert!(script.contains(command), "{shell} lacks {command}");
        }
    }
    assert_eq!(home.run(["completions", "cmd"]).code, 2);
}

#[test]
fn version_is_that_of_the_package() {
    assert_eq!(Home::new().done(["--version"]), format!("greenroom {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_leaves_early_is_no_trouble() {
    let home = Home::new();
    let cards: String = (0..2000)
        .map(|number| format!("[[card]]\nid = \"c{number}\"\nquestion = \"Q{number}?\"\nanswer = \"A.\"\n"))
        .collect();
    home.write("decks/long.toml", format!("format = 1\nid = \"long\"\ntitle = \"Long\"\n{cards}"));
    for arguments in [&["due", "--jsonl"][..], &["deck", "show", "long"], &["deck", "show", "long", "--json"]] {
        let mut child =
            home.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
        reader.read_line(&mut String::new()).expect("a line");
        drop(reader);
        let mut complaint = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut complaint).expect("UTF-8");
        assert_eq!((child.wait().expect("it ends").code(), complaint.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn due_says_what_could_not_be_used_of_the_settings_and_goes_on() {
    let home = Home::new();
    home.write("config.toml", "new_per_dy = 3\nfuzz = \"maybe\"\n");
    let told = home.run(["due"]);
    assert_eq!(told.code, 0);
    assert!(told.out.contains("16 new"));
    let file = home.path().join("config.toml");
    let file = file.display();
    assert_eq!(
        told.err,
        format!(
            "{file}:1: there is no setting `new_per_dy`; did you mean `new_per_day`?\n\
             {file}:2: `fuzz` must be true or false\n"
        )
    );
    assert!(home.json_despite_advice()["card"].is_string());
}

impl Home {
    /// Advice goes to standard error alone, so a script that reads standard output is not disturbed.
    fn json_despite_advice(&self) -> serde_json::Value {
        let told = self.run(["due", "--jsonl"]);
        serde_json::from_str(told.out.lines().next().expect("a line")).expect("JSON")
    }
}
