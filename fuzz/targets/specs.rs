//! Specs of systems and metrics.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| epitome_fuzz::grammars::specs(data));
