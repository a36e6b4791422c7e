//! What a terminal sees of the program: one sitting after another, every way out, and bytes that do no harm.

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::choice::{EXERCISE, scenario};
use crate::terminal::{Home, PATIENCE, Terminal};

/// How soon the program is gone once it was told to go.
const LEAVING: Duration = Duration::from_secs(2);

/// A shell that outlives the program and tells its exit code.
const SHELL: &str = r#""$0" "$@"; echo "exit code $?"; read -r _"#;

const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";
const ESC: &str = "\x1b";

/// The modes that the program switches on: other screen, paste in brackets, five for the mouse.
const MODES: [u16; 7] = [1049, 2004, 1000, 1002, 1003, 1006, 1015];

#[test]
fn a_sitting_goes_from_the_first_key_to_the_summary_and_the_next_day_goes_on() {
    let home = Home::with_cards(2);
    let mut today = Terminal::open(home.program(&["study", "small"]));
    for (question, answer) in [("Question 1?", "Answer 1."), ("Question 2?", "Answer 2.")] {
        today.shows(question);
        assert!(!today.text().contains(answer), "the answer waits for a key");
        today.press(" ");
        today.shows(answer);
        today.press("4");
        today.shows("easy: back in");
    }
    today.shows("2 cards.");
    today.press("q");
    assert_eq!(today.exit(PATIENCE), Some(0));
    let grades: Vec<_> = home.entries().iter().map(|entry| entry["grade"].to_string()).collect();
    assert_eq!(grades, ["\"easy\"", "\"easy\""]);

    let on = |day: &str| {
        let mut command = home.program(&["study", "small"]);
        command.env("GREENROOM_NOW", format!("{day}T18:00:00+00:00"));
        Terminal::open(command)
    };
    on("2026-11-23").shows("Nothing is due until");
    let mut later = on("2026-12-22");
    later.shows("1 of 2");
    later.press(" 3");
    later.shows("good: back in");
    assert_eq!(home.entries().len(), 3);
}

#[test]
fn a_round_goes_from_pick_to_verdict_and_a_drill_to_its_end() {
    let home = Home::with_cards(1);
    let scenarios = EXERCISE.to_owned() + &scenario("one", "task", "") + &scenario("two", "task", "");
    home.write("decks/roles.toml", &scenarios);
    let mut round = Terminal::open(home.program(&["choice", "which"]));
    round.shows("Which role?");
    round.press("wcode\r");
    round.shows("Because  code");
    round.press("t");
    round.shows("Task role. That is right.");
    round.press(ESC);
    assert_eq!(round.exit(PATIENCE), Some(0));
    let entries = home.entries();
    let told = ["source", "picked", "why", "grade"].map(|key| entries[0][key].as_str());
    assert_eq!(told, [Some("choice"), Some("task"), Some("code"), Some("good")]);

    let mut drill = Terminal::open(home.program(&["choice", "which", "--rapid", "2", "--expert"]));
    drill.shows("expert level");
    drill.press("t");
    drill.shows("✓ Task role");
    drill.press("e");
    drill.shows("1 of 2 right");
    assert_eq!(home.entries().len(), 3);
}

#[test]
fn an_interview_that_is_killed_goes_on_with_the_text_and_the_clock() {
    let home = Home::with_cards(1);
    home.write("decks/talk.toml", &crate::interview::deck());
    let program = || {
        // The clock runs here, as a draft is kept when it is two seconds old.
        let mut command = home.program(&["interview", "talk", "--minutes", "10"]);
        command.env_remove("GREENROOM_NOW");
        Terminal::open(command)
    };
    let mut killed = program();
    killed.shows("3 questions in 10 minutes.");
    killed.press("\r");
    killed.shows("Think first");
    killed.press("half a sentence");
    killed.shows("3 words · saved");
    kill_process(home.owner(), Signal::KILL).expect("it is there");
    assert_ne!(killed.exit(PATIENCE), Some(0));

    let mut again = program();
    again.shows("An interview is not finished.");
    again.shows("question 1 of 3, with 09:");
    again.press("\r");
    again.shows("half a sentence");
    again.press("\x13");
    again.shows("How much of a full answer was that?");
    again.press("40\r\x11\x11");
    again.shows("on record yet");
    again.press("s");
    again.shows("1 answer is on record");
    assert_eq!(home.entries().len(), 1);
    assert_eq!(home.entries()[0]["source"], "mock");
}

