//! A policy as data: its keys, for whatever reads or describes files of another form.

pub use crate::policy::key::{Key, Slot, UnknownKey};
