//! Every script says what it does.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

#[test]
fn every_script_answers_help() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_file() && metadata.permissions().mode() & 0o100 != 0 {
            let path = entry.path();
            let answer = Command::new(&path).arg("--help").output().unwrap();
            assert!(answer.status.success(), "{}", path.display());
            assert!(answer.stdout.len() > 40, "{}", path.display());
        }
    }
}
