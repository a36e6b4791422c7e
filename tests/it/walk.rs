//! Somebody who presses anything at any time, beside another program: nothing panics, and the log alone decides.

use greenroom::review::{EntryId, Grade};
use greenroom::scheduler::Clock;
use greenroom::store::Store;
use greenroom::tui::event::Event;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::choice::told;
use crate::kit::{EVENING, Learner, Seat, deck};

const WORDS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

/// Every key that is bound anywhere, the usual ones more often, and some that are bound nowhere.
const KEYS: &[&str] = &[
    "space",
    "space",
    "space",
    "enter",
    "1",
    "2",
    "3",
    "4",
    "1",
    "3",
    "4",
    "u",
    "u",
    "u",
    "ctrl-r",
    "ctrl-r",
    "x",
    "b",
    "!",
    "R",
    "R",
    "j",
    "k",
    "down",
    "up",
    "pgdn",
    "pgup",
    "home",
    "end",
    "g",
    "G",
    "n",
    "p",
    "s",
    "esc",
    "esc",
    "q",
    "?",
    "f1",
    "backspace",
    "ctrl-p",
    "ctrl-n",
    "M",
    "r",
    "E",
    "z",
    "t",
    "e",
    "t",
    "w",
    "o",
    "c",
    "d",
    "l",
    "a",
    "alt-enter",
    "ctrl-z",
    "ctrl-c",
    "tab",
    "delete",
    "alt-x",
];

/// Numbers without a pattern (a linear congruence), the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct Walk {
    learner: Learner,
    seat: Seat,
    chance: Chance,
    steps: Vec<String>,
    made: u128,
}

impl Walk {
    fn begin(seed: u64) -> Walk {
        let learner = Learner::with("roles", &WORDS);
        learner.settings("fuzz = false\nnew_per_day = 4\nleech_after = 2\n");
        learner.deck("broken", "format = 1\n");
        learner.deck("choice", &told().replacen("\"roles\"", "\"choice\"", 1));
        let seat = learner.at_home(EVENING);
        Walk { learner, seat, chance: Chance(seed), steps: vec![format!("seed {seed}")], made: 0 }
    }

    fn step(&mut self) {
        let what = self.chance.below(100);
        let said = match what {
            0..70 => self.key(),
            70..78 => self.wait(),
            78..84 => self.resize(),
            84..90 => self.elsewhere(),
            90..93 => self.undone_elsewhere(),
            93..95 => self.edit(),
            95..97 => self.mouse(),
            _ => self.restart(),
        };
        self.steps.push(said);
        if self.seat.app.is_over() {
            let said = self.restart();
            self.steps.push(said);
        }
        self.seat.buffer();
    }

    /// A key; now and then the disk is slow, and what it asks for is done after the next one.
    fn key(&mut self) -> String {
        let key = self.chance.of(KEYS);
        self.seat.hold(key);
        if self.chance.below(5) == 0 {
            return format!("{key} (slow)");
        }
        self.seat.perform();
        key.to_owned()
    }

    fn wait(&mut self) -> String {
        let minutes = self.chance.of(&[1, 9, 30, 600, 60 * 24, 60 * 24 * 9]);
        self.seat.wait(minutes);
        format!("{minutes} minutes pass")
    }

    fn resize(&mut self) -> String {
        let (columns, rows) = (self.chance.below(130) as u16, self.chance.below(40) as u16);
        self.seat.resize(columns, rows);
        format!("{columns}x{rows}")
    }

    fn mouse(&mut self) -> String {
        let (column, row) = (self.chance.below(80), self.chance.below(24));
        let event = self.chance.of(&[0, 1, 2]);
        let event = match event {
            0 => Event::Click { column, row },
            1 => Event::Scroll(-1),
            _ => Event::Scroll(1),
        };
        let said = format!("{event:?}");
        self.seat.app.handle(event, self.seat.now);
        self.seat.perform();
        said
    }

    fn elsewhere(&mut self) -> String {
        let (word, grade) = (self.chance.of(&WORDS), self.chance.of(&Grade::ALL));
        self.learner.elsewhere(&format!("roles/{word}"), grade, &self.seat.now.to_string());
        format!("another program: {word} {grade}")
    }

    fn undone_elsewhere(&mut self) -> String {
        self.made += 1;
        let clock = Clock::new(TimeZone::UTC, Clock::DAY_START).expect("an hour");
        let mut store = Store::open(self.learner.home()).expect("opened");
        let undone = store.undo(clock.moment(self.seat.now), EntryId(Uuid::from_u128(self.made))).expect("no trouble");
        format!("another program takes back {:?}", undone.map(|undone| undone.target.card.to_string()))
    }

    fn edit(&mut self) -> String {
        let count = 1 + self.chance.below(WORDS.len());
        self.learner.deck("roles", &deck("roles", &WORDS[..count]));
        format!("the deck has {count} cards now")
    }

    /// Leaves as the program does, when all that was asked for is done, and comes back.
    fn restart(&mut self) -> String {
        self.seat.perform();
        self.seat.leave();
        let now = self.seat.now.to_string();
        let at_home = self.chance.below(2) == 0;
        self.seat = if at_home { self.learner.at_home(&now) } else { self.learner.study(&["roles"], &now) };
        self.seat.memories();
        format!("restart at {now}")
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tell(&self.steps);
        }
    }
}

#[expect(clippy::print_stderr, reason = "what led to a panic is to be seen")]
fn tell(steps: &[String]) {
    eprintln!("the way there: {}", steps.join(", "));
}

/// Twenty walks, or as many as `GREENROOM_WALKS` says.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn wanted_walks() -> u64 {
    std::env::var("GREENROOM_WALKS").ok().and_then(|number| number.parse().ok()).unwrap_or(20)
}

#[test]
fn whatever_is_pressed_the_log_grows_and_says_what_is_known() {
    for seed in 1..=wanted_walks() {
        let mut walk = Walk::begin(seed);
        let mut before = Vec::new();
        for _ in 0..150 {
            walk.step();
        }
        for _ in 0..3 {
            walk.restart();
            let log = walk.seat.log();
            assert!(log.starts_with(&before), "the log is only ever added to");
            before = log;
            for _ in 0..30 {
                walk.step();
            }
        }
    }
}
