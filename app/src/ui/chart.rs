//! Figures over time, drawn on the server: bars or a line with its axis, and the same figures as a table for those who
//! read rather than look.

use super::table::Table;
use leptos::prelude::*;

/// One place on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartPoint {
    /// The whole name, in the table.
    pub name: String,
    /// What stands under the axis.
    pub label: String,
    /// Nothing where there is no figure.
    pub value: Option<i64>,
    /// The part of a bar that is marked.
    pub part: Option<i64>,
    /// The figures as they are read, one for each column of the table.
    pub told: Vec<String>,
}

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartKind {
    #[default]
    Bars,
    Line,
}

/// In units of the drawing: it is as wide as its place.
const WIDTH: i64 = 360;
const HEIGHT: i64 = 190;
const LEFT: i64 = 46;
const RIGHT: i64 = 352;
const TOP: i64 = 14;
const BOTTOM: i64 = 160;
/// More labels than this would touch.
const LABELS: usize = 5;

/// A drawing with a title, its axis, and its figures as a table.
#[component]
pub fn Chart(
    /// What is drawn, for those who cannot see it too.
    #[prop(into)]
    title: String,
    /// Names the drawing; unique on the page.
    id: &'static str,
    #[prop(optional)] kind: ChartKind,
    points: Vec<ChartPoint>,
    /// What the places are, and what each column of the table holds.
    columns: Vec<&'static str>,
    /// The words of a figure at the axis.
    axis: fn(i64) -> String,
    /// What opens the table.
    #[prop(into)]
    as_table: String,
) -> impl IntoView {
    let top = round_up(points.iter().filter_map(|point| point.value).max().unwrap_or(0));
    let title_id = format!("{id}-title");
    let named_by = title_id.clone();
    let lines = [0, 1, 2].map(|n| {
        let (value, y) = (top * n / 2, height(top * n / 2, top));
        view! {
            <line class="chart-grid" x1=LEFT x2=RIGHT y1=y y2=y/>
            <text class="chart-axis" x=LEFT - 6 y=y + 4 text-anchor="end">{axis(value)}</text>
        }
    });
    let count = points.len();
    let step = count.div_ceil(LABELS).max(1);
    let labels: Vec<_> = points
        .iter()
        .enumerate()
        // Counted from the last, which is the one that matters.
        .filter(|(at, _)| (count - 1 - at).is_multiple_of(step))
        .map(|(at, point)| view! {
            <text class="chart-axis" x=middle(at, count) y=BOTTOM + 18 text-anchor="middle">{point.label.clone()}</text>
        })
        .collect();
    let drawn = match kind {
        ChartKind::Bars => bars(&points, top).into_any(),
        ChartKind::Line => line(&points, top).into_any(),
    };
    let rows: Vec<_> = points
        .into_iter()
        .map(|point| {
            let cells = columns.iter().skip(1).zip(point.told).map(|(column, told)| {
                view! {
                    <td data-label=*column class="amount">{told}</td>
                }
            });
            view! { <tr><td class="cell-main">{point.name}</td>{cells.collect_view()}</tr> }
        })
        .collect();
    let heads =
        columns.into_iter().enumerate().map(|(at, column)| view! { <th class:amount=at != 0>{column}</th> });
    let heads = heads.collect_view();
    view! {
        <figure class="chart">
            <svg class="chart-drawing" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby=named_by>
                <title id=title_id>{title.clone()}</title>
                {lines.collect_view()}
                {drawn}
                {labels.collect_view()}
            </svg>
            <details class="chart-table">
                <summary>{as_table}</summary>
                <Table label=title>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </Table>
            </details>
        </figure>
    }
}

fn bars(points: &[ChartPoint], top: i64) -> impl IntoView + use<> {
    let count = points.len();
    let wide = (RIGHT - LEFT) * 2 / (places(count) * 3);
    let bar = |class: &'static str, at: usize, value: i64| {
        let y = height(value, top);
        view! { <rect class=class x=middle(at, count) - wide / 2 y=y width=wide height=BOTTOM - y rx="2"/> }
    };
    let drawn = points.iter().enumerate().map(|(at, point)| {
        (
            point.value.map(|value| bar("chart-bar", at, value)),
            point.part.map(|part| bar("chart-part", at, part)),
        )
    });
    drawn.collect_view()
}

/// A line with a gap where there is no figure, and a dot for each.
fn line(points: &[ChartPoint], top: i64) -> impl IntoView + use<> {
    let count = points.len();
    let mut path = String::new();
    let mut pen = "M";
    for (at, point) in points.iter().enumerate() {
        match point.value {
            Some(value) => {
                path.push_str(&format!("{pen}{} {} ", middle(at, count), height(value, top)));
                pen = "L";
            }
            None => pen = "M",
        }
    }
    let dots = points.iter().enumerate().filter_map(|(at, point)| {
        point.value.map(
            |value| view! { <circle class="chart-dot" cx=middle(at, count) cy=height(value, top) r="3"/> },
        )
    });
    let dots: Vec<_> = dots.collect();
    view! { <path class="chart-line" d=path/> {dots.collect_view()} }
}

fn places(count: usize) -> i64 {
    i64::try_from(count.max(1)).unwrap_or(1)
}

/// The middle of a place.
fn middle(at: usize, count: usize) -> i64 {
    LEFT + (RIGHT - LEFT) * (2 * places(at + 1) - 1) / (2 * places(count))
}

/// Where a figure lies; what is below zero lies on the axis.
fn height(value: i64, top: i64) -> i64 {
    let part = i128::from(value.clamp(0, top)) * i128::from(BOTTOM - TOP) / i128::from(top.max(1));
    BOTTOM - i64::try_from(part).unwrap_or(0)
}

/// The next figure that reads well at the end of an axis and halves: 20, 40, 60, 80, 100, 200 and so on.
fn round_up(value: i64) -> i64 {
    let mut unit = 2_i64;
    while unit.checked_mul(5).is_some_and(|most| most < value) {
        let Some(next) = unit.checked_mul(10) else { return value };
        unit = next;
    }
    let steps = value.max(1).div_euclid(unit) + i64::from(value.max(1).rem_euclid(unit) > 0);
    unit.checked_mul(steps).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_where_it_reads_well() {
        for (value, end) in
            [(0, 2), (1, 2), (3, 4), (10, 10), (11, 20), (55, 60), (100, 100), (101, 200), (1_234, 2_000)]
        {
            assert_eq!(round_up(value), end, "{value}");
        }
        assert!(round_up(i64::MAX - 1) >= i64::MAX - 1);
    }

    #[test]
    fn figures_lie_between_the_ends() {
        assert_eq!(
            (height(0, 100), height(100, 100), height(-5, 100), height(500, 100)),
            (BOTTOM, TOP, BOTTOM, TOP)
        );
        let middles: Vec<_> = (0..13).map(|at| middle(at, 13)).collect();
        assert!(middles.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(middles[0] > LEFT && middles[12] < RIGHT);
    }
}
