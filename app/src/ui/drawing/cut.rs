//! How stones are cut: the outline and the facets of each shape, as seen from above, about the origin and
//! one high to each side. The crown follows the trade's diagrams: table, stars, kites and upper girdle
//! facets of a brilliant, the steps of an emerald-cut, the chevrons of a princess.

use super::geometry::{Point, count, middle};
use domain::item::StoneShape;

/// How much of a cut is worth drawing at a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facets {
    /// Table and a plain crown.
    Few,
    /// As a diagram shows them.
    All,
}

/// A flat face. The last edge may bow outward, where it is part of a round girdle.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// 1 is the lightest of five.
    pub tone: u8,
    pub corners: Vec<Point>,
    pub bow: Option<Point>,
}

/// The points of the girdle, each with the bow of the edge to the next.
pub type Outline = Vec<(Point, Option<Point>)>;

/// Points around the girdle: a kite and a pair of upper girdle facets for each two.
pub const GIRDLE: usize = 16;

/// How much longer than wide a stone of this shape usually is.
pub const fn usual_ratio(shape: StoneShape) -> f64 {
    match shape {
        StoneShape::Round | StoneShape::Princess | StoneShape::Heart => 1.0,
        StoneShape::Cushion => 1.06,
        StoneShape::Oval => 1.36,
        StoneShape::EmeraldCut => 1.4,
        StoneShape::Pear => 1.5,
        StoneShape::Marquise => 1.95,
    }
}

/// The outline of a shape that is `ratio` times as long as wide; round ones in so many curves, which must
/// divide [`GIRDLE`].
pub fn outline(shape: StoneShape, ratio: f64, curves: usize) -> Outline {
    match shape {
        StoneShape::Princess => square(0.0).into_iter().map(|point| (point, None)).collect(),
        StoneShape::EmeraldCut => octagon(ratio, 0.0).into_iter().map(|point| (point, None)).collect(),
        _ => (0..curves)
            .map(|at| {
                let on = |share: f64| around(shape, ratio, (count(at) + share) / count(curves) % 1.0);
                let (start, half, end) = (on(0.0), on(0.5), on(1.0));
                (start, Some(bow(start, half, end)))
            })
            .collect(),
    }
}

/// The facets of a shape that is `ratio` times as long as wide.
pub fn facets(shape: StoneShape, ratio: f64, detail: Facets) -> Vec<Facet> {
    match shape {
        StoneShape::Princess => princess(detail),
        StoneShape::EmeraldCut => steps(ratio, detail),
        _ => brilliant(shape, ratio, detail),
    }
}

/// The light comes from the upper left: brightness from -1 to 1 of a face that looks that way.
fn lit(direction: Point) -> f64 {
    const LIGHT: f64 = -40.0;
    (direction.degrees() - LIGHT).to_radians().cos()
}

fn tone(brightness: f64) -> u8 {
    match brightness {
        b if b > 0.55 => 1,
        b if b > 0.15 => 2,
        b if b > -0.28 => 3,
        b if b > -0.7 => 4,
        _ => 5,
    }
}

fn flat(brightness: f64, corners: Vec<Point>) -> Facet {
    Facet { tone: tone(brightness), corners, bow: None }
}

/// Where a curve must lean so that it passes through `half`.
fn bow(start: Point, half: Point, end: Point) -> Point {
    let chord = start.toward(end, 0.5);
    half.toward(chord, -1.0)
}

/// Start, middle and end of one edge of a round girdle.
fn girdle_edge(shape: StoneShape, ratio: f64, at: usize) -> (Point, Point, Point) {
    let on = |step: usize| around(shape, ratio, count(step % (2 * GIRDLE)) / count(2 * GIRDLE));
    (on(2 * at), on(2 * at + 1), on(2 * at + 2))
}

/// The girdle at a share of the way round, like a clock from the top.
fn around(shape: StoneShape, ratio: f64, share: f64) -> Point {
    let wide = 1.0 / ratio;
    let angle = share * 360.0;
    let Point { x: sin, y: up } = Point::polar(angle, 1.0);
    match shape {
        StoneShape::Cushion => {
            // Between a circle and a square.
            let soft = |value: f64| value.signum() * value.abs().powf(0.66);
            Point::new(soft(sin) * wide, soft(up))
        }
        StoneShape::Marquise => {
            // Two arcs that meet in points; the facets crowd a little toward them.
            let even = if share <= 0.5 { 4.0 * share - 1.0 } else { 3.0 - 4.0 * share };
            let y = f64::midpoint(up, even);
            let radius = (wide * wide + 1.0) / (2.0 * wide);
            let x = (radius * radius - y * y).max(0.0).sqrt() - (radius - wide);
            Point::new(if share <= 0.5 { x.max(0.0) } else { -x.max(0.0) }, y)
        }
        StoneShape::Pear => {
            // A drop; the divisor makes its widest place as wide as it should be.
            let drop = sin * (angle / 2.0).to_radians().sin() / 0.77;
            Point::new(drop * wide, up)
        }
        StoneShape::Heart => heart(share).times(wide, 1.0),
        _ => Point::new(sin * wide, up),
    }
}

