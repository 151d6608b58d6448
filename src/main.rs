//! The `epitome` program.

use std::process::ExitCode;

use epitome::registry::Registry;

fn main() -> ExitCode {
    epitome::cli::main(&Registry::standard())
}
