//! All integration tests, one binary. `cfg(test)` on each module lets its helpers, too, stop at the first surprise.

#[cfg(test)]
mod answering;
#[cfg(test)]
mod answering_chat;
#[cfg(test)]
mod answering_more;
#[cfg(test)]
mod answering_plainly;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod cli_index;
#[cfg(test)]
mod cli_lookup;
#[cfg(test)]
mod config;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod discord;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod eval;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod library;
#[cfg(test)]
mod library_cache;
#[cfg(test)]
mod library_faults;
#[cfg(test)]
mod library_guard;
#[cfg(test)]
mod library_incremental;
#[cfg(test)]
mod library_kills;
#[cfg(test)]
mod library_races;
#[cfg(test)]
mod library_uploads;
#[cfg(test)]
mod lookup;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod quality;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod store;
#[cfg(test)]
mod told_apart;
#[cfg(test)]
mod wordings;
