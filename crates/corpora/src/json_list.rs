//! Records of JSON that is no JSON Lines: a list of objects, a list inside an object, or
//! objects that have several lines each.
//!
//! Records are read one at a time, so that the size of the file does not matter.

use std::{
    io::{self, BufRead},
    path::Path,
    sync::Arc,
};

use super::{
    column_names::is_of_text,
    corpus::Unparsed,
    error::CorpusError,
    line::{FileLine, LINE_LIMIT},
    mapping::Mapping,
    source::Source,
};

/// The key under which data sets of the Hugging Face hub have their records.
pub(super) const WRAPPER: &str = "data";

/// How the records of a file of JSON are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// `[{…}, {…}]`
    List,
    /// `{"version": …, "data": [{…}, {…}]}`; the list begins at this byte.
    Wrapped(u64),
    /// `{…} {…}`
    Objects,
}

impl Arrangement {
    /// Returns the arrangement of a file that begins with these bytes; `None` if its
    /// first record ends on the first line, as JSON Lines do.
    pub(super) fn of(beginning: &[u8]) -> Option<Self> {
        let blank = beginning.iter().take_while(|byte| is_blank(**byte)).count();
        match beginning.get(blank)? {
            b'[' => Some(Self::List),
            b'{' => match wrapped(beginning) {
                Some(at) => Some(Self::Wrapped(at)),
                None => goes_on(&beginning[blank..]).then_some(Self::Objects),
            },
            _ => None,
        }
    }
}

/// Returns whether an object goes on after its first line, which does not end inside a
/// string. A line that does is broken, and the reader of JSON Lines names it.
fn goes_on(object: &[u8]) -> bool {
    let mut signs = Signs::default();
    for &byte in object {
        signs.see(byte);
        match byte {
            _ if signs.depth == 0 => return false,
            b'\n' => return !signs.in_string,
            _ => {}
        }
    }
    false
}

/// Returns where the list of a wrapper begins.
fn wrapped(beginning: &[u8]) -> Option<u64> {
    let mut signs = Signs::default();
    let mut word = Vec::new();
    let mut is_wrapper = false;
    for (at, &byte) in beginning.iter().enumerate() {
        let (was_in_string, depth) = (signs.in_string, signs.depth);
        signs.see(byte);
        match byte {
            b'"' if !was_in_string => word.clear(),
            _ if was_in_string && depth == 1 => word.push(byte),
            b':' if depth == 1 => {
                let key = String::from_utf8_lossy(&word);
                let key = key.trim_end_matches('"');
                if is_of_text(key) {
                    return None;
                }
                is_wrapper = key == WRAPPER;
            }
            b'}' if depth == 1 => return None,
            b'[' if is_wrapper && depth == 1 => return Some(at as u64),
            byte if !is_blank(byte) && depth == 1 => is_wrapper = false,
            _ => {}
        }
    }
    None
}

