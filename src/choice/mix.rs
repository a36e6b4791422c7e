//! The order of a round: no label more than twice in a row, no scenario beside its near twin, where that is possible.

/// The longest run of one label.
const LONGEST_RUN: usize = 2;

/// Steps of the search before it is content with runs alone; a round of twenty needs some hundred.
const PATIENCE: usize = 20_000;

/// What decides who may stand beside whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// The number of the scenario.
    pub place: usize,
    /// The number of its answer.
    pub answer: usize,
    /// The number of its near twin.
    pub twin: Option<usize>,
}

impl Tile {
    fn is_twin_of(&self, other: &Tile) -> bool {
        self.twin == Some(other.place) || other.twin == Some(self.place)
    }
}

/// The tiles in an order that goes on from `before`: as they are, as far as the two rules allow. Runs come first.
pub fn arrange(tiles: &[Tile], before: &[Tile]) -> Vec<Tile> {
    let answers = tiles.iter().chain(before).map(|tile| tile.answer + 1).max().unwrap_or(0);
    let mut search = Search { tiles, row: before.to_vec(), used: vec![false; tiles.len()], left: vec![0; answers] };
    for tile in tiles {
        search.left[tile.answer] += 1;
    }
    let is_found = search.go_on(true, &mut PATIENCE.clone()) || search.go_on(false, &mut PATIENCE.clone());
    if !is_found {
        search.spread();
    }
    search.row.split_off(before.len())
}

struct Search<'t> {
    tiles: &'t [Tile],
    row: Vec<Tile>,
    used: Vec<bool>,
    /// How many tiles of each answer are left.
    left: Vec<usize>,
}

impl Search<'_> {
    /// Completes the row, and puts back what it took if that cannot be done.
    fn go_on(&mut self, minds_twins: bool, patience: &mut usize) -> bool {
        if self.used.iter().all(|used| *used) {
            return true;
        }
        for at in 0..self.tiles.len() {
            if self.used[at] || !self.fits(&self.tiles[at], minds_twins) {
                continue;
            }
            if *patience == 0 {
                return false;
            }
            *patience -= 1;
            self.take(at);
            if self.can_be_completed() && self.go_on(minds_twins, patience) {
                return true;
            }
            self.put_back(at);
        }
        false
    }

    fn take(&mut self, at: usize) {
        self.used[at] = true;
        self.left[self.tiles[at].answer] -= 1;
        self.row.push(self.tiles[at]);
    }

    fn put_back(&mut self, at: usize) {
        self.used[at] = false;
        self.left[self.tiles[at].answer] += 1;
        self.row.pop();
    }

    fn fits(&self, tile: &Tile, minds_twins: bool) -> bool {
        let is_apart = !minds_twins || self.row.last().is_none_or(|last| !last.is_twin_of(tile));
        is_apart && self.run_of(tile.answer) < LONGEST_RUN
    }

    /// How many tiles at the end of the row have this answer.
    fn run_of(&self, answer: usize) -> usize {
        self.row.iter().rev().take_while(|tile| tile.answer == answer).count()
    }

    /// Whether the others suffice to part the tiles of each answer into runs that are short enough.
    fn can_be_completed(&self) -> bool {
        let all: usize = self.left.iter().sum();
        let fits = |(answer, left): (usize, &usize)| {
            let begun = self.run_of(answer).min(LONGEST_RUN);
            *left <= LONGEST_RUN * (all - left) + LONGEST_RUN - begun
        };
        self.left.iter().enumerate().all(fits)
    }

    /// Where one answer outnumbers the others: runs as short as simple means make them.
    fn spread(&mut self) {
        while let Some(at) = self.best() {
            self.take(at);
        }
    }

    /// The first tile of the answer with most tiles left that makes no long run; else the first tile.
    fn best(&self) -> Option<usize> {
        let open = |at: &usize| !self.used[*at];
        let rank = |at: &usize| {
            let answer = self.tiles[*at].answer;
            (self.run_of(answer) < LONGEST_RUN, self.left[answer], std::cmp::Reverse(*at))
        };
        (0..self.tiles.len()).filter(open).max_by_key(rank)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tiles(answers: &[usize], twins: &[(usize, usize)]) -> Vec<Tile> {
        let twin = |place| twins.iter().find(|(one, _)| *one == place).map(|(_, other)| *other);
        answers.iter().enumerate().map(|(place, answer)| Tile { place, answer: *answer, twin: twin(place) }).collect()
    }

    fn longest_run(row: &[Tile]) -> usize {
        row.chunk_by(|one, next| one.answer == next.answer).map(<[Tile]>::len).max().unwrap_or(0)
    }

    fn twins_met(row: &[Tile]) -> usize {
        row.windows(2).filter(|two| two[0].is_twin_of(&two[1])).count()
    }

    /// Every order of the tiles.
    fn orders(tiles: &[Tile]) -> Vec<Vec<Tile>> {
        if tiles.is_empty() {
            return vec![Vec::new()];
        }
        let with_first = |at: usize| {
            let mut rest = tiles.to_vec();
            let first = rest.remove(at);
            orders(&rest).into_iter().map(move |mut order| {
                order.insert(0, first);
                order
            })
        };
        (0..tiles.len()).flat_map(with_first).collect()
    }

    proptest! {
        #[test]
        fn a_good_order_is_found_whenever_there_is_one(
            answers in prop::collection::vec(0..3_usize, 0..6),
            twins in prop::collection::vec((0..6_usize, 0..6_usize), 0..3),
        ) {
            let tiles = tiles(&answers, &twins);
            let found = arrange(&tiles, &[]);
            let all = orders(&tiles);
            let has = |good: fn(&[Tile]) -> bool| all.iter().any(|order| good(order));
            if has(|row| longest_run(row) <= 2) {
                prop_assert!(longest_run(&found) <= 2, "{found:?}");
            }
            if has(|row| longest_run(row) <= 2 && twins_met(row) == 0) {
                prop_assert_eq!(twins_met(&found), 0);
            }
        }

        #[test]
        fn every_tile_comes_once_and_a_hundred_are_no_trouble(
            answers in prop::collection::vec(0..4_usize, 0..100), seed in any::<u64>(),
        ) {
            let twins: Vec<_> = (0..answers.len() / 2).map(|at| (2 * at, 2 * at + 1)).collect();
            let mut tiles = tiles(&answers, &twins);
            crate::chance::Chance(seed).shuffle(&mut tiles);
            let mut found = arrange(&tiles, &[]);
            found.sort_by_key(|tile| tile.place);
            tiles.sort_by_key(|tile| tile.place);
            prop_assert_eq!(found, tiles);
        }
    }

    #[test]
    fn the_order_goes_on_from_what_came_before() {
        let all = tiles(&[0, 0, 0, 1, 1], &[]);
        let found = arrange(&all[2..], &all[..2]);
        assert_eq!(found.iter().map(|tile| tile.answer).collect::<Vec<_>>(), [1, 0, 1]);
    }

    #[test]
    fn one_label_too_many_is_spread_as_far_as_it_goes() {
        let found = arrange(&tiles(&[0, 0, 0, 0, 0, 0, 0, 1], &[]), &[]);
        assert_eq!(found.iter().map(|tile| tile.answer).collect::<Vec<_>>(), [0, 0, 1, 0, 0, 0, 0, 0]);
    }
}
