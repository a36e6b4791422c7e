//! `greenroom completions`: what a shell needs to complete commands.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::failure::Failure;
use super::output::Output;

/// Print completions for a shell
#[derive(Debug, Args)]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, command: &mut Command, output: &mut Output) -> Result<u8, Failure> {
        let mut text = Vec::new();
        generate(self.shell, command, "greenroom", &mut text);
        output.text(&crate::text::Safe::new(&String::from_utf8_lossy(&text)))?;
        Ok(0)
    }
}
