//! Looking again while files change.

use super::*;

fn question(library: &Library, deck: &str, card: &str) -> String {
    library.card(&id(deck), &id(card)).expect("a card").prompt().to_string()
}

#[test]
fn a_library_is_opened_again_only_if_a_file_was_changed_came_or_went() {
    let home = Home::new(&[("a.toml", deck("a", &["one"])), ("sub/b.toml", deck("b", &["two"]))]);
    let first = home.open_in(0);
    assert!(first.look_again().is_none());
    home.write("notes.md", "no deck");
    home.write(".a.toml.swp", "no deck");
    assert!(first.look_again().is_none());
    home.write("a.toml", &deck("a", &["one", "more"]).replace("What is one?", "And one?"));
    let second = first.look_again().expect("changed");
    assert_eq!(question(&second, "a", "one"), "And one?");
    let changed =
        |now: &Library, before| now.changed_since(before).iter().map(|deck| deck.id.to_string()).collect::<Vec<_>>();
    assert_eq!(changed(&second, &first), ["a"]);
    fs::remove_file(home.path("a.toml")).expect("removed");
    home.write("c.toml", &deck("c", &["three"]));
    let third = second.look_again().expect("changed");
    assert_eq!(ids(&third), ["c", "b"]);
    assert_eq!(changed(&third, &second), ["c"]);
}

#[test]
fn a_deck_whose_file_is_broken_stays_as_it_was_until_that_is_mended() {
    let good = deck("a", &["one", "two"]);
    for broken in
        [good.replacen('"', "", 1), "[[[".to_owned(), String::new(), good.replace("answer = \"two", "anser = \"two")]
    {
        let home = Home::new(&[("a.toml", good.clone()), ("b.toml", deck("b", &["x"]))]);
        let before = home.open_in(0);
        home.write("a.toml", &broken);
        let held = before.look_again().expect("changed");
        assert_eq!((held.held().count(), question(&held, "a", "two").as_str()), (1, "What is two?"), "{broken}");
        assert!(held.problems().iter().any(|problem| problem.diagnostic.severity == Severity::Error));
        home.write("b.toml", &deck("b", &["y"]));
        let still = held.look_again().expect("changed");
        assert_eq!((still.held().count(), question(&still, "a", "two").as_str()), (1, "What is two?"));
        home.write("a.toml", &deck("a", &["two", "three"]));
        let mended = still.look_again().expect("changed");
        assert_eq!((mended.held().count(), mended.problems().len()), (0, 0));
        let cards: Vec<_> = mended.shelf(&id("a")).expect("a deck").cards.iter().map(|slot| slot.id.as_str()).collect();
        assert_eq!(cards, ["two", "three"]);
    }
}

#[test]
fn a_new_card_that_is_not_finished_yet_holds_nothing_up() {
    let home = Home::new(&[("a.toml", deck("a", &["one"]))]);
    let before = home.open_in(0);
    home.write("a.toml", &(deck("a", &["one"]).replace("What is one?", "And one?") + "[[card]]\nid = \"two\"\n"));
    let now = before.look_again().expect("changed");
    assert_eq!((now.held().count(), question(&now, "a", "one").as_str()), (0, "And one?"));
    assert!(!now.problems().is_empty());
}
