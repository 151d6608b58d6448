//! Writes the first inputs of every target, of our own words, and a dictionary of names, into
//! the folder `FUZZ_SEEDS`. Coverage finds the rest.
//!
//! It is a target in form only, since everything here is linked with libFuzzer: it ends before
//! the first input.

#![no_main]

use std::{collections::BTreeSet, env, fs, path::Path, process::exit};

use epitome::{
    corpus::perturbation::TRACKS,
    registry::Registry,
    spec::{Entry, ParameterKind},
    text::LANGUAGES,
};
use epitome_fuzz::{imports, vectors};

const RECORDS: &str = r#"{"id":"a","title":"Flood","text":"The river rose. The bridge closed.","lang":"en","summaries":["The river rose."],"keyphrases":["river","stone bridge"]}
{"id":2,"documents":["One.","Two."],"summary":"One.","query":"what?","answers":["One"],"meta":{"boilerplate":[0]}}
{"id":"c","text":"Alpha beta.","evidence":[[0,5]],"tagged":[[["Alpha","NOUN"]]]}
"#;
const TABLE: &str = "id,text,summary,keyphrases\n1,\"The river, rose.\",It rose.,river;bridge\n2,Shops shut.,Shut.,shops\n";
const HTML: &str = "<!doctype html><html lang=en><head><title>T &amp; t</title><style>x{}</style></head><body><h1>H</h1><p>One &#x41; &notit; two<br>three</p><ul><li>a<li>b</ul><table><tr><td>1<td>2</table><script>no()</script><pre> x\n y</pre></body></html>";
const MARKDOWN: &str = "---\ntitle: x\n---\n# Head\n\nOne *two* [three](http://x) `four`.\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: note\n";
const SUBTITLES: &str = "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i> there.\n\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n";
const WEBVTT: &str =
    "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:left\n<v Ann>Hello\n\n";
const EXPERIMENT: &str = r#"name = "x"
systems = ["lead", "text-rank(damping=0.9)", "mmr(lambda=0.3|0.5)"]
metrics = ["rouge-1", "rouge-2(stemmer=true)"]
budgets = ["3 sentences", "100 words", "0.2 ratio"]
seed = 7
baseline = "lead"
gates = ["rouge-1.value > -0.5 @ p<0.01"]
lang = "en"
sample = 10
where = ["words<2000"]
[corpora]
n = "n.jsonl"
m = { path = "m.jsonl", columns = "text=body", budgets = ["2 sentences"] }
[plugins]
mine = "python3 mine.py"
[outputs]
gpt = "o.jsonl"
[[expect]]
system = "lead"
corpus = "n"
metric = "rouge-1"
value = 0.3
tolerance = 0.001
"#;
const PLUGIN: &str = r#"name = "mine"
run = "python3 mine.py"
version = "python3 --version"
does = ["summarise"]
files = ["model.bin"]
timeout = 30
grace = 0.5
memory = "2 GiB"
inherit = ["HF_HOME"]
[environment]
OMP_NUM_THREADS = "1"
[parameters]
lambda = { default = 0.7, minimum = 0, maximum = 1, about = "weight" }
method = { default = "mmr", choices = ["mmr", "greedy"] }
n = { default = 3 }
"#;
const LOCK: &str = r#"format = "records"
source = "x"
epitome = "0.1.0"

[splits.all]
records = 1
bytes = 10
blake3 = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
"#;
const JUDGED: &str = r#"{"doc_id":"d","system":"a","summary":"The river rose.","references":["It rose."],"coherence":4,"fluency":3.5}
{"doc_id":"d","system":"b","summary":"Shut.","references":["It rose."],"coherence":null,"fluency":2}
"#;
const PART: &str = r#"{"begin":{"epitome":"0.1.0","work":"0","counted":null,"counted_documents":null}}
{"document":"d1","digest":"00","language":"en","sentences":9,"words":120,"systems":[]}
"#;
const COUNTS: &str = r#"{"statistics":"0.1.0","language":null,"segmenter":"own","lines":"auto","documents":1,"words":5,"stems":1,"phrases":null,"ngrams":false}
["river",1,2]
"#;
const HISTORY: &str = r#"{"v":1,"run":"abc","start":"2026-01-01T00:00:00Z","revision":null,"epitome":"0.1.0","machine":"m, 2 cores","corpus":"c","blake3":"00","budget":"3 sentences","metrics":{"rouge-1":{"signature":"rouge-1|v:1","better":"higher","unit":"share"}},"systems":{"lead":{"rouge-1":{"mean":0.3,"interval":[0.2,0.4],"n":10,"scores":"00"}}}}
"#;
const KEPT: &str =
    "{\"signature\":\"mine|v:1\"}\n{\"key\":\"00\",\"value\":0.5,\"sum\":\"00000000\"}\n";
