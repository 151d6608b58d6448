//! Tables of comma-separated and tab-separated values.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::readers::tables(data));
