#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cors_fuzz::check_origin(bytes));