const TEXTS: [&str; 6] = [
    "Flood\nThe river rose overnight, Dr. Smith said. The council closed the old stone bridge! Shops (all 12 of them) stayed shut.\n\n- one\n- two\n\nCopyright 2026. All rights reserved.",
    "Title\nDer Fluss stieg über Nacht. Die Brücke wurde z. B. gesperrt. 3.500 Euro.",
    "洪水\n川が上がった。橋が閉じた。東京都立川市鉄橋閉鎖。",
    "\nارتفع النهر. أُغلق الجسر؟ نعم!",
    "a\nแม่น้ำสูงขึ้น สะพานปิด",
    "x\nSame. Same. Same.\nThe state-of-the-art F-16 isn't R&amp;D har\u{AD}bour e\u{301} \u{1F469}\u{200D}\u{1F467}…",
];

libfuzzer_sys::fuzz_target!(init: write(), |_data: &[u8]| {});

fn write() {
    let Some(folder) = env::var_os("FUZZ_SEEDS") else {
        eprintln!("error: FUZZ_SEEDS is to name a folder");
        exit(2);
    };
    let folder = Path::new(&folder);
    for (target, inputs) in inputs() {
        let of_target = folder.join(target);
        fs::create_dir_all(&of_target).expect("a folder that can be written");
        for (number, input) in inputs.iter().enumerate() {
            let path = of_target.join(format!("first-{number:03}"));
            fs::write(path, input).expect("a folder that can be written");
        }
    }
    fs::write(folder.join("names.dict"), dictionary())
        .expect("a folder that can be written");
    exit(0);
}

/// An input with the bytes that choose before it.
fn chosen(choices: &[u8], content: impl AsRef<[u8]>) -> Vec<u8> {
    [choices, content.as_ref()].concat()
}

