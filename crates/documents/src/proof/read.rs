//! What stands on a page, read as an eye does: line by line from the left, the columns of a line with a bar
//! between them.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

struct Words {
    x: Abs,
    end: Abs,
    y: Abs,
    text: String,
}

impl Words {
    fn on_the_line_of(&self, other: &Self) -> bool {
        (self.y - other.y).abs() < Abs::pt(2.0)
    }

    fn in_a_column_after(&self, end: Abs) -> bool {
        self.x - end > Abs::pt(8.0)
    }
}

pub fn text(document: &PagedDocument) -> String {
    let mut out = String::new();
    for (index, page) in document.pages().iter().enumerate() {
        out.push_str(&format!("── page {} ──\n", index + 1));
        let mut words = Vec::new();
        collect(&page.frame, Point::zero(), &mut words);
        out.push_str(&lines(words));
    }
    out
}

fn collect(frame: &Frame, origin: Point, words: &mut Vec<Words>) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        match item {
            FrameItem::Group(group) => {
                collect(&group.frame, at + Point::zero().transform(group.transform), words);
            }
            FrameItem::Text(item) => {
                words.push(Words { x: at.x, end: at.x + item.width(), y: at.y, text: item.text.to_string() });
            }
            _ => {}
        }
    }
}

fn lines(mut words: Vec<Words>) -> String {
    words.sort_by_key(|word| word.y);
    let mut lines: Vec<Vec<Words>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if word.on_the_line_of(&line[0]) => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    let mut out = String::new();
    for mut line in lines {
        line.sort_by_key(|word| word.x);
        let mut end = None;
        for word in &line {
            if end.is_some_and(|end| word.in_a_column_after(end)) {
                out.push_str(" | ");
            }
            out.push_str(&word.text);
            end = Some(word.end);
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}
