//! A statement as text with its values. The same text runs on both databases.

use crate::tx::Read;
use sea_orm::{ConnectionTrait, Statement, Value};

/// A statement in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Keeps a value and gives the place that stands for it.
    pub(crate) fn put(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Several values for a list. An empty one has nothing in it.
    pub(crate) fn list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.put(value)).collect();
        if places.is_empty() { "NULL".to_owned() } else { places.join(", ") }
    }

    pub(crate) fn statement(self, db: &impl Read) -> Statement {
        Statement::from_sql_and_values(db.conn().get_database_backend(), self.text, self.values)
    }
}
