//! Stones as they are drawn: how large, with which facets, in which setting.

use super::DrawingSize;
use super::cut::{self, Facets, GIRDLE};
use super::geometry::{Path, Place, Point, count, spread};
use domain::item::{Stone, StoneKind, StoneShape};
use std::fmt::Write;

/// The drawing as far as it has come.
#[derive(Debug, Clone)]
pub struct Sheet {
    markup: String,
    size: DrawingSize,
    /// Several large stones share the drawing: each is drawn with fewer facets.
    pub crowded: bool,
}

impl Sheet {
    pub const fn new(size: DrawingSize) -> Self {
        Self { markup: String::new(), size, crowded: false }
    }

    pub fn into_markup(self) -> String {
        self.markup
    }

    pub const fn size(&self) -> DrawingSize {
        self.size
    }

    /// An empty path in the precision of this size.
    pub fn path(&self) -> Path {
        Path::new(if self.size == DrawingSize::Page { 2 } else { 1 })
    }

    pub fn open(&mut self, class: &str) {
        let _ = write!(self.markup, r#"<g class="{class}">"#);
    }

    pub fn close(&mut self) {
        self.markup.push_str("</g>");
    }

    pub fn fill(&mut self, class: &str, path: &Path) {
        self.shape(class, path, "");
    }

    /// A filled area with holes where its parts lie over one another.
    pub fn fill_between(&mut self, class: &str, path: &Path) {
        self.shape(class, path, r#" fill-rule="evenodd""#);
    }

    pub fn stroke(&mut self, class: &str, width: f64, path: &Path) {
        self.shape(class, path, &format!(r#" stroke-width="{width}""#));
    }

    /// A stroke of dashes and gaps, as a chain is.
    pub fn dashes(&mut self, class: &str, width: f64, dash: f64, gap: f64, path: &Path) {
        self.shape(class, path, &format!(r#" stroke-width="{width}" stroke-dasharray="{dash} {gap}""#));
    }

    fn shape(&mut self, class: &str, path: &Path, attributes: &str) {
        if !path.is_empty() {
            let _ = write!(self.markup, r#"<path class="{class}"{attributes} d="{}"/>"#, path.text());
        }
    }

    /// Small round things of metal: prongs, beads, hinges.
    pub fn beads(&mut self, points: &[Point], radius: f64) {
        let mut path = self.path();
        for point in points {
            path.ellipse(*point, radius, radius);
        }
        self.shape("bead", &path, r#" stroke-width="0.5""#);
    }

    /// One stone in full.
    pub fn stone(&mut self, stone: &Look, place: Place) {
        self.open(&format!("gem gem-{}", css_name(stone.kind)));
        if stone.is_domed() {
            self.domed(stone, place);
        } else {
            self.faceted(stone, place);
        }
        self.close();
    }

    fn outline(&self, stone: &Look, place: Place) -> Path {
        let mut path = self.path();
        let is_round = stone.shape == StoneShape::Round && place.width.total_cmp(&place.height).is_eq();
        if is_round || (stone.shape == StoneShape::Oval && place.turn == 0.0) {
            path.ellipse(place.at, place.width / stone.ratio, place.height);
            return path;
        }
        let curves = if self.size == DrawingSize::Page { GIRDLE } else { GIRDLE / 2 };
        let edge = cut::outline(stone.shape, stone.ratio, curves);
        let Some((first, _)) = edge.first() else { return path };
        path.line(&[place.point(*first)]);
        for ((_, bow), (end, _)) in edge.iter().zip(edge.iter().cycle().skip(1)) {
            match bow {
                Some(bow) => path.curve(place.point(*bow), place.point(*end)),
                None => path.on(place.point(*end)),
            }
        }
        path.close();
        path
    }

    fn faceted(&mut self, stone: &Look, place: Place) {
        /// Below this many pixels across, facets are a blur.
        const NO_FACETS: f64 = 11.0;
        /// From this many, every one of them is seen.
        const ALL_FACETS: f64 = 34.0;
        /// And from this many, their edges too.
        const LINED: f64 = 110.0;
        let pixels = 2.0 * place.height * f64::from(self.size.pixels()) / 100.0;
        if pixels < NO_FACETS {
            return self.tiny(stone, place);
        }
        let enough = if self.crowded { 2.2 * ALL_FACETS } else { ALL_FACETS };
        let detail = if pixels >= enough { Facets::All } else { Facets::Few };
        let edge = self.outline(stone, place);
        let lined = detail == Facets::All && pixels >= LINED;
        if lined {
            self.markup.push_str(r#"<g class="facets" stroke-width="0.22">"#);
        }
        self.fill("g3", &edge);
        let faces = cut::facets(stone.shape, stone.ratio, detail);
        // The ground is of the third tone: those facets are drawn only where their edges are.
        for tone in (1..=5).filter(|tone| lined || *tone != 3) {
            let mut path = self.path();
            for face in faces.iter().filter(|face| face.tone == tone) {
                let corners: Vec<Point> = face.corners.iter().map(|corner| place.point(*corner)).collect();
                path.line(&corners);
                if let (Some(bow), Some(first)) = (face.bow, corners.first()) {
                    path.curve(place.point(bow), *first);
                }
                path.close();
            }
            self.fill(&format!("g{tone}"), &path);
        }
        if lined {
            self.close();
        }
        self.stroke("ge", if pixels < 16.0 { 0.5 } else { 0.7 }, &edge);
    }

    /// A stone so small that only its shape and its light are seen.
    fn tiny(&mut self, stone: &Look, place: Place) {
        let edge = self.outline(stone, place);
        self.fill("g2", &edge);
        let at = place.point(Point::new(-0.12, -0.14));
        let table = Place { at, width: place.width * 0.5, height: place.height * 0.5, ..place };
        let light = self.outline(stone, table);
        self.fill("g1", &light);
        self.stroke("ge", 0.5, &edge);
    }

    /// Pearls and opals have no facets: a ball or a dome with its light.
    fn domed(&mut self, stone: &Look, place: Place) {
        let edge = self.outline(stone, place);
        self.fill("g4", &edge);
        let within = |share: f64| {
            let shift = (1.0 - share) * 0.62;
            let at = place.point(Point::new(-shift / stone.ratio, -shift));
            Place { at, width: place.width * share, height: place.height * share, ..place }
        };
        let levels: &[(f64, &str)] = match self.size {
            DrawingSize::Row => &[(0.8, "g3"), (0.5, "g2")],
            DrawingSize::Grid => &[(0.88, "g3"), (0.66, "g2"), (0.34, "g1")],
            DrawingSize::Page => &[(0.92, "g3"), (0.8, "g3"), (0.62, "g2"), (0.36, "g1")],
        };
        for (share, class) in levels {
            let path = self.outline(stone, within(*share));
            self.fill(class, &path);
        }
        if stone.kind == StoneKind::Opal {
            self.fire(stone, place);
        }
        self.stroke("ge", 0.5, &edge);
    }

    /// The play of color in an opal.
    fn fire(&mut self, stone: &Look, place: Place) {
        const FLECKS: [(&str, [(f64, f64); 4]); 3] = [
            ("f1", [(-0.5, 0.1), (-0.1, -0.1), (0.05, 0.3), (-0.3, 0.5)]),
            ("f2", [(0.1, -0.5), (0.55, -0.2), (0.4, 0.2), (0.05, -0.05)]),
            ("f3", [(0.2, 0.35), (0.5, 0.25), (0.3, 0.7), (-0.05, 0.6)]),
        ];
        for (class, corners) in FLECKS {
            let mut path = self.path();
            path.polygon(&corners.map(|(x, y)| place.point(Point::new(x / stone.ratio, y))));
            self.fill(class, &path);
        }
    }

    /// The shadow of a stone that lies on something.
    pub fn shadow(&mut self, stone: &Look, place: Place) {
        let at = place.at.plus(Point::new(1.3, 2.2));
        let path = self.outline(stone, Place { at, ..place });
        self.fill("ground", &path);
    }

    /// Many small stones of one kind, each a point and a radius. Each is a dot of a round pen, a few bytes;
    /// their sizes are drawn in steps so that stones of a size share one stroke.
    pub fn melee(&mut self, kind: StoneKind, stones: &[(Point, f64)]) {
        const STEP: f64 = 0.4;
        /// Rim, stone, its shade and its light: how wide beside the stone, and how far off its middle.
        const LAYERS: [(&str, f64, f64); 4] =
            [("we", 1.0, 0.0), ("v2", 1.0, 0.0), ("v4", 0.62, 0.14), ("v1", 0.52, -0.12)];
        let sized = |(_, radius): &(Point, f64)| (radius / STEP).round().max(1.0) * STEP;
        self.open(&format!("gem gem-{}", css_name(kind)));
        let seen = if self.size == DrawingSize::Row { 2 } else { LAYERS.len() };
        let mut sizes: Vec<f64> = stones.iter().map(sized).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.dedup_by(|a, b| a.total_cmp(b).is_eq());
        for radius in sizes {
            for (class, share, shift) in LAYERS.iter().take(seen) {
                let mut path = self.path();
                for (at, _) in stones.iter().filter(|stone| sized(stone).total_cmp(&radius).is_eq()) {
                    path.dot(at.plus(Point::new(shift * radius, shift * radius)));
                }
                let rim = if *class == "we" { 0.5 } else { 0.0 };
                self.shape(class, &path, &format!(r#" stroke-width="{:.1}""#, 2.0 * radius * share + rim));
            }
        }
        self.close();
    }

    /// The claws that hold a stone: at its points and corners.
    pub fn prongs(&mut self, stone: &Look, place: Place) {
        if self.size == DrawingSize::Row {
            return;
        }
        let directions: &[f64] = match stone.shape {
            StoneShape::Pear => &[0.0, 115.0, 180.0, 245.0],
            StoneShape::Marquise => &[0.0, 90.0, 180.0, 270.0],
            StoneShape::Heart => &[46.0, 180.0, 314.0],
            _ => &[45.0, 135.0, 225.0, 315.0],
        };
        let edge = cut::outline(stone.shape, stone.ratio, GIRDLE);
        let nearest = |degrees: f64| {
            let away = |point: Point| {
                let turn = (point.times(stone.ratio, 1.0).degrees() - degrees).rem_euclid(360.0);
                turn.min(360.0 - turn)
            };
            edge.iter().map(|(point, _)| *point).min_by(|a, b| away(*a).total_cmp(&away(*b)))
        };
        let claws: Vec<Point> = directions
            .iter()
            .filter_map(|degrees| nearest(*degrees))
            .map(|point| place.point(point))
            .collect();
        self.beads(&claws, (place.height * 0.1).clamp(0.9, 1.7));
    }

    /// A row of small stones around a stone, close together on a rim of metal.
    pub fn halo(&mut self, around: &Look, place: Place, kind: StoneKind) {
        /// More are not told apart.
        const MOST: usize = 26;
        const MOST_CROWDED: usize = 18;
        let radius = (place.height * 0.13).clamp(1.3, 2.4);
        let gap = radius + 0.3;
        let grown = Place { width: place.width + gap * around.ratio, height: place.height + gap, ..place };
        let rim = self.outline(around, grown);
        if self.size != DrawingSize::Row {
            self.stroke("w5", radius * 2.0 + 0.9, &rim);
        }
        self.stroke("w2", radius * 2.0 + 0.2, &rim);
        let apart = radius * 2.0 + 0.25;
        let number = (1..MOST).find(|number| count(*number) * apart >= girth(around, grown)).unwrap_or(MOST);
        let number = if self.crowded { number.min(MOST_CROWDED) } else { number };
        let ring: Vec<(Point, f64)> =
            along(around, number).into_iter().map(|point| (grown.point(point), radius)).collect();
        self.melee(kind, &ring);
    }
}

/// The girdle as a polygon.
fn girdle(stone: &Look) -> Vec<Point> {
    let edge = cut::outline(stone.shape, stone.ratio, GIRDLE);
    edge.iter()
        .zip(edge.iter().cycle().skip(1))
        .flat_map(|((start, bow), (end, _))| {
            let half = bow.map_or(start.toward(*end, 0.5), |bow| bow.toward(start.toward(*end, 0.5), 0.5));
            [*start, half]
        })
        .collect()
}

fn side_lengths(corners: &[Point]) -> Vec<f64> {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(a, b)| (b.x - a.x).hypot(b.y - a.y)).collect()
}

/// The way round a stone that lies at `place`.
fn girth(stone: &Look, place: Place) -> f64 {
    let corners: Vec<Point> = girdle(stone).into_iter().map(|point| place.point(point)).collect();
    side_lengths(&corners).iter().sum()
}

/// Evenly spaced points on a stone's girdle.
fn along(stone: &Look, number: usize) -> Vec<Point> {
    let corners = girdle(stone);
    let lengths = side_lengths(&corners);
    let whole: f64 = lengths.iter().sum();
    spread(0.0, whole, number + 1)
        .take(number)
        .filter_map(|wanted| {
            let mut walked = 0.0;
            let ends = corners.iter().zip(corners.iter().cycle().skip(1));
            for ((a, b), length) in ends.zip(&lengths) {
                if walked + length >= wanted && *length > 0.0 {
                    return Some(a.toward(*b, (wanted - walked) / length));
                }
                walked += length;
            }
            None
        })
        .collect()
}

/// More stones than any piece has.
const MOST_STONES: usize = 10_000;

/// What of a stone can be seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub kind: StoneKind,
    pub shape: StoneShape,
    /// How many times as long as wide.
    pub ratio: f64,
    /// The weight of one of them.
    pub carat: Option<f64>,
    pub count: usize,
}

impl Look {
    pub fn of(stone: &Stone) -> Self {
        let shape = if stone.kind == StoneKind::Pearl { StoneShape::Round } else { stone.shape };
        let number = usize::try_from(stone.count).unwrap_or(1).clamp(1, MOST_STONES);
        let carat = stone.carat.map(|carat| thousandths(carat.0) / count(number));
        Self { kind: stone.kind, shape, ratio: ratio(stone, shape), carat, count: number }
    }

    const fn is_domed(&self) -> bool {
        matches!(self.kind, StoneKind::Pearl | StoneKind::Opal)
    }

    /// Half the stone's length on the drawing: it grows as the cube root of the weight, as stones do,
    /// and one carat is `one_carat` for a round one.
    pub fn reach(&self, one_carat: f64, least: f64, most: f64) -> f64 {
        let round = one_carat * self.carat.unwrap_or(0.8).cbrt();
        (round * self.ratio.sqrt()).clamp(least, most)
    }
}

/// From the measured length and width where they are known and fit the shape.
fn ratio(stone: &Stone, shape: StoneShape) -> f64 {
    let usual = cut::usual_ratio(shape);
    match (shape, stone.measures) {
        (StoneShape::Round | StoneShape::Princess | StoneShape::Heart, _) | (_, None) => usual,
        (_, Some([length, width, _])) if length > 0 && width > 0 => {
            (thousandths(length) / thousandths(width)).clamp(1.0, 2.4)
        }
        _ => usual,
    }
}

/// A whole number of thousandths as a length to draw with.
fn thousandths(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX)) / 1_000.0
}

/// The stone's name in the styles.
const fn css_name(kind: StoneKind) -> &'static str {
    match kind {
        StoneKind::CubicZirconia => "cubic-zirconia",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::item::CaratMilli;

    #[test]
    fn a_larger_stone_is_drawn_larger() {
        let reach = |milli| {
            let stone = Stone { count: 1, carat: Some(CaratMilli(milli)), ..Stone::default() };
            Look::of(&stone).reach(12.0, 4.0, 20.0)
        };
        assert!((reach(1_000) - 12.0).abs() < 1e-9);
        assert!(reach(250) < reach(1_000) && reach(1_000) < reach(3_000));
        assert!((reach(1_000_000) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn measures_decide_the_length() {
        let long =
            Stone { shape: StoneShape::Oval, count: 1, measures: Some([900, 600, 400]), ..Stone::default() };
        assert!((Look::of(&long).ratio - 1.5).abs() < 1e-9);
        let absurd = Stone { measures: Some([9_000, 0, 0]), ..long };
        assert!((Look::of(&absurd).ratio - 1.36).abs() < 1e-9);
    }

    #[test]
    fn a_halo_is_even() {
        let look = Look::of(&Stone::default());
        let points = along(&look, 12);
        assert_eq!(points.len(), 12);
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            assert!(((b.x - a.x).hypot(b.y - a.y) - 0.517).abs() < 0.02);
        }
    }
}
