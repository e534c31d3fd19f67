//! registrar answers questions about degree programs from a folder of texts, and proves each answer with a
//! verbatim quote. It is not a language model and asks none.
//!
//! # Layout
//! The modules stand in the order in which data flows; each imports only those above it:
//! ```text
//! corpus/*  →  corpus  →  documents, sections, passages, facts  →  index (a generation)  ─┐
//! "question" → question (kind, subject, attribute, terms)  →  retrieval  ─────────────────┴→  answer
//!                                      answer  →  render  →  discord | terminal | json
//! ```
//! [`engine::Engine::ask`] answers, [`engine::Engine::look_up`] looks up by name: the bot, the command line and the evaluation
//! call nothing else.

pub mod text;

pub mod lexicon;

pub mod corpus;

pub mod index;

pub mod question;

pub mod retrieval;

pub mod answer;

pub mod lookup;

pub mod engine;

pub mod eval;

pub mod library;

pub mod store;

pub mod render;

pub mod config;

pub mod discord;

pub mod sandbox;

pub mod cli;
