//! Runs with plugins that look for what is none of their business.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use super::{
    plugin_stories::system,
    story::{Outcome, Story, copy_program, epitome},
};
use crate::{
    plugins::stage::{has, isolated, isolation, keeps_signals_in},
    python::search_path,
};

pub(super) fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The page that says what plugins are kept from.
pub(super) fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.md");
    fs::read_to_string(page).unwrap()
}

/// The Python that every user may start; `None` if there is none.
pub(super) fn python_of_the_system() -> Option<&'static str> {
    let path = "/usr/bin/python3";
    has("/usr/bin/python3", Path::new(path).exists()).then_some(path)
}

/// A story whose only document says what the plugin beside it is to try; `{story}` is the
/// folder.
pub(super) fn story(attempts: &[&str]) -> Story {
    let story = epitome().file("intruder.py", script("intruder.py"));
    let folder = story.path("").display().to_string();
    let lines: Vec<String> = attempts.iter().map(|it| format!("TRY {it}")).collect();
    let text = lines
        .join("\n")
        .replace("{story}", folder.trim_end_matches('/'));
    let record = serde_json::json!({
        "id": "a", "lang": "en", "text": text, "summaries": ["The reference."],
    });
    story.file("c.jsonl", record.to_string())
}

pub(super) const RUN: &str = "run --corpus c.jsonl --lines sentences --sentences 1 --system lead --metric rouge-1 --name a --plugin";

/// Runs the intruder with options.
fn run(story: &Story, options: &str) -> Outcome {
    let words = RUN.split_whitespace();
    let plugin = ["intruder=python3 intruder.py"];
    let words: Vec<&str> = words
        .chain(plugin)
        .chain(options.split_whitespace())
        .collect();
    let outcome = story.does_words(&words);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    outcome
}

/// What became of the attempts.
pub(super) fn outcomes(story: &Story) -> Vec<String> {
    let failures = fs::read_to_string(story.path("results/a/failures.csv")).unwrap();
    let (_, list) = failures.split_once('[').unwrap();
    let (list, _) = list.split_once(']').unwrap();
    serde_json::from_str(&format!("[{}]", list.replace("\"\"", "\""))).unwrap()
}

/// What the manifest says of the isolation of the plugin.
pub(super) fn recorded(story: &Story) -> String {
    recorded_of(story, "systems")
}

/// What the manifest says of the isolation of the only plugin in a role.
fn recorded_of(story: &Story, role: &str) -> String {
    let manifest = fs::read_to_string(story.path("results/a/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let entries = manifest[role].as_array().unwrap().iter();
    let isolations: Vec<&serde_json::Value> = entries
        .map(|it| &it["isolation"])
        .filter(|it| !it.is_null())
        .collect();
    assert_eq!(isolations.len(), 1, "{manifest}");
    isolations[0].as_str().unwrap().to_owned()
}

/// Whether this is the error of something that the kernel refuses.
fn is_refusal(outcome: &str) -> bool {
    ["EACCES", "EPERM"].contains(&outcome)
}

#[test]
fn it_finds_neither_the_references_nor_the_rows_beside_it() {
    let story = story(&[
        "read {story}/intruder.py",
        "read {story}/c.jsonl",
        "read /proc/{parent}/cwd/c.jsonl",
        "write {story}/results/a/scores.csv",
        "list {story}/results/a",
        "read /proc/{parent}/environ",
        "read /proc/{parent}/mem",
        "read /proc/{parent}/fd/3",
        "signal {parent}",
    ]);
    let outcome = run(&story, "");
    if isolation().is_none() {
        assert!(
            outcome.stderr.contains("could open every file"),
            "{}",
            outcome.stderr
        );
        return;
    }
    let outcomes = outcomes(&story);
    assert_eq!(outcomes[0], "ok", "its own file");
    for (outcome, what) in outcomes[1..].iter().zip(1..) {
        let is_listing = what == 4; // names are no secret
        let is_signal = what == 8;
        if is_listing || is_signal && !keeps_signals_in() {
            continue;
        }
        assert!(is_refusal(outcome), "{what}: {outcomes:?}");
    }
}

#[test]
fn a_run_without_isolation_says_so() {
    let story = story(&["read {story}/c.jsonl"]);
    run(&story, "--isolation none");
    assert_eq!(outcomes(&story), ["ok"]);
    assert_eq!(recorded(&story), "none, as asked");
    story
        .does(&format!("{RUN} x=y --isolation some"))
        .fails(
            2,
            "invalid value 'some' for '--isolation <WHAT>': `some` is no isolation: it is `files` or `none`",
        );
}

#[test]
fn an_experiment_says_what_plugins_are_kept_from() {
    let file = |isolation: &str| {
        format!(
            "systems = ['lead']\n[corpora]\nc = 'c.jsonl'\n[plugins]\nintruder = 'python3 intruder.py'\n\
             [plugin-limits]\nisolation = '{isolation}'\n"
        )
    };
    let story = story(&["read {story}/c.jsonl"]).file("e.toml", file("none"));
    let outcome = story.does("run e.toml --name a --lines sentences --sentences 1");
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert_eq!(outcomes(&story), ["ok"]);
    assert_eq!(recorded(&story), "none, as asked");
    let kept = fs::read_to_string(story.path("results/a/experiment.toml")).unwrap();
    assert!(kept.contains("isolation = \"none\""), "{kept}");
    let story = story.file("e.toml", file("some"));
    story.does("run e.toml").fails(
        2,
        "e.toml:7: `some` is no isolation: it is `files` or `none`",
    );
}

/// The number that systems give to nobody.
const NOBODY: u32 = 65_534;

/// Returns a program in the folder of a story that first puts its own number for `{epitome}` into
/// the corpus, and then is epitome.
pub(super) fn numbered(story: &Story, program: &Path) -> Command {
    let start = "sed -i s/{epitome}/$$/g c.jsonl && exec \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", start, "sh"])
        .arg(program)
        .current_dir(story.path(""))
        .env("PATH", search_path());
    command
}

