//! The database, and a cache of its answers about origins.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{AnyPool, Row, any::AnyPoolOptions, postgres::PgListener};

/// Answers are kept this long. A change in this process, or in PostgreSQL, is seen at once.
const KEPT: Duration = Duration::from_secs(5);

/// The most answers that are kept: strangers choose the origins that they send.
const MOST: usize = 10_000;

/// The channel on which instances tell each other of changes.
const CHANNEL: &str = "origins";

const TABLES: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS origins (tenant TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (tenant, origin))",
    "CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS items (tenant TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL)",
];

#[derive(Default)]
struct Answers {
    found: HashMap<(String, String), (bool, Instant)>,
    /// Counts changes: an answer from before the last one is not kept.
    changes: u64,
}

impl Answers {
    fn forget(&mut self) {
        self.found.clear();
        self.changes += 1;
    }
}

/// Tenants, sessions and items, in SQLite or PostgreSQL.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    is_postgres: bool,
    answers: Arc<Mutex<Answers>>,
}

impl Store {
    /// Opens `sqlite://app.db?mode=rwc` or `postgres://user@host/database`, and creates its tables.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(8).connect(url).await?;
        for table in TABLES {
            sqlx::query(table).execute(&pool).await?;
        }
        let is_postgres = url.starts_with("postgres");
        let store = Self { pool, is_postgres, answers: Arc::default() };
        if is_postgres {
            let mut listener = PgListener::connect(url).await?;
            listener.listen(CHANNEL).await?;
            let answers = Arc::clone(&store.answers);
            // A listener that loses its connection connects again; meanwhile answers grow old.
            tokio::spawn(async move {
                while listener.recv().await.is_ok() {
                    lock(&answers).forget();
                }
            });
        }
        Ok(store)
    }

    /// A tenant's frontend may read responses.
    pub async fn allows(&self, tenant: &str, origin: &str) -> Result<bool, sqlx::Error> {
        let key = (tenant.to_owned(), origin.to_owned());
        let (kept, changes) = {
            let answers = lock(&self.answers);
            (answers.found.get(&key).copied(), answers.changes)
        };
        if let Some((allows, at)) = kept
            && at.elapsed() < KEPT
        {
            return Ok(allows);
        }
        let found = sqlx::query("SELECT 1 FROM origins WHERE tenant = $1 AND origin = $2")
            .bind(tenant)
            .bind(origin)
            .fetch_optional(&self.pool)
            .await?;
        let mut answers = lock(&self.answers);
        if answers.found.len() >= MOST {
            answers.found.clear();
        }
        if answers.changes == changes {
            answers.found.insert(key, (found.is_some(), Instant::now()));
        }
        Ok(found.is_some())
    }

    pub async fn origins(&self, tenant: &str) -> Result<Vec<String>, sqlx::Error> {
        self.list("SELECT origin FROM origins WHERE tenant = $1 ORDER BY origin", &[tenant]).await
    }

    pub async fn add(&self, tenant: &str, origin: &str) -> Result<(), sqlx::Error> {
        let add = "INSERT INTO origins VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.run(add, &[tenant, origin]).await?;
        self.changed().await
    }

    pub async fn remove(&self, tenant: &str, origin: &str) -> Result<(), sqlx::Error> {
        self.run("DELETE FROM origins WHERE tenant = $1 AND origin = $2", &[tenant, origin])
            .await?;
        self.changed().await
    }

    /// Starts a session, and returns its name.
    pub async fn login(&self, tenant: &str, user: &str) -> Result<String, sqlx::Error> {
        // Two random seeds of the standard library. A real application uses the crate `rand`.
        let half = || RandomState::new().hash_one(Instant::now());
        let id = format!("{:016x}{:016x}", half(), half());
        self.run("INSERT INTO sessions VALUES ($1, $2, $3)", &[&id, tenant, user]).await?;
        Ok(id)
    }

    pub async fn user(&self, tenant: &str, id: &str) -> Result<Option<String>, sqlx::Error> {
        let user = "SELECT name FROM sessions WHERE tenant = $1 AND id = $2";
        self.list(user, &[tenant, id]).await.map(|found| found.into_iter().next())
    }

    pub async fn items(&self, tenant: &str, owner: &str) -> Result<Vec<String>, sqlx::Error> {
        let items = "SELECT name FROM items WHERE tenant = $1 AND owner = $2 ORDER BY name";
        self.list(items, &[tenant, owner]).await
    }

    pub async fn add_item(&self, tenant: &str, owner: &str, name: &str) -> Result<(), sqlx::Error> {
        self.run("INSERT INTO items VALUES ($1, $2, $3)", &[tenant, owner, name]).await
    }

    pub async fn remove_item(
        &self,
        tenant: &str,
        owner: &str,
        name: &str,
    ) -> Result<(), sqlx::Error> {
        let remove = "DELETE FROM items WHERE tenant = $1 AND owner = $2 AND name = $3";
        self.run(remove, &[tenant, owner, name]).await
    }

    /// Forgets answers, here and in every other instance.
    async fn changed(&self) -> Result<(), sqlx::Error> {
        lock(&self.answers).forget();
        if self.is_postgres {
            self.list("SELECT CAST(pg_notify($1, $2) AS TEXT)", &[CHANNEL, ""]).await?;
        }
        Ok(())
    }

    async fn run(&self, query: &'static str, values: &[&str]) -> Result<(), sqlx::Error> {
        let query = values.iter().fold(sqlx::query(query), |query, value| query.bind(*value));
        query.execute(&self.pool).await.map(drop)
    }

    async fn list(&self, query: &'static str, values: &[&str]) -> Result<Vec<String>, sqlx::Error> {
        let query = values.iter().fold(sqlx::query(query), |query, value| query.bind(*value));
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }
}

fn lock(answers: &Mutex<Answers>) -> MutexGuard<'_, Answers> {
    answers.lock().unwrap_or_else(PoisonError::into_inner)
}
