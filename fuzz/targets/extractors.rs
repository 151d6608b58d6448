//! Every keyword extractor on any text.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::core::extractors(data));
