//! Random walks: the store beside a model that is a list of entries and two stacks.

use proptest::prelude::*;

use super::testing::{any, entries, home, id, moment, open};
use super::{Seq, Store};
use crate::review::{Action, Entry, EntryId, live};

#[derive(Debug, Clone)]
enum Step {
    Append,
    Undo,
    Redo,
    /// So many new entries, the newest of the log first among them once more.
    Import(u64),
    /// Another program goes on with the same log.
    Reopen,
}

/// What a learner expects: undo takes back the last thing done, redo brings it back, something new ends redo.
#[derive(Default)]
struct Model {
    log: Vec<Entry>,
    done: Vec<Entry>,
    taken_back: Vec<Entry>,
}

impl Model {
    fn next(&self) -> u64 {
        self.log.len() as u64 + 1
    }

    fn newest_of(&self, entry: &Entry) -> Option<EntryId> {
        self.log.iter().rev().find(|other| other.card == entry.card).map(|newest| newest.id)
    }

    fn act(&mut self, entry: Entry) {
        self.taken_back.clear();
        self.done.push(entry.clone());
        self.log.push(entry);
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => Just(Step::Append),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        1 => (1_u64..4).prop_map(Step::Import),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..60)
}

fn take(model: &mut Model, store: &mut Store, step: &Step, folder: &std::path::Path) {
    let number = model.next();
    match step {
        Step::Append => {
            let entry = any(number);
            let appended = store.append(&entry, model.newest_of(&entry)).expect("added");
            assert_eq!((appended.seq, appended.others), (Seq(number), Vec::new()));
            model.act(entry);
        }
        Step::Undo | Step::Redo => {
            let undo = matches!(step, Step::Undo);
            let expected = if undo { model.done.pop() } else { model.taken_back.pop() };
            let moment = moment(number);
            let outcome = if undo { store.undo(moment, id(number)) } else { store.redo(moment, id(number)) };
            let outcome = outcome.expect("no trouble");
            assert_eq!(outcome.as_ref().map(|undone| &undone.target), expected.as_ref());
            let Some(undone) = outcome else { return };
            assert!(matches!(undone.retraction.action, Action::Retract(_)));
            model.log.push(undone.retraction);
            if undo { model.taken_back.push(undone.target) } else { model.done.push(undone.target) }
        }
        Step::Import(count) => {
            let new = (number..number + count).map(any);
            let batch: Vec<_> = model.log.last().cloned().into_iter().chain(new.clone()).collect();
            let imported = store.import(&batch).expect("imported");
            assert_eq!(imported.added as u64, *count);
            new.for_each(|entry| model.act(entry));
        }
        Step::Reopen => *store = open(folder),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_walk_ends_where_the_model_ends(steps in steps()) {
        let home = home();
        let mut store = open(home.path());
        let mut model = Model::default();
        for step in steps {
            take(&mut model, &mut store, &step, home.path());
            prop_assert_eq!(store.last(), Seq(model.next() - 1));
        }
        let log = entries(&store).expect("read");
        prop_assert_eq!(&log, &model.log, "only ever added to");
        prop_assert_eq!(live(&log).len(), model.done.len());
        let mut counting: Vec<_> = live(&log).into_iter().map(|entry| entry.id).collect();
        let mut done: Vec<_> = model.done.iter().map(|entry| entry.id).collect();
        counting.sort_unstable();
        done.sort_unstable();
        prop_assert_eq!(counting, done);
        prop_assert_eq!(store.verify().expect("whole").rows, log.len() as u64);
    }
}
