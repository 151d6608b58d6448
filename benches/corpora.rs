//! Reading corpora: `cargo bench --bench corpora`.
//!
//! One core, megabytes of file a second, of archives megabytes unpacked. The texts are the
//! news of `../shared/corpora/cnndm1000` (or of `EPITOME_SHARED`), or the sampler's where
//! that is missing, over and over under new ids.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    hint::black_box,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use criterion::{Criterion, Throughput};
use epitome::corpus::{
    self, Library, Record,
    import::{ImportFormat, ImportLimits, ImportOptions, Tree},
};

/// Megabytes of JSON Lines, and of everything else.
const SIZE: usize = 32 << 20;

/// The sizes in bytes of what is read.
struct Sizes {
    lines: u64,
    csv: u64,
    stories: u64,
    xml: u64,
    words: u64,
}

/// Writes the records in every form that is timed into `folder`.
fn write_all(records: &[Record], folder: &Path) -> Result<Sizes, Box<dyn Error>> {
    let place = |name: &str| folder.join(name);

    let lines: String = records
        .iter()
        .map(|record| record.to_json() + "\n")
        .collect();
    fs::write(place("test.jsonl"), &lines)?;

    let mut table = csv::Writer::from_path(place("test.csv"))?;
    table.write_record(["id", "article", "highlights"])?;
    let mut zip = zip::ZipWriter::new(fs::File::create(place("stories.zip"))?);
    let mut xml = String::from("<conference>\n");
    let (mut story_bytes, mut words) = (0, String::from("<root><document><sentences>"));
    for record in records {
        let summary = record.summaries.first().map_or("", String::as_str);
        table.write_record([&record.id, &record.text, summary])?;
        let story = format!("{}\n\n@highlight\n\n{summary}\n", record.text);
        zip.start_file(
            format!("{}.story", record.id),
            zip::write::SimpleFileOptions::default(),
        )?;
        zip.write_all(story.as_bytes())?;
        story_bytes += story.len();
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let (id, abstract_, keywords) =
            (&record.id, escaped(&record.text), escaped(summary));
        writeln!(
            xml,
            "<article id=\"{id}\"><abstract>{abstract_}</abstract><keywords>{keywords}</keywords></article>"
        )?;
        if words.len() < SIZE / 4 {
            words += "<sentence><tokens>";
            for word in record.text.split_whitespace().map(escaped) {
                write!(
                    words,
                    "<token><word>{word}</word><lemma>{word}</lemma><POS>NN</POS></token>"
                )?;
            }
            words += "</tokens></sentence>\n";
        }
    }
    table.flush()?;
    zip.finish()?;
    xml += "</conference>\n";
    words += "</sentences></document></root>\n";
    fs::write(place("taln.xml"), &xml)?;
    fs::create_dir(place("nlp"))?;
    fs::write(place("nlp/1.xml"), &words)?;
    fs::write(place("nlp/1.key"), "key\n")?;

    Ok(Sizes {
        lines: lines.len() as u64,
        csv: fs::metadata(place("test.csv"))?.len(),
        stories: story_bytes as u64,
        xml: xml.len() as u64,
        words: words.len() as u64,
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let place = |name: &str| folder.path().join(name);
    let sizes = write_all(&records()?, folder.path())?;

    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("corpora");
    group.throughput(Throughput::Bytes(sizes.lines));
    let corpus = corpus::open(&place("test.jsonl").display().to_string())?;
    group.bench_function("JSON Lines, lines alone", |bencher| {
        bencher.iter(|| black_box(corpus.records().into_iter().flatten().count()));
    });
    group.bench_function("JSON Lines, records", |bencher| {
        bencher.iter(|| {
            let sources = corpus.records().into_iter().flatten();
            let records = sources.filter_map(|source| source.ok()?.parse().ok());
            records
                .map(|record| black_box(record).text.len())
                .sum::<usize>()
        });
    });
    group.bench_function("JSON Lines, digest", |bencher| {
        bencher.iter(|| black_box(corpus.digest().ok()));
    });
    for (name, file, bytes) in [
        ("import of JSON Lines", "test.jsonl", sizes.lines),
        ("import of CSV", "test.csv", sizes.csv),
        ("import of a zip of stories", "stories.zip", sizes.stories),
        ("import of XML", "taln.xml", sizes.xml),
        ("import of XML with words", "nlp", sizes.words),
    ] {
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(name, |bencher| bencher.iter(|| read(&place(file))));
    }
    group.throughput(Throughput::Bytes(sizes.lines));
    group.bench_function("`corpus add` of JSON Lines", |bencher| {
        bencher.iter(|| {
            let tree = Tree::open(&place("test.jsonl"), ImportLimits::STANDARD).ok()?;
            let library = Library::at(place("library"));
            library
                .add(
                    "x",
                    &tree,
                    ImportFormat::of(&tree)?,
                    &ImportOptions::default(),
                )
                .ok()
        });
    });
    group.finish();
    Ok(())
}

/// Every record of what is at `path`, as an importer hands it on.
fn read(path: &Path) -> Option<usize> {
    let tree = Tree::open(path, ImportLimits::STANDARD).ok()?;
    let mut items = 0;
    let format = ImportFormat::of(&tree)?;
    let found = format.import(&tree, &ImportOptions::default(), &mut |_, item| {
        black_box(item);
        items += 1;
        Ok(())
    });
    found.ok().map(|_| items)
}

/// Records of about [`SIZE`] bytes of text.
fn records() -> Result<Vec<Record>, Box<dyn Error>> {
    let shared = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../../shared".into());
    let file = PathBuf::from(shared).join("corpora/cnndm1000/validation.jsonl");
    let corpus = match file.exists() {
        true => corpus::open(&file.display().to_string())?,
        false => corpus::open("sampler")?,
    };
    let sources = corpus.records()?.collect::<Result<Vec<_>, _>>()?;
    let few = sources
        .into_iter()
        .map(corpus::Source::parse)
        .collect::<Result<Vec<_>, _>>()?;
    let mut records = Vec::new();
    let mut bytes = 0;
    for (number, record) in few.iter().cycle().enumerate() {
        if bytes >= SIZE {
            break;
        }
        bytes += record.text.len();
        records.push(Record {
            id: number.to_string(),
            ..record.clone()
        });
    }
    Ok(records)
}
