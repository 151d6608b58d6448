//! Answers of systems that are plugins.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::protocol::replies(data));
