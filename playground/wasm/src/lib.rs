//! The playground's engine as a WebAssembly module.
//!
//! A page writes a question where [`question`] says, calls [`answer`], and reads as many bytes as
//! that returns where [`answered`] says. Both are JSON: see [`cors_playground::answer`]. No code here
//! reads or writes through a pointer: only the page does, in the module's memory.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The question and the answer that the page reads and writes.
static TEXTS: Mutex<(Vec<u8>, String)> = Mutex::new((Vec::new(), String::new()));

fn texts() -> MutexGuard<'static, (Vec<u8>, String)> {
    TEXTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for a question of this length, and returns its address.
#[expect(unsafe_code, reason = "an exported name, which no other crate here has")]
#[unsafe(no_mangle)]
pub extern "C" fn question(length: usize) -> *mut u8 {
    let mut texts = texts();
    texts.0 = vec![0; length];
    texts.0.as_mut_ptr()
}

/// Answers the question, and returns the answer's length in bytes.
#[expect(unsafe_code, reason = "an exported name, which no other crate here has")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> usize {
    let mut texts = texts();
    texts.1 = cors_playground::answer(&String::from_utf8_lossy(&texts.0));
    texts.1.len()
}

/// Returns the address of the answer.
#[expect(unsafe_code, reason = "an exported name, which no other crate here has")]
#[unsafe(no_mangle)]
pub extern "C" fn answered() -> *const u8 {
    texts().1.as_ptr()
}
