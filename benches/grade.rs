//! How long it takes to mark a typed answer.

use std::hint::black_box;

use divan::Bencher;
use greenroom::card::{Kind, Recall};
use greenroom::grader::Grader;

fn main() {
    divan::main();
}

fn cards() -> Vec<Recall> {
    let deck = greenroom::deck::parse(include_str!("../decks/aws/ecs.toml")).deck.expect("it is shipped");
    let recall = |card: greenroom::card::Card| match card.kind {
        Kind::Recall(recall) => Some(recall),
        Kind::Choice(_) => None,
    };
    deck.cards.into_iter().filter_map(recall).collect()
}

#[divan::bench]
fn read_the_language_of_a_deck(bencher: Bencher) {
    let cards = cards();
    bencher.bench_local(|| Grader::new(black_box(&cards)));
}

#[divan::bench(args = [0, 2, 15])]
fn grade_the_model_answer_of_a_card(bencher: Bencher, at: usize) {
    let cards = cards();
    let grader = Grader::new(&cards);
    let answer = cards[at].answer.as_str();
    bencher.bench_local(|| grader.grade(black_box(&cards[at]), black_box(answer)));
}

#[divan::bench(sample_count = 5)]
fn grade_a_pasted_megabyte(bencher: Bencher) {
    let cards = cards();
    let grader = Grader::new(&cards);
    let answer = cards[0].answer.as_str().repeat(1 << 10);
    bencher.bench_local(|| grader.grade(black_box(&cards[0]), black_box(&answer)));
}