fn inputs() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let lines =
        |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    vec![
        ("records", vec![chosen(&[0], RECORDS), chosen(&[1], r#"{"id":"a","text":"x"}"#)]),
        ("tables", vec![chosen(&[0], TABLE), chosen(&[1], TABLE.replace(',', "\t"))]),
        (
            "pages",
            vec![
                chosen(&[0], HTML),
                chosen(&[1], MARKDOWN),
                chosen(&[2], SUBTITLES),
                chosen(&[3], WEBVTT),
                chosen(&[4], TEXTS[0]),
            ],
        ),
        ("archives", archives()),
        (
            "perturbations",
            (0..TRACKS.len() as u8).map(|at| chosen(&[at], format!("\n{}", TEXTS[0]))).collect(),
        ),
        ("formats", formats()),
        (
            "specs",
            lines(&[
                "lead",
                "text-rank(damping=0.85, window=2)",
                "rouge-2(profile=rouge-1.5.5, stemmer=true)",
                "f1@5(protocol=kex)",
                "lex-rank(threshold=0.1, \"a b\"='c')",
            ]),
        ),
        ("signatures", signatures()),
        (
            "gates",
            lines(&["rouge-2.value > -0.5 @ p<0.01; speed > -5%", "rouge-1.recall shown > 0 @ p<0.05"]),
        ),
        ("experiments", lines(&[EXPERIMENT])),
        ("plugin_declarations", lines(&[PLUGIN, "name = \"x\"\noutputs = \"o.jsonl\"\n"])),
        ("locks", lines(&[LOCK])),
        ("addresses", lines(&["[0..1]", "+shuffled(seed=3)", "[1..]+noisy+clean"])),
        (
            "words",
            vec![
                chosen(&[0], "words<2000"),
                chosen(&[1], "de"),
                chosen(&[2], "cl100k"),
                chosen(&[3], "wl=static:x"),
                chosen(&[4], "name-1.x"),
                chosen(&[5], "mmr(lambda=0.1|0.5)"),
            ],
        ),
        (
            "replies",
            vec![
                chosen(&[0], r#"{"id":1,"picks":[0,2],"scores":[0.9,0.1,0.4],"elapsed_ns":12}"#),
                chosen(&[1], r#"{"id":2,"phrases":["river"],"scores":[1e300]}"#),
                chosen(&[0], r#"{"id":1,"error":"no"}"#),
                chosen(&[0], r#"{"type":"ready","name":"m","version":"1","does":["summarise"]}"#),
                chosen(&[0], r#"{"type":"end","batch":1}"#),
            ],
        ),
        (
            "measures",
            lines(&[
                r#"{"id":1,"measures":[{"precision":0.3,"recall":0.2,"value":0.3},1]}"#,
                r#"{"id":1,"measures":[0.5,{"error":"empty"}]}"#,
            ]),
        ),
        (
            "files_of_others",
            vec![
                chosen(&[0], "{\"id\":\"d\",\"picks\":[0]}\n{\"id\":\"e\",\"text\":\"x\"}\n"),
                chosen(&[0], "{\"id\":1,\"keyphrases\":[\"a\",{\"text\":\"b\",\"score\":1}]}\n"),
                chosen(&[1], "{\"better\":\"lower\",\"low\":0}\n{\"id\":\"d\",\"system\":\"lead\",\"value\":0.5}\n"),
                chosen(&[2], KEPT),
            ],
        ),
        ("rows", (0..24).map(|at| chosen(&[at], "")).collect()),
        ("run_pages", (0..24).map(|at| chosen(&[at], "")).collect()),
        ("parts", vec![chosen(&[0], PART), chosen(&[1], COUNTS)]),
        ("judgements", lines(&[JUDGED])),
        ("histories", lines(&[HISTORY])),
        ("texts", texts(&[])),
        ("summarisers", (0..120).flat_map(|at| texts(&[at, at, 90])).collect()),
        ("extractors", (0..120).flat_map(|at| texts(&[at, 9])).collect()),
        (
            "metrics",
            (0..160)
                .map(|at| chosen(&[at], "the cat sat\non 3 mats\0The cat sat down\0a cat\0the cat sat.\nmats"))
                .collect(),
        ),
        ("statistics", vec![(0..200).collect(), vec![7; 40]]),
        (
            "embedders",
            vec![
                chosen(&[0], "the 0.1 0.2\nriver -1 2e-3\n"),
                chosen(&[1], vectors::TABLE),
                chosen(&[2], vectors::TOKENISER),
            ],
        ),
    ]
}

/// Every text in a language of its script.
fn texts(before: &[u8]) -> Vec<Vec<u8>> {
    let at =
        |code: &str| LANGUAGES.iter().position(|it| it.code == code).unwrap_or(0) as u8;
    let codes = ["en", "de", "ja", "ar", "th", "en"];
    let texts = codes.iter().zip(TEXTS);
    texts
        .map(|(code, text)| [before, &[at(code), 0], text.as_bytes()].concat())
        .collect()
}

/// The signature of every metric.
fn signatures() -> Vec<Vec<u8>> {
    let registry = Registry::standard();
    let metrics = registry
        .metrics()
        .iter()
        .flat_map(|entry| registry.every(entry));
    let built = metrics.filter_map(|spec| registry.metric(&spec).ok());
    built
        .map(|built| built.value.signature().to_string().into_bytes())
        .collect()
}

/// Every file of every format.
fn formats() -> Vec<Vec<u8>> {
    let stages = imports::stages().iter().enumerate();
    let inputs = stages.flat_map(|(format, stage)| {
        let files = stage.files.iter().enumerate();
        files
            .map(move |(file, (_, content))| chosen(&[format as u8, file as u8], content))
    });
    inputs.collect()
}

/// The archives of the tests that change bytes at random.
fn archives() -> Vec<Vec<u8>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz/seeds/archives");
    let names = [
        "small.zip",
        "small.tar",
        "small.tar.gz",
        "lines.jsonl.gz",
        "lines.jsonl.zst",
    ];
    let read = |(at, name): (usize, &&str)| {
        chosen(&[at as u8], fs::read(folder.join(name)).expect("a seed"))
    };
    names.iter().enumerate().map(read).collect()
}

/// The names of systems, metrics and parameters and the words of choices, as libFuzzer reads
/// them.
fn dictionary() -> String {
    let registry = Registry::standard();
    let mut words = BTreeSet::new();
    registry
        .summarisers()
        .iter()
        .for_each(|entry| add(entry, &mut words));
    registry
        .extractors()
        .iter()
        .for_each(|entry| add(entry, &mut words));
    registry
        .metrics()
        .iter()
        .for_each(|entry| add(entry, &mut words));
    words
        .into_iter()
        .map(|word| format!("\"{word}\"\n"))
        .collect()
}

fn add<T: ?Sized>(entry: &Entry<T>, words: &mut BTreeSet<&'static str>) {
    words.insert(entry.name);
    for parameter in entry.parameters {
        words.insert(parameter.name);
        if let ParameterKind::Choice(choices) = parameter.kind {
            words.extend(choices);
        }
    }
}
