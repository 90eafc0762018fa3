//! How far long work has come.

use leptos::prelude::*;

/// Long work, with counts. Where the total is not known yet it is zero, and the bar only says that
/// work goes on.
#[component]
pub fn ProgressBar(
    #[prop(into)] label: TextProp,
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] total: Signal<u64>,
) -> impl IntoView {
    let name = label.clone();
    let words = move || match total.get() {
        0 => format!("{} so far", grouped(done.get())),
        total => format!("{} of {}", grouped(done.get()), grouped(total)),
    };
    view! {
        <div class="progress">
            <div class="progress-words">
                <span>{move || label.get()}</span>
                <span class="soft" aria-live="polite">{words}</span>
            </div>
            <progress
                class="progress-bar"
                aria-label=move || name.get()
                max=move || total.get().max(1).to_string()
                value=move || (total.get() > 0).then(|| done.get().min(total.get()).to_string())
            ></progress>
        </div>
    }
}

/// `1,284`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_284, "1,284"), (1_000_000, "1,000,000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
