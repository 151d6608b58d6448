//! Tests of `tree`.

use std::{fs, io::Write as _};

use super::*;

fn zipped(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    let mut writer = zip::ZipWriter::new(file.reopen().unwrap());
    for (name, bytes) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    file
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.paths().collect()
}

#[test]
fn a_folder_a_zip_and_a_packed_tar_of_the_same_files_are_the_same_tree() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::write(folder.path().join("b/2.txt"), "two").unwrap();
    fs::write(folder.path().join("a.txt"), "one").unwrap();
    let zip = zipped(&[("b/2.txt", b"two"), ("a.txt", b"one")]);
    let tar = tempfile::Builder::new()
        .suffix(".tar.gz")
        .tempfile()
        .unwrap();
    let packer =
        flate2::write::GzEncoder::new(tar.reopen().unwrap(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(packer);
    builder.append_dir_all("", folder.path()).unwrap();
    builder.into_inner().unwrap().finish().unwrap();
    for path in [folder.path(), zip.path(), tar.path()] {
        let tree = Tree::open(path, ImportLimits::STANDARD).unwrap();
        assert_eq!(paths(&tree), ["a.txt", "b/2.txt"], "{}", path.display());
        assert_eq!(tree.text("b/2.txt").unwrap().text, "two");
    }
}

#[test]
fn of_two_files_of_a_name_the_later_is_read_and_the_earlier_told() {
    let mut bytes = fs::read(zipped(&[("a.txt", b"one"), ("b.txt", b"two")])).unwrap();
    while let Some(at) = bytes.windows(5).position(|part| part == b"b.txt") {
        bytes[at] = b'a';
    }
    let zip = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    fs::write(&zip, bytes).unwrap();

    let tree = Tree::open(zip.path(), ImportLimits::STANDARD).unwrap();
    assert_eq!(paths(&tree), ["a.txt"]);
    assert_eq!(tree.text("a.txt").unwrap().text, "two");
    assert_eq!(
        tree.refused(),
        ["a.txt: replaced by a later file of that name"]
    );
}

#[test]
fn an_encrypted_file_is_refused_by_its_name() {
    let mut bytes = fs::read(zipped(&[("a.txt", b"one")])).unwrap();
    // flags are 8 bytes into an entry of the directory, which begins like this
    let entry = bytes.windows(4).position(|part| part == b"PK\x01\x02");
    bytes[entry.unwrap() + 8] |= 1;
    let zip = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    fs::write(&zip, bytes).unwrap();

    let tree = Tree::open(zip.path(), ImportLimits::STANDARD).unwrap();
    let refusal = tree.text("a.txt").err().unwrap().to_string();
    assert!(refusal.contains("a.txt"), "{refusal}");
    assert!(refusal.contains("encrypted"), "{refusal}");
}

#[test]
fn names_that_leave_the_archive_are_passed_over_and_said() {
    let zip = zipped(&[
        ("../evil.txt", b"x"),
        ("/etc/evil", b"x"),
        ("good.txt", b"x"),
    ]);
    let tree = Tree::open(zip.path(), ImportLimits::STANDARD).unwrap();
    assert_eq!(paths(&tree), ["good.txt"]);
    assert_eq!(tree.refused().len(), 2);
}

#[test]
fn a_bomb_is_refused_by_its_name() {
    let zip = zipped(&[("bomb.txt", &vec![b'x'; (1 << 20) + 1])]);
    let tree = Tree::open(
        zip.path(),
        ImportLimits {
            file: 1,
            archive: 1,
        },
    )
    .unwrap();
    let error = tree.bytes("bomb.txt").unwrap_err().to_string();
    assert!(
        error.contains("bomb.txt: more than 1 MiB unpacked"),
        "{error}"
    );
}

#[test]
fn a_bomb_of_many_files_is_refused_by_the_name_of_the_one_too_much() {
    let half = vec![b'x'; 600 << 10];
    let zip = zipped(&[("1.txt", &half), ("2.txt", &half)]);
    let tree = Tree::open(
        zip.path(),
        ImportLimits {
            file: 1,
            archive: 1,
        },
    )
    .unwrap();
    assert_eq!(tree.bytes("1.txt").unwrap().len(), half.len());
    let error = tree.bytes("2.txt").unwrap_err().to_string();
    assert!(error.contains("2.txt: more than 1 MiB unpacked"), "{error}");
}

#[test]
fn a_truncated_zip_is_refused_by_its_name() {
    let zip = zipped(&[("a.txt", b"some text that is long enough to be cut")]);
    let bytes = fs::read(zip.path()).unwrap();
    fs::write(zip.path(), &bytes[..bytes.len() / 2]).unwrap();
    let error = Tree::open(zip.path(), ImportLimits::STANDARD)
        .unwrap_err()
        .to_string();
    assert!(error.contains("not a readable zip archive"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_passed_over_and_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "x").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let tree = Tree::open(folder.path(), ImportLimits::STANDARD).unwrap();
    assert_eq!(paths(&tree), ["a.txt"]);
    assert_eq!(tree.refused().len(), 1);
}
