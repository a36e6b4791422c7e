//! Taking the terminal over, and giving it back as it was found: at the end, in a panic, at a signal, for a break.

use std::io::{self, BufWriter, Stdout, Write as _};
use std::mem::ManuallyDrop;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Signal, kill_current_process_group};

use super::app::App;

/// Whether the terminal is in our hands. One for the process, as there is one terminal.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal in our hands. It is given back when this is dropped, whatever happened.
pub struct Takeover {
    /// Never dropped: it would show the cursor again, which [`give_back`] does, and complain to standard error if that
    /// fails, which panics on a terminal that is gone.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    mouse: bool,
}

impl Takeover {
    pub fn begin(mouse: bool) -> io::Result<Takeover> {
        give_back_in_a_panic();
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        let takeover = Takeover { terminal: ManuallyDrop::new(Terminal::new(backend)?), mouse };
        takeover.take()?;
        Ok(takeover)
    }

    pub fn draw(&mut self, app: &mut App, now: Timestamp) -> io::Result<()> {
        let size = self.terminal.size()?;
        app.resize(usize::from(size.width), usize::from(size.height));
        self.terminal.draw(|frame| {
            let area = frame.area();
            app.view(frame.buffer_mut(), area, now);
        })?;
        Ok(())
    }

    /// Asks the terminal for clicks and the wheel, or leaves them to it, so that it can select text.
    pub fn listen_to_mouse(&mut self, mouse: bool) -> io::Result<()> {
        if mouse == std::mem::replace(&mut self.mouse, mouse) {
            return Ok(());
        }
        if mouse { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
    }

    /// Gives the terminal back and stops the whole process group, as the shell expects; goes on when it is continued.
    pub fn pause(&mut self) -> io::Result<()> {
        give_back();
        kill_current_process_group(Signal::STOP)?;
        self.resume()
    }

    /// Gives the terminal to another program for as long as `work` takes.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let done = work();
        self.resume().map(|()| done)
    }

    /// Takes the terminal again and forgets what was on it. `clear` would do the same, but it asks the terminal where
    /// the cursor is, and the answer is taken by the thread that reads keys.
    pub fn resume(&mut self) -> io::Result<()> {
        self.take()?;
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        IS_TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse {
            queue!(out, EnableMouseCapture)?;
        }
        out.flush()
    }
}

impl Drop for Takeover {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back once; a second call does nothing. Errors are of no use to anybody by now.
fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        let _gone = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, Show, LeaveAlternateScreen);
        let _gone = disable_raw_mode();
    }
}

/// A panic is told on a terminal that can show it.
fn give_back_in_a_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            tell(panic);
        }));
    });
}

/// Returns when the terminal is closed. The library that reads keys does not notice it: it would spin for ever.
pub fn wait_for_hangup() {
    let stdin = io::stdin();
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => return,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
