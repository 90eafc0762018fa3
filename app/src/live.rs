//! News of what happened elsewhere, for the page that is open. The stream itself is kept by a small script
//! (`live.js`), because it belongs to all tabs of a browser; here it becomes counters that pages watch.

use crate::client;
use domain::live::{News, NewsKind};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::time::Duration;

/// Busy tills are looked at this often at most.
const PAUSE: Duration = Duration::from_secs(1);
/// News can be lost with the process that had it, and a browser may have no stream: whoever watches looks now and
/// then all the same.
const ALL_THE_SAME: Duration = Duration::from_secs(60);

/// How often something of each kind happened since the page was loaded.
#[derive(Debug, Clone, Copy)]
pub struct LiveNews {
    sales: RwSignal<u32>,
    tills: RwSignal<u32>,
    approvals: RwSignal<u32>,
    tickets: RwSignal<u32>,
    receivables: RwSignal<u32>,
}

impl LiveNews {
    fn all(self) -> [(NewsKind, RwSignal<u32>); 5] {
        [
            (NewsKind::Sales, self.sales),
            (NewsKind::Tills, self.tills),
            (NewsKind::Approvals, self.approvals),
            (NewsKind::Tickets, self.tickets),
            (NewsKind::Receivables, self.receivables),
        ]
    }

    fn count(self, news: News) {
        for (kind, counter) in self.all() {
            if news.kind == kind || news.kind == NewsKind::Everything {
                counter.update(|count| *count = count.wrapping_add(1));
            }
        }
    }
}

/// Hears the news for all pages of the application.
pub fn provide_news() {
    let zero = || RwSignal::new(0);
    let live =
        LiveNews { sales: zero(), tills: zero(), approvals: zero(), tickets: zero(), receivables: zero() };
    provide_context(live);
    // As long as the page: there is one application in it.
    Effect::new(move |_| {
        let heard = window_event_listener_untyped("parure:news", move |event| {
            let text =
                event.dyn_into::<web_sys::CustomEvent>().ok().and_then(|event| event.detail().as_string());
            // What a newer server says to an older page is no news to it.
            if let Some(news) = text.and_then(|text| serde_json::from_str::<News>(&text).ok()) {
                live.count(news);
            }
        });
        on_cleanup(move || heard.remove());
    });
}

/// Begins to listen: somebody is signed in here.
pub fn listen() {
    client::say("parure:listen");
}

/// Ends it: nobody is.
pub fn fall_silent() {
    client::say("parure:silence");
}

/// Looks again whenever there is news of one of these kinds, but not more often than a person can read, and now and
/// then without any. The first look is the caller's own.
pub fn renew_on(kinds: &'static [NewsKind], look: impl Fn() + Copy + 'static) {
    let Some(live) = use_context::<LiveNews>() else { return };
    let due = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        for (_, counter) in live.all().into_iter().filter(|(kind, _)| kinds.contains(kind)) {
            counter.track();
        }
        if before.is_none() || due.get_value() {
            return;
        }
        due.set_value(true);
        set_timeout(
            move || {
                // The page may be gone meanwhile.
                if due.try_set_value(false).is_none() {
                    look();
                }
            },
            PAUSE,
        );
    });
    Effect::new(move |_| {
        let timer = set_interval_with_handle(look, ALL_THE_SAME);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}
