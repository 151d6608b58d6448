//! Signals: whatever a command does, it ends soon after one.

use std::{
    fmt::Write as _,
    fs,
    os::unix::process::ExitStatusExt as _,
    process::ExitStatus,
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{CWD, FileType, Mode, mknodat},
    process::Signal,
};

use super::{
    background::Background,
    plugin_processes::left_in,
    plugin_stories::embedder,
    plugin_stories::system::{RUN, story as plugin_story},
    story::{Story, TWO_STORIES, epitome},
};

/// The longest time from a signal to the end: a second in which the command may hear it, and
/// what a machine with much else to do adds.
const SOON: Duration = Duration::from_secs(6);

/// The signals, and the exit codes that they lead to.
const SIGNALS: [(Signal, i32); 2] = [(Signal::INT, 130), (Signal::TERM, 143)];

/// A story with a named pipe `pipe`, into which nobody writes.
fn with_pipe() -> Story {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let path = story.path("pipe");
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    story
}

/// Sends a signal to a command, and checks that it ends soon. Returns how it ended.
fn ended_soon(command: &mut Background, signal: Signal, what: &str) -> ExitStatus {
    let sent = epitome::run::clock::now();
    let status = command.hears(signal);
    let took: Duration = Instant::elapsed(&sent);
    assert!(took < SOON, "{what}: {took:?} after {signal:?}");
    status
}

#[test]
fn a_signal_ends_a_command_that_waits_for_a_file_or_standard_input() {
    let story = with_pipe();
    for line in [
        "run pipe",
        "tune pipe",
        "bench pipe",
        "run --corpus -",
        "aggregate pipe --corpus two.jsonl",
        "worker --system lead --metric rouge-1",
        "worker --experiment pipe",
    ] {
        for (signal, code) in SIGNALS {
            let words: Vec<&str> = line.split(' ').collect();
            let mut command = Background::starts(&story, &[], &words);
            command.until_it_listens();
            let status = ended_soon(&mut command, signal, line);
            assert_eq!(status.code(), Some(code), "{line}: {}", command.said());
            assert_eq!(command.said(), "error: interrupted\n", "{line}");
        }
    }
}

#[test]
fn a_signal_ends_a_command_without_plugins_by_itself() {
    let story = with_pipe();
    for line in [
        "summarise -",
        "keywords pipe",
        "inspect pipe",
        "score - --metric rouge-1",
        "score pipe --metric rouge-1",
        "statistics --system tf-idf --metric keyphrase-f1@5",
    ] {
        for (signal, code) in SIGNALS {
            let words: Vec<&str> = line.split(' ').collect();
            let mut command = Background::starts(&story, &[], &words);
            thread::sleep(Duration::from_millis(300));
            let status = ended_soon(&mut command, signal, line);
            assert_eq!(
                status.signal(),
                Some(code - 128),
                "{line}: {status} {}",
                command.said()
            );
        }
    }
}

#[test]
fn a_signal_ends_the_first_pass_over_a_large_corpus() {
    let mut corpus = String::new();
    for at in 0..200_000 {
        let _ = writeln!(
            corpus,
            r#"{{"id":"d{at}","text":"The river {at} rose. Boats left the harbour.","summaries":["The river rose."]}}"#
        );
    }
    let story = epitome().file("many.jsonl", corpus);
    for (signal, code) in SIGNALS {
        let words = ["run", "--corpus", "many.jsonl", "--system", "lead"];
        let mut run = Background::starts(&story, &[], &words);
        run.until_it_listens();
        let status = ended_soon(&mut run, signal, "the first pass");
        assert_eq!(status.code(), Some(code), "{}", run.said());
        assert!(!story.path("results").exists(), "it was in the first pass");
    }
}

#[test]
fn a_signal_ends_bench_with_its_plugins_and_leaves_the_timings_of_before() {
    let plain = plugin_story(&["", ""]);
    let line = RUN.strip_prefix("run ").unwrap();
    let line = format!("bench {line} --system hostile --name b --samples 10");
    plain
        .does(&format!("{line} --warm-up-ms 1 --measurement-ms 10"))
        .succeeds();
    let timings = || fs::read(plain.path("results/b/timings.csv")).unwrap();
    let before = timings();
    fs::create_dir(plain.path("tmp")).unwrap();
    let temporary = plain.path("tmp");
    let left = || fs::read_dir(&temporary).unwrap().count();

    for (signal, code) in SIGNALS {
        let line = format!("{line} --warm-up-ms 600000 --quiet");
        let words: Vec<&str> = line.split(' ').collect();
        let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
        let mut bench = Background::starts(&plain, &in_folder, &words);
        bench.until("working folder of a plugin", || left() > 0);
        thread::sleep(Duration::from_secs(1));
        let status = ended_soon(&mut bench, signal, "bench");
        assert_eq!(status.code(), Some(code), "{}", bench.said());
        assert_eq!(left(), 0);
        assert_eq!(left_in(&temporary), 0);
        assert_eq!(timings(), before);
    }
}

#[test]
fn a_signal_ends_the_embedders_of_a_command_with_it() {
    let story = embedder::story(&["hang"], "").file("a.txt", "One. FAULT:hang. Three.");
    fs::create_dir(story.path("tmp")).unwrap();
    let temporary = story.path("tmp");
    let system = "--embedder hostile=plugin:embedder.toml --system text-rank(edges=embedding,embedder=hostile)";
    for line in [
        format!("summarise a.txt {system}"),
        format!(
            "keywords a.txt {}",
            system.replace("text-rank(edges=embedding,", "embed-rank(")
        ),
        format!("run --corpus c.jsonl {system} --metric rouge-1"),
    ] {
        for (signal, code) in SIGNALS {
            let words: Vec<&str> = line.split(' ').collect();
            let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
            let mut command = Background::starts(&story, &in_folder, &words);
            command.until("an embedder", || left_in(&temporary) > 0);
            thread::sleep(Duration::from_millis(500));
            let status = ended_soon(&mut command, signal, &line);
            assert_eq!(status.code(), Some(code), "{line}: {}", command.said());
            assert_eq!(left_in(&temporary), 0, "{line}");
            assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "{line}");
        }
    }
}

