//! `epitome summarise`, `keywords`, `inspect`, `list`.

use serde_json::Value;

use super::story::epitome;

const TEXT: &str = "The bridge closed. The river rose under the bridge. Dogs bark.\n";

/// The data of an answer.
fn json(text: &str) -> Value {
    let mut answer: Value = serde_json::from_str(text).unwrap();
    answer["data"].take()
}

#[test]
fn a_summary_is_sentences_of_the_text_in_order() {
    let story = epitome().file("a.txt", TEXT);
    let lead = story
        .does("summarise a.txt --system lead --sentences 2")
        .succeeds()
        .stdout;
    assert_eq!(
        lead,
        "The bridge closed.\nThe river rose under the bridge.\n"
    );
    let tail = story
        .reads(TEXT, "summarise - --system tail --sentences 2")
        .succeeds()
        .stdout;
    assert_eq!(tail, "The river rose under the bridge.\nDogs bark.\n");
}

#[test]
fn as_json_it_has_every_sentence_and_score() {
    let story = epitome().file("a.txt", TEXT);
    let found = json(
        &story
            .does("summarise a.txt --system text-rank --sentences 2 --json")
            .succeeds()
            .stdout,
    );
    assert_eq!(found["system"], "text-rank");
    assert_eq!(found["sentences"].as_array().unwrap().len(), 3);
    assert_eq!(found["picks"], serde_json::json!([0, 1]));
    assert!(found["scores"][0].as_f64() > found["scores"][2].as_f64());
    let lead = json(
        &story
            .does("summarise a.txt --system lead --json")
            .succeeds()
            .stdout,
    );
    assert_eq!(lead["scores"], serde_json::json!([null, null, null]));
}

#[test]
fn without_a_system_the_best_of_the_published_tables_works_and_is_named() {
    let story = epitome().file("a.txt", TEXT);
    for command in ["summarise", "keywords"] {
        let found = story.does(&format!("{command} a.txt --json")).succeeds();
        assert_eq!(found.data()["system"], "epitome");
        found.says("note: by `epitome`, the best system on published tables");
        let named = story
            .does(&format!("{command} a.txt --system tf-idf"))
            .succeeds();
        assert_eq!(named.stderr, "");
    }
}

#[test]
fn a_length_of_nothing_is_refused() {
    let story = epitome().file("a.txt", TEXT);
    for (option, wanted) in [
        (
            "summarise a.txt --words 0",
            "it must be a whole number above 0",
        ),
        (
            "summarise a.txt --sentences 0",
            "it must be a whole number above 0",
        ),
        (
            "summarise a.txt --bytes 0",
            "it must be a whole number above 0",
        ),
        ("summarise a.txt --ratio 0", "it must be a share above 0"),
        (
            "keywords a.txt --limit 0",
            "it must be a whole number above 0",
        ),
    ] {
        let refused = story.does(option);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{option}");
        refused.says(wanted);
    }
}

#[test]
fn presplit_lines_are_sentences() {
    let story = epitome().file("a.txt", "One. Still one.\nTwo");
    let found = json(
        &story
            .does("summarise a.txt --presplit --json")
            .succeeds()
            .stdout,
    );
    assert_eq!(
        found["sentences"],
        serde_json::json!(["One. Still one.", "Two"])
    );
}

#[test]
fn a_text_that_does_not_say_its_language_is_noted() {
    let story = epitome().file("a.txt", "Barcelona Madrid").file(
        "c.jsonl",
        "{\"text\":\"Barcelona Madrid\",\"keyphrases\":[\"Madrid\"]}\n\
         {\"title\":\"On the sea\",\"text\":\"Barcelona\",\"keyphrases\":[\"Madrid\"]}\n",
    );
    story
        .does("summarise a.txt")
        .succeeds()
        .says("the language cannot be detected");
    let run = story.does("run --corpus c.jsonl --system tf --metric keyphrase-f1@5");
    run.says("1 of 2 documents have no language");
}

const WRAPPED: &str = "\
The mill by the weir was sold in March, and its new
owner means to grind flour there again before the
year is out. Nobody in the village believed it. The
wheel has not turned since the flood, and the sluice
is full of stones that the river left be-
hind in spring.

- oak beams
- two masons
";

