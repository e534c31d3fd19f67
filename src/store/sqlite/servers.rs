//! Of which servers anything is stored, over all tables.

use sqlx::sqlite::SqlitePool;
use sqlx::{Error, Row, query};

use crate::store::NOBODY;

/// Their ids, each with whether the bot is known to have left.
pub(super) async fn known(pool: &SqlitePool) -> Result<Vec<(u64, bool)>, Error> {
    let rows = query(
        "select known.server, servers.left_at from (select server from servers \
         union select server from channels union select server from gaps union select server from audit \
         union select server from reports) known left join servers on servers.server = known.server \
         where known.server <> $1",
    )
    .bind(NOBODY.cast_signed());
    let rows = rows.fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok((row.try_get::<i64, _>(0)?.cast_unsigned(), row.try_get::<Option<i64>, _>(1)?.is_some()))
        })
        .collect()
}
