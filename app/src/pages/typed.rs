//! The fields of a form that is typed into a plain struct.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// One signal for each text and each tick of a struct such as `TypedStore`, under the field's own name:
/// that is also the name of the field on the page and in the server's complaints.
pub struct Typed<T> {
    was: StoredValue<Map<String, Value>>,
    texts: StoredValue<BTreeMap<String, RwSignal<String>>>,
    ticks: StoredValue<BTreeMap<String, RwSignal<bool>>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> std::fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").finish_non_exhaustive()
    }
}

impl<T> Clone for Typed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Typed<T> {}

impl<T: Serialize + DeserializeOwned + Default> Typed<T> {
    /// The fields as they stand now. What is neither text nor tick is kept as it is.
    #[must_use]
    pub fn of(value: &T) -> Self {
        let was = match serde_json::to_value(value) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let (mut texts, mut ticks) = (BTreeMap::new(), BTreeMap::new());
        for (name, value) in &was {
            match value {
                Value::String(text) => drop(texts.insert(name.clone(), RwSignal::new(text.clone()))),
                Value::Bool(on) => drop(ticks.insert(name.clone(), RwSignal::new(*on))),
                _ => {}
            }
        }
        Self {
            was: StoredValue::new(was),
            texts: StoredValue::new(texts),
            ticks: StoredValue::new(ticks),
            kind: PhantomData,
        }
    }

    /// The text of a field.
    #[must_use]
    pub fn text(self, name: &str) -> RwSignal<String> {
        self.texts.with_value(|texts| texts.get(name).copied()).unwrap_or_else(|| {
            leptos::logging::error!("the form has no text {name}");
            RwSignal::new(String::new())
        })
    }

    /// The tick of a field.
    #[must_use]
    pub fn tick(self, name: &str) -> RwSignal<bool> {
        self.ticks.with_value(|ticks| ticks.get(name).copied()).unwrap_or_else(|| {
            leptos::logging::error!("the form has no tick {name}");
            RwSignal::new(false)
        })
    }

    /// What stands in the fields now.
    #[must_use]
    pub fn read(self) -> T {
        untrack(move || self.get())
    }

    /// What stands in the fields, and is followed from here on.
    #[must_use]
    pub fn get(self) -> T {
        let mut fields = self.was.get_value();
        self.texts.with_value(|texts| {
            fields.extend(texts.iter().map(|(name, text)| (name.clone(), text.get().into())));
        });
        self.ticks.with_value(|ticks| {
            fields.extend(ticks.iter().map(|(name, on)| (name.clone(), on.get().into())));
        });
        serde_json::from_value(Value::Object(fields)).unwrap_or_default()
    }
}
