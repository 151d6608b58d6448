//! Small words of the command line.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::grammars::words(data));
