//! What follows a path in `--corpus`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::grammars::addresses(data));
