//! The store in one SQLite file, which several readers and one writer share (WAL). The SQL is what PostgreSQL would take
//! too; only the way of opening is SQLite's own.

mod audit;
pub(super) mod examine;
mod gaps;
mod person;
mod reports;
mod servers;
mod votes;

use std::time::Duration;

use futures_util::FutureExt;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, query};

use super::{
    ANSWER_AGE, AnswerRecord, AuditEntry, Change, GAP_AGE, Gap, GapCount, HashKey, KnownOfPerson, Mode,
    Place, REPORT_AGE, Report, SERVER_GRACE, ServerSettings, Store, StoreError, Storing, VOTE_AGE, Vote,
    Votes, schema,
};

/// How long a call waits while another one writes.
const BUSY: Duration = Duration::from_secs(5);
/// How long a call waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open SQLite store.
pub(super) struct Sqlite {
    pool: SqlitePool,
}

impl Sqlite {
    /// Opens the file and brings its tables up to date.
    pub(super) async fn open(place: &Place) -> Result<Self, StoreError> {
        let name = place.to_string();
        let options = SqliteConnectOptions::new().busy_timeout(BUSY).synchronous(SqliteSynchronous::Normal);
        let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE);
        let (options, pool) = match place {
            Place::File(path) => {
                let options = options.filename(path).create_if_missing(true);
                (options.journal_mode(SqliteJournalMode::Wal), pool.max_connections(4))
            }
            // Each connection would have a database of its own, and a closed one would take it along.
            Place::Memory => {
                let pool = pool.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
                (options.in_memory(true), pool)
            }
        };
        let unusable =
            |error: sqlx::Error| StoreError::Unusable { place: name.clone(), reason: text(&error) };
        let pool = pool.connect_with(options).await.map_err(unusable)?;
        schema::migrator().run(&pool).await.map_err(|error| schema::explain(&error, &name))?;
        Ok(Self { pool })
    }

    async fn read_settings(&self, server: u64) -> Result<ServerSettings, sqlx::Error> {
        let server = server.cast_signed();
        let mut settings = ServerSettings::default();
        let row = query("select moderator_role, cooldown, gaps, log_channel from servers where server = $1")
            .bind(server);
        if let Some(row) = row.fetch_optional(&self.pool).await? {
            settings.moderator_role = row.try_get::<Option<i64>, _>(0)?.map(i64::cast_unsigned);
            settings.cooldown =
                row.try_get::<Option<i64>, _>(1)?.and_then(|seconds| u32::try_from(seconds).ok());
            settings.gaps = row.try_get::<Option<i64>, _>(2)?.is_some_and(|on| on != 0);
            settings.log_channel = row.try_get::<Option<i64>, _>(3)?.map(i64::cast_unsigned);
        }
        let rows = query("select channel, mode from channels where server = $1").bind(server);
        for row in rows.fetch_all(&self.pool).await? {
            // A mode of a later version means the default here.
            let mode = Mode::from_name(row.try_get(1)?).unwrap_or_default();
            settings.channels.insert(row.try_get::<i64, _>(0)?.cast_unsigned(), mode);
        }
        Ok(settings)
    }

    async fn write_change(&self, server: u64, change: Change) -> Result<(), sqlx::Error> {
        let server = server.cast_signed();
        let change = match change {
            Change::Channel(channel, mode) => query(
                "insert into channels (server, channel, mode) values ($1, $2, $3) \
                 on conflict (server, channel) do update set mode = excluded.mode",
            )
            .bind(server)
            .bind(channel.cast_signed())
            .bind(mode.name()),
            Change::ModeratorRole(role) => query(
                "insert into servers (server, moderator_role) values ($1, $2) \
                 on conflict (server) do update set moderator_role = excluded.moderator_role",
            )
            .bind(server)
            .bind(role.map(u64::cast_signed)),
            Change::Cooldown(seconds) => query(
                "insert into servers (server, cooldown) values ($1, $2) \
                 on conflict (server) do update set cooldown = excluded.cooldown",
            )
            .bind(server)
            .bind(seconds.map(i64::from)),
            Change::LogChannel(channel) => query(
                "insert into servers (server, log_channel) values ($1, $2) \
                 on conflict (server) do update set log_channel = excluded.log_channel",
            )
            .bind(server)
            .bind(channel.map(u64::cast_signed)),
            Change::Gaps(true) => query(
                "insert into servers (server, gaps) values ($1, 1) \
                 on conflict (server) do update set gaps = excluded.gaps",
            )
            .bind(server),
            Change::Gaps(false) => {
                let mut whole = self.pool.begin().await?;
                query("delete from gaps where server = $1").bind(server).execute(&mut *whole).await?;
                query("update servers set gaps = null where server = $1")
                    .bind(server)
                    .execute(&mut *whole)
                    .await?;
                return whole.commit().await;
            }
            Change::Reset => {
                let mut whole = self.pool.begin().await?;
                query("delete from gaps where server = $1").bind(server).execute(&mut *whole).await?;
                query("delete from channels where server = $1").bind(server).execute(&mut *whole).await?;
                query(
                    "update servers set moderator_role = null, cooldown = null, gaps = null, log_channel = null \
                     where server = $1",
                )
                .bind(server)
                .execute(&mut *whole)
                .await?;
                return whole.commit().await;
            }
        };
        change.execute(&self.pool).await.map(drop)
    }

    async fn write_present(&self, server: u64) -> Result<(), sqlx::Error> {
        let present = query("update servers set left_at = null where server = $1 and left_at is not null");
        present.bind(server.cast_signed()).execute(&self.pool).await.map(drop)
    }

    async fn write_greeted(&self, server: u64, now: i64) -> Result<bool, sqlx::Error> {
        let first = query(
            "insert into servers (server, greeted_at) values ($1, $2) \
             on conflict (server) do update set greeted_at = excluded.greeted_at where servers.greeted_at is null",
        );
        let done = first.bind(server.cast_signed()).bind(now).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }

    async fn write_left(&self, server: u64, now: i64) -> Result<(), sqlx::Error> {
        // What was chosen is kept for a while; a server that has nothing here gets a row, too, for its channels' sake.
        let left = query(
            "insert into servers (server, left_at) values ($1, $2) \
             on conflict (server) do update set left_at = excluded.left_at, greeted_at = null",
        );
        left.bind(server.cast_signed()).bind(now).execute(&self.pool).await.map(drop)
    }

    async fn write_answer(&self, record: AnswerRecord) -> Result<(), sqlx::Error> {
        query(
            "insert into answers (question, answer, channel, asker, created_at) values ($1, $2, $3, $4, $5) \
             on conflict (question) do update set answer = excluded.answer, channel = excluded.channel, \
             asker = excluded.asker, created_at = excluded.created_at",
        )
        .bind(record.question.cast_signed())
        .bind(record.answer.cast_signed())
        .bind(record.channel.cast_signed())
        .bind(record.asker.cast_signed())
        .bind(record.created_at)
        .execute(&self.pool)
        .await
        .map(drop)
    }

    async fn read_answer(&self, message: u64, now: i64) -> Result<Option<AnswerRecord>, sqlx::Error> {
        let row = query(
            "select question, answer, channel, asker, created_at from answers \
             where (question = $1 or answer = $1) and created_at > $2",
        )
        .bind(message.cast_signed())
        .bind(now.saturating_sub(ANSWER_AGE))
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(record).transpose()
    }

    async fn remove_answer(&self, message: u64) -> Result<Option<AnswerRecord>, sqlx::Error> {
        let row = query(
            "delete from answers where question = $1 or answer = $1 \
             returning question, answer, channel, asker, created_at",
        )
        .bind(message.cast_signed())
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(record).transpose()
    }

    async fn remove_old(&self, now: i64) -> Result<(), sqlx::Error> {
        let mut whole = self.pool.begin().await?;
        let age = now.saturating_sub(ANSWER_AGE);
        query("delete from answers where created_at <= $1").bind(age).execute(&mut *whole).await?;
        query("delete from votes where voted_at <= $1")
            .bind(now.saturating_sub(VOTE_AGE))
            .execute(&mut *whole)
            .await?;
        query("delete from gaps where asked_on <= $1")
            .bind(now.saturating_sub(GAP_AGE))
            .execute(&mut *whole)
            .await?;
        query("delete from reports where written_at <= $1")
            .bind(now.saturating_sub(REPORT_AGE))
            .execute(&mut *whole)
            .await?;
        let grace = now.saturating_sub(SERVER_GRACE);
        for table in [
            "delete from channels where server in (select server from servers where left_at <= $1)",
            "delete from gaps where server in (select server from servers where left_at <= $1)",
            "delete from audit where server in (select server from servers where left_at <= $1)",
            "delete from reports where server in (select server from servers where left_at <= $1)",
        ] {
            query(table).bind(grace).execute(&mut *whole).await?;
        }
        query("delete from servers where left_at <= $1").bind(grace).execute(&mut *whole).await?;
        whole.commit().await
    }
}

