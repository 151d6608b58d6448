//! As `hostile.py`, in Rust: a plugin that does on command what can go wrong. Without a
//! command it answers with the first sentences, as fast as it can: the bench's echo.
//!
//! A command is `FAULT:name` in a document. Another word than `FAULT` is listened to if it is
//! the argument, so that two plugins fail on a document in two ways; `metric` as the second
//! argument makes it a metric, which reads commands in the outputs that it measures.

mod hostile_replies;

use std::{
    io::{self, BufRead, Write},
    os::unix::process::CommandExt,
    process::{Command, Stdio, exit},
    thread::sleep,
    time::Duration,
};

use rustix::process::{Signal, getpid, kill_process};
use serde::Deserialize;

#[derive(Deserialize)]
struct Message {
    r#type: String,
    #[serde(default)]
    id: u64,
    #[serde(default)]
    batch: u64,
    #[serde(default)]
    sentences: Vec<String>,
    #[serde(default)]
    candidates: Vec<String>,
    budget: Option<Budget>,
}

#[derive(Deserialize)]
struct Budget {
    sentences: Option<usize>,
}

const FOR_EVER: Duration = Duration::from_hours(1);

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|it| it == "sleep") {
        sleep(FOR_EVER);
    }
    let word = arguments.first().map_or("FAULT", String::as_str);
    let does = match arguments.get(1).map(String::as_str) {
        Some("metric") => {
            r#""version":"1.0 as a metric","does":["measure"],"low":0,"high":1"#
        }
        _ => r#""version":"1.0","does":["summarise"]"#,
    };

    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let message: Message = serde_json::from_str(&line?)?;
        match message.r#type.as_str() {
            "hello" => writeln!(
                out,
                r#"{{"type":"ready","name":"hostile","deterministic":true,{does}}}"#
            )?,
            "end" => {
                writeln!(out, r#"{{"type":"end","batch":{}}}"#, message.batch)?;
                out.flush()?;
            }
            _ => match command(word, &message) {
                None => honest(&mut out, &message, "")?,
                Some(name) => {
                    out.flush()?;
                    misbehave(&name, &mut out, &message)?;
                }
            },
        }
        out.flush()?;
    }
    Ok(())
}

