//! Sets and maps of words and terms whose keys are hashed quickly. Most of the time of a look-up in a small set is the hash, and a text
//! is looked up word by word. The seed is chosen anew in each process, so that nobody can prepare words that fall together.

/// A map from words or terms.
pub type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// A set of words or terms.
pub type HashSet<T> = std::collections::HashSet<T, foldhash::fast::RandomState>;
