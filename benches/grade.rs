//! How long it takes to mark a typed answer.

use std::hint::black_box;

use divan::Bencher;
use greenroom::deck::Deck;
use greenroom::grader::Grader;

fn main() {
    divan::main();
}

fn deck() -> Deck {
    greenroom::deck::parse(include_str!("../decks/aws/ecs.toml")).deck.expect("it is shipped")
}

#[divan::bench]
fn read_the_language_of_a_deck(bencher: Bencher) {
    let deck = deck();
    bencher.bench_local(|| Grader::new(black_box(&deck.id), &deck.cards));
}

#[divan::bench(args = [0, 2, 15])]
fn grade_the_model_answer_of_a_card(bencher: Bencher, at: usize) {
    let deck = deck();
    let grader = Grader::new(&deck.id, &deck.cards);
    let answer = deck.cards[at].model_answer();
    bencher.bench_local(|| grader.grade(&deck.cards[at].id, black_box(answer.as_str())));
}

#[divan::bench(sample_count = 5)]
fn grade_a_pasted_megabyte(bencher: Bencher) {
    let deck = deck();
    let grader = Grader::new(&deck.id, &deck.cards);
    let answer = deck.cards[0].model_answer().as_str().repeat(1 << 10);
    bencher.bench_local(|| grader.grade(&deck.cards[0].id, black_box(&answer)));
}
