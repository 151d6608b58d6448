//! Answers that break the protocol, as the hostile plugin writes them: a name, and the lines
//! in which `{id}` stands for the id of the question and `{next}` for that of the one after it.

/// What a system may write in place of an answer for a document of four sentences or a few
/// more, of which it may pick two or three.
pub(crate) const TO_SYSTEMS: &[(&str, &str)] = &[
    ("id-missing", r#"{"picks":[0]}"#),
    ("id-null", r#"{"id":null,"picks":[0]}"#),
    ("id-text", r#"{"id":"{id}","picks":[0]}"#),
    ("id-float", r#"{"id":{id}.5,"picks":[0]}"#),
    ("id-negative", r#"{"id":-{id},"picks":[0]}"#),
    ("id-huge", r#"{"id":18446744073709551616,"picks":[0]}"#),
    ("id-list", r#"{"id":[{id}],"picks":[0]}"#),
    ("id-zero", r#"{"id":0,"picks":[0]}"#),
    ("id-twice", r#"{"id":{id},"id":{id},"picks":[0]}"#),
    ("id-last", r#"{"id":18446744073709551615,"picks":[0]}"#),
    ("picks-missing", r#"{"id":{id}}"#),
    ("picks-null", r#"{"id":{id},"picks":null}"#),
    ("picks-text", r#"{"id":{id},"picks":"0"}"#),
    ("picks-number", r#"{"id":{id},"picks":0}"#),
    ("picks-object", r#"{"id":{id},"picks":{"0":0}}"#),
    ("picks-of-text", r#"{"id":{id},"picks":["0"]}"#),
    ("picks-of-floats", r#"{"id":{id},"picks":[0.5]}"#),
    ("picks-of-null", r#"{"id":{id},"picks":[null]}"#),
    ("picks-of-lists", r#"{"id":{id},"picks":[[0]]}"#),
    ("picks-of-truth", r#"{"id":{id},"picks":[true]}"#),
    ("picks-negative", r#"{"id":{id},"picks":[-1]}"#),
    ("picks-beyond", r#"{"id":{id},"picks":[40]}"#),
    (
        "picks-beyond-32-bits",
        r#"{"id":{id},"picks":[4294967296]}"#,
    ),
    (
        "picks-beyond-64-bits",
        r#"{"id":{id},"picks":[99999999999999999999]}"#,
    ),
    (
        "picks-least",
        r#"{"id":{id},"picks":[-9223372036854775808]}"#,
    ),
    ("picks-all", r#"{"id":{id},"picks":[0,1,2,3]}"#),
    ("picks-repeated", r#"{"id":{id},"picks":[1,1]}"#),
    ("picks-twice", r#"{"id":{id},"picks":[0],"picks":[1]}"#),
    ("phrases-instead", r#"{"id":{id},"phrases":["river"]}"#),
    ("measures-instead", r#"{"id":{id},"measures":[1]}"#),
    ("scores-few", r#"{"id":{id},"picks":[0],"scores":[1]}"#),
    (
        "scores-many",
        r#"{"id":{id},"picks":[0],"scores":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}"#,
    ),
    ("scores-none", r#"{"id":{id},"picks":[0],"scores":[]}"#),
    (
        "scores-text",
        r#"{"id":{id},"picks":[0],"scores":["1","2","3","4"]}"#,
    ),
    (
        "scores-null",
        r#"{"id":{id},"picks":[0],"scores":[null,1,2,3]}"#,
    ),
    (
        "scores-infinite",
        r#"{"id":{id},"picks":[0],"scores":[1e999,1,2,3]}"#,
    ),
    (
        "scores-minus-infinity",
        r#"{"id":{id},"picks":[0],"scores":[-Infinity,1,2,3]}"#,
    ),
    ("scores-object", r#"{"id":{id},"picks":[0],"scores":{}}"#),
    ("error-number", r#"{"id":{id},"error":5}"#),
    ("error-list", r#"{"id":{id},"error":["no"]}"#),
    ("error-without-id", r#"{"error":"no"}"#),
    (
        "clock-negative",
        r#"{"id":{id},"picks":[0],"elapsed_ns":-1}"#,
    ),
    ("clock-float", r#"{"id":{id},"picks":[0],"elapsed_ns":1.5}"#),
    ("clock-text", r#"{"id":{id},"picks":[0],"elapsed_ns":"1"}"#),
    (
        "clock-long",
        r#"{"id":{id},"picks":[0],"elapsed_ns":18446744073709551615}"#,
    ),
    ("cpu-negative", r#"{"id":{id},"picks":[0],"cpu_ns":-1}"#),
    ("list", r#"[{"id":{id},"picks":[0]}]"#),
    ("number", "7"),
    ("text", r#""picks""#),
    ("null", "null"),
    ("truth", "true"),
    ("empty-object", "{}"),
    (
        "two-in-a-line",
        r#"{"id":{id},"picks":[0]}{"id":{next},"picks":[0]}"#,
    ),
    ("tail", r#"{"id":{id},"picks":[0]} ok"#),
    ("comma", r#"{"id":{id},"picks":[0],}"#),
    ("comment", r#"{"id":{id},"picks":[0]} // fine"#),
    ("single-quotes", "{'id':{id},'picks':[0]}"),
    ("unquoted", "{id:{id},picks:[0]}"),
    ("cut", r#"{"id":{id},"picks":[0"#),
    ("half-escape", r#"{"id":{id},"error":"\ud800"}"#),
    ("control", "{\"id\":{id},\"error\":\"a\u{1}b\"}"),
    ("byte-order-mark", "\u{feff}{\"id\":{id},\"picks\":[0]}"),
    ("zero-byte", "\0{\"id\":{id},\"picks\":[0]}"),
    ("escape", "\u{1b}[2J\u{1b}]0;owned\u{7}"),
    (
        "deep",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ),
    ("html", "<html><script>alert(1)</script></html>"),
    (
        "traceback",
        "Traceback (most recent call last):\n  File \"x.py\", line 1",
    ),
    ("progress-bar", "\r 50%|#####     |\r100%|##########|"),
    ("empty-lines", "\n\n\n"),
    ("spaces", "     "),
    (
        "ready-again",
        r#"{"type":"ready","name":"x","version":"1","does":["summarise"]}"#,
    ),
    (
        "hello-back",
        r#"{"type":"hello","v":1,"seed":0,"params":{}}"#,
    ),
    (
        "question-back",
        r#"{"type":"summarise","id":{id},"sentences":[]}"#,
    ),
    ("unknown-type", r#"{"type":"log","message":"fine"}"#),
    ("type-number", r#"{"type":5}"#),
    ("type-and-answer", r#"{"type":"end","batch":99999}"#),
    ("end-without-batch", r#"{"type":"end"}"#),
    ("end-text", r#"{"type":"end","batch":"1"}"#),
    ("end-negative", r#"{"type":"end","batch":-1}"#),
    (
        "answered-before",
        "{\"id\":{id},\"picks\":[0]}\n{\"id\":{id},\"picks\":[1]}",
    ),
    (
        "answer-and-error",
        "{\"id\":{id},\"picks\":[0]}\n{\"id\":{id},\"error\":\"no\"}",
    ),
    (
        "of-nobody",
        "{\"id\":{id},\"picks\":[0]}\n{\"id\":987654,\"picks\":[0]}",
    ),
    ("noise-after", "{\"id\":{id},\"picks\":[0]}\ndone"),
    ("noise-before", "loading\n{\"id\":{id},\"picks\":[0]}"),
];

/// What a metric may write in place of measures of two candidates, from 0 to 1.
pub(crate) const TO_METRICS: &[(&str, &str)] = &[
    ("measures-missing", r#"{"id":{id}}"#),
    ("measures-null", r#"{"id":{id},"measures":null}"#),
    ("measures-number", r#"{"id":{id},"measures":0.5}"#),
    ("measures-text", r#"{"id":{id},"measures":"0.5"}"#),
    ("measures-object", r#"{"id":{id},"measures":{}}"#),
    ("measures-none", r#"{"id":{id},"measures":[]}"#),
    (
        "measures-many",
        r#"{"id":{id},"measures":[1,1,1,1,1,1,1,1,1]}"#,
    ),
    ("measure-null", r#"{"id":{id},"measures":[null,null]}"#),
    ("measure-text", r#"{"id":{id},"measures":["1","1"]}"#),
    ("measure-truth", r#"{"id":{id},"measures":[true,true]}"#),
    ("measure-list", r#"{"id":{id},"measures":[[1],[1]]}"#),
    ("measure-empty", r#"{"id":{id},"measures":[{},{}]}"#),
    ("measure-nan", r#"{"id":{id},"measures":[NaN,NaN]}"#),
    ("measure-infinite", r#"{"id":{id},"measures":[1e999,0]}"#),
    ("measure-above", r#"{"id":{id},"measures":[1.0000001,0]}"#),
    ("measure-below", r#"{"id":{id},"measures":[-0.0000001,0]}"#),
    (
        "measure-both",
        r#"{"id":{id},"measures":[{"value":1,"error":"no"},0]}"#,
    ),
    (
        "measure-value-text",
        r#"{"id":{id},"measures":[{"value":"1"},0]}"#,
    ),
    (
        "measure-error-number",
        r#"{"id":{id},"measures":[{"error":1},0]}"#,
    ),
    ("picks-instead", r#"{"id":{id},"picks":[0]}"#),
    ("metric-id-text", r#"{"id":"{id}","measures":[1,1]}"#),
    ("metric-id-other", r#"{"id":987654,"measures":[1,1]}"#),
    (
        "metric-twice",
        "{\"id\":{id},\"measures\":[1,1]}\n{\"id\":{id},\"measures\":[1,1]}",
    ),
    ("metric-noise", "score: 1"),
    ("metric-cut", r#"{"id":{id},"measures":[1,"#),
    (
        "metric-ready",
        r#"{"type":"ready","name":"x","version":"1","does":["measure"]}"#,
    ),
];

/// Returns the lines of a name for a question; `None` for a name that is in neither list.
pub(crate) fn lines(name: &str, id: u64) -> Option<String> {
    let mut all = TO_SYSTEMS.iter().chain(TO_METRICS);
    let (_, lines) = all.find(|(known, _)| *known == name)?;
    let lines = lines.replace("{id}", &id.to_string());
    Some(lines.replace("{next}", &(id + 1).to_string()))
}
