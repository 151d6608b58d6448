//! Files of embedders.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::vectors::embedders(data));
