//! The table of what moderators did. An entry of a later version, of a kind that this one does not know, is passed over.

use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Error, Row, query};

use crate::store::{AuditEntry, Deed, Ending};

/// Adds an entry.
pub(super) async fn write(pool: &SqlitePool, entry: &AuditEntry) -> Result<(), Error> {
    query(
        "insert into audit (event, deed, server, moderator, done_at, about, ending) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (event, deed) do update set about = excluded.about, ending = excluded.ending",
    )
    .bind(entry.event.cast_signed())
    .bind(entry.deed.name())
    .bind(entry.server.cast_signed())
    .bind(entry.moderator.cast_signed())
    .bind(entry.done_at)
    .bind(&entry.about)
    .bind(entry.ending.name())
    .execute(pool)
    .await
    .map(drop)
}

/// Entries that are younger than `since`, the newest first.
pub(super) async fn read(
    pool: &SqlitePool,
    since: i64,
    skip: u32,
    most: u32,
) -> Result<Vec<AuditEntry>, Error> {
    let rows = query(
        "select event, deed, server, moderator, done_at, about, ending from audit where done_at > $1 \
         order by done_at desc, event desc, deed limit $2 offset $3",
    )
    .bind(since)
    .bind(i64::from(most))
    .bind(i64::from(skip))
    .fetch_all(pool)
    .await?;
    rows.iter().filter_map(|row| entry(row).transpose()).collect()
}

/// Removes entries that are not younger than `since`.
pub(super) async fn remove(pool: &SqlitePool, since: i64) -> Result<(), Error> {
    query("delete from audit where done_at <= $1").bind(since).execute(pool).await.map(drop)
}

fn entry(row: &SqliteRow) -> Result<Option<AuditEntry>, Error> {
    let id = |column: usize| row.try_get::<i64, _>(column).map(i64::cast_unsigned);
    let (deed, ending) = (Deed::from_name(row.try_get(1)?), Ending::from_name(row.try_get(6)?));
    let (Some(deed), Some(ending)) = (deed, ending) else { return Ok(None) };
    Ok(Some(AuditEntry {
        event: id(0)?,
        deed,
        server: id(2)?,
        moderator: id(3)?,
        done_at: row.try_get(4)?,
        about: row.try_get(5)?,
        ending,
    }))
}