/// Runs the program as a user who is not root, in the folder of a story, with a plugin `x`.
fn as_nobody(story: &Story, plugin: &str, options: &str) -> std::process::Output {
    let program = story.path("program");
    copy_program(env!("CARGO_BIN_EXE_epitome"), &program);
    fs::create_dir_all(story.path("results")).unwrap();
    let mut command = numbered(story, &program);
    let run = "run --corpus c.jsonl --lines sentences --sentences 1 --metric rouge-1 --name a --fresh --system x";
    command
        .args(run.split(' '))
        .args(options.split_whitespace())
        .args(["--plugin", plugin]);
    if rustix::process::geteuid().is_root() {
        for folder in ["", "results"] {
            chown(story.path(folder), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[test]
fn a_plugin_of_the_same_user_does_not_read_our_process() {
    let spy = r#"
read hello
echo '{"type":"ready","name":"x","version":"1","does":["summarise"]}'
while read -r line; do
    case $line in
        *'"type":"end"'*) echo "$line" ;;
        *) if head -c 1 "/proc/$PPID/environ" >/dev/null 2>&1 || head -c 1 "/proc/$PPID/maps" >/dev/null 2>&1
           then echo '{"id":1,"error":"it was read"}'
           else echo '{"id":1,"picks":[0]}'
           fi ;;
    esac
done
"#;
    let story = story(&["nothing"]).file("spy.sh", spy);
    let output = as_nobody(&story, "x=sh spy.sh", "--isolation none");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn an_orphan_without_a_mark_ends_with_the_program() {
    let story = story(&["nothing"]).file("fugitive.py", script("fugitive.py"));
    let path = story.path("fugitive.py").display().to_string();
    for way in ["daemon", "hop"] {
        let plugin = format!("x=python3 fugitive.py {way}");
        let words = RUN.split_whitespace();
        let more = [&plugin, "--isolation", "none", "--fresh"];
        story
            .does_words(&words.chain(more).collect::<Vec<_>>())
            .succeeds();
        let lives = fs::read_dir("/proc").unwrap().flatten().any(|entry| {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&path)
        });
        assert!(!lives, "{way}");
    }
}

/// What the page says of a row of "What holds": of an isolated plugin, and otherwise.
fn holds(row: &str) -> [bool; 2] {
    let page = page();
    let begins = format!("| {row}");
    let line = page.lines().find(|line| line.starts_with(&begins));
    let cells: Vec<&str> = line.unwrap().split('|').map(str::trim).collect();
    [cells[2], cells[3]].map(|cell| {
        match cell.split(|letter: char| !letter.is_alphabetic()).next() {
            Some("yes") => true,
            Some("no") => false,
            _ => panic!("{row}: {cell}"),
        }
    })
}

/// The rows of "What holds" that a plugin can try by itself, and how.
const ROWS: [(&str, &[&str]); 6] = [
    (
        "opens corpora, results, files of the user",
        &[
            "read {story}/c.jsonl",
            "read {story}/results/old/scores.csv",
            "read {story}/secret.txt",
            "list {story}",
        ],
    ),
    (
        "reads memory, environment and open files of epitome",
        &[
            "read /proc/{epitome}/mem",
            "read /proc/{epitome}/environ",
            "read /proc/{epitome}/fd/0",
            "trace {epitome}",
        ],
    ),
    ("finds their names in `/proc`", &["arguments {epitome}"]),
    ("sends signals to epitome", &["signal {epitome}"]),
    ("lowers resource limits of epitome", &["limit {epitome}"]),
    ("fills the disk", &["fill 64", "segments 64"]),
];

#[test]
fn each_row_of_what_holds_is_what_a_plugin_of_the_same_user_finds() {
    let Some(python) = python_of_the_system() else {
        return;
    };
    let attempts: Vec<&str> =
        ROWS.iter().flat_map(|(_, tries)| *tries).copied().collect();
    let story = story(&attempts)
        .file("mine/intruder.py", script("intruder.py"))
        .file("secret.txt", "a file of the user")
        .file("results/old/scores.csv", "rows");
    let plugin = format!("x={python} mine/intruder.py");

    for (column, options) in ["", "--isolation none"].into_iter().enumerate() {
        if column == 0 && !keeps_signals_in() {
            continue;
        }
        let corpus = fs::read(story.path("c.jsonl")).unwrap();
        // what it fills is more than the memory that it may use
        let options = format!("{options} --plugin-memory 50MiB");
        let output = as_nobody(&story, &plugin, &options);
        fs::write(story.path("c.jsonl"), corpus).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{said}");

        let mut found = outcomes(&story).into_iter();
        for (row, tries) in ROWS {
            for attempt in tries {
                let found = found.next().unwrap();
                let is_done = found == "ok" || found.contains("--corpus c.jsonl");
                assert!(is_done || is_refusal(&found), "{attempt}: {found}");
                assert_eq!(is_done, holds(row)[column], "{options}: {attempt}: {found}");
            }
        }
    }
}

/// Whether these tests are run by root, as CI does.
fn is_root() -> bool {
    has("root", rustix::process::geteuid().is_root())
}

#[test]
fn it_gains_no_privileges_by_a_program_that_it_starts() {
    let (Some(python), true) = (python_of_the_system(), is_root()) else {
        return;
    };
    if isolation().is_none() {
        return;
    }
    let story = story(&["status NoNewPrivs", "user {story}/mine/id"])
        .file("mine/intruder.py", script("intruder.py"));
    let id = story.path("mine/id");
    copy_program("/usr/bin/id", &id);
    fs::set_permissions(&id, PermissionsExt::from_mode(0o4755)).unwrap();
    let plugin = format!("x={python} mine/intruder.py");

    as_nobody(&story, &plugin, "");
    assert_eq!(outcomes(&story), ["1", &NOBODY.to_string()]);
    as_nobody(&story, &plugin, "--isolation none");
    let open = outcomes(&story);
    if open[0] == "0" {
        assert_eq!(open[1], "0", "the program is one of root");
    }
}

/// The capabilities of a process in the form of `/proc`, without those that plugins of root give
/// up: `SYS_PTRACE`, `SYS_ADMIN` and `PERFMON`.
fn given_up(capabilities: &str) -> u64 {
    u64::from_str_radix(capabilities, 16).unwrap() & !(1 << 19 | 1 << 21 | 1 << 38)
}

#[test]
fn as_root_it_can_not_trace_mount_or_monitor() {
    if !is_root() || isolation().is_none() {
        return;
    }
    let story = story(&[
        "status CapEff",
        "status CapPrm",
        "status CapBnd",
        "trace {parent}",
        "mount .",
        "device null",
    ]);
    run(&story, "");
    let isolated = outcomes(&story);
    let own = fs::read_to_string("/proc/self/status").unwrap();
    for (found, name) in isolated.iter().zip(["CapEff", "CapPrm", "CapBnd"]) {
        let own = own.lines().find_map(|line| line.strip_prefix(name));
        let own = own.unwrap().trim_start_matches(':').trim();
        let wanted = format!("{:016x}", given_up(own));
        assert_eq!(*found, wanted, "{name}, of which we have {own}");
    }
    for outcome in &isolated[3..] {
        assert!(is_refusal(outcome), "{isolated:?}");
    }
}

#[test]
fn manifest_and_check_say_in_the_same_words_what_a_plugin_was_kept_from() {
    let words = isolated().to_string();
    if isolation().is_some() {
        let (what, version) = words.split_once(", by Landlock ").unwrap();
        let version: i32 = version.parse().unwrap();
        let wanted = match version {
            ..6 => "files",
            _ => "files and signals",
        };
        assert_eq!(what, wanted, "{version}");
    }
    let story = story(&["read intruder.py"]).file(
        "metric.toml",
        "name = \"m\"\nrun = \"python3 intruder.py\"\ndoes = [\"measure\"]\n",
    );
    let roles = [
        ("systems", "--plugin x=python3#intruder.py"),
        ("metrics", "--metric-plugin metric.toml --no-cache"),
        (
            "embedders",
            "--embedder e=plugin:metric.toml --system text-rank(edges=embedding,embedder=e)",
        ),
    ];
    for (role, options) in roles {
        if role == "embedders" {
            let toml = fs::read_to_string(story.path("metric.toml")).unwrap();
            let toml = toml.replace("measure", "embed");
            fs::write(story.path("metric.toml"), toml).unwrap();
        }
        for (isolation, wanted) in [("", words.as_str()), ("none", "none, as asked")] {
            let words = RUN.split_whitespace().take_while(|it| *it != "--plugin");
            let options = options.split(' ').map(|it| it.replace('#', " "));
            let mut words: Vec<String> =
                words.map(str::to_owned).chain(options).collect();
            words.push("--fresh".to_owned());
            if !isolation.is_empty() {
                words.extend(["--isolation".to_owned(), isolation.to_owned()]);
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            story.does_words(&words);
            assert_eq!(recorded_of(&story, role), wanted, "{role}");
        }
    }

    let checked = story.does("plugin check --isolation none python3 intruder.py");
    checked.writes("isolation: none, as asked\n");
    let checked = story.does("plugin check python3 intruder.py");
    match isolation() {
        Some(_) => checked.writes(&format!(
            "isolation: {words}; `read` and `write` in plugin.toml name more files to open\n"
        )),
        None => checked.writes(&format!("isolation: {words}\n")),
    };
}

#[test]
fn isolation_changes_no_row_and_not_whether_a_run_is_taken_up() {
    let faults = ["", "exit", "", "error", "", "garbage-json", "", ""];
    let rows = |story: &Story| {
        let names = [
            "scores.csv",
            "extracts.jsonl",
            "failures.csv",
            "documents.csv",
        ];
        names.map(|name| {
            fs::read_to_string(story.path(&format!("results/a/{name}"))).unwrap()
        })
    };
    let story = system::story(&faults);
    let run = format!("{} --name a --tolerance 1", system::RUN);
    story.does(&format!("{run} --isolation none")).succeeds();
    let open = rows(&story);
    assert_eq!(recorded(&story), "none, as asked");

    let again = story.does(&run).succeeds();
    again.says("8 documents were there already");
    assert_eq!(rows(&story), open);
    assert_eq!(
        recorded(&story),
        "none, as asked",
        "nothing was asked again"
    );

    story.does(&format!("{run} --fresh")).succeeds();
    assert_eq!(rows(&story), open);
    assert_eq!(recorded(&story), isolated().to_string());
}

#[test]
fn a_run_that_is_taken_up_without_isolation_says_so_beside_what_it_had() {
    let story = system::story(&["", "error", ""]);
    let run = format!("{} --name a --tolerance 1", system::RUN);
    story.does(&run).succeeds();
    let had = isolated().to_string();
    for isolation in ["none", "none"] {
        story
            .does(&format!("{run} --retry-failed --isolation {isolation}"))
            .succeeds();
        assert_eq!(recorded(&story), format!("{had}; then none, as asked"));
    }
}
