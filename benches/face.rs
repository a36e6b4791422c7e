//! How long a learner waits: from the start of the program to its first frame, and from a key to the next frame.

use std::cell::Cell;
use std::path::Path;

use divan::Bencher;
use greenroom::review::EntryId;
use greenroom::store::Store;
use greenroom::tui::app::App;
use greenroom::tui::event::{Event, Route};
use greenroom::tui::theme::Theme;
use greenroom::tui::work::Records;
use greenroom::workspace::{Request, Workspace};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

mod collection;

fn main() {
    divan::main();
}

const NOW: Timestamp = Timestamp::constant(1_795_370_400, 0);
const SIZE: Rect = Rect { x: 0, y: 0, width: 200, height: 60 };

fn app(home: &Path) -> (App, Records) {
    let request = Request { home: Some(home.into()), zone: Some(TimeZone::UTC), ..Request::default() };
    let workspace = Workspace::open(&request).expect("a workspace");
    let store = Store::open(&workspace.paths.data);
    let records = Records::of(&workspace, store);
    let number = Cell::new(0_u128);
    let fresh = move |at| EntryId::new(at, number.replace(number.get() + 1));
    let mut app = App::new(workspace, Theme::plain(), fresh);
    app.resize(usize::from(SIZE.width), usize::from(SIZE.height));
    app.open(Route::Home, NOW);
    (app, records)
}

fn press(app: &mut App, records: &mut Records, key: &str) {
    app.handle(Event::Key(key.parse().expect("a key")), NOW);
    while let Some(job) = app.next_job() {
        app.handle(Event::Done(records.perform(job)), NOW);
    }
}

#[divan::bench(args = [16, 100_000])]
fn frame_of_home(bencher: Bencher, cards: usize) {
    let home = collection::home(cards);
    let (app, _) = app(&home);
    let mut buffer = Buffer::empty(SIZE);
    bencher.bench_local(|| app.view(&mut buffer, SIZE, NOW));
}

#[divan::bench(args = [16, 100_000])]
fn frame_of_an_answer(bencher: Bencher, cards: usize) {
    let home = collection::home(cards);
    let (mut app, mut records) = app(&home);
    press(&mut app, &mut records, "enter");
    press(&mut app, &mut records, "space");
    let mut buffer = Buffer::empty(SIZE);
    bencher.bench_local(|| app.view(&mut buffer, SIZE, NOW));
}

/// Grade, commit to the disk, next card, drawn; and taken back, so that the queue never ends. Two commits in all.
#[divan::bench(args = [16, 100_000], sample_count = 200, sample_size = 1)]
fn grade_to_next_card_and_back(bencher: Bencher, cards: usize) {
    let home = collection::home(cards);
    let (mut app, mut records) = app(&home);
    press(&mut app, &mut records, "enter");
    let mut buffer = Buffer::empty(SIZE);
    bencher.bench_local(|| {
        for key in ["space", "3", "u"] {
            press(&mut app, &mut records, key);
            app.view(&mut buffer, SIZE, NOW);
        }
    });
}

/// A program that has drawn its first frame. It is ended when this is dropped, which is not timed.
struct Running {
    program: Box<dyn Child + Send + Sync>,
    _pty: PtyPair,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.program.kill().expect("the program runs");
        self.program.wait().expect("the program ends");
    }
}

/// The whole program on a terminal of its own, from its start to the greeting; everything was parsed before.
#[divan::bench(args = [16, 10_000, 100_000], sample_count = 30, sample_size = 1)]
fn start_to_first_frame(bencher: Bencher, cards: usize) {
    let home = collection::home(cards);
    let start = || {
        let size = PtySize { rows: 40, cols: 120, ..PtySize::default() };
        let pty = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_greenroom"));
        command.env("GREENROOM_HOME", &home);
        command.env("TERM", "xterm-256color");
        let program = pty.slave.spawn_command(command).expect("the program starts");
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let mut seen = Vec::new();
        let mut bytes = [0; 4096];
        while !seen.windows(5).any(|window| window == b"Good ") {
            let read = reader.read(&mut bytes).expect("the program draws");
            seen.extend_from_slice(&bytes[..read]);
        }
        Running { program, _pty: pty }
    };
    drop(start());
    bencher.bench_local(start);
}
