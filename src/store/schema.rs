//! The tables and how they came to be: migrations that only go forward, checked against what a database has already
//! applied. Not how a table is read or written.

use std::collections::HashMap;

use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use super::StoreError;

/// All migrations in order: number, name, SQL. A number that was released is never changed.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "servers with answers", include_str!("migrations/0001_servers_and_answers.sql")),
    (2, "audit", include_str!("migrations/0002_audit.sql")),
    (3, "votes", include_str!("migrations/0003_votes.sql")),
    (4, "gaps", include_str!("migrations/0004_gaps.sql")),
    (5, "reports", include_str!("migrations/0005_reports.sql")),
];

/// What brings a database up to date.
pub(super) fn migrator() -> Migrator {
    let migrations = MIGRATIONS.into_iter().map(|(number, name, sql)| {
        Migration::new(number, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// Whether a database to which these migrations were applied, by their numbers with their checksums, can be brought up to
/// date.
pub(super) fn compare(applied: &HashMap<i64, Vec<u8>>, place: &str) -> Result<(), StoreError> {
    let migrator = migrator();
    let known: HashMap<i64, &[u8]> =
        migrator.iter().map(|migration| (migration.version, migration.checksum.as_ref())).collect();
    let mut applied: Vec<_> = applied.iter().collect();
    applied.sort_unstable();
    for (number, checksum) in applied {
        let error = match known.get(number) {
            None => MigrateError::VersionMissing(*number),
            Some(expected) if *expected != checksum.as_slice() => MigrateError::VersionMismatch(*number),
            Some(_) => continue,
        };
        return Err(explain(&error, place));
    }
    Ok(())
}

/// What a failed migration means for the operator.
pub(super) fn explain(error: &MigrateError, place: &str) -> StoreError {
    let place = place.to_owned();
    match error {
        MigrateError::VersionMissing(found) => {
            let known = MIGRATIONS.last().map_or(0, |(number, ..)| *number);
            StoreError::Newer { place, found: *found, known }
        }
        MigrateError::VersionMismatch(number) => StoreError::Unusable {
            place,
            reason: format!("its tables were made by another program (migration {number} differs)"),
        },
        error => StoreError::Unusable { place, reason: error.to_string() },
    }
}
