//! Build script: passes the compiler's version, a digest of the source and the revision
//! to the crate as environment variables, for the manifest of a run.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for folder in sources() {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    println!("cargo:rerun-if-changed=../../Cargo.lock");
    println!("cargo:rustc-env=EPITOME_BUILD={}", digest_of_source());

    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    let version = output
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok());
    println!(
        "cargo:rustc-env=EPITOME_RUSTC={}",
        version.as_deref().unwrap_or("unknown").trim()
    );

    if let Some(head) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={head}");
    }

    println!(
        "cargo:rustc-env=EPITOME_REVISION={}",
        revision().unwrap_or_default()
    );
}

/// Returns the revision of this workspace, or `None` if the crate is in another
/// repository, as a vendored copy is, or in none.
fn revision() -> Option<String> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?)
        .canonicalize()
        .ok()?;
    let top = Path::new(&git(&["rev-parse", "--show-toplevel"])?)
        .canonicalize()
        .ok()?;
    if here != top.join("crates/engine") {
        return None;
    }
    git(&["describe", "--always", "--dirty"])
}

/// Returns what `git` prints, without surrounding white space, or `None` if it fails or
/// prints nothing. Settings of the repository cannot start programs.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// Returns the folders of the source that decides what the rows of a run are: this crate
/// and those below it. What draws tables is not among them, so that a change there does
/// not start runs over.
fn sources() -> Vec<PathBuf> {
    let crates = [
        "base",
        "corpora",
        "embedders",
        "engine",
        "metrics",
        "plugin",
        "stats",
        "systems",
        "text",
    ];
    let folders = crates.map(|name| Path::new("..").join(name).join("src"));
    let here: Vec<PathBuf> = folders
        .into_iter()
        .filter(|folder| folder.is_dir())
        .collect();

    // a crate from a registry has no neighbours; their versions are in the lock file
    if here.is_empty() {
        vec![PathBuf::from("src")]
    } else {
        here
    }
}

/// Returns a digest (BLAKE3, 32 hexadecimal digits) of every file of the source and of
/// the lock file, which has the versions of all dependencies.
fn digest_of_source() -> String {
    let mut files = Vec::new();
    for folder in sources() {
        collect(&folder, &mut files);
    }
    files.sort();
    files.push(PathBuf::from("../../Cargo.lock"));

    // lengths keep two files from having the digest of one that is both
    let mut hasher = blake3::Hasher::new();
    for path in files {
        let content = fs::read(&path).unwrap_or_default(); // a library has no lock file
        let name = path.to_string_lossy();
        for part in [name.as_bytes(), &content] {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part);
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