impl Store for Sqlite {
    fn settings(&self, server: u64) -> Storing<'_, ServerSettings> {
        async move { self.read_settings(server).await.map_err(failed) }.boxed()
    }

    fn change(&self, server: u64, change: Change) -> Storing<'_, ()> {
        async move { self.write_change(server, change).await.map_err(failed) }.boxed()
    }

    fn present(&self, server: u64) -> Storing<'_, ()> {
        async move { self.write_present(server).await.map_err(failed) }.boxed()
    }

    fn greet(&self, server: u64, now: i64) -> Storing<'_, bool> {
        async move { self.write_greeted(server, now).await.map_err(failed) }.boxed()
    }

    fn left(&self, server: u64, now: i64) -> Storing<'_, ()> {
        async move { self.write_left(server, now).await.map_err(failed) }.boxed()
    }

    fn known_servers(&self) -> Storing<'_, Vec<(u64, bool)>> {
        async move { servers::known(&self.pool).await.map_err(failed) }.boxed()
    }

    fn answered(&self, record: AnswerRecord) -> Storing<'_, ()> {
        async move { self.write_answer(record).await.map_err(failed) }.boxed()
    }

    fn answer(&self, message: u64, now: i64) -> Storing<'_, Option<AnswerRecord>> {
        async move { self.read_answer(message, now).await.map_err(failed) }.boxed()
    }

    fn forget(&self, message: u64) -> Storing<'_, Option<AnswerRecord>> {
        async move { self.remove_answer(message).await.map_err(failed) }.boxed()
    }

    fn note_deed(&self, entry: AuditEntry) -> Storing<'_, ()> {
        async move { audit::write(&self.pool, &entry).await.map_err(failed) }.boxed()
    }

    fn deeds(&self, since: i64, skip: u32, most: u32) -> Storing<'_, Vec<AuditEntry>> {
        async move { audit::read(&self.pool, since, skip, most).await.map_err(failed) }.boxed()
    }

    fn forget_deeds(&self, since: i64) -> Storing<'_, ()> {
        async move { audit::remove(&self.pool, since).await.map_err(failed) }.boxed()
    }

    fn keep_report(&self, report: Report) -> Storing<'_, ()> {
        async move { reports::write(&self.pool, &report).await.map_err(failed) }.boxed()
    }

    fn reports(&self, server: u64, now: i64) -> Storing<'_, Vec<Report>> {
        async move { reports::read(&self.pool, server, now).await.map_err(failed) }.boxed()
    }

    fn forget_report(&self, event: u64) -> Storing<'_, ()> {
        async move { reports::remove(&self.pool, event).await.map_err(failed) }.boxed()
    }

    fn hash_key(&self, fresh: HashKey) -> Storing<'_, HashKey> {
        async move { votes::key(&self.pool, fresh).await.map_err(failed) }.boxed()
    }

    fn vote(&self, voter: String, vote: Vote, now: i64) -> Storing<'_, Option<Vote>> {
        async move { votes::write(&self.pool, &voter, vote, now).await.map_err(failed) }.boxed()
    }

    fn votes(&self, now: i64) -> Storing<'_, Votes> {
        async move { votes::count(&self.pool, now).await.map_err(failed) }.boxed()
    }

    fn note_gap(&self, gap: Gap, now: i64) -> Storing<'_, ()> {
        async move { gaps::write(&self.pool, &gap, now).await.map_err(failed) }.boxed()
    }

    fn gaps(&self, server: u64, now: i64, most: u32) -> Storing<'_, Vec<GapCount>> {
        async move { gaps::read(&self.pool, server, now, most).await.map_err(failed) }.boxed()
    }

    fn known_of(&self, person: u64, now: i64, deeds_since: i64) -> Storing<'_, KnownOfPerson> {
        async move { person::read(&self.pool, person, now, deeds_since).await.map_err(failed) }.boxed()
    }

    fn forget_person(&self, person: u64) -> Storing<'_, u64> {
        async move { person::remove(&self.pool, person).await.map_err(failed) }.boxed()
    }

    fn tidy(&self, now: i64) -> Storing<'_, ()> {
        async move { self.remove_old(now).await.map_err(failed) }.boxed()
    }
}

fn record(row: &SqliteRow) -> Result<AnswerRecord, sqlx::Error> {
    let id = |column: usize| row.try_get::<i64, _>(column).map(i64::cast_unsigned);
    Ok(AnswerRecord {
        question: id(0)?,
        answer: id(1)?,
        channel: id(2)?,
        asker: id(3)?,
        created_at: row.try_get(4)?,
    })
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Failed(text(&error))
}

/// The database's own words on one line, without its number and its closing stop.
fn text(error: &sqlx::Error) -> String {
    let own = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    own.lines().collect::<Vec<_>>().join(", ").trim_end_matches('.').to_owned()
}
