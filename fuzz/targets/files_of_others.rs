//! Files of outputs and of scores.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::protocol::files_of_others(data));
