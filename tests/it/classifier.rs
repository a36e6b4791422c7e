//! The shipped classifier is what the labelled scenarios in `assets/classifier` give, to the byte.

use std::path::{Path, PathBuf};

use greenroom::classifier::roles::{LABELS, Training};
use greenroom::classifier::{Example, Kind, Model, parse};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/classifier")
}

fn examples(path: &Path, author: &str, kind: Kind) -> Vec<Example> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text, author, kind, &LABELS).unwrap_or_else(|bad| panic!("{}: {bad}", path.display()))
}

/// Every author's scenarios, and the facts.
fn scenarios() -> Vec<Example> {
    let files = std::fs::read_dir(folder().join("data")).expect("the folder is there");
    let mut files: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    files.sort();
    let author = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut all: Vec<_> = files.iter().flat_map(|path| examples(path, &author(path), Kind::Original)).collect();
    all.extend(examples(&folder().join("facts.jsonl"), "facts", Kind::Fact));
    all
}

#[test]
fn the_scenarios_give_the_shipped_model_again() {
    let training = Training::new(scenarios());
    let shipped = Model::roles();
    let model = training.model(training.learn(), shipped.limits);
    assert!(model.to_bytes() == shipped.to_bytes(), "run `cargo run --release -- train classifier`");
}

#[test]
fn no_text_is_there_twice_and_the_test_texts_are_not_learned_from() {
    let mut texts: Vec<_> = scenarios().into_iter().map(|example| example.text.to_lowercase()).collect();
    texts.extend(
        examples(&folder().join("dev.jsonl"), "dev", Kind::Original)
            .into_iter()
            .map(|example| example.text.to_lowercase()),
    );
    texts.sort();
    let twice: Vec<_> = texts.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert_eq!(twice, [""; 0]);
}

#[test]
fn the_model_card_tells_of_the_shipped_model() {
    let card = std::fs::read_to_string(folder().join("MODEL.md")).expect("the card");
    let bytes = std::fs::metadata(folder().join("roles.model")).expect("the model").len();
    let originals = scenarios().iter().filter(|example| example.kind == Kind::Original).count();
    assert!(
        card.contains(&format!("The file has {bytes} bytes.")) && card.contains(&format!("{originals} scenarios by"))
    );
}

#[test]
fn the_model_stays_good_on_texts_of_an_author_it_never_met() {
    let model = Model::roles();
    let dev = examples(&folder().join("dev.jsonl"), "dev", Kind::Original);
    let right = |example: &&Example| {
        let probabilities = model.read(&example.text).probabilities;
        greenroom::classifier::largest(&probabilities) == example.class
    };
    let right = dev.iter().filter(right).count();
    assert!(right * 100 >= dev.len() * 85, "{right} of {}", dev.len());
}
