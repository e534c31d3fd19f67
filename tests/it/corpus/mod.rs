//! What the parser makes of files: layouts as text beside what is understood, hostile input, folders.

mod dump;
mod hostile;
mod reference;
