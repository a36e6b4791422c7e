//! Opening a library: the first time, when every deck is parsed, and every time after that.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use divan::Bencher;
use greenroom::library::{Library, Places};

const CARDS_A_FILE: usize = 1000;
const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// Decks in a folder, and the cache of them.
struct Collection {
    cards: usize,
    /// Below `target/tmp`; the next run writes it anew.
    folder: PathBuf,
}

static COLLECTIONS: LazyLock<[Collection; 2]> = LazyLock::new(|| {
    let collections = SIZES.map(Collection::write);
    // Files that were only just written are read each time, so that no change is missed.
    thread::sleep(Duration::from_secs(3));
    for collection in &collections {
        collection.open(&collection.cache());
    }
    collections
});

impl Collection {
    fn write(cards: usize) -> Collection {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("library-{cards}"));
        fs::create_dir_all(folder.join("decks")).expect("a folder");
        for file in 0..cards / CARDS_A_FILE {
            fs::write(folder.join(format!("decks/deck-{file:04}.toml")), deck(file)).expect("a deck");
        }
        Collection { cards, folder }
    }

    fn of(cards: usize) -> &'static Collection {
        COLLECTIONS.iter().find(|collection| collection.cards == cards).expect("a collection of each size")
    }

    fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    fn open(&self, cache: &Path) -> Library {
        let places = Places { folder: Some(self.folder.join("decks")), ..Places::default() };
        let library = Library::open(&places, Some(cache));
        let cards: usize = library.decks().iter().map(|shelf| shelf.cards.len()).sum();
        assert_eq!((cards, library.problems().len()), (self.cards, 0));
        library
    }
}

/// Deck text with cards of about a kilobyte.
fn deck(number: usize) -> String {
    let mut text = format!("format = 1\nid = \"deck-{number}\"\ntitle = \"Deck {number}\"\n");
    for card in 0..CARDS_A_FILE {
        let fact =
            |of: usize| format!("Fact {of} of card {card} says that a limit of {} keeps the queue short.", card * of);
        let facts: Vec<_> = (1..5).map(fact).collect();
        let answer = facts.join(" ");
        let written = writeln!(
            text,
            "\n[[card]]\nid = \"card-{number}-{card}\"\nquestion = \"What does limit {card} of system {number} bound?\"\n\
             answer = \"\"\"\n{answer}\"\"\"\nlevel = \"mid\"\ntags = [\"limits\", \"queues\"]"
        );
        written.expect("writing to a string never fails");
        for (point, fact) in facts.iter().enumerate() {
            let written = writeln!(text, "[[card.point]]\nid = \"point-{point}\"\nweight = 2\ntext = \"{fact}\"");
            written.expect("writing to a string never fails");
        }
    }
    text
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn first_load(bencher: Bencher, cards: usize) {
    let collection = Collection::of(cards);
    let cache = || tempfile::tempdir().expect("a folder");
    bencher.with_inputs(cache).bench_local_refs(|cache| collection.open(cache.path()));
}

#[divan::bench(args = SIZES)]
fn warm_opening(bencher: Bencher, cards: usize) {
    let collection = Collection::of(cards);
    bencher.bench_local(|| collection.open(&collection.cache()));
}

#[divan::bench(args = SIZES)]
fn one_card(bencher: Bencher, cards: usize) {
    let collection = Collection::of(cards);
    let library = collection.open(&collection.cache());
    let shelf = &library.decks()[cards / CARDS_A_FILE / 2];
    let card = &shelf.cards[CARDS_A_FILE / 2].id;
    bencher.bench_local(|| library.card(&shelf.id, card).expect("a card"));
}
