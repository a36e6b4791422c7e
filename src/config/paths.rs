//! The four folders that the program uses, after the XDG base directory specification.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// Where files live. Nothing here exists until it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The settings file.
    pub config: PathBuf,
    /// What the learner owns: the review log and its backups.
    pub data: PathBuf,
    /// The learner's own decks.
    pub decks: PathBuf,
    /// What can be rebuilt at any time.
    pub cache: PathBuf,
}

/// No home folder is known, and none was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home folder is known: set HOME, or name one folder for everything with GREENROOM_HOME or --home")]
pub struct NoHome;

impl Paths {
    /// The folders below one `home` if it is named, else below those of the XDG variables.
    pub fn find(home: Option<OsString>) -> Result<Paths, NoHome> {
        match home.filter(|home| !home.is_empty()) {
            Some(home) => Ok(Paths::under(Path::new(&home))),
            None => Ok(Paths::of(&Xdg::new().map_err(|_| NoHome)?)),
        }
    }

    /// Everything in one folder.
    pub fn under(home: &Path) -> Paths {
        Paths {
            config: home.join("config.toml"),
            data: home.to_owned(),
            decks: home.join("decks"),
            cache: home.join("cache"),
        }
    }

    fn of(base: &impl BaseStrategy) -> Paths {
        let data = base.data_dir().join("greenroom");
        Paths {
            config: base.config_dir().join("greenroom").join("config.toml"),
            decks: data.join("decks"),
            data,
            cache: base.cache_dir().join("greenroom"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_holds_everything_when_it_is_named() {
        let paths = Paths::find(Some("/learner".into())).expect("a home");
        assert_eq!(paths.config, Path::new("/learner/config.toml"));
        assert_eq!(paths.decks, Path::new("/learner/decks"));
        assert!(paths.data.starts_with("/learner") && paths.cache.starts_with("/learner"));
    }
}
