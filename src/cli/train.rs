//! `greenroom train`: what the program has learned, learned again from its labelled texts.

mod grader;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::failure::{FINDINGS, Failure};
use super::output::Output;
use crate::classifier::roles::{LABELS, Training};
use crate::classifier::{Example, Judged, Kind, Report, parse};
use crate::safe;

/// Learn the classifier or the grader again from labelled texts
#[derive(Debug, Args)]
pub struct Train {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The classifier of the two roles: writes roles.model and MODEL.md beside the texts
    Classifier {
        /// The folder that holds facts.jsonl, dev.jsonl and data/
        #[arg(long, value_name = "DIR", default_value = "assets/classifier")]
        from: PathBuf,
        /// Write nothing; exit code 1 if the texts give another model than the one there
        #[arg(long)]
        check: bool,
    },
    /// The grader of typed answers: writes grader.model, heard.jsonl and MODEL.md beside the labelled answers
    Grader {
        /// The folder that holds dev.jsonl and data/
        #[arg(long, value_name = "DIR", default_value = "assets/grader")]
        from: PathBuf,
        /// Write nothing; exit code 1 if the answers give another model than the one there
        #[arg(long)]
        check: bool,
    },
}

impl Train {
    pub fn run(self, output: &mut Output) -> Result<u8, Failure> {
        match self.what {
            What::Classifier { from, check } => classifier(&from, check, output),
            What::Grader { from, check } => grader::train(&from, check, output),
        }
    }
}

fn classifier(from: &Path, check: bool, output: &mut Output) -> Result<u8, Failure> {
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
    write(files, check, output)
}

/// Writes the files that are new, or with `check` tells which they are.
fn write(files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>, check: bool, output: &mut Output) -> Result<u8, Failure> {
    let is_new = |(path, new): &(PathBuf, Vec<u8>)| fs::read(path).ok().as_ref() != Some(new);
    let changed: Vec<_> = files.into_iter().filter(is_new).collect();
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
