//! The table of results that could not be told.

use sqlx::sqlite::SqlitePool;
use sqlx::{Error, Row, query};

use crate::store::{REPORT_AGE, Report};

/// Keeps one.
pub(super) async fn write(pool: &SqlitePool, report: &Report) -> Result<(), Error> {
    query(
        "insert into reports (event, server, written_at, content) values ($1, $2, $3, $4) \
         on conflict (event) do update set written_at = excluded.written_at, content = excluded.content",
    )
    .bind(report.event.cast_signed())
    .bind(report.server.cast_signed())
    .bind(report.written_at)
    .bind(&report.content)
    .execute(pool)
    .await
    .map(drop)
}

/// Those of a server, the oldest first.
pub(super) async fn read(pool: &SqlitePool, server: u64, now: i64) -> Result<Vec<Report>, Error> {
    let rows = query(
        "select event, written_at, content from reports where server = $1 and written_at > $2 \
         order by written_at, event",
    )
    .bind(server.cast_signed())
    .bind(now.saturating_sub(REPORT_AGE))
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let event = row.try_get::<i64, _>(0)?.cast_unsigned();
            Ok(Report { event, server, written_at: row.try_get(1)?, content: row.try_get(2)? })
        })
        .collect()
}

/// Forgets one.
pub(super) async fn remove(pool: &SqlitePool, event: u64) -> Result<(), Error> {
    query("delete from reports where event = $1").bind(event.cast_signed()).execute(pool).await.map(drop)
}
