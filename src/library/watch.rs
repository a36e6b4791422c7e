//! Tells when deck files may have changed, and costs nothing as long as they have not.

use std::io;

use rustix::event::{Timespec, poll};

use self::ear::Ear;
use super::Places;
use super::walk::walk;

/// A change has settled when nothing happens for this long: an editor saves in several steps, and what lies between
/// them is no deck.
const QUIET: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// Where somebody writes without a pause, it is looked after so many of these spells, which is half a second.
const MOST_SPELLS: usize = 5;

/// Watches the folders of decks, those that links lead into among them.
pub struct Watch {
    places: Places,
    ear: Ear,
}

impl Watch {
    /// Begins to watch. What is changed from now on is told, even if nobody waits for it yet.
    ///
    /// # Errors
    /// The system has no more means to watch folders.
    pub fn begin(places: &Places) -> io::Result<Watch> {
        let mut watch = Watch { places: places.clone(), ear: Ear::new()? };
        watch.listen();
        Ok(watch)
    }

    /// Waits until something in the folders was changed and has settled. It need not be a deck.
    ///
    /// # Errors
    /// The system does not tell any more.
    pub fn wait(&mut self) -> io::Result<()> {
        self.ear.wait()?;
        settle(|| {
            pause()?;
            self.ear.has_heard()
        })?;
        self.listen();
        Ok(())
    }

    /// Listens to each folder that is there now.
    fn listen(&mut self) {
        for folder in walk(&self.places).folders {
            self.ear.listen_to(&folder);
        }
    }
}

/// Lets spells of quiet pass until nothing happens in one; `spell` waits for one and says whether anything did.
fn settle(mut spell: impl FnMut() -> io::Result<bool>) -> io::Result<()> {
    for _ in 0..MOST_SPELLS {
        if !spell()? {
            break;
        }
    }
    Ok(())
}

fn pause() -> io::Result<()> {
    match poll(&mut [], Some(&QUIET)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(why) => Err(why.into()),
    }
}

#[cfg(target_os = "linux")]
mod ear {
    use std::io;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
    use rustix::io::Errno;

    /// What may bring a deck, take it away or change it.
    const CHANGES: WatchFlags = WatchFlags::CREATE
        .union(WatchFlags::MODIFY)
        .union(WatchFlags::CLOSE_WRITE)
        .union(WatchFlags::ATTRIB)
        .union(WatchFlags::MOVE)
        .union(WatchFlags::DELETE)
        .union(WatchFlags::DELETE_SELF)
        .union(WatchFlags::MOVE_SELF)
        .union(WatchFlags::ONLYDIR);

    /// The kernel tells of changes.
    pub struct Ear(OwnedFd);

    impl Ear {
        pub fn new() -> io::Result<Ear> {
            Ok(Ear(init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?))
        }

        /// A folder that cannot be listened to changes unheard, and is seen when something else is heard.
        pub fn listen_to(&mut self, folder: &Path) {
            let _unheard = add_watch(&self.0, folder, CHANGES);
        }

        pub fn wait(&mut self) -> io::Result<()> {
            loop {
                match poll(&mut [PollFd::new(&self.0, PollFlags::IN)], None) {
                    Ok(_) => return Ok(()),
                    Err(Errno::INTR) => {}
                    Err(why) => return Err(why.into()),
                }
            }
        }

        /// Whether anything has happened since this was last asked.
        pub fn has_heard(&mut self) -> io::Result<bool> {
            let mut space = [MaybeUninit::uninit(); 4096];
            let mut changes = Reader::new(&self.0, &mut space);
            let mut has_heard = false;
            loop {
                match changes.next() {
                    Ok(_) => has_heard = true,
                    Err(Errno::AGAIN) => return Ok(has_heard),
                    Err(Errno::INTR) => {}
                    Err(why) => return Err(why.into()),
                }
            }
        }
    }
}

/// Where the kernel is not asked, one looks every second.
#[cfg(not(target_os = "linux"))]
mod ear {
    use std::io;
    use std::path::Path;

    use rustix::event::{Timespec, poll};

    pub struct Ear;

    impl Ear {
        pub fn new() -> io::Result<Ear> {
            Ok(Ear)
        }

        pub fn listen_to(&mut self, _: &Path) {}

        pub fn wait(&mut self) -> io::Result<()> {
            match poll(&mut [], Some(&Timespec { tv_sec: 1, tv_nsec: 0 })) {
                Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
                Err(why) => Err(why.into()),
            }
        }

        pub fn has_heard(&mut self) -> io::Result<bool> {
            Ok(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    use super::*;

    type Act<'a> = &'a dyn Fn(&dyn Fn(&str) -> PathBuf);

    fn spells(heard: &[bool]) -> usize {
        let mut passed = 0;
        let spell = || {
            passed += 1;
            Ok(heard.get(passed - 1).copied().unwrap_or(true))
        };
        settle(spell).expect("settled");
        passed
    }

    #[test]
    fn a_change_has_settled_after_a_spell_of_quiet_or_when_it_takes_too_long() {
        assert_eq!(spells(&[false]), 1);
        assert_eq!(spells(&[true, true, false]), 3);
        assert_eq!(spells(&[]), MOST_SPELLS);
    }

    /// Each waits for what it has done itself, so it ends as soon as that is heard.
    #[test]
    fn whatever_an_editor_does_to_a_deck_is_heard() {
        let home = tempfile::tempdir().expect("a folder");
        let path = |name: &str| home.path().join(name);
        fs::create_dir(path("far")).expect("made");
        fs::write(path("far/linked.toml"), "one").expect("written");
        let mut watch =
            Watch::begin(&Places { built_in: false, folder: Some(path("decks")), extra: vec![path("far/named.toml")] })
                .expect("begun");
        let mut hears = |what: &str, act: Act| {
            act(&path);
            watch.wait().unwrap_or_else(|why| panic!("{what}: {why}"));
        };
        let write = |file: &Path, text: &str| fs::write(file, text).expect("written");
        hears("the first deck", &|at| {
            fs::create_dir(at("decks")).expect("made");
            write(&at("decks/a.toml"), "one");
        });
        hears("written in place", &|at| write(&at("decks/a.toml"), "two"));
        hears("written beside it and put in its place", &|at| {
            write(&at("decks/.a.toml.new"), "three");
            fs::rename(at("decks/.a.toml.new"), at("decks/a.toml")).expect("renamed");
        });
        hears("a link", &|at| symlink(at("far/linked.toml"), at("decks/link.toml")).expect("linked"));
        hears("what the link leads to", &|at| write(&at("far/linked.toml"), "two"));
        hears("a folder", &|at| fs::create_dir(at("decks/sub")).expect("made"));
        hears("a deck in it", &|at| write(&at("decks/sub/b.toml"), "one"));
        hears("a named file", &|at| write(&at("far/named.toml"), "one"));
        hears("a deck that goes", &|at| fs::remove_file(at("decks/a.toml")).expect("removed"));
    }
}