#[test]
fn wrapped_lines_are_joined_unless_it_is_asked_otherwise() {
    let story = epitome().file("a.txt", WRAPPED);
    let sentences = |options: &str| -> Vec<String> {
        let found = json(
            &story
                .does(&format!("inspect a.txt --json {options}"))
                .stdout,
        );
        let sentences = found["sentences"].as_array().unwrap().iter();
        sentences
            .map(|it| it["text"].as_str().unwrap().to_owned())
            .collect()
    };
    let auto = sentences("");
    assert_eq!(auto.len(), 5, "{auto:#?}");
    assert_eq!(auto[1], "Nobody in the village believed it.");
    assert!(
        auto[2].ends_with("the river left behind in spring."),
        "{}",
        auto[2]
    );
    assert_eq!(auto[3..], ["- oak beams", "- two masons"]);
    assert_eq!(
        sentences("--lines sentences")[0],
        WRAPPED.lines().next().unwrap()
    );
    assert_eq!(sentences("--presplit").len(), 8);
    assert_eq!(story.does("inspect a.txt --presplit --lines join").code, 2);
}

#[test]
fn places_of_a_wrapped_text_are_places_in_the_file() {
    let story = epitome().file("a.txt", WRAPPED);
    let found = json(&story.does("inspect a.txt --json").succeeds().stdout);
    let tokens = found["sentences"][2]["tokens"].as_array().unwrap();
    let behind = tokens.iter().find(|it| it["text"] == "behind").unwrap();
    let place = |name: &str| behind[name].as_u64().unwrap() as usize;
    assert_eq!(&WRAPPED[place("start")..place("end")], "be-\nhind");
    assert_eq!(behind["stem"], "behind");
}

