//! Analysis of any text in every language.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::core::texts(data));