#[test]
fn the_terminal_is_given_back_as_it_was_whatever_ends_the_program() {
    let quit: fn(&mut Terminal, Pid) = |terminal, _| terminal.press("q");
    let ctrl_c_twice: fn(&mut Terminal, Pid) = |terminal, _| {
        terminal.press(CTRL_C);
        terminal.shows("ctrl-c again quits");
        terminal.press(CTRL_C);
    };
    let interrupt_twice: fn(&mut Terminal, Pid) = |terminal, program| {
        kill_process(program, Signal::INT).expect("it is there");
        terminal.shows("ctrl-c again quits");
        kill_process(program, Signal::INT).expect("it is there");
    };
    let terminate: fn(&mut Terminal, Pid) = |_, program| kill_process(program, Signal::TERM).expect("it is there");
    let core: fn(&mut Terminal, Pid) = |_, program| kill_process(program, Signal::QUIT).expect("it is there");
    let hang_up: fn(&mut Terminal, Pid) = |_, program| kill_process(program, Signal::HUP).expect("it is there");
    let ways = [
        ("q", quit, 0),
        ("ctrl-c twice", ctrl_c_twice, 0),
        ("SIGINT twice", interrupt_twice, 0),
        ("SIGTERM", terminate, 143),
        ("SIGQUIT", core, 131),
        ("SIGHUP", hang_up, 129),
    ];
    for (way, leave, code) in ways {
        let home = Home::with_cards(1);
        let mut terminal = Terminal::open(home.script(SHELL, &[]));
        terminal.shows("A small deck");
        assert_ne!(terminal.modes(), terminal.modes_before, "{way}: keys come one by one");
        leave(&mut terminal, home.owner());
        terminal.shows(&format!("exit code {code}"));
        assert_eq!(terminal.modes(), terminal.modes_before, "{way}");
        assert_is_given_back(&terminal, way);
    }
}

#[test]
fn a_grade_that_arrives_together_with_the_way_out_is_recorded_and_known_at_the_next_start() {
    for way_out in [ESC, "\x03\x03"] {
        let home = Home::with_cards(3);
        let mut terminal = Terminal::open(home.program(&["study", "small"]));
        terminal.shows("Question 1?");
        terminal.press(" ");
        terminal.shows("Answer 1.");
        terminal.press(&format!("4{way_out}"));
        assert_eq!(terminal.exit(PATIENCE), Some(0));
        assert_eq!(home.entries().len(), 1);
        let due: serde_json::Value = serde_json::from_str(&home.run(&["due", "--json"])).expect("JSON");
        let card = due.as_array().into_iter().flatten().find(|card| card["card"] == "card-1").expect("listed");
        assert_eq!(card["reviews"], 1, "what is kept for the next start knows of it");
    }
}

