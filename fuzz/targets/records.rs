//! JSON Lines and JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::readers::records(data));
