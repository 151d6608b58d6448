//! The commands, and how they are carried out: from arguments to an exit code.

use std::{
    ffi::OsString,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::registry::Registry;

use super::{
    aggregate::AggregateArgs,
    bench::BenchArgs,
    cache::CacheArgs,
    colour::Colour,
    compare::CompareArgs,
    completions::CompletionsArgs,
    corpus::CorpusArgs,
    explain::ExplainArgs,
    failure::{Code, Failure},
    history::HistoryArgs,
    inspect::InspectArgs,
    interrupt::signalled,
    judge::JudgeArgs,
    keywords::KeywordsArgs,
    list::ListArgs,
    manual::ManualArgs,
    plugin::PluginCommandArgs,
    record::RecordArgs,
    report::ReportArgs,
    run::RunArgs,
    runs::RunsArgs,
    score::ScoreArgs,
    show::ShowArgs,
    statistics::StatisticsArgs,
    summarise::SummariseArgs,
    tree,
    tune::TuneArgs,
    verify::VerifyRunArgs,
    worker::WorkerArgs,
    worst::WorstArgs,
};

#[cfg(feature = "site")]
use super::site::SiteArgs;

/// Benchmark harness for extractive summarisers and keyword extractors.
///
/// Without a subcommand it runs every system on the built-in sampler.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 90, after_help = EXIT_CODES, disable_help_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Colour messages: `auto` (the default), `always`, `never`
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    color: Colour,
    /// Print help; `-h` is a summary
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// Returns the tree of all commands, as help, completions and man pages show it.
fn commands() -> clap::Command {
    tree::complete(Cli::command())
}

const EXIT_CODES: &str = "\
Exit codes:
  0  success                   1  a gate fails
  2  usage or input            3  systems failed above `--tolerance`
  4  not comparable            5  nothing to do or to measure
  130 and 143  interrupted";

#[derive(Debug, Subcommand)]
enum Command {
    /// Score systems on corpora against references; write tables
    Run(RunArgs),
    /// Choose sweeps on a part of the documents, report them on the rest
    Tune(TuneArgs),
    /// Time systems on corpora with criterion; write timings.csv
    Bench(BenchArgs),
    /// Summarise one text
    #[command(alias = "summarize")]
    Summarise(SummariseArgs),
    /// Extract keyphrases from one text
    Keywords(KeywordsArgs),
    /// Score texts made elsewhere against references
    Score(ScoreArgs),
    /// Compare systems or runs, document by document
    Compare(CompareArgs),
    /// Write a run as a page of HTML, or draw its tables in a format
    Report(ReportArgs),
    /// List, show and remove stored runs
    Runs(RunsArgs),
    /// Show a document of a run with the outputs of systems
    Show(ShowArgs),
    /// List the documents where a system is furthest behind another
    Worst(WorstArgs),
    /// Append what is remembered of a run to a file of history
    Record(RecordArgs),
    /// Show what became of systems over the recorded runs
    History(HistoryArgs),
    /// Check that a run follows from its rows, outputs and corpora
    Verify(VerifyRunArgs),
    /// Write a static site of many runs and of their history
    #[cfg(feature = "site")]
    Site(SiteArgs),
    /// Measure how metrics agree with human judgements
    Judge(JudgeArgs),
    /// Show the analysis of one text: sentences, words, boilerplate
    Inspect(InspectArgs),
    /// List, import and describe corpora
    Corpus(CorpusArgs),
    /// List systems, metrics and languages
    List(ListArgs),
    /// Explain the signature of a metric or a keyword extractor
    Explain(ExplainArgs),
    /// Print a script that completes commands and options in a shell
    Completions(CompletionsArgs),
    /// Write man pages
    Manual(ManualArgs),
    /// Create or check a plugin
    Plugin(PluginCommandArgs),
    /// Check the kept scores of metric plugins
    Cache(CacheArgs),
    /// Process a part of a corpus: reads documents, writes rows
    Worker(WorkerArgs),
    /// Count corpus statistics on a part of a corpus, or merge counts
    Statistics(StatisticsArgs),
    /// Merge the rows of workers into a run
    Aggregate(AggregateArgs),
}

/// Runs the program with the arguments of the process, and returns its exit code:
/// `fn main() -> ExitCode { epitome::cli::main(&Registry::standard()) }`.
///
/// A program with systems of its own passes a registry that contains them.
pub fn main(registry: &Registry) -> ExitCode {
    main_with(registry, std::env::args_os()).into()
}

/// Runs the program with arguments, of which the first is the name of the program, and returns the
/// exit code. The process does not end.
pub fn main_with<A>(registry: &Registry, arguments: A) -> u8
where
    A: IntoIterator<Item: Into<OsString>>,
{
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let line: Vec<String> = arguments
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    Colour::of(&arguments).choose();

    let parsed = commands().try_get_matches_from(arguments);
    let command = match parsed.and_then(|it| Cli::from_arg_matches(&it)) {
        Ok(parsed) => parsed.command,
        Err(refused) => {
            let _ = refused.print(); // for clap, help and version are errors too
            return u8::try_from(refused.exit_code()).unwrap_or(Code::Input.number());
        }
    };

    let _ = signalled(); // of an earlier command of this process
    let carried_out =
        catch_unwind(AssertUnwindSafe(|| carry_out(command, registry, &line)));
    match carried_out.unwrap_or_else(|panic| Err(Failure::of_panic(panic.as_ref()))) {
        Ok(code) => code.number(),
        // the reader of the output, such as `head`, has read what it needs
        Err(Failure::BrokenPipe) => Code::Fine.number(),
        Err(Failure::Message { text, code }) => {
            super::output::say(&format!("error: {text}"));
            signalled().unwrap_or(code).number()
        }
    }
}

/// Carries out a command; `line` is the command line.
fn carry_out(
    command: Option<Command>,
    registry: &Registry,
    line: &[String],
) -> Result<Code, Failure> {
    match command {
        None => RunArgs::default_arguments()
            .and_then(|arguments| arguments.run(registry, line)),
        Some(Command::Run(arguments)) => arguments.run(registry, line),
        Some(Command::Record(arguments)) => arguments.run(registry),
        Some(Command::History(arguments)) => arguments.run(),
        Some(Command::Verify(arguments)) => arguments.run(registry),
        Some(Command::Tune(arguments)) => arguments.run(registry, line),
        Some(Command::Bench(arguments)) => arguments.run(registry),
        Some(Command::Summarise(arguments)) => arguments.run(registry),
        Some(Command::Keywords(arguments)) => arguments.run(registry),
        Some(Command::Score(arguments)) => arguments.run(registry),

        Some(Command::Compare(arguments)) => arguments.run(registry),
        Some(Command::Report(arguments)) => arguments.run(registry),
        Some(Command::Runs(arguments)) => arguments.run(),
        Some(Command::Show(arguments)) => arguments.run(registry),
        Some(Command::Worst(arguments)) => arguments.run(registry),
        #[cfg(feature = "site")]
        Some(Command::Site(arguments)) => arguments.run(),
        Some(Command::Judge(arguments)) => arguments.run(registry, line),
        Some(Command::Inspect(arguments)) => arguments.run(),

        Some(Command::Corpus(arguments)) => arguments.run(),
        Some(Command::List(arguments)) => arguments.run(registry),
        Some(Command::Explain(arguments)) => arguments.run(registry),
        Some(Command::Completions(arguments)) => arguments.run(commands()),
        Some(Command::Manual(arguments)) => arguments.run(commands()),
        Some(Command::Plugin(arguments)) => arguments.run(),
        Some(Command::Cache(arguments)) => arguments.run(),
        Some(Command::Worker(arguments)) => arguments.run(registry),
        Some(Command::Statistics(arguments)) => arguments.run(registry),
        Some(Command::Aggregate(arguments)) => arguments.run(registry, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_a_caller_end_in_a_code() {
        let registry = Registry::standard();
        assert_eq!(main_with(&registry, ["epitome", "--version"]), 0);
        assert_eq!(
            main_with(&registry, ["epitome", "run", "--no-such-option"]),
            2
        );
        assert_eq!(
            main_with(&registry, ["epitome", "summarise", "no/such/file"]),
            2
        );
    }

    #[test]
    fn the_arguments_are_consistent() {
        commands().debug_assert();
    }

    /// Calls `visit` with every command and its path.
    fn walk(
        command: &clap::Command,
        path: &str,
        visit: &mut impl FnMut(&clap::Command, &str),
    ) {
        visit(command, path);
        for below in command.get_subcommands() {
            walk(below, format!("{path} {}", below.get_name()).trim(), visit);
        }
    }

    #[test]
    fn every_option_has_a_heading_and_every_command_examples() {
        let mut without = Vec::new();
        walk(&commands(), "", &mut |command, path| {
            let options = command.get_arguments().filter(|it| !it.is_positional());
            let options = options.filter(|it| it.get_help_heading().is_none());
            without.extend(options.map(|it| format!("{path} --{}", it.get_id())));
            if !command.has_subcommands() && command.get_after_long_help().is_none() {
                without.push(path.to_owned());
            }
        });
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn every_example_is_a_command_line_of_its_command() {
        for (path, examples) in tree::EXAMPLES {
            for (line, _) in *examples {
                let words = shlex::split(line.split(" > ").next().unwrap_or(line));
                let words = words.unwrap_or_default();
                let parsed = commands().try_get_matches_from(&words);
                assert!(parsed.is_ok(), "{line}: {parsed:?}");
                assert!(
                    line.starts_with(&format!("epitome {path}")),
                    "{path}: {line}"
                );
            }
        }
    }

    #[test]
    fn the_help_has_every_command_once_under_a_purpose() {
        let mut listed = tree::names();
        listed.sort_unstable();
        let mut tree = commands();
        tree.build();
        let mut known: Vec<&str> = tree
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        known.sort_unstable();
        assert_eq!(listed, known);
        let help = tree.render_help().to_string();
        assert!(
            help.lines().all(|line| line.chars().count() <= 80),
            "{help}"
        );
    }
}
