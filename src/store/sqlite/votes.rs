//! The tables of votes and of the key that hides who voted.

use sqlx::sqlite::SqlitePool;
use sqlx::{Error, Row, query};

use crate::store::{HashKey, VOTE_AGE, Vote, Votes};

/// The key, which is `fresh` if there was none.
pub(super) async fn key(pool: &SqlitePool, fresh: HashKey) -> Result<HashKey, Error> {
    query("insert into secrets (name, value) values ('votes', $1) on conflict (name) do nothing")
        .bind(blake3::Hash::from_bytes(fresh).to_hex().to_string())
        .execute(pool)
        .await?;
    let row = query("select value from secrets where name = 'votes'").fetch_one(pool).await?;
    let kept = blake3::Hash::from_hex(row.try_get::<String, _>(0)?);
    kept.map(|kept| *kept.as_bytes()).map_err(|error| Error::Decode(Box::new(error)))
}

/// Keeps a vote in place of an earlier one, and gives that one.
pub(super) async fn write(
    pool: &SqlitePool,
    voter: &str,
    vote: Vote,
    now: i64,
) -> Result<Option<Vote>, Error> {
    let mut whole = pool.begin().await?;
    let row = query("select vote from votes where voter = $1 and voted_at > $2")
        .bind(voter)
        .bind(now.saturating_sub(VOTE_AGE))
        .fetch_optional(&mut *whole)
        .await?;
    let earlier = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
    query(
        "insert into votes (voter, vote, voted_at) values ($1, $2, $3) \
         on conflict (voter) do update set vote = excluded.vote, voted_at = excluded.voted_at",
    )
    .bind(voter)
    .bind(vote.name())
    .bind(now)
    .execute(&mut *whole)
    .await?;
    whole.commit().await?;
    Ok(earlier.as_deref().and_then(Vote::from_name))
}

/// How many thought what.
pub(super) async fn count(pool: &SqlitePool, now: i64) -> Result<Votes, Error> {
    let rows = query("select vote, count(*) from votes where voted_at > $1 group by vote")
        .bind(now.saturating_sub(VOTE_AGE))
        .fetch_all(pool)
        .await?;
    let mut votes = Votes::default();
    for row in rows {
        let count = row.try_get::<i64, _>(1)?.cast_unsigned();
        match Vote::from_name(row.try_get(0)?) {
            Some(Vote::Helped) => votes.helped = count,
            Some(Vote::Other) => votes.other = count,
            Some(Vote::Wrong) => votes.wrong = count,
            None => {}
        }
    }
    Ok(votes)
}
