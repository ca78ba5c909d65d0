//! Our adapters and the frameworks' own CORS libraries, timed in one run. In reading order:
//! [`request`] and [`framework`] are what is asked, [`engine`] the same without a framework;
//! [`series`] times them in turns, [`threads`], [`scale`], [`counted`] and [`network`] measure what
//! is no time of one call; [`target`] says what should hold, [`why`] why it may not, and [`page`] and [`plot`] what did.

pub mod counted;
pub mod engine;
pub mod framework;
pub mod measured;
pub mod network;
pub mod page;
pub mod plot;
pub mod request;
pub mod scale;
pub mod series;
pub mod target;
pub mod threads;
pub mod why;
