//! As `hostile.py`, in Rust: a plugin that does on command what can go wrong. Without a
//! command it answers with the first sentences, as fast as it can: the bench's echo.

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
    budget: Option<Budget>,
}

#[derive(Deserialize)]
struct Budget {
    sentences: Option<usize>,
}

const FOR_EVER: Duration = Duration::from_hours(1);

fn main() -> io::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("sleep") {
        sleep(FOR_EVER);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let message: Message = serde_json::from_str(&line?)?;
        match message.r#type.as_str() {
            "hello" => writeln!(
                out,
                r#"{{"type":"ready","name":"hostile","version":"1.0","does":["summarise"],"deterministic":true}}"#
            )?,
            "end" => {
                writeln!(out, r#"{{"type":"end","batch":{}}}"#, message.batch)?;
                out.flush()?;
            }
            _ => {
                let fault = message.sentences.iter().find_map(|sentence| {
                    let name = sentence.split_once("FAULT:")?.1;
                    Some(name.split([' ', '.']).next().unwrap_or_default().to_owned())
                });
                match fault {
                    None => honest(&mut out, &message, "")?,
                    Some(name) => {
                        out.flush()?;
                        misbehave(&name, &mut out, &message)?;
                    }
                }
            }
        }
        out.flush()?;
    }
    Ok(())
}

fn honest(out: &mut impl Write, message: &Message, more: &str) -> io::Result<()> {
    let budget = message
        .budget
        .as_ref()
        .and_then(|budget| budget.sentences)
        .unwrap_or(1);
    let picks: Vec<usize> = (0..message.sentences.len().min(budget)).collect();
    writeln!(out, r#"{{"id":{},"picks":{picks:?}{more}}}"#, message.id)
}

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
        _ => exit(77),
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
