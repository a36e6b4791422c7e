//! `greenroom train classifier`: the classifier of the two roles, from its labelled texts.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::super::failure::{FINDINGS, Failure};
use super::super::output::Output;
use crate::classifier::roles::{LABELS, Training};
use crate::classifier::{Example, Judged, Kind, Report, parse};
use crate::safe;

/// Writes `roles.model` and `MODEL.md` into the folder of the texts, or only tells whether they would change.
pub fn run(from: &Path, check: bool, output: &mut Output) -> Result<u8, Failure> {
    let training = Training::new(scenarios(from)?);
    let dev = examples(&from.join("dev.jsonl"), "dev", Kind::Original)?;
    let authors = training.corpus().authors().len();
    let mut done = 0;
    let (limits, left_out) = training.leave_one_author_out(|author| {
        done += 1;
        output.complain(&safe!("without {author} ({done} of {authors})"));
    });
    output.complain(&safe!("with all of them"));
    let model = training.model(training.learn(), limits);
    let bytes = model.to_bytes();
    let dev = dev.iter().map(|example| Judged { example, verdict: model.read(&example.text) }).collect();
    let report = Report { corpus: training.corpus(), limits, left_out, dev, bytes: bytes.len() };
    let files = [(from.join("roles.model"), bytes), (from.join("MODEL.md"), report.markdown().into_bytes())];
    let changed: Vec<_> = files.iter().filter(|(path, new)| fs::read(path).ok().as_ref() != Some(new)).collect();
    for (path, new) in &changed {
        let name = safe!("{}", path.display());
        if check {
            output.line(&safe!("{name} is not what these texts give"))?;
        } else {
            fs::write(path, new).map_err(|why| Failure::usage(safe!("greenroom: {name}: {why}")))?;
            output.line(&safe!("{name} is new, {} bytes", new.len()))?;
        }
    }
    if changed.is_empty() {
        output.line(&safe!("the model and its card are what these texts give"))?;
    }
    Ok(if check && !changed.is_empty() { FINDINGS } else { 0 })
}

/// Every scenario of the folder, author by author, and the facts.
fn scenarios(folder: &Path) -> Result<Vec<Example>, Failure> {
    let data = folder.join("data");
    let unreadable = |why| {
        let help = "Run it in the folder of the sources, or name the folder with --from.";
        Failure::usage(safe!("greenroom: {}: {why}. {help}", data.display()))
    };
    let files = fs::read_dir(&data).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
    let mut files: Vec<_> = files.into_iter().map(|file| file.path()).collect();
    files.retain(|path| path.extension() == Some(OsStr::new("jsonl")));
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let author = path.file_stem().map(OsStr::to_string_lossy).unwrap_or_default();
        all.extend(examples(&path, &author, Kind::Original)?);
    }
    all.extend(examples(&folder.join("facts.jsonl"), "facts", Kind::Fact)?);
    Ok(all)
}

fn examples(path: &Path, author: &str, kind: Kind) -> Result<Vec<Example>, Failure> {
    let told = |why: String| Failure::usage(safe!("greenroom: {}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|why| told(why.to_string()))?;
    parse(&text, author, kind, &LABELS).map_err(|bad| told(bad.to_string()))
}
