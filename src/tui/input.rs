//! The thread that reads keys, which stands still while another program has the terminal.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, poll};

/// The side of the loop: it can have the reader stand still.
pub struct Reader {
    bell: UnixStream,
}

/// As long as this lives, keys are for somebody else.
pub struct Hold<'a>(&'a mut Reader);

impl Reader {
    /// Starts the thread. It hands out what is typed until `take` says no or the terminal is gone, and says so to `end`.
    pub fn start(
        take: impl Fn(Event) -> bool + Send + 'static,
        end: impl FnOnce() + Send + 'static,
    ) -> io::Result<Reader> {
        let (bell, ear) = UnixStream::pair()?;
        std::thread::spawn(move || {
            drop(read(&take, &ear));
            end();
        });
        Ok(Reader { bell })
    }

    /// Has the thread stand still, and returns when it does.
    pub fn hold(&mut self) -> io::Result<Hold<'_>> {
        self.bell.write_all(b"h")?;
        self.bell.read_exact(&mut [0])?;
        Ok(Hold(self))
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        // If nobody hears it the thread has ended, and the loop is told of that.
        drop(self.0.bell.write_all(b"g"));
    }
}

/// Waits for the terminal and the bell alike, so that nothing is read once the bell has rung.
fn read(take: &impl Fn(Event) -> bool, mut ear: &UnixStream) -> io::Result<()> {
    let stdin = io::stdin();
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(ear, PollFlags::IN)];
        match poll(&mut watched, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(why) => return Err(why.into()),
        }
        let (terminal, bell) = (watched[0].revents(), watched[1].revents());
        if bell.intersects(PollFlags::IN) {
            ear.read_exact(&mut [0])?;
            ear.write_all(b"s")?;
            ear.read_exact(&mut [0])?;
            continue;
        }
        while event::poll(Duration::ZERO)? {
            if !take(event::read()?) {
                return Ok(());
            }
        }
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) || bell.intersects(PollFlags::HUP) {
            return Ok(());
        }
    }
}
