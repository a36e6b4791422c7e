//! What a verdict costs, and what it costs to learn a deck's own labels.

use std::hint::black_box;

use divan::Bencher;
use greenroom::classifier::{Model, learn};

fn main() {
    divan::main();
}

const TEXTS: [&str; 4] = [
    "The application code calls GetSecretValue when it opens a connection.",
    "tasks stuck in PENDING, CannotPullContainerError, the repository is private, nothing of ours has run yet",
    "{\"Effect\":\"Allow\",\"Action\":[\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\"],\"Resource\":\"*\"} - the worker polls the \
     queue with boto3 while it runs",
    "Post-mortem, ticket shop. At nine the release went out: the image was pulled, the secret was in its variable, logs \
     arrived. At ten customers saw errors. The load balancer was fine, the database answered, and the host had been \
     patched the day before. What failed was the confirmation: our Kotlin service is refused when it publishes to the \
     topic for mails, and has been since the role was rebuilt.",
];

#[divan::bench(args = [0, 1, 2, 3])]
fn verdict_with_evidence(bencher: Bencher, text: usize) {
    let model = Model::roles();
    bencher.bench_local(|| model.read(black_box(TEXTS[text])));
}

#[divan::bench]
fn open_the_shipped_model() -> Model {
    Model::roles()
}

#[divan::bench(args = [40, 200, 1000], sample_count = 5)]
fn learn_four_labels(bencher: Bencher, scenarios: usize) {
    let labels = ["relational", "document", "cache", "queue"].map(str::to_owned);
    let ways =
        ["joined in one transaction", "nested, each of another shape", "stale for a minute", "handed to a worker"];
    let text = |index: usize| format!("Shop {index}: {} are {}, case {}.", index * 7, ways[index % 4], index * 13);
    let texts: Vec<_> = (0..scenarios).map(|index| (text(index), index % 4, format!("{}", index / 2))).collect();
    let told: Vec<_> = texts.iter().map(|(text, label, tie)| (text.as_str(), *label, tie.as_str())).collect();
    bencher.bench_local(|| learn(&labels, &[], black_box(&told)).expect("enough scenarios"));
}
