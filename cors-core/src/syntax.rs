//! The small grammars that requests and policies share with the browser's half: lists, schemes, ports.

pub use crate::{
    header::list::{elements, trim},
    origin::{default_port, is_scheme, parse_port},
};
