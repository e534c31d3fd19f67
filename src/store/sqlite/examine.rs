//! A look at a store's file from outside, for the doctor: whether the bot could use it. Nothing is changed, and no table is
//! brought up to date.

use std::collections::HashMap;
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Row, query};

use super::text;
use crate::store::{StoreError, schema};

/// Looks at the file `path`, which exists.
pub(in crate::store) async fn examine(path: &Path) -> Result<(), StoreError> {
    let place = path.display().to_string();
    let unusable = |error: sqlx::Error| StoreError::Unusable { place: place.clone(), reason: text(&error) };
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await.map_err(unusable)?;
    let found = look(&mut connection, &place).await;
    // What was seen counts, however the connection ends.
    let _ = connection.close().await;
    found
}

async fn look(connection: &mut SqliteConnection, place: &str) -> Result<(), StoreError> {
    let unusable =
        |error: sqlx::Error| StoreError::Unusable { place: place.to_owned(), reason: text(&error) };
    let checked = query("pragma quick_check(1)").fetch_one(&mut *connection).await;
    let verdict: String = checked.and_then(|row| row.try_get(0)).map_err(unusable)?;
    if verdict != "ok" {
        let reason = verdict.lines().collect::<Vec<_>>().join(", ");
        return Err(StoreError::Damaged { place: place.to_owned(), reason });
    }
    let known = "select count(*) from sqlite_master where type = 'table' and name = '_sqlx_migrations'";
    let known: i64 =
        query(known).fetch_one(&mut *connection).await.and_then(|row| row.try_get(0)).map_err(unusable)?;
    if known == 0 {
        // An empty file becomes a store; tables of somebody else's do not.
        let others = query("select count(*) from sqlite_master").fetch_one(&mut *connection).await;
        let others: i64 = others.and_then(|row| row.try_get(0)).map_err(unusable)?;
        let reason = "it is another program's database".to_owned();
        return if others == 0 {
            Ok(())
        } else {
            Err(StoreError::Unusable { place: place.to_owned(), reason })
        };
    }
    let rows = query("select version, checksum from _sqlx_migrations").fetch_all(&mut *connection).await;
    let mut applied = HashMap::new();
    for row in rows.map_err(unusable)? {
        let (number, checksum) = (row.try_get::<i64, _>(0), row.try_get::<Vec<u8>, _>(1));
        applied.insert(number.map_err(unusable)?, checksum.map_err(unusable)?);
    }
    schema::compare(&applied, place)
}
