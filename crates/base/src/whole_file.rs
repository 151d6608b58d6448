//! Files of a user that are read whole, and the limit that keeps one from filling the memory.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read},
    path::Path,
};

/// The size in MiB of the largest file that is read whole, and the length in MiB of the
/// longest line.
pub const LIMIT: u64 = 64;

/// Returns the bytes of a file of [`LIMIT`] at most.
///
/// # Errors
/// Returns an error if it cannot be read, or is larger; the error says how large it is. No
/// more than the limit is read of a file without a size, such as a device or a pipe, or of
/// one that grows.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    match size > LIMIT << 20 {
        true => Err(too_large(&format!("{size} bytes"))),
        false => read_from(file),
    }
}

/// Returns the bytes of a reader, of [`LIMIT`] at most.
///
/// # Errors
/// Returns an error if they cannot be read, or are more.
pub fn read_from(reader: impl Read) -> io::Result<Vec<u8>> {
    let limit = LIMIT << 20;
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > limit {
        true => Err(too_large(&format!("more than {limit} bytes"))),
        false => Ok(bytes),
    }
}

/// Returns the text of a file of [`LIMIT`] at most.
///
/// # Errors
/// Returns the errors of [`read`], and an error if it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| {
        let problem = "stream did not contain valid UTF-8"; // as the standard library has it
        io::Error::new(io::ErrorKind::InvalidData, problem)
    })
}

/// Returns the bytes of a file of lines, which may be of any number, but of [`LIMIT`] each.
///
/// # Errors
/// Returns an error if it cannot be read, or a line is longer; the error has its number.
pub fn read_lines(path: &Path) -> io::Result<Vec<u8>> {
    lines_from(BufReader::new(File::open(path)?))
}

fn lines_from(mut reader: BufReader<impl Read>) -> io::Result<Vec<u8>> {
    let limit = LIMIT << 20;
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        let length = (&mut reader)
            .take(limit + 1)
            .read_until(b'\n', &mut bytes)? as u64;
        if length == 0 {
            break;
        }
        if length > limit {
            let problem = format!("line {number} is longer than {LIMIT} MiB");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
        }
    }
    Ok(bytes)
}

fn too_large(size: &str) -> io::Error {
    let problem =
        format!("it has {size}, and a file that is read whole {LIMIT} MiB at most");
    io::Error::new(io::ErrorKind::FileTooLarge, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_limit_is_read_and_a_larger_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let file = File::create(&path).unwrap();
        file.set_len(LIMIT << 20).unwrap();
        assert_eq!(read(&path).unwrap().len() as u64, LIMIT << 20);
        file.set_len((LIMIT << 20) + 1).unwrap();
        assert_eq!(
            read(&path).unwrap_err().to_string(),
            "it has 67108865 bytes, and a file that is read whole 64 MiB at most"
        );
        assert!(read_lines(&path).is_err());
    }

    #[test]
    fn what_never_ends_is_read_up_to_the_limit() {
        assert_eq!(
            read_from(io::repeat(b'x')).unwrap_err().to_string(),
            "it has more than 67108864 bytes, and a file that is read whole 64 MiB at most"
        );
        let endless = (&b"a\nb\n"[..]).chain(io::repeat(b'x'));
        let refused = lines_from(BufReader::new(endless)).unwrap_err();
        assert_eq!(refused.to_string(), "line 3 is longer than 64 MiB");
        let lines = lines_from(BufReader::new(&b"a\r\n\nb"[..])).unwrap();
        assert_eq!(lines, b"a\r\n\nb");
    }
}