/// The fault that a document or an output asks for.
fn command(word: &str, message: &Message) -> Option<String> {
    let mark = format!("{word}:");
    let mut texts = message.sentences.iter().chain(&message.candidates);
    texts.find_map(|text| {
        let name = text.split_once(&mark)?.1;
        Some(
            name.split([' ', '.', '\n'])
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    })
}

fn honest(out: &mut impl Write, message: &Message, more: &str) -> io::Result<()> {
    if message.r#type == "measure" {
        let share = |text: &String| (text.len() % 100) as f64 / 100.0;
        let measures: Vec<f64> = message.candidates.iter().map(share).collect();
        return writeln!(
            out,
            r#"{{"id":{},"measures":{measures:?}{more}}}"#,
            message.id
        );
    }
    let budget = message
        .budget
        .as_ref()
        .and_then(|budget| budget.sentences)
        .unwrap_or(1);
    let picks: Vec<usize> = (0..message.sentences.len().min(budget)).collect();
    writeln!(out, r#"{{"id":{},"picks":{picks:?}{more}}}"#, message.id)
}

#[expect(clippy::too_many_lines, reason = "a list, one fault after the other")]
fn misbehave(name: &str, out: &mut impl Write, message: &Message) -> io::Result<()> {
    // Rust handles the first SIGSEGV, and only takes the next as meant
    let die = |signal| loop {
        let _ = kill_process(getpid(), signal);
        sleep(Duration::from_millis(1));
    };
    let id = message.id;
    match name {
        "hang" => sleep(FOR_EVER),
        "exit" => exit(0),
        "segv" => die(Signal::SEGV),
        "kill" => die(Signal::KILL),
        "answer-and-die" => {
            honest(out, message, "")?;
            out.flush()?;
            die(Signal::KILL);
        }
        "eat-memory" => {
            let mut kept = Vec::new();
            loop {
                kept.push(std::hint::black_box(vec![1_u8; 8 << 20]));
                sleep(Duration::from_millis(10));
            }
        }
        "flood-stdout" => {
            flood(out)?;
        }
        "flood-stderr" => {
            flood(&mut io::stderr().lock())?;
            honest(out, message, "")?;
        }
        "garbage" => {
            writeln!(out, "Loading model ... 100 %")?;
            honest(out, message, "")?;
        }
        "twice" => {
            honest(out, message, "")?;
            honest(out, message, "")?;
        }
        "another-id" => writeln!(out, r#"{{"id":{},"picks":[]}}"#, id + 1_000_000)?,
        "out-of-range" => writeln!(out, r#"{{"id":{id},"picks":[99999]}}"#)?,
        "duplicate" => writeln!(out, r#"{{"id":{id},"picks":[0,0]}}"#)?,
        "too-many" => {
            let all: Vec<usize> = (0..message.sentences.len()).collect();
            writeln!(out, r#"{{"id":{id},"picks":{all:?}}}"#)?;
        }
        "nan" => honest(out, message, r#","scores":[NaN]"#)?,
        "invalid-utf-8" => out.write_all(b"{\"error\":\"\xff\"}\n")?,
        "half-a-line" => {
            write!(out, r#"{{"id":{id},"pic"#)?;
            out.flush()?;
            sleep(FOR_EVER);
        }
        "grandchild" => {
            another_self(0)?;
            honest(out, message, "")?;
        }
        "grandchild-and-hang" => {
            another_self(0)?;
            sleep(FOR_EVER);
        }
        "daemon-and-exit" => {
            another_self(1)?;
            exit(1);
        }
        "ignore-sigterm" => {
            let flag = std::sync::Arc::default();
            signal_hook::flag::register(signal_hook::consts::SIGTERM, flag)?;
            loop {
                sleep(FOR_EVER);
            }
        }
        "error" => writeln!(out, r#"{{"id":{id},"error":"not for me"}}"#)?,
        "slow-clock" => honest(out, message, r#","elapsed_ns":1000000000000000"#)?,
        "never-answer" => {}
        "exit-255" => exit(255),
        "abort" => die(Signal::ABORT),
        "term" => die(Signal::TERM),
        "stop" => {
            let _ = kill_process(getpid(), Signal::STOP);
        }
        "become-another" => {
            let error = Command::new("sleep")
                .arg("3600")
                .stdin(Stdio::null())
                .exec();
            return Err(error);
        }
        "slow" => {
            sleep(Duration::from_millis(50));
            honest(out, message, "")?;
        }
        "in-pieces" => {
            let mut whole = Vec::new();
            honest(&mut whole, message, "")?;
            for byte in whole {
                out.write_all(&[byte])?;
                out.flush()?;
            }
        }
        "windows-line-end" => {
            let mut whole = Vec::new();
            honest(&mut whole, message, "")?;
            whole.pop();
            out.write_all(&[whole, b"\r\n".to_vec()].concat())?;
        }
        "unknown-field" => honest(out, message, r#","confidence":0.5"#)?,
        "litter" => {
            for at in 0..200 {
                std::fs::write(format!("litter-{at}"), "x".repeat(at))?;
            }
            std::fs::create_dir_all("a/b/c/d/e/f")?;
            std::os::unix::fs::symlink("/", "root")?;
            honest(out, message, "")?;
        }
        "remove-folder" => {
            // isolation lets it remove what is in its folder, and not the folder
            match std::fs::remove_dir_all(std::env::current_dir()?) {
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                    return Err(error);
                }
                _ => honest(out, message, "")?,
            }
        }
        "lock-folder" => {
            std::fs::create_dir("locked")?;
            std::fs::write("locked/x", "x")?;
            let none = std::os::unix::fs::PermissionsExt::from_mode(0o000);
            std::fs::set_permissions("locked", none)?;
            honest(out, message, "")?;
        }
        "many-grandchildren" => {
            (0..8).try_for_each(|_| another_self(0))?;
            honest(out, message, "")?;
        }
        "grandchild-and-segv" => {
            another_self(1)?;
            die(Signal::SEGV);
        }
        name => match hostile_replies::lines(name, id) {
            Some(lines) => writeln!(out, "{lines}")?,
            None => exit(77),
        },
    }
    Ok(())
}

/// 100 MB.
fn flood(out: &mut impl Write) -> io::Result<()> {
    let lines = format!("{}\n", "x".repeat(999)).repeat(100);
    (0..1_000).try_for_each(|_| out.write_all(lines.as_bytes()))
}

/// A process that outlives us if it can; in a group of its own for 1.
fn another_self(groups: i32) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("sleep").stdin(Stdio::null());
    if groups == 1 {
        command.process_group(0);
    }
    command.spawn().map(drop)
}
