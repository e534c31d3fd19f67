//! All integration tests, one binary.
mod library;
