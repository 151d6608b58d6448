//! What users write: specs, signatures, gates, experiments, declarations of plugins, and the
//! argument of `--corpus`.

use std::{fmt::Display, path::Path, str::FromStr};

use epitome::{
    Encoding,
    corpus::{CorpusLock, CorpusOpener, LOCK, Library, SubsetCondition},
    embedder,
    harness::{Experiment, Gate, Sweep},
    metric::Signature,
    name::FileName,
    plugin::Declaration,
    spec::Spec,
    text::Language,
};

use crate::{
    choose, core::registry, file, readers::each_record, says_something, scratch,
};

/// Parses a spec, prints it, and builds what it names in every family.
pub fn specs(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(spec) = parsed_as_printed::<Spec>(&text) else {
        return;
    };

    let registry = registry();
    if let Ok(built) = registry.metric(&spec) {
        let signature = built.value.signature();
        let again: Signature = signature.to_string().parse().expect("what we print");
        assert_eq!(again, signature);
    }
    let _ = registry
        .summariser(&spec)
        .map_err(|error| says_something(&error));
    let _ = registry
        .extractor(&spec)
        .map_err(|error| says_something(&error));
}

/// Parses the signature of a metric, and finds the spec of it.
pub fn signatures(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let signature = match text.parse::<Signature>() {
        Ok(signature) => signature,
        Err(error) => return says_something(&error),
    };
    let printed = signature.to_string();
    let again: Signature = printed.parse().expect("what we print");
    assert_eq!(again.to_string(), printed);

    let registry = registry();
    match signature.spec() {
        Ok(spec) => {
            let metric = registry.metric(&spec).expect("a spec that was found");
            let found = metric.value.signature();
            assert!(
                found.spec().is_ok(),
                "{signature} is of {spec}, which is of {found}"
            );
        }
        Err(error) => says_something(&error),
    }
}

/// Parses the conditions of a gate; the text of each is a gate of that condition alone.
pub fn gates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match text.parse::<Gate>() {
        Ok(gate) => {
            for condition in gate.0 {
                let again: Gate = condition.text.parse().expect("a condition");
                assert_eq!(again.0, [condition]);
            }
        }
        Err(error) => says_something(&error),
    }
}

/// Parses an experiment, and checks the specs in it.
pub fn experiments(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let path = scratch().join("experiment.toml");
    match Experiment::parse(&text, &path) {
        Ok(experiment) => {
            let _ = experiment
                .check_specs(registry())
                .map_err(|error| says_something(&error));
        }
        Err(error) => says_something(&error),
    }
}

/// Reads a `plugin.toml`, without starting what it declares.
pub fn plugin_declarations(data: &[u8]) {
    let path = file("plugin.toml", data);
    match Declaration::parse(path.to_str().expect("a plain path")) {
        Ok(declaration) => {
            let _ = declaration.environment();
        }
        Err(error) => says_something(&error),
    }
}

/// Reads the lock of an imported corpus, opens its library, and writes it as it was.
pub fn locks(data: &[u8]) {
    let folder = scratch().join("library").join("x");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(LOCK), data).expect("a temporary file");
    match CorpusLock::read(&folder) {
        Ok(Some(lock)) => {
            let other = scratch().join("library").join("y");
            std::fs::create_dir_all(&other).expect("a folder");
            lock.write(&other).expect("a temporary file");
            let again = CorpusLock::read(&other).expect("what we write");
            assert_eq!(again.as_ref(), Some(&lock));
        }
        Ok(None) => {}
        Err(error) => says_something(&error),
    }

    let shelf = CorpusOpener {
        library: Library::at(scratch().join("library")),
        ..CorpusOpener::default()
    };
    if let Err(error) = shelf.open("x") {
        says_something(&error);
    }
}

/// Opens a corpus that is there with whatever follows its path: a range, perturbations.
pub fn addresses(data: &[u8]) {
    let text = "{\"id\":\"a\",\"text\":\"The river rose. The bridge closed.\"}\n\
                {\"id\":\"b\",\"text\":\"Shops stayed shut.\"}\n";
    let path = file("short.jsonl", text.as_bytes());
    let argument = format!("{}{}", path.display(), String::from_utf8_lossy(data));
    match CorpusOpener::default().open(&argument) {
        Ok(corpus) => {
            let address = corpus.address();
            each_record(corpus.as_ref(), |record| {
                crate::readers::check_record(&record)
            });
            if let Ok(again) = epitome::corpus::reopen(&address) {
                assert_eq!(again.address(), address);
            }
        }
        Err(error) => says_something(&error),
    }
}

/// Parses the small words of the command line: conditions on documents, languages,
/// vocabularies, embedders, names of files and sweeps. The first byte chooses.
pub fn words(data: &[u8]) {
    let kinds: [fn(&str); 6] = [
        |text| _ = parsed_as_printed::<SubsetCondition>(text),
        |text| {
            if let Ok(language) = text.parse::<Language>() {
                assert_eq!(language.code().parse::<Language>().ok(), Some(language));
            }
        },
        |text| _ = parsed_as_printed::<Encoding>(text),
        |text| {
            drop(
                text.parse::<embedder::Declaration>()
                    .map_err(|it| says_something(&it)),
            )
        },
        |text| {
            if let Ok(name) = text.parse::<FileName>() {
                let path = Path::new(name.as_str());
                assert_eq!(
                    path.file_name().and_then(|it| it.to_str()),
                    Some(name.as_str())
                );
                assert_eq!(path.components().count(), 1);
            }
        },
        |text| {
            drop(
                text.parse::<Sweep>()
                    .map_err(|error| says_something(&error)),
            )
        },
    ];
    if let Some((kind, text)) = choose(&kinds, data) {
        kind(&String::from_utf8_lossy(text));
    }
}

/// Parses a text; what is printed of the value parses to a value that prints the same.
fn parsed_as_printed<T: FromStr<Err: ToString> + Display>(text: &str) -> Option<T> {
    match text.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            match printed.parse::<T>() {
                Ok(again) => assert_eq!(again.to_string(), printed, "from {text:?}"),
                Err(error) => panic!("{printed:?}, from {text:?}: {}", error.to_string()),
            }
            Some(value)
        }
        Err(error) => {
            says_something(&error);
            None
        }
    }
}
