//! Rows and counts of workers.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::rows::parts(data));
