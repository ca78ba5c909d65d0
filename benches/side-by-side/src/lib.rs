//! Our adapters and the frameworks' own CORS libraries, timed in one run. In reading order:
//! [`request`] and [`framework`] are what is asked, [`engine`] the same without a framework;
//! [`series`] times them in turns, [`threads`], [`scale`], [`growth`], [`counted`],
//! [`instructions`] and [`network`] measure what is not a time of one call; [`target`] has the limits,
//! and [`page`] and [`plot`] show the figures.

pub mod counted;
pub mod engine;
pub mod framework;
pub mod gate;
pub mod growth;
pub mod instructions;
pub mod measured;
pub mod network;
pub mod page;
pub mod plot;
pub mod request;
pub mod scale;
pub mod series;
pub mod target;
pub mod threads;