#[test]
fn a_whole_interview_is_typed_killed_in_the_middle_finished_and_asks_what_was_missed_tomorrow() {
    let home = Home::with_cards(1);
    home.write("decks/talk.toml", &crate::interview::deck());
    let program = || {
        let mut command = home.program(&["interview", "talk", "--minutes", "10", "--seed", "1"]);
        command.env_remove("GREENROOM_NOW");
        Terminal::open(command)
    };
    let answer = |terminal: &mut Terminal, number: usize, text: &str| {
        terminal.shows(&format!("question {number} of 3"));
        terminal.press(text);
        terminal.shows("saved");
        terminal.press("\x13");
        terminal.shows("How much of a full answer was that?");
        terminal.press("80\r");
    };
    let mut killed = program();
    killed.shows("3 questions in 10 minutes.");
    killed.press("\r");
    answer(&mut killed, 1, "no idea of the first one");
    killed.shows("question 2 of 3");
    killed.press("half of the second");
    killed.shows("4 words · saved");
    kill_process(home.owner(), Signal::KILL).expect("it is there");
    assert_ne!(killed.exit(PATIENCE), Some(0));
    assert!(home.entries().is_empty(), "nothing is on record before the scorecard");

    let mut again = program();
    again.shows("It waits at question 2 of 3, with 09:");
    let left = clock(&again);
    again.press("\r");
    again.shows("half of the second");
    let now = clock(&again);
    assert!(left - now <= 1, "the same second: {left} and {now}");
    answer(&mut again, 2, " one is all");
    answer(&mut again, 3, "no idea of the third one");
    again.shows("points join your queue as due tomorrow");
    again.press("3s");
    again.shows("3 answers are on record");
    let entries = home.entries();
    let typed: Vec<_> = entries.iter().map(|entry| entry["typed"].as_str().unwrap_or_default()).collect();
    assert_eq!(typed, ["no idea of the first one", "half of the second one is all", "no idea of the third one"]);
    let told = |key: &str| entries.iter().map(|entry| entry["mock"][key].to_string()).collect::<BTreeSet<_>>();
    assert_eq!((told("seed"), told("structure")), (["1".to_owned()].into(), ["3".to_owned()].into()));
    again.press("q");
    assert_eq!(again.exit(PATIENCE), Some(0));
    let day: jiff::civil::Date = entries[0]["day"].as_str().and_then(|day| day.parse().ok()).expect("a day");
    let tomorrow = format!("{}T18:00:00+00:00", day.tomorrow().expect("a day"));
    let mut command = home.program(&["study", "talk"]);
    command.env("GREENROOM_NOW", tomorrow);
    let mut study = Terminal::open(command);
    study.shows("One point of: What does");
    study.press(" 3");
    study.shows("good: back in");
    assert_eq!(home.entries().last().map(|entry| entry["action"].to_string()), Some("\"point\"".to_owned()));
}

/// The seconds that are left, as `09:37 left` shows them.
fn clock(terminal: &Terminal) -> i64 {
    let text = terminal.text();
    let at = text.find(" left").expect("a clock");
    let (minutes, seconds) = text[at - 5..at].split_once(':').expect("minutes and seconds");
    60 * minutes.parse::<i64>().expect("minutes") + seconds.parse::<i64>().expect("seconds")
}

#[test]
fn what_is_typed_when_ctrl_z_is_pressed_is_on_the_disk_before_the_program_stops() {
    let home = Home::with_cards(1);
    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows("Question 1?");
    terminal.press("t");
    terminal.shows("in your own words");
    terminal.press("the whole answer");
    terminal.shows("3 words");
    terminal.press(CTRL_Z);
    assert!(is_stopped(terminal.process()), "ctrl-z stops the program");
    terminal.signal(Signal::KILL);
    terminal.exit(PATIENCE).expect("nothing survives it");
    assert_eq!(home.read("drafts/study/small/card-1.txt"), "the whole answer");
}

#[test]
fn ctrl_z_gives_the_shell_the_terminal_and_fg_takes_it_again() {
    let home = Home::with_cards(1);
    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows("Question 1?");
    let raw = terminal.modes();
    terminal.press(CTRL_Z);
    assert!(is_stopped(terminal.process()), "ctrl-z stops the program");
    terminal.until("the other screen", |terminal| !terminal.screen().alternate_screen());
    assert_eq!(terminal.modes(), terminal.modes_before, "lines are edited again");
    assert_is_given_back(&terminal, "ctrl-z");

    terminal.signal(Signal::CONT);
    terminal.shows("Question 1?");
    assert!(terminal.screen().alternate_screen());
    terminal.press(" ");
    terminal.shows("Answer 1.");
    assert_eq!(terminal.modes(), raw);
}

