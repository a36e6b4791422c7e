//! `greenroom train`: what the program has learned, learned again from its labelled texts.

mod classifier;
mod grader;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::output::Output;

/// Learn a shipped model again from its labelled texts
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
    /// The grader of typed answers: writes grader.model beside its labelled answers
    Grader {
        /// The folder of the sources
        #[arg(long, value_name = "DIR", default_value = ".")]
        sources: PathBuf,
    },
}

impl Train {
    pub fn run(self, output: &mut Output) -> Result<u8, Failure> {
        match self.what {
            What::Classifier { from, check } => classifier::run(&from, check, output),
            What::Grader { sources } => grader::run(&sources, output),
        }
    }
}
