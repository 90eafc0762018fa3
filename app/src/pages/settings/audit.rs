//! Who did what, when, where and with whose approval.

use super::SettingsFrame;
use crate::api::settings::audit;
use crate::pages::frame::Problem;
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Card, EmptyState, IconName, LinkButton, Skeleton, Table};
use crate::words::{common, settings as w};
use domain::event::{AuditFilter, AuditLine};
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
                        Ok(lines) if lines.is_empty() => view! {
                            <EmptyState icon=IconName::Clock title=common::NOTHING_HERE text=w::AUDIT_EMPTY/>
                        }.into_any(),
                        Ok(lines) => trail(lines, &filter.get_untracked()).into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

fn trail(lines: Vec<AuditLine>, filter: &AuditFilter) -> impl IntoView + use<> {
    let text = |id: Option<String>| id.unwrap_or_default();
    let older = lines.last().filter(|_| lines.len() as u64 == crate::api::PAGE).map(|last| {
        let (actor, subject) =
            (text(filter.actor.map(|id| id.to_string())), text(filter.subject.map(|id| id.to_string())));
        address(
            "/settings/audit",
            &[("before", &last.id.to_string()), ("actor", &actor), ("subject", &subject)],
        )
    });
    let rows = lines
        .into_iter()
        .map(|line| {
            let subject = address("/settings/audit", &[("subject", &line.subject_id.to_string())]);
            view! {
                <tr>
                    <td data-label=w::WHEN>{when::day(line.recorded_at.date_naive())} <span class="cell-sub">{when::time(line.recorded_at)}</span></td>
                    <td class="cell-main">
                        <a href=subject>{line.kind.label()}</a>
                        <span class="cell-sub">{line.summary}</span>
                        {changes(line.before.as_ref(), line.after.as_ref())}
                    </td>
                    <td data-label=w::WHO>{line.actor}</td>
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
}

/// What was otherwise before, field by field.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Option<impl IntoView + use<>> {
    let rows = differences("", before?, after?);
    (!rows.is_empty()).then(|| {
        view! {
            <details>
                <summary class="small">{w::CHANGES}</summary>
                <dl class="facts">
                    {rows.into_iter().map(|(field, was, is)| view! {
                        <div class="fact"><dt>{field}</dt><dd>{was} " → " {is}</dd></div>
                    }).collect_view()}
                </dl>
            </details>
        }
    })
}

/// The fields in which two records differ, with both values in short.
fn differences(path: &str, before: &Value, after: &Value) -> Vec<(String, String, String)> {
    match (before, after) {
        (Value::Object(was), Value::Object(is)) => was
            .keys()
            .chain(is.keys().filter(|key| !was.contains_key(*key)))
            .flat_map(|key| {
                let field = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let side =
                    |record: &serde_json::Map<String, Value>| record.get(key).cloned().unwrap_or_default();
                differences(&field, &side(was), &side(is))
            })
            .collect(),
        (was, is) if was == is => Vec::new(),
        (was, is) => vec![(path.to_owned(), short(was), short(is))],
    }
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 120;
    let text = match value {
        Value::Null => String::new(),
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
        assert_eq!(told, [("gone", "true", ""), ("limits.manager", "1", "3"), ("new", "", "x")]);
    }
}
