//! The `epitome` program.

use std::process::ExitCode;

use epitome::{plugin, registry::Registry};

fn main() -> ExitCode {
    plugin::own_process();
    epitome::cli::main(&Registry::standard())
}
