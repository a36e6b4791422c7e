//! Texts and files in the learner's own editor.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

use crate::safe;
use crate::text::Safe;

/// The most bytes that are taken back.
const LARGEST: usize = 1 << 20;

/// Opens the text in an editor and waits for its end; gives what was saved. The command is split as the shell splits it,
/// so it may have arguments.
///
/// # Errors
/// What the learner is told if the editor cannot be started, or did not end well.
pub fn edit(command: &OsStr, text: &Safe) -> Result<String, Safe> {
    let told = |why: io::Error| safe!("the editor was not opened: {why}");
    let mut file = tempfile::Builder::new().prefix("answer-").suffix(".txt").tempfile().map_err(told)?;
    file.write_all(text.as_str().as_bytes()).and_then(|()| file.flush()).map_err(told)?;
    open(command, file.path(), None)?;
    let bytes = fs::read(file.path()).map_err(told)?;
    Ok(String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST)]).into_owned())
}

/// Opens a file in an editor, at a line if the editor is one that takes such a wish, and waits for its end.
///
/// # Errors
/// As of [`edit`].
pub fn open(command: &OsStr, file: &Path, line: Option<usize>) -> Result<(), Safe> {
    let told = |why: io::Error| safe!("the editor was not opened: {why}");
    let mut script = command.to_owned();
    script.push(" \"$@\"");
    let file = arguments(command, file, line);
    let status = Command::new("sh").arg("-c").arg(script).arg(command).args(file).status().map_err(told)?;
    if !status.success() {
        return Err(safe!("`{}` ended with {status}; nothing was taken from it", command.display()).line());
    }
    Ok(())
}

/// The file as the editor wants to be told of it.
fn arguments(command: &OsStr, file: &Path, line: Option<usize>) -> Vec<OsString> {
    let command = command.to_string_lossy();
    let program = command.split_whitespace().find(|word| !word.contains('='));
    let name = program.and_then(|program| Path::new(program).file_stem()).and_then(OsStr::to_str);
    let file = file.as_os_str().to_owned();
    let Some(line) = line else { return vec![file] };
    let behind = |line: usize| {
        let mut place = file.clone();
        place.push(format!(":{line}"));
        place
    };
    match name {
        Some(
            "vi" | "vim" | "nvim" | "view" | "gvim" | "nano" | "pico" | "emacs" | "emacsclient" | "mg" | "joe" | "jed"
            | "ne" | "micro" | "kak" | "gedit" | "ed" | "less",
        ) => vec![format!("+{line}").into(), file],
        Some("hx" | "helix" | "zed" | "subl") => vec![behind(line)],
        Some("code" | "codium" | "code-insiders") => vec!["-g".into(), behind(line)],
        Some("kate") => vec!["-l".into(), line.to_string().into(), file],
        _ => vec![file],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_with_arguments_gives_back_what_it_saved() {
        let text = Safe::from("task role");
        let edited = edit(OsStr::new("sed -i 's/task/the task/'"), &text);
        assert_eq!(edited.as_deref(), Ok("the task role"));
    }

    #[test]
    fn known_editors_are_told_the_line() {
        let told = |command: &str| arguments(OsStr::new(command), Path::new("/d.toml"), Some(7));
        assert_eq!(told("TERM=x /usr/bin/vim -u NONE"), ["+7", "/d.toml"]);
        assert_eq!(told("code --wait"), ["-g", "/d.toml:7"]);
        assert_eq!(told("hx"), ["/d.toml:7"]);
        assert_eq!(told("unheard-of"), ["/d.toml"]);
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_is_named() {
        let told = edit(OsStr::new("false"), &Safe::from("task role")).expect_err("it fails");
        assert!(told.as_str().starts_with("`false` ended with"), "{told}");
    }
}
