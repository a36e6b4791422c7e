//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    greenroom::cli::run(std::env::args_os())
}
