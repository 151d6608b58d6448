//! The commands that make a run and a cell.

use epitome_report::command_of_run;

use super::{board::Board, source::SiteRun};

/// Returns the command line of a run as it was typed; `None` if the manifest was not kept.
pub(super) fn of_run(run: &SiteRun) -> Option<String> {
    let manifest = run.manifest.as_ref()?;
    Some(command_of_run(&manifest.argv))
}

/// Returns the command that prints the score of a system by a metric after the command of the run:
/// the run is found by the name and in the results that the run's command gives it.
pub(super) fn of_cell(
    run: &SiteRun,
    board: &Board,
    system: &str,
    metric: &str,
) -> String {
    let argv = run.manifest.as_ref().map_or(&[][..], |it| &it.argv);
    let mut words = vec!["epitome", "report"];
    words.extend(option(argv, "--name"));
    for (name, value) in [
        ("--system", Some(system)),
        ("--metric", Some(metric)),
        ("--budget", Some(board.budget.as_str())),
        ("--results", option(argv, "--results")),
    ] {
        words.extend(value.into_iter().flat_map(|value| [name, value]));
    }
    words.push("--csv");
    // a word with a null byte cannot be typed
    shlex::try_join(words.iter().copied()).unwrap_or_else(|_| words.join(" "))
}

/// Returns the value of an option in a command line.
fn option<'a>(argv: &'a [String], name: &str) -> Option<&'a str> {
    let at = argv.iter().position(|word| {
        let value = word.strip_prefix(name);
        value.is_some_and(|value| value.is_empty() || value.starts_with('='))
    })?;
    match argv[at].split_once('=') {
        Some((_, value)) => Some(value),
        None => argv.get(at + 1).map(String::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_found_in_both_forms() {
        let argv = ["epitome", "run", "--name=a", "--results", "b"];
        let argv = argv.map(str::to_owned);
        assert_eq!(option(&argv, "--name"), Some("a"));
        assert_eq!(option(&argv, "--results"), Some("b"));
        assert_eq!(option(&argv, "--system"), None);
    }
}
