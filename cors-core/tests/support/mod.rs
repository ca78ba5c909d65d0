//! Naive twins of the engine, and the laws that hold for every input. The property tests and the
//! fuzz targets check the same ones.

pub(crate) mod origin;
pub(crate) mod path;
pub(crate) mod preflight;
pub(crate) mod wire;
