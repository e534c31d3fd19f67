//! Results that could not be told to the moderator who waits for them, kept until somebody of that server sees them.

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The interaction that began it.
    pub event: u64,
    /// In which server.
    pub server: u64,
    /// When it was there, in seconds since 1970 (UTC).
    pub written_at: i64,
    /// What the moderator would have read.
    pub content: String,
}

/// A result that nobody asks for goes after so many seconds.
pub const REPORT_AGE: i64 = 30 * 24 * 3_600;
