//! The table of questions that were missed.

use sqlx::sqlite::SqlitePool;
use sqlx::{Error, Row, query};

use crate::store::gaps::day_of;
use crate::store::{GAP_AGE, Gap, GapCount, Missed};

/// Counts a gap on its day.
pub(super) async fn write(pool: &SqlitePool, gap: &Gap, now: i64) -> Result<(), Error> {
    query(
        "insert into gaps (server, question, missed, generation, asked_on, times) values ($1, $2, $3, $4, $5, 1) \
         on conflict (server, question, missed, generation, asked_on) do update set times = gaps.times + 1",
    )
    .bind(gap.server.cast_signed())
    .bind(&gap.question)
    .bind(gap.missed.name())
    .bind(&gap.generation)
    .bind(day_of(now))
    .execute(pool)
    .await
    .map(drop)
}

/// A server's gaps, the most frequent first.
pub(super) async fn read(
    pool: &SqlitePool,
    server: u64,
    now: i64,
    most: u32,
) -> Result<Vec<GapCount>, Error> {
    let rows = query(
        "select question, missed, cast(sum(times) as bigint), min(asked_on), max(asked_on) from gaps \
         where server = $1 and asked_on > $2 group by question, missed \
         order by 3 desc, 5 desc, question, missed limit $3",
    )
    .bind(server.cast_signed())
    .bind(now.saturating_sub(GAP_AGE))
    .bind(i64::from(most))
    .fetch_all(pool)
    .await?;
    let mut gaps = Vec::with_capacity(rows.len());
    for row in rows {
        // One of a later version is passed over.
        let Some(missed) = Missed::from_name(row.try_get(1)?) else { continue };
        let times = row.try_get::<i64, _>(2)?.cast_unsigned();
        gaps.push(GapCount {
            question: row.try_get(0)?,
            missed,
            times,
            days: (row.try_get(3)?, row.try_get(4)?),
        });
    }
    Ok(gaps)
}