#[test]
fn a_closed_terminal_ends_the_program_and_costs_no_review() {
    let home = Home::with_cards(3);
    let plain = home.program(&["study", "small"]);
    let deaf = home.script(r#"trap "" HUP; exec "$0" "$@""#, &["study", "small"]);
    let mut foreign = home.program(&["study", "small"]);
    foreign.set_controlling_tty(false);
    for (sitting, command) in [plain, deaf, foreign].into_iter().enumerate() {
        let mut terminal = Terminal::open(command);
        terminal.shows("Question");
        terminal.press(" 4");
        terminal.shows("easy: back in");
        terminal.close();
        assert!(terminal.exit(LEAVING).is_some(), "nothing is left behind");
        assert_eq!(home.entries().len(), sitting + 1);
    }
}

#[test]
fn two_hundred_sizes_later_the_screen_is_the_same() {
    let home = Home::with_cards(1);
    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows("? help");
    let before = terminal.text();
    let mut state = 0x2545_f491_u32;
    let mut below = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        1 + ((state >> 16) % limit) as u16
    };
    for step in 0..200 {
        match step % 20 {
            0 => terminal.resize(1, 1),
            _ => terminal.resize(below(200), below(60)),
        }
        // Time for a frame: at some sizes there is one, others are overtaken by the next.
        terminal.hears(Duration::from_millis(4));
    }
    terminal.resize(80, 24);
    terminal.until("the screen as it was", |terminal| terminal.text() == before);
    terminal.press(" ");
    terminal.shows("Answer 1.");
}

#[test]
fn no_color_keeps_weight_and_drops_every_colour() {
    let colours = |terminal: &Terminal| -> BTreeSet<u16> {
        let sequences = sequences(&terminal.log);
        let styles = sequences.iter().filter_map(|sequence| sequence.strip_suffix('m'));
        let parameters = styles.flat_map(|style| style.trim_start_matches("\x1b[").split([';', ':']));
        let numbers = parameters.filter_map(|number| number.parse().ok());
        numbers.filter(|number| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)).collect()
    };
    let home = Home::with_cards(1);
    let mut seen = Vec::new();
    for no_color in ["", "1"] {
        let mut command = home.program(&["study", "small"]);
        command.env("NO_COLOR", no_color);
        let mut terminal = Terminal::open(command);
        terminal.shows("? help");
        terminal.press(" ");
        terminal.shows("4 easy");
        let (row, column) = place(&terminal, "Question 1?");
        assert!(terminal.screen().cell(row, column).is_some_and(|cell| cell.bold()), "NO_COLOR={no_color}");
        seen.push(colours(&terminal));
    }
    assert!(!seen[0].is_empty(), "there are colours without it");
    assert_eq!(seen[1], BTreeSet::new());
}

#[test]
fn a_plain_locale_gets_plain_characters() {
    let home = Home::empty();
    home.write("decks/small.toml", &crate::terminal::deck("small", 1).replace("Answer 1.", "Ä 世界 → “so”."));
    let mut command = home.program(&["study", "small"]);
    command.env("LC_ALL", "C");
    let mut terminal = Terminal::open(command);
    terminal.shows("Question 1?");
    terminal.press(" ");
    terminal.shows("4 easy");
    terminal.press("4");
    terminal.shows("One card.");
    terminal.press("q");
    assert_eq!(terminal.exit(PATIENCE), Some(0));
    assert!(terminal.log.is_ascii(), "{}", String::from_utf8_lossy(&terminal.log));
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let home = Home::with_cards(1);
    for arguments in [&["study", "small"][..], &[]] {
        let mut terminal = Terminal::open(home.program(arguments));
        terminal.shows("? help");
        while terminal.hears(Duration::from_millis(300)) {}
        assert!(!terminal.hears(Duration::from_millis(1200)), "{arguments:?} is at rest");
    }
}

#[test]
fn a_deck_that_is_saved_elsewhere_is_shown_without_a_key() {
    let home = Home::with_cards(2);
    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows("Question 1?");
    terminal.press(" ");
    terminal.shows("Answer 1.");
    home.write("decks/small.toml", &home.read("decks/small.toml").replace("Answer 1.", "A better answer."));
    terminal.shows("A better answer.");
    terminal.press("4");
    terminal.shows("easy: back in");
}

#[test]
fn a_hostile_deck_is_shown_and_never_obeyed() {
    let attack = r"\u001b]52;c;aGk=\u0007 \u001b[2J \u009b31m \u202e \u2066 \U000E0041 \u200b";
    let home = Home::empty();
    let small = crate::terminal::deck("small", 1);
    let deck = ["A small deck", "Question 1?", "Answer 1."]
        .into_iter()
        .fold(small, |deck, text| deck.replace(text, &format!("{text} {attack}")));
    home.write("decks/small.toml", &deck);
    home.write("decks/\x1b]52;c;aGk=\x07\u{202e}.toml", "title = \"\x1b[2J\"\n");
    let mut terminal = Terminal::open(home.program(&[]));
    terminal.shows("p shows them");
    terminal.press("p");
    terminal.shows("Found in your files");
    assert_is_harmless(&leave(terminal));

    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows(r"Question 1? \x1b]52;c;aGk=\x07");
    terminal.press(" ");
    terminal.shows(r"Answer 1. \x1b]52;c;aGk=\x07");
    terminal.press("4");
    terminal.shows("One card.");
    assert_is_harmless(&leave(terminal));
}

