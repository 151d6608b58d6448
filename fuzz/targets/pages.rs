//! HTML, Markdown, subtitles and plain texts.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::readers::pages(data));
