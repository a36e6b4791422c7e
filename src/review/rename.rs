//! Which card an entry counts for, after ids were changed.

use std::collections::{HashMap, HashSet};

use super::{Action, Entry, EntryId};
use crate::card::Key;

/// For each entry of a log, in its order, the card that it counts for now: what was recorded of a card before a rename
/// that counts goes with it, the rename too. A retraction goes with what it takes back.
///
/// `entries` are a whole log, or all entries of cards that were ever renamed into each other.
pub fn carried(entries: &[Entry]) -> Vec<Key> {
    let mut cards: Vec<Key> = entries.iter().map(|entry| entry.card.clone()).collect();
    if !entries.iter().any(|entry| matches!(entry.action, Action::Rename { .. })) {
        return cards;
    }
    let retracted = retracted(entries);
    let places: HashMap<EntryId, usize> = entries.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
    let mut of_card: HashMap<Key, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Action::Retract(target) = entry.action
            && let Some(&target) = places.get(&target).filter(|target| **target < at)
        {
            cards[at] = cards[target].clone();
        }
        of_card.entry(cards[at].clone()).or_default().push(at);
        if let Action::Rename { to } = &entry.action
            && !retracted.contains(&entry.id)
        {
            let moved = of_card.remove(&entry.card).unwrap_or_default();
            for &at in &moved {
                cards[at] = to.clone();
            }
            of_card.entry(to.clone()).or_default().extend(moved);
        }
    }
    cards
}

/// The entries that a counting retraction names.
fn retracted(entries: &[Entry]) -> HashSet<EntryId> {
    let mut retracted = HashSet::new();
    for entry in entries.iter().rev() {
        if let Action::Retract(target) = entry.action
            && !retracted.contains(&entry.id)
        {
            retracted.insert(target);
        }
    }
    retracted
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::Offset;
    use uuid::Uuid;

    use super::*;
    use crate::review::Moment;

    fn entry(number: u128, card: &str, action: Action) -> Entry {
        let moment = Moment { at: Timestamp::UNIX_EPOCH, offset: Offset::UTC, day: jiff::civil::date(1970, 1, 1) };
        Entry { id: id(number), card: key(card), moment, action }
    }

    fn id(number: u128) -> EntryId {
        EntryId(Uuid::from_u128(number))
    }

    fn key(card: &str) -> Key {
        format!("d/{card}").parse().expect("a key")
    }

    fn rename(number: u128, card: &str, to: &str) -> Entry {
        entry(number, card, Action::Rename { to: key(to) })
    }

    fn now(log: &[Entry]) -> String {
        carried(log).iter().map(|key| key.card.to_string()).collect()
    }

    #[test]
    fn what_was_before_a_rename_goes_with_it_and_what_comes_after_stays() {
        let done = |number, card| entry(number, card, Action::Bury);
        let log = [done(1, "a"), done(2, "b"), rename(3, "a", "b"), done(4, "a"), rename(5, "b", "c"), done(6, "b")];
        assert_eq!(now(&log), "cccacb");
    }

    #[test]
    fn a_retracted_rename_carries_nothing_and_retractions_go_with_what_they_take_back() {
        let done = entry(1, "a", Action::Bury);
        let retract = |number, card, target| entry(number, card, Action::Retract(id(target)));
        let log = [done, rename(2, "a", "b"), retract(3, "a", 1), retract(4, "a", 2), retract(5, "a", 4)];
        assert_eq!(now(&log[..3]), "bbb");
        assert_eq!(now(&log[..4]), "aaaa");
        assert_eq!(now(&log), "bbbbb");
    }
}