#[test]
fn a_paste_answers_nothing() {
    let home = Home::with_cards(2);
    let mut terminal = Terminal::open(home.program(&["study", "small"]));
    terminal.shows("Question 1?");
    terminal.press(&format!("{ESC}[200~ 4 4\r{CTRL_C}{CTRL_C}{ESC}[201~"));
    terminal.shows("there is nothing to paste into here");
    terminal.shows("Say it out loud first");
    terminal.press(" ");
    terminal.shows("Answer 1.");
    assert!(home.entries().is_empty());
}

/// Quits, and reads all that was written.
fn leave(mut terminal: Terminal) -> Terminal {
    terminal.press(CTRL_C);
    terminal.shows("ctrl-c again quits");
    terminal.press(CTRL_C);
    assert_eq!(terminal.exit(PATIENCE), Some(0));
    terminal
}

/// Every mode that was switched on is off again, and the cursor is to be seen.
fn assert_is_given_back(terminal: &Terminal, way: &str) {
    let log = String::from_utf8_lossy(&terminal.log);
    for mode in MODES {
        let (on, off) = (log.rfind(&format!("\x1b[?{mode}h")), log.rfind(&format!("\x1b[?{mode}l")));
        assert!(on.is_some() && off > on, "{way}: mode {mode} is left on");
    }
    assert!(!terminal.screen().hide_cursor(), "{way}: the cursor is to be seen");
    assert!(!terminal.screen().alternate_screen(), "{way}: the shell's screen is back");
}

/// Only sequences that draw or switch a known mode, and no character that changes how others are read.
fn assert_is_harmless(terminal: &Terminal) {
    let modes: BTreeSet<String> =
        MODES.iter().chain(&[25]).flat_map(|mode| [format!("\x1b[?{mode}h"), format!("\x1b[?{mode}l")]).collect();
    let draws = |sequence: &str| {
        let inner = sequence.strip_prefix("\x1b[").and_then(|rest| rest.strip_suffix(['H', 'm']));
        inner.is_some_and(|inner| inner.chars().all(|character| character.is_ascii_digit() || character == ';'))
    };
    for sequence in sequences(&terminal.log) {
        assert!(modes.contains(&sequence) || draws(&sequence), "{sequence:?} reached the terminal");
    }
}

/// Everything in the bytes that is not plain text, each once.
fn sequences(log: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = std::str::from_utf8(log).expect("the program writes UTF-8").chars().peekable();
    while let Some(character) = rest.next() {
        if character == '\x1b' && rest.next_if_eq(&'[').is_some() {
            let mut sequence = "\x1b[".to_owned();
            for next in rest.by_ref() {
                sequence.push(next);
                if matches!(next, '\x40'..='\x7e') {
                    break;
                }
            }
            found.insert(sequence);
        } else if character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(character, '\u{e0000}'..='\u{e007f}')
        {
            found.insert(character.to_string());
        }
    }
    found
}

/// Row and column of a text on the screen.
fn place(terminal: &Terminal, text: &str) -> (u16, u16) {
    let rows = terminal.text();
    let (row, line) = rows.lines().enumerate().find(|(_, line)| line.contains(text)).expect("it is on the screen");
    let column = line.split(text).next().map_or(0, |before| before.chars().count());
    (row as u16, column as u16)
}

/// Whether a child of ours is stopped, soon.
fn is_stopped(process: Pid) -> bool {
    let (heard, status) = mpsc::channel();
    std::thread::spawn(move || heard.send(waitpid(Some(process), WaitOptions::UNTRACED)));
    let status = status.recv_timeout(PATIENCE).expect("it stops or ends").expect("it is our child");
    status.is_some_and(|(_, status)| status.stopped())
}
