//! `greenroom lint --fix`: writes what can be mended in one way only, or shows what would be written.

use super::diff::diff;
use crate::cli::failure::Failure;
use crate::cli::output::{Form, Output};
use crate::library::{Survey, Version, Writer};
use crate::lint::mended;
use crate::safe;
use crate::text::count;

/// Mends each text, in the survey and on the disk, where it can be undone; with `dry_run` it shows the difference and writes nothing.
pub fn mend(
    survey: &mut Survey,
    writer: &Writer,
    dry_run: bool,
    form: Form,
    output: &mut Output,
) -> Result<(), Failure> {
    let (mut fixes, mut files) = (0_u64, 0_u64);
    for (origin, content) in &mut survey.texts {
        let (Some(path), Ok(text)) = (origin.path(), std::str::from_utf8(content)) else { continue };
        let (after, done) = mended(text);
        if done.is_empty() {
            continue;
        }
        (fixes, files) = (fixes + done.len() as u64, files + 1);
        if dry_run {
            if !form.is_json() {
                output.text(&diff(text, &after, origin.name().as_str()))?;
            }
            continue;
        }
        let what = safe!("mend {}", count(done.len() as u64, "slip", "slips"));
        writer.change(path, Version::of(text), &what, |_| Ok(after.clone()))?;
        *content = after.into_bytes();
    }
    if form.is_json() {
        return Ok(());
    }
    let fixes = count(fixes, "fix", "fixes");
    let files = count(files, "file", "files");
    let end = if dry_run { "; nothing was written" } else { "" };
    output.line(&safe!("{fixes} in {files}{end}"))
}
