//! One text for two databases.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, SchemaManager};

/// Runs SQL in which a few words stand in braces:
///
/// | word | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{uuid}` | BLOB | uuid |
/// | `{int}` | INTEGER | bigint |
/// | `{bool}` | INTEGER | boolean |
/// | `{instant}` | TEXT, UTC | timestamptz |
/// | `{date}` | TEXT | date |
/// | `{bytes}` | BLOB | bytea |
/// | `{text}` | TEXT, compared by bytes | text, compared by bytes |
/// | `{table}` | STRICT: a REAL never becomes an amount | |
/// | `{keyed}` | STRICT, stored by its key | |
pub async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let words: [(&str, &str, &str); 9] = [
        ("{uuid}", "BLOB", "uuid"),
        ("{int}", "INTEGER", "bigint"),
        ("{bool}", "INTEGER", "boolean"),
        ("{instant}", "TEXT", "timestamptz"),
        ("{date}", "TEXT", "date"),
        ("{bytes}", "BLOB", "bytea"),
        ("{text}", "TEXT", "text COLLATE \"C\""),
        ("{table}", "STRICT", ""),
        ("{keyed}", "STRICT, WITHOUT ROWID", ""),
    ];
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let text = words.iter().fold(sql.to_owned(), |text, (word, sqlite, pg)| {
        text.replace(word, if postgres { pg } else { sqlite })
    });
    manager.get_connection().execute_unprepared(&text).await.map(|_| ())
}

/// Makes tables append-only: what is written is never changed and never deleted.
pub async fn append_only(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    if postgres {
        run(
            manager,
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'append_only:%', TG_TABLE_NAME; END $$;",
        )
        .await?;
    }
    for table in tables {
        let sql = if postgres {
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                   FOR EACH ROW EXECUTE FUNCTION refuse_change();
                 CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                   FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
            )
        } else {
            format!(
                "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                   BEGIN SELECT RAISE(ABORT, 'append_only:{table}'); END;
                 CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
                   BEGIN SELECT RAISE(ABORT, 'append_only:{table}'); END;"
            )
        };
        run(manager, &sql).await?;
    }
    Ok(())
}
