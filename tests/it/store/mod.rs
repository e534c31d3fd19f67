//! The store: the contract that every backend is held to, then what is particular to the SQLite file.

mod contract;
mod sqlite;