#[test]
fn a_corpus_that_cannot_be_read_twice_is_refused() {
    let story = with_pipe();
    for corpus in ["pipe", "/dev/zero"] {
        for line in [
            format!("run --corpus {corpus}"),
            format!("run --corpus two.jsonl --background {corpus} --system tf-idf"),
            format!("bench --corpus {corpus}"),
            format!("corpus stats {corpus}"),
            format!("judge {corpus} --metric rouge-1"),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            let mut command = Background::starts(&story, &[], &words);
            let status = command.ends_within(SOON * 2);
            let said = command.said();
            assert_eq!(status.code(), Some(2), "{line}: {said}");
            let problem = "it is a pipe or a device, and a corpus is read more than once";
            let expected =
                format!("error: {corpus}: {problem}\nhint: `--corpus -` reads ");
            assert!(said.starts_with(&expected), "{line}: {said}");
        }
    }
}

/// How long a plugin that is traced by a process which nothing tells apart is waited for, and
/// what else its end takes.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn a_signal_ends_plugins_that_do_what_they_can_against_it() {
    for (fault, isolation) in [
        ("join-our-group", "none"),
        ("traced", "none"),
        ("traced-by-a-stranger", "none"),
        ("ignore-sigterm", "none"),
        ("traced", "files"),
        ("ignore-sigterm", "files"),
    ] {
        let story = plugin_story(&["", "", fault, ""]);
        fs::create_dir(story.path("tmp")).unwrap();
        let temporary = story.path("tmp");
        for (signal, code) in SIGNALS {
            let line = format!("{RUN} --plugin-timeout 600 --isolation {isolation}");
            let words: Vec<&str> = line.split(' ').collect();
            let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
            let mut run = Background::starts(&story, &in_folder, &words);
            run.until("a plugin", || left_in(&temporary) > 0);
            thread::sleep(Duration::from_secs(2));
            let sent = epitome::run::clock::now();
            let status = run.hears(signal);
            assert!(sent.elapsed() < LONGEST, "{fault}: {:?}", sent.elapsed());
            let said = run.said();
            if status.code() == Some(2) && said.contains("cannot") {
                continue; // the kernel does not isolate
            }
            assert_eq!(status.code(), Some(code), "{fault}: {said}");
            assert!(said.contains("error: interrupted"), "{fault}: {said}");
            assert_eq!(left_in(&temporary), 0, "{fault} {isolation} {signal:?}");
            assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "{fault}");
        }
    }
}

#[test]
fn a_plugin_that_a_stranger_traces_is_not_waited_for_without_end() {
    let story = plugin_story(&["", "traced-by-a-stranger", ""]);
    fs::create_dir(story.path("tmp")).unwrap();
    let temporary = story.path("tmp");
    let line = format!("{RUN} --plugin-timeout 2 --isolation none --name a");
    let words: Vec<&str> = line.split(' ').collect();
    let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
    let mut run = Background::starts(&story, &in_folder, &words);
    let status = run.ends_within(Duration::from_mins(1));
    assert_eq!(status.code(), Some(3), "{}", run.said());
    let failures = story.result("failures.csv");
    assert!(failures.contains("c,d1,hostile,timeout,"), "{failures}");
    assert_eq!(failures.lines().count(), 2, "{failures}");
    assert_eq!(left_in(&temporary), 0);
}

/// Whether a process lives that has this variable in its environment.
fn lives(variable: &str) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut environments =
        processes.filter_map(|it| fs::read(it.path().join("environ")).ok());
    environments.any(|it| {
        it.split(|&byte| byte == 0)
            .any(|it| it == variable.as_bytes())
    })
}

#[test]
fn a_version_command_lives_no_longer_than_its_program_or_until_the_next() {
    let mark = format!("EPITOME_VERSION_OF={}", std::process::id());
    // a command that hears no SIGTERM, with a child in a session of its own
    let version = format!(
        "version = ['env', '{mark}', 'sh', '-c', 'trap \"\" TERM; setsid sleep 3600 & sleep 3600; :']"
    );
    let toml = |version: &str| {
        format!(
            "name = 'p'\nrun = ['false']\n{version}\nstart-timeout = 3600\ngrace = 0.1\n"
        )
    };
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("plugin.toml", toml(&version));
    fs::create_dir(story.path("tmp")).unwrap();
    let temporary = story.path("tmp");
    let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
    let left = || fs::read_dir(&temporary).unwrap().count();
    let words = ["run", "--corpus", "two.jsonl", "--plugin", "plugin.toml"];

    for (signal, code) in SIGNALS {
        let mut run = Background::starts(&story, &in_folder, &words);
        run.until("a version command", || lives(&mark));
        let status = ended_soon(&mut run, signal, "version");
        assert_eq!(status.code(), Some(code), "{}", run.said());
        assert!(!lives(&mark));
        assert_eq!(left(), 0);
    }

    let mut run = Background::starts(&story, &in_folder, &words);
    run.until("a version command", || lives(&mark));
    run.kill();
    assert!(left() > 0);
    let story = story.file("plugin.toml", toml(""));
    let next = story.does_with(&in_folder, &words.join(" "));
    assert_eq!(next.code, 2, "{}", next.stderr);
    assert!(!lives(&mark));
    assert_eq!(left(), 0);
    assert!(!story.path("results").exists());
}
