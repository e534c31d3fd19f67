//! What stands under a person's id, over all tables.

use sqlx::sqlite::SqlitePool;
use sqlx::{Error, Row, query};

use crate::store::{ANSWER_AGE, KnownOfPerson};

/// How much there is.
pub(super) async fn read(
    pool: &SqlitePool,
    person: u64,
    now: i64,
    deeds_since: i64,
) -> Result<KnownOfPerson, Error> {
    let row = query(
        "select (select count(*) from answers where asker = $1 and created_at > $2), \
         (select count(*) from audit where moderator = $1 and done_at > $3)",
    )
    .bind(person.cast_signed())
    .bind(now.saturating_sub(ANSWER_AGE))
    .bind(deeds_since)
    .fetch_one(pool)
    .await?;
    let count = |column: usize| row.try_get::<i64, _>(column).map(i64::cast_unsigned);
    Ok(KnownOfPerson { answers: count(0)?, deeds: count(1)? })
}

/// Removes which answers are theirs; gives how many there were.
pub(super) async fn remove(pool: &SqlitePool, person: u64) -> Result<u64, Error> {
    let removed =
        query("delete from answers where asker = $1").bind(person.cast_signed()).execute(pool).await?;
    Ok(removed.rows_affected())
}
