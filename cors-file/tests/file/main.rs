//! Files with policies: what is read, what is refused and where, what the environment overrides,
//! and what happens to a file that is watched.

mod environment;
mod load;
mod mangled;
mod mistakes;
mod shown;
mod support;
mod warnings;
mod watch;
