//! Who did what, when, where and with whose approval.

use super::SettingsFrame;
use crate::api::settings::audit;
use crate::pages::frame::Problem;
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Button, Card, Choice, EmptyState, IconName, LinkButton, SelectField, Skeleton, Table};
use crate::words::{common, settings as w};
use domain::event::{AuditFilter, AuditLine};
use domain::ids::StoreId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::Value;

#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        AuditFilter {
            before: query.get("before").and_then(|id| id.parse().ok()),
            actor: query.get("actor").and_then(|id| id.parse().ok()),
            subject: query.get("subject").and_then(|id| id.parse().ok()),
            store: query.get("store").and_then(|id| id.parse().ok()),
            ..AuditFilter::default()
        }
    });
    let page = Resource::new(move || filter.get(), audit);
    view! {
        <SettingsFrame current="/settings/audit">
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(trail) => view! {
                            {(trail.stores.len() > 1).then(|| view! { <StoreChoice stores=trail.stores.clone() store=trail.store/> })}
                            {lines(trail.lines, &filter.get_untracked())}
                        }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

/// Whose trail is shown.
#[component]
fn StoreChoice(stores: Vec<(StoreId, String)>, store: StoreId) -> impl IntoView {
    let chosen = RwSignal::new(store.to_string());
    let choices: Vec<Choice> =
        stores.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    view! {
        <form class="form-short" method="get" action="/settings/audit">
            <div class="row">
                <SelectField name="store" label=w::STORE value=chosen choices/>
                <Button label=common::SHOW submit=true/>
            </div>
        </form>
    }
}

fn lines(lines: Vec<AuditLine>, filter: &AuditFilter) -> impl IntoView + use<> {
    if lines.is_empty() {
        return view! { <EmptyState icon=IconName::Clock title=common::NOTHING_HERE text=w::AUDIT_EMPTY/> }
            .into_any();
    }
    let text = |id: Option<String>| id.unwrap_or_default();
    let older = lines.last().filter(|_| lines.len() as u64 == crate::api::PAGE).map(|last| {
        let (actor, subject) =
            (text(filter.actor.map(|id| id.to_string())), text(filter.subject.map(|id| id.to_string())));
        let store = text(filter.store.map(|id| id.to_string()));
        address(
            "/settings/audit",
            &[("before", &last.id.to_string()), ("actor", &actor), ("subject", &subject), ("store", &store)],
        )
    });
    let rows = lines
        .into_iter()
        .map(|line| {
            let subject = address(
                "/settings/audit",
                &[("subject", &line.subject_id.to_string()), ("store", &line.store.to_string())],
            );
            view! {
                <tr>
                    <td data-label=w::WHEN>{when::day(line.recorded_at.date_naive())} <span class="cell-sub">{when::time(line.recorded_at)}</span></td>
                    <td class="cell-main">
                        <a href=subject>{line.kind.label()}</a>
                        <span class="cell-sub">{line.summary}</span>
                        {changes(line.before.as_ref(), line.after.as_ref())}
                    </td>
                    <td data-label=w::WHO>{line.actor} {line.till.map(|till| view! { <span class="cell-sub">{till}</span> })}</td>
                    <td data-label=w::APPROVED_BY>{line.approver}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card flush=true>
            <Table label=w::AUDIT>
                <thead><tr><th>{w::WHEN}</th><th>{w::WHAT}</th><th>{w::WHO}</th><th>{w::APPROVED_BY}</th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
        {older.map(|href| view! { <div class="row"><LinkButton href=href label=w::OLDER icon=IconName::Forward/></div> })}
    }
    .into_any()
}

/// What was otherwise before, field by field.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Option<impl IntoView + use<>> {
    let rows = differences("", before.unwrap_or(&Value::Null), after?);
    (!rows.is_empty()).then(|| {
        view! {
            <details>
                <summary class="small">{w::CHANGES}</summary>
                <dl class="facts">
                    {rows.into_iter().map(|(field, was, is)| view! {
                        <div class="fact"><dt>{readable(&field)}</dt><dd>{(!was.is_empty()).then(|| was + " → ")} {is}</dd></div>
                    }).collect_view()}
                </dl>
            </details>
        }
    })
}

/// The fields in which two records differ, with both values in short.
fn differences(path: &str, before: &Value, after: &Value) -> Vec<(String, String, String)> {
    let nothing = serde_json::Map::new();
    let sides = match (before, after) {
        (Value::Object(was), Value::Object(is)) => Some((was, is)),
        // What is new is told whole.
        (Value::Null, Value::Object(is)) => Some((&nothing, is)),
        _ => None,
    };
    match (sides, before, after) {
        (Some((was, is)), ..) => was
            .keys()
            .chain(is.keys().filter(|key| !was.contains_key(*key)))
            .flat_map(|key| {
                let field = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let side =
                    |record: &serde_json::Map<String, Value>| record.get(key).cloned().unwrap_or_default();
                differences(&field, &side(was), &side(is))
            })
            .collect(),
        (None, was, is) if was == is => Vec::new(),
        (None, was, is) => vec![(path.to_owned(), short(was), short(is))],
    }
}

/// A field's name as people say it: `limits.idle_lock_minutes` becomes "Limits, idle lock minutes".
fn readable(path: &str) -> String {
    let words = path.replace('.', ", ").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 120;
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(yes) => (if *yes { common::YES } else { common::NO }).to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() > LONGEST {
        text.chars().take(LONGEST).chain("…".chars()).collect()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_told() {
        let before = json!({"name": "Window", "limits": {"manager": 1, "owner": 2}, "gone": true});
        let after = json!({"name": "Window", "limits": {"manager": 3, "owner": 2}, "new": "x"});
        let told = differences("", &before, &after);
        let told: Vec<_> = told.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(told, [("gone", "Yes", ""), ("limits.manager", "1", "3"), ("new", "", "x")]);
        let fresh = differences("", &Value::Null, &json!({"name": "Window", "limits": {"manager": 1}}));
        assert_eq!(fresh.len(), 2);
        assert_eq!(readable("limits.idle_lock_minutes"), "Limits, idle lock minutes");
    }
}