/// A heart from its cleft round to its point and back.
fn heart(share: f64) -> Point {
    let half = if share <= 0.5 { share } else { 1.0 - share } * 2.0;
    const LOBE: f64 = 0.4;
    let at = if half < LOBE {
        bezier([(0.0, -0.52), (0.08, -0.98), (0.56, -1.08), (0.82, -0.80)], half / LOBE)
    } else {
        bezier([(0.82, -0.80), (1.16, -0.42), (0.92, 0.12), (0.0, 0.98)], (half - LOBE) / (1.0 - LOBE))
    };
    if share <= 0.5 { at } else { at.times(-1.0, 1.0) }
}

fn bezier(knots: [(f64, f64); 4], share: f64) -> Point {
    let [a, b, c, d] = knots.map(|(x, y)| Point::new(x, y));
    let (ab, bc, cd) = (a.toward(b, share), b.toward(c, share), c.toward(d, share));
    ab.toward(bc, share).toward(bc.toward(cd, share), share)
}

/// Table, eight stars, eight kites, sixteen upper girdle facets, and what shines through the table.
fn brilliant(shape: StoneShape, ratio: f64, detail: Facets) -> Vec<Facet> {
    const TABLE: f64 = 0.56;
    const MAINS: usize = GIRDLE / 2;
    let edges: Vec<_> = (0..GIRDLE).map(|at| girdle_edge(shape, ratio, at)).collect();
    let girdle = |at: usize| edges.get(at % GIRDLE).map_or(Point::new(0.0, 0.0), |edge| edge.0);
    let ring: Vec<Point> = (0..GIRDLE).map(girdle).collect();
    let center = middle(&ring);
    let table = |main: usize| center.toward(girdle(2 * main), TABLE);
    let mut faces = Vec::new();
    for main in 0..MAINS {
        let (here, next) = (table(main), table(main + 1));
        let toward_light = lit(girdle(2 * main + 1).plus(center.times(-1.0, -1.0)));
        let kite_light = lit(girdle(2 * main).plus(center.times(-1.0, -1.0)));
        let (before, after) = (
            center.toward(girdle(2 * main + 2 * MAINS - 1), 0.79),
            center.toward(girdle(2 * main + 1), 0.79),
        );
        if detail == Facets::All {
            faces.push(flat(0.55 * toward_light + 0.3, vec![here, next, after]));
            faces.push(flat(0.66 * kite_light - 0.02, vec![here, after, girdle(2 * main), before]));
            for (edge, turn) in [(2 * main, 0.3), (2 * main + 1, -0.3)] {
                let Some((start, half, end)) = edges.get(edge).copied() else { continue };
                faces.push(Facet {
                    tone: tone(0.6 * toward_light + turn),
                    corners: vec![end, after, start],
                    bow: Some(bow(start, half, end)),
                });
            }
        } else {
            let shine = if main % 2 == 0 { 0.15 } else { -0.2 };
            faces.push(flat(
                0.8 * toward_light + shine,
                vec![here, next, girdle(2 * main + 2), girdle(2 * main + 1), girdle(2 * main)],
            ));
        }
        // Below the table the back of the stone answers: dark where the crown is light.
        if detail == Facets::All {
            let half = here.toward(next, 0.5);
            faces.push(flat(0.5 - 0.55 * kite_light, vec![center, here, half]));
            faces.push(flat(-0.35 - 0.55 * toward_light, vec![center, half, next]));
        } else {
            let shine = if main % 2 == 0 { 0.5 } else { 0.05 };
            faces.push(flat(shine + 0.25 * toward_light, vec![center, here, next]));
        }
    }
    faces
}

/// The corners of a rectangle with its corners cut off, set in by `inset`, from the upper left.
fn octagon(ratio: f64, inset: f64) -> Vec<Point> {
    let wide = 1.0 / ratio - inset;
    let high = 1.0 - inset;
    let cut = (0.27 - 0.586 * inset).max(0.06).min(wide * 0.8);
    [
        (-wide + cut, -high),
        (wide - cut, -high),
        (wide, -high + cut),
        (wide, high - cut),
        (wide - cut, high),
        (-wide + cut, high),
        (-wide, high - cut),
        (-wide, -high + cut),
    ]
    .map(|(x, y)| Point::new(x, y))
    .to_vec()
}

