//! Sources to outlines: from the cache where it holds, from the texts of the decks where it does not.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use super::Origin;
use super::cache::{Cache, checksum};
use super::file::{Fingerprint, Refused};
use super::parsed::{Outline, Packed, Parsed, parse};

/// Texts that are parsed at a time; each takes many times its size in memory meanwhile.
const PARSED_AT_A_TIME: usize = 2;

/// A text that may be a deck.
#[derive(Debug)]
pub(super) struct Source {
    pub origin: Origin,
    /// What the file system said when the file was found; all zero for a shipped deck.
    pub fingerprint: Fingerprint,
}

/// The outlines of the sources, in their order.
pub(super) fn load(sources: &[&Source], cache: Option<&Cache>) -> Vec<Result<Outline, Refused>> {
    let settled = |source: &&Source| cache.and_then(|cache| without_reading(source, cache)).map(Ok);
    let mut outlines: Vec<Option<Result<_, _>>> = sources.iter().map(settled).collect();
    let open: Vec<usize> = (0..sources.len()).filter(|&at| outlines[at].is_none()).collect();
    for (at, outline) in share(&open, |at| by_content(&sources[at].origin, cache)) {
        outlines[at] = Some(outline.map(Packed::open));
    }
    if let Some(cache) = cache.filter(|_| !open.is_empty()) {
        cache.sweep(sources.len());
    }
    outlines.into_iter().map(|outline| outline.expect("what was open has been done")).collect()
}

/// Does the work for each number, on as many threads as there may be texts parsed at a time.
fn share<T: Send>(numbers: &[usize], work: impl Fn(usize) -> T + Sync) -> Vec<(usize, T)> {
    let next = AtomicUsize::new(0);
    let take = || {
        let number = || numbers.get(next.fetch_add(1, Ordering::Relaxed)).copied();
        std::iter::from_fn(number).map(|number| (number, work(number))).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let helper = |_| thread::Builder::new().spawn_scoped(scope, take).ok();
        let helpers: Vec<_> = (0..PARSED_AT_A_TIME.min(numbers.len())).filter_map(helper).collect();
        let done = |helper: ScopedJoinHandle<'_, _>| helper.join().unwrap_or_else(|panic| resume_unwind(panic));
        let mut done: Vec<_> = helpers.into_iter().flat_map(done).collect();
        // All of it, where the system grants no thread.
        done.append(&mut take());
        done
    })
}

fn without_reading(source: &Source, cache: &Cache) -> Option<Outline> {
    match &source.origin {
        Origin::BuiltIn(deck) => cache.find(&source.origin, checksum(deck.text)),
        Origin::File(_) => cache.find_settled(&source.origin, &source.fingerprint),
    }
}

fn by_content(origin: &Origin, cache: Option<&Cache>) -> Result<Packed, Refused> {
    let (content, fingerprint) = origin.read()?;
    if let Some(cache) = cache {
        let sum = checksum(&content);
        if let Some(outline) = cache.find(origin, sum) {
            cache.renew(origin, sum, fingerprint);
            return Ok(Packed::new(&outline));
        }
    }
    Ok(Packed::new(&parse_and_keep(origin, &content, fingerprint, cache).outline))
}

/// Parses the text whatever the cache has of it, and has the cache keep the outcome.
pub(super) fn parse_anew(origin: &Origin, cache: Option<&Cache>) -> Result<Parsed, Refused> {
    let (content, fingerprint) = origin.read()?;
    Ok(parse_and_keep(origin, &content, fingerprint, cache))
}

fn parse_and_keep(origin: &Origin, content: &[u8], fingerprint: Fingerprint, cache: Option<&Cache>) -> Parsed {
    let parsed = parse(content);
    if let Some(cache) = cache {
        // Where nothing can be written the next start takes longer, and that is all.
        let _ = cache.keep(origin, checksum(content), fingerprint, &parsed);
    }
    parsed
}