#[test]
fn inspect_says_what_is_made_of_every_block() {
    let story = epitome().file("a.txt", WRAPPED);
    let found = json(&story.does("inspect a.txt --json").succeeds().stdout);
    assert_eq!(found["lines"]["setting"], "auto");
    let kinds: Vec<&Value> = found["lines"]["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["kind"])
        .collect();
    assert_eq!(kinds, ["wrapped", "lines"]);
    let plain = story.does("inspect a.txt").succeeds().stdout;
    let wanted = "5 of 6 line ends are joined (lines 1–6); blocks of lines that are not joined (lines 8–9)";
    assert!(plain.contains(wanted), "{plain}");
}

#[test]
fn a_summary_of_a_wrapped_text_has_a_sentence_a_line() {
    let story = epitome().file("a.txt", WRAPPED);
    let lead = story
        .does("summarise a.txt --system lead --sentences 2")
        .succeeds()
        .stdout;
    assert_eq!(lead.lines().count(), 2, "{lead}");
    assert!(lead.contains("before the year is out."), "{lead}");
}

#[test]
fn keywords_are_phrases_of_the_text() {
    let story = epitome().file(
        "a.txt",
        "Stone bridges. Old stone bridges fall. A stone bridge.",
    );
    let plain = story
        .does("keywords a.txt --system first-phrases --limit 2")
        .succeeds()
        .stdout;
    assert_eq!(plain.lines().next(), Some("Stone bridges"));
    let found = json(&story.does("keywords a.txt --json").succeeds().stdout);
    assert!(found["keyphrases"][0]["score"].as_f64() > Some(0.0));
}

#[test]
fn inspect_shows_sentences_tokens_and_stems() {
    let story = epitome().file("a.txt", "Les ponts étaient fermés. Trois.");
    let found = json(
        &story
            .does("inspect a.txt --json --lang fr")
            .succeeds()
            .stdout,
    );
    assert_eq!(
        (found["language"].as_str(), found["stemmer"].as_str()),
        (Some("fr"), Some("snowball-french"))
    );
    let sentence = &found["sentences"][1];
    assert_eq!(
        (sentence["text"].as_str(), sentence["start"].as_u64()),
        (Some("Trois."), Some(28))
    );
    let token = &found["sentences"][0]["tokens"][1];
    assert_eq!(
        (token["text"].as_str(), token["stem"].as_str()),
        (Some("ponts"), Some("pont"))
    );
    let text = story.does("inspect a.txt --lang fr").succeeds().stdout;
    assert!(text.contains("   1         0.00  Trois."), "{text}");
    assert_eq!(
        found["sentences"][0]["boilerplate"], 0.0,
        "two lines tell nothing"
    );
}

#[test]
fn list_shows_what_can_be_named() {
    let story = epitome();
    let all = story.does("list").succeeds().stdout;
    for name in [
        "text-rank",
        "`epitome list NAME` shows",
        "rouge-lsum",
        "keyphrase-f1@10",
        "Portuguese",
    ] {
        assert!(all.contains(name), "{name}");
    }
    assert!(!all.contains("damping"), "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 80), "{all}");

    let one = story.does("list text-rank").succeeds().stdout;
    assert!(
        one.contains("damping=0.85") && one.contains("source: "),
        "{one}"
    );
    for family in ["text-rank (summarisers): ", "text-rank (extractors): "] {
        assert!(one.contains(family), "{one}");
    }
    assert!(one.lines().all(|line| line.chars().count() <= 80), "{one}");

    let metrics = story.does("list metrics --json").succeeds().data();
    let metrics = metrics["entries"].as_array().unwrap();
    assert!(metrics.iter().all(|entry| entry["family"] == "metrics"));
}

#[test]
fn a_signature_is_explained_in_words_and_taken_wherever_a_metric_is() {
    let story = epitome().file(
        "pairs.jsonl",
        "{\"candidate\":\"the cats sat\",\"references\":[\"the cat sat\"]}\n",
    );
    let signature = "rouge-1|p:rouge-score-0.1.2|s:porter-nltk|v:0.1.0";
    let words = story.does_words(&["explain", signature]).succeeds().stdout;
    for part in [
        "rouge-1(stemmer=true): words shared with a reference",
        "stem:porter-nltk           words are stemmed by porter-nltk",
        "multi:best-f1              of several references the one with the best F1 counts",
        "as an argument: --metric 'rouge-1(stemmer=true)'",
    ] {
        assert!(words.contains(part), "{part}\n{words}");
    }

    let scored = |metric: &str| {
        story
            .does_words(&["score", "pairs.jsonl", "--metric", metric])
            .succeeds()
            .stdout
    };
    assert_eq!(scored(signature), scored("rouge-1(stemmer=true)"));
    assert_ne!(scored(signature), scored("rouge-1"));

    let extractor = "candidates:noun-phrases|tagger:english|stop:nltk-en|max-words:3";
    story
        .does_words(&["explain", extractor])
        .succeeds()
        .writes("stop:nltk-en             stop words are those of the list `nltk-en`");

    story.does_words(&["explain", "rouge-1|stem:none"]).fails(
        2,
        "`rouge-1|stem:none` is not a signature: it has no version `v:`",
    );
    story
        .does_words(&["explain", "rouge-0"])
        .fails(2, "no metric is called `rouge-0`");
}

#[test]
fn a_file_of_columns_brings_its_words_and_parts_of_speech() {
    let columns = "1\tOld\told\tADJ\n2\tbridges\tbridge\tNOUN\n3\tfall\tfall\tVERB\n";
    let story = epitome()
        .file("a.conllu", columns)
        .file("b.conllu", "1\tOld\told\tJJ\n");
    let system = "--lang en --system text-rank(tagger=pretagged)";
    let found = story
        .does(&format!("keywords a.conllu {system} --json"))
        .succeeds();
    let found = json(&found.stdout);
    assert_eq!(found["keyphrases"][0]["text"], "Old bridges");
    let signature = found["signature"].as_str().unwrap();
    assert!(signature.starts_with("candidates:noun-phrases|tagger:pretagged"));
    story
        .does(&format!("keywords b.conllu {system}"))
        .fails(2, "b.conllu:1: `JJ` is no universal part of speech");
}

const PAGE: &str = "<!DOCTYPE html><html><head><title>Mill</title><style>p{}</style>
<script>var a = \"x < y\";</script></head><body><nav><a href=\"/\">Home</a></nav>
<p>The mill was sold in March. Its owner grinds&nbsp;flour again.</p>
<p>Bread &amp; <b>but</b>ter cost &pound;2 there.</p><footer>&copy; 2026</footer></body></html>";

const SUBTITLES: &str = "1\n00:00:01,000 --> 00:00:04,200\nThe mill was sold\nin March.\n\n2\n00:00:04,500 --> 00:00:07,000\n- Its owner grinds flour.\n- Nobody believed it.\n";

const MARKDOWN: &str = "# Mill\n\n[![Build](https://img.example/x.svg)](https://ci.example)\n\nThe **mill** was sold\nin March. See the [deed](https://deed.example/1).\n\n```sh\nmake flour\n```\n\n<!-- no -->\n\nIts owner grinds flour again.\n";

#[test]
fn pages_markdown_and_subtitles_are_read_as_their_text() {
    let story = epitome()
        .file("a.html", PAGE)
        .file("a.md", MARKDOWN)
        .file("a.srt", SUBTITLES)
        .file(
            "a.vtt",
            format!("WEBVTT\n\n{}", SUBTITLES.replace(',', ".")),
        );
    for (file, what, wanted) in [
        (
            "a.html",
            "HTML",
            "The mill was sold in March.\nIts owner grinds flour again.\nBread & butter cost £2 there.\n",
        ),
        (
            "a.md",
            "Markdown",
            "Mill\nThe mill was sold in March.\nSee the deed.\nIts owner grinds flour again.\n",
        ),
        (
            "a.srt",
            "subtitles",
            "The mill was sold in March.\nIts owner grinds flour.\nNobody believed it.\n",
        ),
        (
            "a.vtt",
            "subtitles",
            "The mill was sold in March.\nIts owner grinds flour.\nNobody believed it.\n",
        ),
    ] {
        let lead = "--system lead --sentences 9 --boilerplate keep";
        let summary = story.does(&format!("summarise {file} {lead}")).succeeds();
        assert_eq!(summary.stdout, wanted, "{file}");
        summary.says(&format!("note: {file} is read as {what}"));
        let found = json(&story.does(&format!("inspect {file} --json")).stdout);
        let count = found["sentences"].as_array().unwrap().len();
        assert_eq!(count, wanted.lines().count(), "{file}");
        let phrases = story
            .does(&format!("keywords {file} --limit 50"))
            .succeeds();
        for mark in ["http", "amp", "pound", "-->", "**", "script"] {
            assert!(!phrases.stdout.contains(mark), "{file}: {}", phrases.stdout);
        }
    }
    let piped = story.reads(PAGE, "summarise - --system lead").succeeds();
    assert!(
        piped.stdout.starts_with("The mill was sold"),
        "{}",
        piped.stdout
    );
}

#[test]
fn what_is_no_text_is_refused_by_name_with_what_converts_it() {
    let office =
        |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes()].concat();
    let story = epitome()
        .file("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        .file("renamed.txt", b"%PDF-1.4 all of ASCII")
        .file("a.docx", office("word/document.xml"))
        .file(
            "a.odt",
            office("mimetypeapplication/vnd.oasis.opendocument.text"),
        )
        .file("a.epub", office("mimetypeapplication/epub+zip"))
        .file("a.pptx", office("ppt/slides"))
        .file("a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1])
        .file("a.zip", office("a.txt"))
        .file("c.jsonl", "{\"text\":\"One.\"}\n")
        .file("c.csv", "text\nOne.\n");
    for (file, what, hint) in [
        ("a.pdf", "a PDF, not a text", "`pdftotext a.pdf text.txt`"),
        (
            "renamed.txt",
            "a PDF, not a text",
            "`pdftotext renamed.txt text.txt`",
        ),
        (
            "a.docx",
            "a document of the kind .docx, not a text",
            "`pandoc --from docx",
        ),
        (
            "a.odt",
            "a document of the kind .odt, not a text",
            "`pandoc --from odt",
        ),
        (
            "a.epub",
            "a document of the kind .epub, not a text",
            "`pandoc --from epub",
        ),
        ("a.pptx", "a presentation, not a text", "`soffice"),
        (
            "a.doc",
            "a document of Word before 2007, not a text",
            "`soffice",
        ),
        ("a.zip", "a zip archive, not a text", ""),
        (
            "c.jsonl",
            "a file of records, not a text",
            "`epitome run --corpus c.jsonl`",
        ),
        (
            "c.csv",
            "a file of records, not a text",
            "`epitome run --corpus c.csv`",
        ),
    ] {
        for command in ["summarise", "keywords", "inspect"] {
            story
                .does(&format!("{command} {file}"))
                .fails(2, &format!("{file}: it is {what}"))
                .says(hint);
        }
    }
}

#[test]
fn a_plugin_is_asked_about_one_text() {
    let story = epitome().file("a.txt", TEXT);
    story.does("plugin new --language python mine").succeeds();
    let asked = "a.txt --plugin mine/plugin.toml";
    let summary = story
        .does(&format!("summarise {asked} --sentences 1"))
        .succeeds();
    assert_eq!(summary.stdout.lines().count(), 1, "{}", summary.stdout);
    assert!(TEXT.contains(summary.stdout.trim()), "{}", summary.stdout);
    let found = json(
        &story
            .does(&format!("summarise {asked} --json"))
            .succeeds()
            .stdout,
    );
    assert_eq!(found["system"], "mine");
    story
        .does(&format!("summarise {asked} --system lead"))
        .fails(
            2,
            "`--system` is `lead`, and the plugin is `mine`; one of them answers",
        );
    story
        .does("summarise a.txt --plugin lead=true")
        .fails(2, "`lead` is a built-in system");
    let phrases = story
        .does(&format!("keywords {asked} --limit 2"))
        .succeeds();
    assert_eq!(phrases.stdout, "bridge\nclosed\n");
    let found = story
        .does(&format!("keywords {asked} --limit 1 --json"))
        .succeeds();
    let wanted = serde_json::json!([{ "text": "bridge", "score": 2.0 }]);
    assert_eq!(json(&found.stdout)["keyphrases"], wanted);
    let with = format!("keywords {asked} --system mine(shortest=6) --limit 1");
    assert_eq!(story.does(&with).succeeds().stdout, "bridge\n");
    let broken = story.does("summarise a.txt --plugin broken=false");
    assert_eq!(broken.code, 2, "{}", broken.stderr);
}

#[test]
fn a_text_in_utf16_is_read_as_such() {
    let units = std::iter::once(0xFEFF).chain(TEXT.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
    let story = epitome()
        .file("a.txt", TEXT)
        .file("wide.txt", &bytes)
        .file("cut.txt", &bytes[..9]);
    let plain = story.does("summarise a.txt --system lead").succeeds();
    let wide = story.does("summarise wide.txt --system lead").succeeds();
    assert_eq!(wide.stdout, plain.stdout);
    wide.says("note: wide.txt is read as UTF-16");
    story
        .does("summarise cut.txt")
        .fails(2, "cut.txt: it begins as UTF-16 and is no valid UTF-16");
}

#[test]
fn a_text_is_read_as_what_it_begins_like_whatever_its_name() {
    let cues = "1\n00:00:01,000 --> 00:00:02,000\nTonight we talk about\n\n\
                2\n00:00:02,000 --> 00:00:03,000\nglaciers in the north.\n";
    let story = epitome()
        .file(
            "page.txt",
            "<!DOCTYPE html><html><body><p>The river rose.</p></body></html>",
        )
        .file("cues.txt", cues);
    let spoken = "Tonight we talk about glaciers in the north.\n";
    for command in [
        "summarise - --system lead",
        "summarise cues.txt --system lead",
    ] {
        let found = story
            .reads(cues, command)
            .succeeds()
            .says("is read as subtitles");
        assert_eq!(found.stdout, spoken);
    }
    let page = story.does("summarise page.txt --system lead").succeeds();
    assert_eq!(page.stdout, "The river rose.\n");
}

#[test]
fn what_is_no_text_is_refused_with_the_command_that_makes_one() {
    let story = epitome()
        .file("wide.txt", b"T\0h\0e\0".as_slice())
        .file("packed.txt.gz", b"\x1f\x8b\x08\0".as_slice())
        .file("latin.txt", b"caf\xe9".as_slice())
        .file("empty.txt", "");
    let refusal = |file: &str| {
        let outcome = story.does(&format!("summarise {file}"));
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
        outcome
    };
    refusal("wide.txt")
        .says("iconv --from-code UTF-16LE --to-code UTF-8 wide.txt > text.txt");
    refusal("packed.txt.gz").says("gzip -dc packed.txt.gz");
    refusal("latin.txt").says("iconv --from-code WINDOWS-1252 --to-code UTF-8 latin.txt");
    story
        .does("summarise empty.txt")
        .succeeds()
        .says("note: empty.txt: there is no text in it");
    let story = story.file("a.txt", TEXT);
    story
        .does("summarise a.txt --system lead --words 1")
        .succeeds()
        .says("note: no sentence is within the budget of 1 word");
}

#[test]
fn no_keyphrase_goes_over_a_line_that_is_a_sentence() {
    let chat = "anna: hello there Ben\nben: hello Anna\nanna: the build is red\nben: I know it\n";
    let story = epitome().file("chat.txt", chat);
    for option in ["--lines sentences", "--presplit"] {
        let found = story
            .does(&format!("keywords chat.txt {option}"))
            .succeeds();
        for over in ["Ben ben", "Anna anna", "red ben"] {
            assert!(!found.stdout.contains(over), "{option}: {}", found.stdout);
        }
    }
}

#[test]
fn a_system_of_the_other_task_is_said_to_be_one() {
    let story = epitome().file("a.txt", "The river rose.");
    story
        .does("summarise a.txt --system yake")
        .fails(2, "`yake` makes keyphrases, not summaries");
    story
        .does("keywords a.txt --system lead")
        .fails(2, "`lead` makes summaries, not keyphrases");
}