/// Parallel steps down from the table to the girdle, and up again on the other side.
fn steps(ratio: f64, detail: Facets) -> Vec<Facet> {
    /// Each step by how far it is set in, and how it leans: the crown toward the light, the back away.
    const ALL: [(f64, f64, f64); 6] = [
        (0.0, 0.8, -0.2),
        (0.11, 0.75, 0.1),
        (0.21, 0.6, 0.4),
        (0.31, -0.55, 0.35),
        (0.43, -0.6, -0.05),
        (0.54, -0.5, 0.3),
    ];
    const FEW: [(f64, f64, f64); 4] =
        [(0.0, 0.8, -0.1), (0.2, 0.6, 0.3), (0.34, -0.6, 0.0), (0.5, -0.5, 0.3)];
    let scale = |inset: f64| inset * (1.4 / ratio).min(1.0);
    let levels: &[(f64, f64, f64)] = if detail == Facets::All { &ALL } else { &FEW };
    let mut faces = Vec::new();
    for (at, &(inset, lean, shine)) in levels.iter().enumerate() {
        let outer = octagon(ratio, scale(inset));
        let Some(&(next, ..)) = levels.get(at + 1) else {
            faces.push(flat(0.3, outer));
            break;
        };
        let inner = octagon(ratio, scale(next));
        let sides = outer
            .iter()
            .zip(outer.iter().cycle().skip(1))
            .zip(inner.iter().zip(inner.iter().cycle().skip(1)));
        for ((a, b), (c, d)) in sides {
            let outward = a.toward(*b, 0.5);
            faces.push(flat(lean * lit(outward) + shine, vec![*a, *b, *d, *c]));
        }
    }
    faces
}

/// The corners of a square, set in, from the upper left.
fn square(inset: f64) -> Vec<Point> {
    const HALF: f64 = 0.88;
    let half = HALF - inset;
    [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| Point::new(x, y)).to_vec()
}

/// A square table in a square girdle, and chevrons that meet in the middle.
fn princess(detail: Facets) -> Vec<Facet> {
    let (outer, table) = (square(0.0), square(0.3));
    let center = Point::new(0.0, 0.0);
    let mut faces = Vec::new();
    let sides =
        outer.iter().zip(outer.iter().cycle().skip(1)).zip(table.iter().zip(table.iter().cycle().skip(1)));
    for ((a, b), (c, d)) in sides {
        let (girdle_half, table_half) = (a.toward(*b, 0.5), c.toward(*d, 0.5));
        let light = lit(girdle_half);
        if detail == Facets::Few {
            faces.push(flat(0.75 * light, vec![*a, *b, *d, *c]));
            faces.push(flat(0.3 - 0.5 * light, vec![*c, *d, center]));
            continue;
        }
        let star = table_half.toward(girdle_half, 0.62);
        faces.push(flat(0.55 * light + 0.35, vec![*c, *d, star]));
        faces.push(flat(0.75 * light + 0.1, vec![*a, *c, star]));
        faces.push(flat(0.75 * light - 0.3, vec![*b, star, *d]));
        faces.push(flat(0.7 * light - 0.1, vec![*a, *b, star]));
        let apex = |share: f64| table_half.toward(center, share);
        faces.push(flat(-0.5 * light + 0.5, vec![*c, *d, apex(0.34)]));
        faces.push(flat(-0.5 * light - 0.35, vec![*c, apex(0.34), *d, apex(0.64)]));
        faces.push(flat(-0.5 * light + 0.25, vec![*c, apex(0.64), *d, center]));
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(points: &[Point]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0
    }

    #[test]
    fn a_round_brilliant_has_its_facets() {
        // 8 stars, 8 kites, 16 upper girdle facets, and the 16 halves seen through the table.
        assert_eq!(facets(StoneShape::Round, 1.0, Facets::All).len(), 48);
    }

    #[test]
    fn facets_cover_the_stone() {
        for shape in StoneShape::ALL.iter().copied() {
            let ratio = usual_ratio(shape);
            let edge: Vec<Point> =
                outline(shape, ratio, GIRDLE).into_iter().map(|(point, _)| point).collect();
            for detail in [Facets::Few, Facets::All] {
                let covered: f64 =
                    facets(shape, ratio, detail).iter().map(|facet| area(&facet.corners)).sum();
                let whole = area(&edge);
                assert!((covered - whole).abs() < 0.12 * whole, "{shape}: {covered} of {whole}");
            }
        }
    }

    #[test]
    fn a_stone_keeps_to_its_square() {
        for shape in StoneShape::ALL.iter().copied() {
            for (point, _) in outline(shape, usual_ratio(shape), GIRDLE) {
                assert!(point.x.abs() < 1.06 && point.y.abs() < 1.06, "{shape} {point:?}");
            }
        }
    }

    #[test]
    fn light_falls_from_the_upper_left() {
        assert!(lit(Point::new(-1.0, -1.0)) > 0.9);
        assert!(lit(Point::new(1.0, 1.0)) < -0.9);
    }
}
