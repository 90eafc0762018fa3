//! Points, and the pen that writes them as SVG.

use std::fmt::Write;

/// A point on the drawing, or a direction from its origin; y grows downward, as on a screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// A point at a distance from the origin; 0 degrees is up, and they go round like a clock.
    pub fn polar(degrees: f64, distance: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self::new(sin * distance, -cos * distance)
    }

    /// The point that lies at a share of the way to another.
    pub fn toward(self, other: Self, share: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    pub fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    /// Stretched about the origin.
    pub fn times(self, x: f64, y: f64) -> Self {
        Self::new(self.x * x, self.y * y)
    }

    /// Its direction in degrees: 0 is up.
    pub fn degrees(self) -> f64 {
        self.x.atan2(-self.y).to_degrees()
    }
}

/// The middle of some points; the origin of none.
pub fn middle(points: &[Point]) -> Point {
    let count = count(points.len().max(1));
    let sum = points.iter().fold(Point::new(0.0, 0.0), |sum, point| sum.plus(*point));
    sum.times(1.0 / count, 1.0 / count)
}

/// A small number of things as a length to reckon with.
pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Evenly spread values from one to another, both included; a single one is the middle.
pub fn spread(from: f64, to: f64, number: usize) -> impl Iterator<Item = f64> {
    let gaps = count(number.saturating_sub(1));
    (0..number).map(
        move |at| {
            if gaps > 0.0 { from + (to - from) * count(at) / gaps } else { f64::midpoint(from, to) }
        },
    )
}

/// Where something drawn about the origin comes to lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub at: Point,
    pub width: f64,
    pub height: f64,
    /// Turned about its middle, in degrees, like a clock.
    pub turn: f64,
}

impl Place {
    pub const fn new(x: f64, y: f64, scale: f64) -> Self {
        Self { at: Point::new(x, y), width: scale, height: scale, turn: 0.0 }
    }

    pub const fn turned(self, turn: f64) -> Self {
        Self { turn, ..self }
    }

    /// Seen from the side: narrower.
    pub fn narrowed(self, share: f64) -> Self {
        Self { width: self.width * share, ..self }
    }

    pub fn point(&self, point: Point) -> Point {
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let Point { x, y } = point.times(self.width, self.height);
        Point::new(x * cos - y * sin, x * sin + y * cos).plus(self.at)
    }
}

/// Writes paths with no more digits than the eye can follow at this size.
#[derive(Debug, Clone, Default)]
pub struct Path {
    text: String,
    decimals: usize,
}

impl Path {
    pub fn new(decimals: usize) -> Self {
        Self { text: String::new(), decimals }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// A closed polygon.
    pub fn polygon(&mut self, points: &[Point]) {
        self.line(points);
        self.text.push('z');
    }

    /// An open line.
    pub fn line(&mut self, points: &[Point]) {
        self.text.push('M');
        for point in points {
            self.pair(*point);
        }
    }

    /// From the last point on, a curve to `end` that leans to `bow`.
    pub fn curve(&mut self, bow: Point, end: Point) {
        self.text.push('Q');
        self.pair(bow);
        self.pair(end);
    }

    pub fn close(&mut self) {
        self.text.push('z');
    }

    /// A dot of a round pen: as near to no length as every browser still draws.
    pub fn dot(&mut self, at: Point) {
        self.line(&[at]);
        self.text.push_str("h.01");
    }

    /// A whole ellipse, upright.
    pub fn ellipse(&mut self, at: Point, rx: f64, ry: f64) {
        self.line(&[Point::new(at.x - rx, at.y)]);
        for dx in [2.0 * rx, -2.0 * rx] {
            self.text.push('a');
            self.pair(Point::new(rx, ry));
            self.text.push_str(" 0 1 0");
            self.pair(Point::new(dx, 0.0));
        }
        self.text.push('z');
    }

    /// An arc of an upright ellipse about `at`, between two directions, going like a clock.
    pub fn arc(&mut self, at: Point, rx: f64, ry: f64, from: f64, to: f64) {
        self.line(&[Point::polar(from, 1.0).times(rx, ry).plus(at)]);
        self.arc_on(at, rx, ry, from, to);
    }

    /// The same from where the pen is; backward where `to` lies before `from`.
    pub fn arc_on(&mut self, at: Point, rx: f64, ry: f64, from: f64, to: f64) {
        let long = if (to - from).abs() > 180.0 { 1 } else { 0 };
        let sweep = if to > from { 1 } else { 0 };
        self.text.push('A');
        self.pair(Point::new(rx, ry));
        let _ = write!(self.text, " 0 {long} {sweep}");
        self.pair(Point::polar(to, 1.0).times(rx, ry).plus(at));
    }

    /// On to a point, straight.
    pub fn on(&mut self, point: Point) {
        self.text.push('L');
        self.pair(point);
    }

    fn pair(&mut self, point: Point) {
        self.number(point.x);
        self.number(point.y);
    }

    fn number(&mut self, value: f64) {
        let text = format!("{value:.*}", self.decimals);
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        let text = if matches!(text, "-0" | "") { "0" } else { text };
        if self.text.ends_with(|last: char| last.is_ascii_digit() || last == '.') && !text.starts_with('-') {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short() {
        let mut path = Path::new(1);
        path.polygon(&[Point::new(1.0, -2.04), Point::new(-0.01, 3.26), Point::new(10.0, 0.55)]);
        assert_eq!(path.text(), "M1-2 0 3.3 10 0.6z");
    }

    #[test]
    fn directions_go_like_a_clock() {
        for (degrees, x, y) in [(0.0, 0.0, -1.0), (90.0, 1.0, 0.0), (180.0, 0.0, 1.0), (270.0, -1.0, 0.0)] {
            let point = Point::polar(degrees, 1.0);
            assert!((point.x - x).abs() < 1e-9 && (point.y - y).abs() < 1e-9, "{degrees}");
        }
        assert!((Point::new(1.0, 0.0).degrees() - 90.0).abs() < 1e-9);
    }

    #[test]
    fn spreading_includes_both_ends() {
        assert_eq!(spread(0.0, 4.0, 3).collect::<Vec<_>>(), [0.0, 2.0, 4.0]);
        assert_eq!(spread(0.0, 4.0, 1).collect::<Vec<_>>(), [2.0]);
        assert_eq!(spread(0.0, 4.0, 0).count(), 0);
    }

    #[test]
    fn a_place_turns_about_its_middle() {
        let place = Place::new(10.0, 10.0, 2.0).turned(90.0);
        let point = place.point(Point::new(0.0, -1.0));
        assert!((point.x - 12.0).abs() < 1e-9 && (point.y - 10.0).abs() < 1e-9);
    }
}
