//! Decks that are named, found, broken or missing, and names that are nearly right.

use super::{DECK, Home};

#[test]
fn a_named_deck_file_counts_for_one_call() {
    let home = Home::new();
    let file = home.write("elsewhere/own.toml", DECK);
    let with_it = home.done(["due".as_ref(), "--deck".as_ref(), file.as_os_str()]);
    assert!(with_it.contains("My own") && with_it.contains("Amazon ECS"), "{with_it}");
    assert!(!home.done(["due"]).contains("My own"));
    let folder = file.parent().expect("a folder");
    assert_eq!(home.done(["--deck".as_ref(), folder.as_os_str(), "due".as_ref()]), with_it, "a folder will do");
    home.write("decks/own.toml", DECK);
    assert_eq!(home.done(["due"]), with_it, "in the decks folder it counts always");
}

#[test]
fn an_own_deck_takes_the_place_of_the_shipped_one_with_its_id() {
    let home = Home::new();
    home.write("decks/ecs.toml", DECK.replace("\"own\"", "\"aws-ecs\""));
    let decks = home.done(["deck"]);
    let line = decks.lines().find(|line| line.starts_with("aws-ecs "));
    assert_eq!(line, Some("aws-ecs                           2 cards  My own"), "{decks}");
    assert_eq!(decks.matches("aws-ecs").count(), 1, "{decks}");
}

#[test]
fn a_deck_that_was_named_and_cannot_be_used_ends_with_3() {
    let home = Home::new();
    let broken = home.write("broken.toml", DECK.replace("title = ", "title "));
    let missing = home.path().join("missing.toml");
    let good = home.write("good.toml", DECK);
    for (file, word) in [(&broken, "error[syntax]"), (&missing, "does not exist")] {
        for command in [&["due"][..], &["deck"], &["deck", "show", "own"], &["review", "first", "good"]] {
            let decks = ["--deck".as_ref(), good.as_os_str(), "--deck".as_ref(), file.as_os_str()];
            let told = home.run(decks.into_iter().chain(command.iter().map(|word| word.as_ref())));
            assert_eq!((told.code, told.out.as_str()), (3, ""), "{told:?}");
            assert!(told.err.contains(word), "{told:?}");
        }
    }
    assert!(home.entries().is_empty(), "no answer was recorded");
}

#[test]
fn a_broken_deck_in_the_folder_does_not_keep_the_others_away() {
    let home = Home::new();
    home.write("decks/a-broken.toml", "format = 1\nid = ");
    home.write("decks/b-noise.toml", [0xff, 0xfe, 0x00, 0x80]);
    home.write("decks/own.toml", DECK.replace("answer = \"The first.\"", ""));
    let listed = home.run(["deck"]);
    assert!(listed.err.contains("a-broken.toml:2: ") && listed.err.contains("b-noise.toml:1: "), "{listed:?}");
    let decks = listed.out;
    assert_eq!(decks.lines().count(), 4, "{decks}");
    assert!(decks.contains(" 1 card  My own"), "a card with an error costs itself: {decks}");
    let told = home.run(["lint".as_ref(), home.path().join("decks").as_os_str()]);
    assert_eq!(told.code, 3);
    for file in ["a-broken.toml", "b-noise.toml", "own.toml"] {
        assert!(told.out.contains(file), "{file}: {}", told.out);
    }
}

#[test]
fn two_files_with_one_deck_id_are_told_apart_by_name() {
    let home = Home::new();
    home.write("decks/a.toml", DECK);
    home.write("decks/b.toml", DECK.replace("My own", "Copied"));
    let listed = home.run(["deck"]);
    assert!(listed.out.contains("My own") && listed.err.contains("b.toml"), "the first one has it: {listed:?}");
    let told = home.run(["lint".as_ref(), home.path().join("decks").as_os_str()]);
    assert_ne!(told.code, 0);
    assert!(told.out.contains("a.toml") && told.out.contains("b.toml"), "{}", told.out);
}

#[test]
fn a_name_that_is_nearly_right_gets_the_right_one_suggested() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    for (typed, meant) in [
        ("wat-is-ecs", "aws-ecs/what-is-ecs"),
        ("aws-ecs/what-is-esc", "aws-ecs/what-is-ecs"),
        ("own/frist", "own/first"),
        ("Second", "own/second"),
    ] {
        for command in [&["review", typed, "good"][..], &["deck", "show", typed]] {
            let told = home.run(command);
            assert_eq!((told.code, told.out.as_str()), (2, ""), "{told:?}");
            assert_eq!(told.err, format!("greenroom: there is no card `{typed}`; did you mean `{meant}`?\n"));
        }
    }
    assert_eq!(home.run(["deck", "show", "nothing-like-it"]).err, "greenroom: there is no card `nothing-like-it`\n");
    assert!(home.entries().is_empty());
}

#[test]
fn a_card_id_that_two_decks_have_is_not_guessed() {
    let home = Home::new();
    home.write("decks/own.toml", DECK);
    home.write("decks/two.toml", DECK.replace("\"own\"", "\"two\""));
    let told = home.run(["review", "first", "good"]);
    assert_eq!(told.code, 2);
    assert_eq!(told.err, "greenroom: several decks have a card `first`: write `own/first` or `two/first`\n");
    home.done(["review", "two/first", "good"]);
    assert_eq!(home.entries().remove(0)["deck"], "two");
}

#[test]
fn a_deck_named_with_study_is_looked_for_only_where_there_is_a_terminal() {
    let told = Home::new().run(["study", "no-such-file.toml"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("needs a terminal"), "{told:?}");
}