/// What JSON is at: how many brackets are open, and whether a string is.
#[derive(Default)]
struct Signs {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Signs {
    fn see(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF)
}

/// Returns the records of a file, which are parsed later. A record is named after its
/// position if it has no id.
pub(super) fn records(
    origin: String,
    reader: impl BufRead + Send + 'static,
    arrangement: Arrangement,
    mapping: Option<Arc<Mapping>>,
) -> Unparsed<'static> {
    let mut elements = Elements::new(origin, reader, arrangement);
    let mut number = 0;
    Box::new(std::iter::from_fn(move || {
        let found = elements.next_element().transpose()?;
        number += 1;
        if found.is_err() {
            elements.state = State::Ended;
        }
        Some(found.map(|line| Source::of_json(line, Some(number), mapping.clone())))
    }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    /// At the beginning of a list.
    First,
    /// Behind a comma, or between objects.
    Next,
    /// Behind a record of a list.
    Behind,
    Ended,
}

struct Elements<R> {
    origin: Arc<str>,
    /// The length in MiB of the longest record.
    limit: usize,
    bytes: io::Bytes<R>,
    /// The number of the line that is read.
    line: u64,
    arrangement: Arrangement,
    state: State,
}

impl<R: BufRead> Elements<R> {
    fn new(origin: String, reader: R, arrangement: Arrangement) -> Self {
        Self {
            origin: origin.into(),
            limit: LINE_LIMIT,
            bytes: reader.bytes(),
            line: 1,
            arrangement,
            state: State::Before,
        }
    }

    fn next_element(&mut self) -> Result<Option<FileLine>, CorpusError> {
        if self.state == State::Before {
            self.begin()?;
        }

        while self.state != State::Ended {
            let Some(byte) = self.byte()? else {
                return self.ended();
            };
            let is_list = self.arrangement != Arrangement::Objects;
            self.state = match (byte, self.state) {
                (byte, _) if is_blank(byte) => continue,
                (b',', State::Behind) => State::Next,
                (b']', State::Behind | State::First) if is_list => return self.rest(),
                (_, State::Behind) => {
                    let found = char::from(byte);
                    return Err(self.refuse(format!(
                        "`{found}` follows a record of the list, not `,` or `]`"
                    )));
                }
                (first, _) => {
                    let element = self.element(first)?;
                    self.state = match is_list {
                        true if element.1 => State::Ended,
                        true => State::Behind,
                        false => State::Next,
                    };
                    return Ok(Some(element.0));
                }
            };
        }
        Ok(None)
    }

    /// Reads up to the first record.
    fn begin(&mut self) -> Result<(), CorpusError> {
        self.state = State::First;
        match self.arrangement {
            Arrangement::Objects => self.state = State::Next,
            Arrangement::List => while self.byte()?.is_some_and(|byte| byte != b'[') {},
            Arrangement::Wrapped(at) => {
                for _ in 0..=at {
                    self.byte()?;
                }
            }
        }
        Ok(())
    }

    /// Reads a record that begins with `first`. Anything but an object or a list ends at
    /// a comma or bracket, and is refused when it is parsed.
    fn element(&mut self, first: u8) -> Result<(FileLine, bool), CorpusError> {
        let number = self.line;
        let mut signs = Signs::default();
        let mut bytes = vec![first];
        signs.see(first);
        while signs.depth > 0 || signs.in_string {
            let Some(byte) = self.byte()? else {
                let problem = "the file ends inside a record".to_owned();
                return Err(self.refuse_at(number, problem));
            };
            signs.see(byte);
            bytes.push(byte);
            if bytes.len() > self.limit << 20 {
                let problem = format!("the record is longer than {} MiB", self.limit);
                return Err(self.refuse_at(number, problem));
            }
        }

        let mut ends_list = false;
        if !matches!(first, b'{' | b'[' | b'"') {
            loop {
                match self.byte()? {
                    Some(b',') | None => break,
                    Some(b']') => {
                        ends_list = true;
                        break;
                    }
                    Some(byte) if bytes.len() < 64 => bytes.push(byte),
                    Some(_) => {}
                }
            }
        }
        let path = self.origin.clone();
        Ok((
            FileLine {
                path,
                number,
                bytes,
            },
            ends_list,
        ))
    }

    /// Reads what is behind a list: nothing, or the end of its wrapper.
    fn rest(&mut self) -> Result<Option<FileLine>, CorpusError> {
        let mut last = b']';
        while let Some(byte) = self.byte()? {
            match self.arrangement {
                Arrangement::List if !is_blank(byte) => {
                    let found = char::from(byte);
                    let problem = format!("`{found}` follows the list, not its end");
                    return Err(self.refuse(problem));
                }
                _ if is_blank(byte) => {}
                _ => last = byte,
            }
        }
        self.state = State::Ended;
        match self.arrangement {
            Arrangement::Wrapped(_) if last != b'}' => {
                Err(self.refuse("the file ends inside the object of the list".to_owned()))
            }
            _ => Ok(None),
        }
    }

    fn ended(&mut self) -> Result<Option<FileLine>, CorpusError> {
        self.state = State::Ended;
        match self.arrangement {
            Arrangement::Objects => Ok(None),
            _ => Err(self.refuse("the file ends inside the list".to_owned())),
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, CorpusError> {
        let byte = self.bytes.next().transpose();
        let byte = byte
            .map_err(|error| CorpusError::unreadable(Path::new(&*self.origin), error))?;
        self.line += u64::from(byte == Some(b'\n'));
        Ok(byte)
    }

    fn refuse(&self, problem: String) -> CorpusError {
        self.refuse_at(self.line, problem)
    }

    fn refuse_at(&self, line: u64, problem: String) -> CorpusError {
        let place = format!("{}:{line}", self.origin);
        CorpusError::Record { place, problem }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn read(text: &str) -> Vec<Result<(String, u64), String>> {
        let arrangement = Arrangement::of(text.as_bytes()).unwrap();
        let reader = io::Cursor::new(text.to_owned());
        records("x".to_owned(), reader, arrangement, None)
            .map(|source| {
                let record = source.and_then(Source::parse).map_err(|e| e.to_string())?;
                let line = record.place.rsplit_once(':').unwrap().1.parse().unwrap();
                Ok((record.id + &record.text, line))
            })
            .collect()
    }

    #[test]
    fn a_record_has_the_limit_of_a_line() {
        let endless = || (&b"[\n{\"text\":\""[..]).chain(io::repeat(b'x'));
        let elements = |limit| {
            let reader = io::BufReader::new(endless());
            let elements = Elements::new("x".to_owned(), reader, Arrangement::List);
            Elements { limit, ..elements }
        };
        let refused = elements(1).next_element().unwrap_err();
        assert_eq!(refused.to_string(), "x:2: the record is longer than 1 MiB");
        let usual = Elements::new("x".to_owned(), io::empty(), Arrangement::List);
        assert_eq!(usual.limit, LINE_LIMIT);
    }

    #[test]
    fn lists_and_objects_have_the_same_records() {
        let (one, two) = (r#"{"text":"a ] } \" ["}"#, "{\n\"id\":7,\"text\":\"b\"\n}");
        let wanted = |first, second| {
            [
                Ok(("1a ] } \" [".to_owned(), first)),
                Ok(("7b".to_owned(), second)),
            ]
        };
        assert_eq!(read(&format!("[{one},{two}]")), wanted(1, 1));
        assert_eq!(
            read(&format!("\u{feff} [\n{one}\n,\n{two}]\n")),
            wanted(2, 4)
        );
        assert_eq!(read(&format!("{{\n{}\n{two}", &one[1..])), wanted(1, 3));
        let wrapped = format!(r#"{{"v":{{"data":[1]}},"data": [{one},{two}],"n":[2]}}"#);
        assert_eq!(read(&wrapped), wanted(1, 1));
        assert_eq!(read("[]"), []);
    }

    #[test]
    fn json_lines_are_no_list() {
        for text in [
            "{\"text\":\"a\"}\n",
            "{\"text\":\"a\n",
            "{",
            "",
            "x",
            "{\"text\":\"a\"}",
        ] {
            assert_eq!(Arrangement::of(text.as_bytes()), None, "{text}");
        }
        let record = r#"{"text":"a","data":[{"b":1}]}"#;
        assert_eq!(Arrangement::of(record.as_bytes()), None);
    }

    #[test]
    fn what_is_behind_or_missing_is_named_with_its_line() {
        let first_error = |text| read(text).into_iter().find_map(Result::err);
        for (text, wanted) in [
            ("[{\"text\":\"a\"}\n", "x:2: the file ends inside the list"),
            (
                "[{\"text\":\"a\"}] x",
                "x:1: `x` follows the list, not its end",
            ),
            (
                "{\"data\":[]",
                "x:1: the file ends inside the object of the list",
            ),
            ("[7]", "x:1: the record is a number, not an object"),
            (
                "[{\"text\":\"a\"}\n{",
                "x:2: `{` follows a record of the list, not `,` or `]`",
            ),
        ] {
            assert_eq!(first_error(text).as_deref(), Some(wanted), "{text}");
        }
    }
}
