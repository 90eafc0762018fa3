//! Pieces, on a square of 100 by 100.

use super::DrawingSize;
use super::geometry::{Place, Point, count, spread};
use super::stone::{Look, Sheet};
use domain::item::{ItemKind, Metal, PieceDetails, StoneShape};

/// The most small stones that are drawn in one row: more can not be told apart.
const MOST_IN_A_ROW: usize = 28;

/// The stones of a piece by what they do.
struct Stones {
    center: Option<Look>,
    sides: Vec<Look>,
}

impl Stones {
    /// A few small stones for a side group; fewer where the drawing is small.
    fn side_row(&self, most: usize) -> Option<(Look, usize)> {
        self.sides.first().map(|look| (*look, look.count.clamp(1, most)))
    }

    /// A side group with so many stones that it surrounds the center.
    fn halo(&self) -> Option<Look> {
        const LEAST: usize = 8;
        self.sides.iter().find(|look| look.count >= LEAST).copied()
    }
}

/// The inside of the drawing of a piece.
pub fn draw(details: &PieceDetails, size: DrawingSize) -> String {
    let mut looks = details.stones.iter().map(Look::of);
    let stones = Stones { center: looks.next(), sides: looks.collect() };
    let mut sheet = Sheet::new(size);
    sheet.open(&format!("metal {}", metal_class(details.metal)));
    match details.kind {
        ItemKind::Ring if stones.center.is_some() => ring(&mut sheet, details.metal, &stones),
        ItemKind::Ring | ItemKind::Band => band(&mut sheet, details.metal, &stones),
        ItemKind::Pendant => pendant(&mut sheet, &stones),
        ItemKind::Necklace => necklace(&mut sheet, &stones),
        ItemKind::Earrings => earrings(&mut sheet, &stones),
        ItemKind::Bracelet => bracelet(&mut sheet, &stones),
        ItemKind::Chain => chain(&mut sheet),
        ItemKind::Brooch => brooch(&mut sheet, &stones),
        ItemKind::Watch => watch(&mut sheet, details.metal, &stones),
        ItemKind::LooseStone => loose(&mut sheet, &stones),
        ItemKind::Coin => coin(&mut sheet),
        ItemKind::Finding | ItemKind::Other => other(&mut sheet),
    }
    sheet.close();
    sheet.into_markup()
}

const fn metal_class(metal: Option<Metal>) -> &'static str {
    match metal {
        Some(
            Metal::YellowGold | Metal::TwoToneGold | Metal::Vermeil | Metal::GoldFilled | Metal::GoldPlated,
        ) => "metal-yellow-gold",
        Some(Metal::WhiteGold) => "metal-white-gold",
        Some(Metal::RoseGold) => "metal-rose-gold",
        Some(Metal::Platinum) => "metal-platinum",
        Some(Metal::Palladium) => "metal-palladium",
        Some(Metal::Silver) => "metal-silver",
        Some(Metal::Steel) => "metal-steel",
        Some(Metal::Titanium) => "metal-titanium",
        None => "metal-plain",
    }
}

/// The second color of a two-tone piece.
const fn second_metal(metal: Option<Metal>) -> Option<&'static str> {
    match metal {
        Some(Metal::TwoToneGold) => Some("metal metal-white-gold"),
        _ => None,
    }
}

/// A ring from the front, its stone turned to the eye.
fn ring(sheet: &mut Sheet, metal: Option<Metal>, stones: &Stones) {
    const CENTER: Point = Point::new(50.0, 62.0);
    const OUTER: f64 = 31.0;
    const INNER: f64 = 26.8;
    const MIDDLE: f64 = (OUTER + INNER) / 2.0;
    shank(sheet, CENTER, OUTER, INNER);
    let Some(center) = stones.center else { return };
    let on_band = |degrees: f64, distance: f64| Point::polar(degrees, distance).plus(CENTER);
    if center.count > 1 {
        return row_on_top(sheet, center, CENTER, MIDDLE);
    }
    let reach = center.reach(12.5, 6.5, 21.0);
    let place = Place::new(CENTER.x, CENTER.y - OUTER - reach * 0.3 + 1.0, reach);
    let halo = stones.halo();
    let taken = reach / center.ratio + if halo.is_some() { 4.5 } else { 0.0 };
    // What is no halo lies on the shoulders, half of it on each side.
    let shoulders = stones.sides.iter().find(|look| halo.is_none_or(|ring| ring != **look));
    if let Some(side) = shoulders {
        let size = side.reach(12.5, 2.0, 9.5);
        let each = side.count.div_ceil(2).min(if size > 4.0 { 2 } else { 5 });
        let first = ((taken + size / side.ratio * 0.85) / MIDDLE).min(0.95).asin().to_degrees();
        let step = (2.1 * size / side.ratio / MIDDLE).to_degrees();
        for at in (0..each).rev() {
            for turn in [first + step * count(at), -first - step * count(at)] {
                let point = on_band(turn, MIDDLE + size * 0.35);
                // Large ones stand nearly upright, small ones follow the band.
                let lean = if size > 4.0 { 0.3 } else { 1.0 };
                let spot = Place::new(point.x, point.y, size).turned(turn * lean);
                sheet.stone(side, spot);
                if size > 6.0 || sheet.size() == DrawingSize::Page {
                    sheet.prongs(side, spot);
                }
            }
        }
    } else if let Some(ring) = halo.filter(|look| look.count > 20) {
        // A halo with stones to spare runs on down the band.
        let row: Vec<(Point, f64)> = spread(0.0, 1.0, 5)
            .flat_map(|share| {
                let turn = (taken / MIDDLE).min(0.9).asin().to_degrees() + 5.0 + 30.0 * share;
                [(on_band(turn, MIDDLE), 1.7), (on_band(-turn, MIDDLE), 1.7)]
            })
            .collect();
        sheet.melee(ring.kind, &row);
    }
    if let Some(class) = second_metal(metal) {
        sheet.open(class);
    }
    head(sheet, place, reach / center.ratio, CENTER.y - OUTER);
    if let Some(ring) = halo {
        sheet.halo(&center, place, ring.kind);
    }
    sheet.stone(&center, place);
    sheet.prongs(&center, place);
    if second_metal(metal).is_some() {
        sheet.close();
    }
}

/// The round of a ring, with the light on it.
fn shank(sheet: &mut Sheet, center: Point, outer: f64, inner: f64) {
    let middle = f64::midpoint(outer, inner);
    let mut round = sheet.path();
    round.ellipse(center, outer, outer);
    round.ellipse(center, inner, inner);
    sheet.fill_between("m3", &round);
    // The inside of the band shows at the bottom.
    let mut inside = sheet.path();
    inside.ellipse(center, inner, inner);
    inside.ellipse(center.plus(Point::new(0.0, -1.3)), inner - 1.2, inner - 1.2);
    sheet.fill_between("m4", &inside);
    let arc = |sheet: &mut Sheet, class, width, distance, from, to| {
        let mut path = sheet.path();
        path.arc(center, distance, distance, from, to);
        sheet.stroke(class, width, &path);
    };
    arc(sheet, "w4", 1.3, middle + 0.9, 100.0, 165.0);
    arc(sheet, "w2", 1.5, middle, 190.0, 345.0);
    arc(sheet, "w1", 1.1, middle + 0.2, 215.0, 318.0);
    arc(sheet, "w1", 0.8, middle + 0.3, 40.0, 78.0);
    let mut edge = sheet.path();
    edge.ellipse(center, outer, outer);
    sheet.stroke("w5", 0.5, &edge);
}

/// The basket between band and stone.
fn head(sheet: &mut Sheet, stone: Place, half_width: f64, band_top: f64) {
    let wide = half_width * 0.62;
    let mut path = sheet.path();
    path.polygon(&[
        Point::new(stone.at.x - wide, stone.at.y + stone.height * 0.4),
        Point::new(stone.at.x + wide, stone.at.y + stone.height * 0.4),
        Point::new(stone.at.x + 3.4, band_top + 3.6),
        Point::new(stone.at.x - 3.4, band_top + 3.6),
    ]);
    sheet.fill("m4", &path);
}

/// Several like stones on top of a ring: three abreast, or a line of small ones.
fn row_on_top(sheet: &mut Sheet, look: Look, center: Point, middle: f64) {
    const FEW: usize = 7;
    let number = look.count.min(FEW);
    let size = look.reach(12.0, 3.0, if number > 3 { 6.0 } else { 9.5 });
    let step = (2.1 * size / look.ratio / middle).to_degrees();
    let half = step * (count(number) - 1.0) / 2.0;
    let mut turns: Vec<f64> = spread(-half, half, number).collect();
    // The outer ones first, so that the middle one lies on top.
    turns.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    for turn in turns {
        let point = Point::polar(turn, middle + size * 0.45).plus(center);
        let place = Place::new(point.x, point.y, size).turned(turn);
        sheet.stone(&look, place);
        if size > 4.0 {
            sheet.prongs(&look, place);
        }
    }
}

/// A hoop of some height seen from a little above: a wedding band, a bangle.
struct Hoop {
    at: Point,
    rx: f64,
    ry: f64,
    high: f64,
    thick: f64,
}

impl Hoop {
    /// A point on the outside, `down` from the upper rim; 90 degrees is nearest to the eye.
    fn outside(&self, degrees: f64, down: f64) -> Point {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Point::new(self.at.x - self.rx * cos, self.at.y + self.ry * sin + down)
    }

    fn strip(&self, sheet: &mut Sheet, class: &str, degrees: (f64, f64), down: (f64, f64)) {
        let mut path = sheet.path();
        let steps = if degrees.1 - degrees.0 > 60.0 { 25 } else { 5 };
        let mut corners: Vec<Point> =
            spread(degrees.0, degrees.1, steps).map(|turn| self.outside(turn, down.0)).collect();
        corners.extend(spread(degrees.1, degrees.0, steps).map(|turn| self.outside(turn, down.1)));
        path.polygon(&corners);
        sheet.fill(class, &path);
    }

    fn draw(&self, sheet: &mut Sheet, rims: Option<&str>) {
        let below = self.at.plus(Point::new(0.0, self.high));
        let (rx, ry) = (self.rx - self.thick, self.ry - self.thick * 0.72);
        // Outside, from light to shade.
        let mut outside = sheet.path();
        outside.line(&[Point::new(self.at.x - self.rx, self.at.y)]);
        outside.arc_on(self.at, self.rx, self.ry, 270.0, 90.0);
        outside.on(Point::new(below.x + self.rx, below.y));
        outside.arc_on(below, self.rx, self.ry, 90.0, 270.0);
        outside.close();
        sheet.fill("m3", &outside);
        let whole = (0.0, self.high);
        for (class, from, to) in [
            ("m4", 0.0, 12.0),
            ("m2", 32.0, 74.0),
            ("m1", 44.0, 60.0),
            ("m4", 118.0, 160.0),
            ("m5", 166.0, 180.0),
        ] {
            self.strip(sheet, class, (from, to), whole);
        }
        // Inside, as far as it is seen over the near rim.
        let far = (self.high / 2.0 / ry).min(1.0);
        let reach = rx * (1.0 - far * far).max(0.0).sqrt();
        let turn = far.acos().to_degrees();
        let mut inside = sheet.path();
        inside.ellipse(self.at, rx, ry);
        if far < 1.0 {
            inside.line(&[Point::new(self.at.x - reach, self.at.y + self.high / 2.0)]);
            inside.arc_on(below, rx, ry, -turn, turn);
            inside.arc_on(self.at, rx, ry, 180.0 - turn, 180.0 + turn);
            inside.close();
        }
        sheet.fill_between("m4", &inside);
        let mut glow = sheet.path();
        glow.arc(self.at.plus(Point::new(0.0, self.high * 0.5)), rx - 0.6, ry - 0.4, 12.0, 62.0);
        sheet.stroke("w2", self.high * 0.2, &glow);
        if let Some(class) = rims {
            sheet.open(class);
            let edge = self.high * 0.24;
            self.strip(sheet, "m2", (0.0, 180.0), (0.0, edge));
            self.strip(sheet, "m3", (0.0, 180.0), (self.high - edge, self.high));
        }
        let mut rim = sheet.path();
        rim.ellipse(self.at, self.rx, self.ry);
        rim.ellipse(self.at, rx, ry);
        sheet.fill_between("m2", &rim);
        let mut shine = sheet.path();
        shine.arc(self.at, self.rx - self.thick / 2.0, self.ry - self.thick * 0.36, 236.0, 322.0);
        sheet.stroke("w1", self.thick * 0.45, &shine);
        if rims.is_some() {
            sheet.close();
        }
        sheet.stroke("w5", 0.4, &outside);
    }
}

fn band(sheet: &mut Sheet, metal: Option<Metal>, stones: &Stones) {
    let hoop = Hoop { at: Point::new(50.0, 43.0), rx: 35.0, ry: 22.0, high: 16.0, thick: 3.2 };
    hoop.draw(sheet, second_metal(metal));
    let Some(look) = stones.center else { return };
    if look.count == 1 {
        let at = hoop.outside(90.0, hoop.high / 2.0);
        let size = look.reach(9.0, 4.0, 7.0);
        sheet.stone(&look, Place::new(at.x, at.y, size));
        return;
    }
    let number = look.count.clamp(3, 11) | 1;
    let size = (hoop.high * 0.34).min(88.0 / count(number));
    let half = (8.0 * count(number)).min(68.0);
    let mut turns: Vec<f64> = spread(90.0 - half, 90.0 + half, number).collect();
    turns.sort_by(|a, b| (b - 90.0).abs().total_cmp(&(a - 90.0).abs()));
    for turn in turns {
        let at = hoop.outside(turn, hoop.high / 2.0);
        let near = 0.4 + 0.6 * turn.to_radians().sin();
        let tall = size * look.ratio.sqrt().min(1.15);
        sheet.stone(&look, Place::new(at.x, at.y, tall).narrowed(near));
    }
}

/// Both halves of a fine chain from the upper corners to where something hangs.
fn hanging_chain(sheet: &mut Sheet, to: Point) {
    let mut path = sheet.path();
    for side in [-1.0, 1.0] {
        path.line(&[Point::new(50.0 + side * 36.0, 4.0)]);
        path.curve(Point::new(50.0 + side * 24.0, to.y * 0.72), to.plus(Point::new(side, 0.0)));
    }
    links(sheet, &path, 1.5);
}

/// A chain along a path.
fn links(sheet: &mut Sheet, path: &super::geometry::Path, width: f64) {
    if sheet.size() == DrawingSize::Row {
        return sheet.stroke("w3", width * 1.3, path);
    }
    sheet.stroke("w5", width * 0.45, path);
    sheet.dashes("w3", width, width * 0.9, width * 1.5, path);
    sheet.dashes("w1", width * 0.35, width * 0.7, width * 1.7, path);
}

/// The loop a pendant hangs from.
fn bail(sheet: &mut Sheet, at: Point) {
    let mut path = sheet.path();
    path.ellipse(at, 2.1, 3.1);
    sheet.stroke("w4", 2.0, &path);
    sheet.stroke("w2", 1.0, &path);
}

fn pendant(sheet: &mut Sheet, stones: &Stones) {
    let Some(center) = stones.center else {
        hanging_chain(sheet, Point::new(50.0, 32.0));
        bail(sheet, Point::new(50.0, 34.5));
        return locket(sheet, Point::new(50.0, 60.0), 22.0);
    };
    let reach = center.reach(16.0, 9.0, 25.0);
    let halo = stones.halo();
    let extra = if halo.is_some() { 5.0 } else { 1.5 };
    let place = Place::new(50.0, 62.0, reach);
    let top = Point::new(50.0, place.at.y - reach - extra - 2.0);
    hanging_chain(sheet, top.plus(Point::new(0.0, -3.0)));
    if let (None, Some((side, _))) = (halo, stones.side_row(1)) {
        // A few accents hang between bail and stone.
        let size = side.reach(12.0, 2.2, 4.5);
        bail(sheet, top.plus(Point::new(0.0, -2.0 * size)));
        sheet.stone(&side, Place::new(50.0, top.y - size * 0.2, size));
    } else {
        bail(sheet, top);
    }
    if let Some(ring) = halo {
        sheet.halo(&center, place, ring.kind);
    }
    sheet.stone(&center, place);
    sheet.prongs(&center, place);
}

/// A round of plain metal that catches the light.
fn locket(sheet: &mut Sheet, at: Point, radius: f64) {
    let round = |sheet: &mut Sheet, class: &str, share: f64, shift: f64| {
        let mut path = sheet.path();
        path.ellipse(at.plus(Point::new(shift, shift)), radius * share, radius * share);
        sheet.fill(class, &path);
    };
    round(sheet, "m4", 1.0, 0.0);
    round(sheet, "m3", 0.93, -0.5);
    round(sheet, "m2", 0.72, -2.5);
    round(sheet, "m1", 0.3, -7.0);
    let mut edge = sheet.path();
    edge.ellipse(at, radius, radius);
    sheet.stroke("w5", 0.5, &edge);
    let mut inner = sheet.path();
    inner.ellipse(at, radius * 0.84, radius * 0.84);
    sheet.stroke("w4", 0.5, &inner);
}

fn necklace(sheet: &mut Sheet, stones: &Stones) {
    const AT: Point = Point::new(50.0, 46.0);
    const RX: f64 = 34.0;
    const RY: f64 = 40.0;
    let mut round = sheet.path();
    round.arc(AT, RX, RY, 4.0, 356.0);
    links(sheet, &round, 1.7);
    sheet.beads(&[Point::new(50.0, AT.y - RY)], 2.0);
    let Some(look) = stones.center else { return };
    if look.count == 1 {
        let reach = look.reach(12.0, 7.0, 17.0);
        let at = Point::new(50.0, (AT.y + RY + reach - 5.0).min(97.0 - reach));
        let place = Place::new(at.x, at.y, reach);
        if let Some(ring) = stones.halo() {
            sheet.halo(&look, place, ring.kind);
        }
        sheet.stone(&look, place);
        return sheet.prongs(&look, place);
    }
    let number = look.count.min(if sheet.size() == DrawingSize::Row { 17 } else { 33 });
    let half = if number > 20 { 164.0 } else { 6.5 * count(number) }.min(164.0);
    let largest = (half.to_radians() * 2.0 * 37.0 / count(number) / 2.0).clamp(1.6, 6.0);
    let row: Vec<(Point, f64)> = spread(180.0 - half, 180.0 + half, number)
        .map(|turn| {
            let from_front = ((turn - 180.0) / half).abs();
            (Point::polar(turn, 1.0).times(RX, RY).plus(AT), largest * (1.0 - 0.3 * from_front))
        })
        .collect();
    sheet.melee(look.kind, &row);
}

fn earrings(sheet: &mut Sheet, stones: &Stones) {
    const APART: f64 = 22.0;
    let sides = [50.0 - APART, 50.0 + APART];
    let Some(center) = stones.center else {
        return sides.into_iter().for_each(|x| creole(sheet, Point::new(x, 54.0)));
    };
    let hangs = matches!(center.shape, StoneShape::Pear | StoneShape::Marquise) || center.ratio > 1.7;
    let reach = center.reach(17.0, 9.0, if hangs { 22.0 } else { 18.0 });
    sheet.crowded = true;
    for x in sides {
        let place = Place::new(x, if hangs { 64.0 } else { 52.0 }, reach);
        if hangs {
            let top = place.at.y - reach - 2.0;
            let mut hook = sheet.path();
            hook.line(&[Point::new(x - 7.0, 32.0)]);
            hook.curve(Point::new(x - 8.0, 12.0), Point::new(x - 1.0, 12.0));
            hook.curve(Point::new(x + 4.0, 12.0), Point::new(x, top));
            sheet.stroke("w4", 1.6, &hook);
            sheet.stroke("w2", 0.8, &hook);
            if let (None, Some((side, _))) = (stones.halo(), stones.side_row(1)) {
                sheet.stone(&side, Place::new(x, top - 3.0, side.reach(12.0, 2.4, 4.0)));
            } else {
                sheet.beads(&[Point::new(x, top)], 1.7);
            }
        }
        if let Some(ring) = stones.halo() {
            sheet.halo(&center, place, ring.kind);
        }
        sheet.stone(&center, place);
        sheet.prongs(&center, place);
    }
}

/// A hoop for the ear.
fn creole(sheet: &mut Sheet, at: Point) {
    let mut round = sheet.path();
    round.arc(at, 15.0, 24.0, 14.0, 346.0);
    sheet.stroke("w5", 5.6, &round);
    sheet.stroke("w3", 4.8, &round);
    let mut light = sheet.path();
    light.arc(at, 15.6, 24.6, 200.0, 330.0);
    sheet.stroke("w1", 1.5, &light);
    let mut low = sheet.path();
    low.arc(at, 14.6, 23.4, 60.0, 150.0);
    sheet.stroke("w2", 1.3, &low);
    let mut post = sheet.path();
    post.line(&[at.plus(Point::new(-4.0, -23.5)), at.plus(Point::new(4.2, -24.5))]);
    sheet.stroke("w4", 1.2, &post);
}

fn bracelet(sheet: &mut Sheet, stones: &Stones) {
    const LEAST_FOR_A_LINE: usize = 10;
    let total: usize = stones.center.iter().chain(&stones.sides).map(|look| look.count).sum();
    match stones.center {
        Some(look) if total >= LEAST_FOR_A_LINE => stone_line(sheet, look),
        center => {
            let hoop = Hoop { at: Point::new(50.0, 46.0), rx: 42.0, ry: 27.0, high: 8.0, thick: 2.2 };
            hoop.draw(sheet, None);
            let Some(look) = center else { return };
            let number = look.count.min(7);
            let size = look.reach(8.0, 2.6, 6.5);
            let half = 6.0 * (count(number) - 1.0);
            for turn in spread(90.0 - half, 90.0 + half, number) {
                let at = hoop.outside(turn, hoop.high / 2.0);
                sheet.stone(&look, Place::new(at.x, at.y, size));
            }
        }
    }
}

/// A line of stones all the way round, larger where they are nearer.
fn stone_line(sheet: &mut Sheet, look: Look) {
    const AT: Point = Point::new(50.0, 50.0);
    const RX: f64 = 41.0;
    const RY: f64 = 28.0;
    let number = match sheet.size() {
        DrawingSize::Row => look.count.min(20),
        DrawingSize::Grid => look.count.min(MOST_IN_A_ROW),
        DrawingSize::Page => look.count.min(MOST_IN_A_ROW + 8),
    };
    let mut round = sheet.path();
    round.ellipse(AT, RX, RY);
    sheet.stroke("w4", 3.6, &round);
    sheet.stroke("w2", 2.4, &round);
    let apart = std::f64::consts::PI * (RX + RY) / count(number);
    let row: Vec<(Point, f64)> = spread(0.0, 360.0, number + 1)
        .take(number)
        .map(|turn| {
            let point = Point::polar(turn, 1.0);
            let near = 0.86 + 0.14 * point.y;
            (point.times(RX, RY).plus(AT), (apart * 0.5 * near).min(4.6))
        })
        .collect();
    sheet.melee(look.kind, &row);
}

fn chain(sheet: &mut Sheet) {
    let mut path = sheet.path();
    path.line(&[Point::new(22.0, 10.0)]);
    path.curve(Point::new(8.0, 60.0), Point::new(36.0, 78.0));
    path.curve(Point::new(50.0, 86.0), Point::new(64.0, 78.0));
    path.curve(Point::new(92.0, 60.0), Point::new(78.0, 10.0));
    if sheet.size() == DrawingSize::Row {
        sheet.stroke("w4", 4.4, &path);
        sheet.dashes("w2", 2.6, 3.0, 4.6, &path);
    } else {
        sheet.dashes("w4", 4.2, 2.6, 4.0, &path);
        sheet.dashes("w2", 2.9, 2.4, 4.2, &path);
        sheet.dashes("w5", 1.0, 1.6, 5.0, &path);
        sheet.stroke("w3", 1.2, &path);
    }
    let mut clasp = sheet.path();
    clasp.ellipse(Point::new(22.0, 8.0), 3.4, 3.4);
    sheet.stroke("w4", 1.8, &clasp);
    sheet.beads(&[Point::new(78.0, 8.0)], 2.6);
}

/// A flower: petals of metal around a stone.
fn brooch(sheet: &mut Sheet, stones: &Stones) {
    const AT: Point = Point::new(50.0, 50.0);
    const PETALS: usize = 8;
    let mut pin = sheet.path();
    pin.line(&[Point::new(12.0, 84.0), Point::new(88.0, 20.0)]);
    sheet.stroke("w4", 1.6, &pin);
    let turns = || spread(0.0, 360.0, PETALS + 1).take(PETALS);
    for (class, half) in [("m3", -1.0), ("m2", 1.0)] {
        let mut path = sheet.path();
        for turn in turns() {
            let place = Place { turn, ..Place::new(AT.x, AT.y, 1.0) };
            path.line(&[place.point(Point::new(0.0, -6.0))]);
            path.curve(place.point(Point::new(half * -17.0, -26.0)), place.point(Point::new(0.0, -40.0)));
            path.close();
        }
        sheet.fill(class, &path);
    }
    let mut veins = sheet.path();
    let mut edges = sheet.path();
    for turn in turns() {
        let place = Place { turn, ..Place::new(AT.x, AT.y, 1.0) };
        veins.line(&[place.point(Point::new(0.0, -8.0)), place.point(Point::new(0.0, -36.0))]);
        edges.line(&[place.point(Point::new(0.0, -6.0))]);
        edges.curve(place.point(Point::new(-17.0, -26.0)), place.point(Point::new(0.0, -40.0)));
        edges.curve(place.point(Point::new(17.0, -26.0)), place.point(Point::new(0.0, -6.0)));
    }
    sheet.stroke("w1", 0.7, &veins);
    sheet.stroke("w5", 0.5, &edges);
    if let Some((side, _)) = stones.side_row(PETALS) {
        let tips: Vec<(Point, f64)> = turns().map(|turn| (Point::polar(turn, 29.0).plus(AT), 2.6)).collect();
        sheet.melee(side.kind, &tips);
    }
    match stones.center {
        Some(look) => {
            let place = Place::new(AT.x, AT.y, look.reach(11.0, 8.0, 15.0));
            sheet.stone(&look, place);
            sheet.prongs(&look, place);
        }
        None => locket(sheet, AT, 9.0),
    }
}

/// A wristwatch at ten past ten.
fn watch(sheet: &mut Sheet, metal: Option<Metal>, stones: &Stones) {
    const AT: Point = Point::new(50.0, 50.0);
    let leather = metal.is_none_or(Metal::is_gold) && second_metal(metal).is_none();
    sheet.open(if leather { "metal metal-leather" } else { "strap" });
    let mut strap = sheet.path();
    let mut seams = sheet.path();
    for side in [-1.0, 1.0] {
        let corner = |x: f64, y: f64| Point::new(50.0 + x, 50.0 + side * y);
        strap.polygon(&[corner(-14.0, 16.0), corner(14.0, 16.0), corner(11.0, 48.0), corner(-11.0, 48.0)]);
        if leather {
            for x in [-1.0, 1.0] {
                seams.line(&[corner(x * 10.5, 26.0), corner(x * 8.6, 46.0)]);
            }
        } else {
            for y in [30.0, 36.0, 42.0] {
                seams.line(&[corner(-12.4, y), corner(12.4, y)]);
            }
            for x in [-1.0, 1.0] {
                seams.line(&[corner(x * 4.8, 24.0), corner(x * 3.8, 48.0)]);
            }
        }
    }
    sheet.fill("m3", &strap);
    sheet.stroke("w5", 0.5, &strap);
    if leather {
        sheet.dashes("w1", 0.6, 1.2, 1.8, &seams);
    } else {
        sheet.stroke("w5", 0.6, &seams);
    }
    sheet.close();
    let disk = |sheet: &mut Sheet, class: &str, radius: f64| {
        let mut path = sheet.path();
        path.ellipse(AT, radius, radius);
        sheet.fill(class, &path);
    };
    let mut crown = sheet.path();
    crown.polygon(&[
        Point::new(75.0, 47.0),
        Point::new(79.5, 47.0),
        Point::new(79.5, 53.0),
        Point::new(75.0, 53.0),
    ]);
    sheet.fill("m4", &crown);
    disk(sheet, "m5", 27.0);
    disk(sheet, "m3", 26.4);
    let mut light = sheet.path();
    light.arc(AT, 24.2, 24.2, 230.0, 335.0);
    sheet.stroke("w1", 2.0, &light);
    disk(sheet, "m4", 21.6);
    disk(sheet, "dial", 20.8);
    if let Some(look) = stones.center {
        let number = if sheet.size() == DrawingSize::Row { 16 } else { 32 };
        let row: Vec<(Point, f64)> = spread(0.0, 360.0, number + 1)
            .take(number)
            .map(|turn| (Point::polar(turn, 24.0).plus(AT), 66.0 / count(number)))
            .collect();
        sheet.melee(look.kind, &row);
    }
    let mut marks = sheet.path();
    for turn in spread(0.0, 330.0, 12) {
        let long = if turn.rem_euclid(90.0) < 1.0 { 5.0 } else { 3.0 };
        marks.line(&[Point::polar(turn, 18.6).plus(AT), Point::polar(turn, 18.6 - long).plus(AT)]);
    }
    sheet.stroke("w4", 1.1, &marks);
    sheet.open("metal metal-leather");
    let mut hands = sheet.path();
    hands.line(&[AT, Point::polar(-55.0, 10.5).plus(AT)]);
    sheet.stroke("w5", 1.7, &hands);
    let mut minute = sheet.path();
    minute.line(&[AT, Point::polar(60.0, 16.0).plus(AT)]);
    sheet.stroke("w5", 1.2, &minute);
    sheet.close();
    sheet.beads(&[AT], 1.5);
}

fn loose(sheet: &mut Sheet, stones: &Stones) {
    let look = stones.center.unwrap_or(Look {
        kind: domain::item::StoneKind::Other,
        shape: StoneShape::Round,
        ratio: 1.0,
        carat: None,
        count: 1,
    });
    let one = look.count == 1;
    let reach = if one { look.reach(32.0, 22.0, 43.0) } else { look.reach(20.0, 15.0, 21.0) };
    let places: &[(f64, f64)] = match look.count {
        1 => &[(50.0, 49.0)],
        2 => &[(28.0, 50.0), (72.0, 50.0)],
        _ => &[(50.0, 27.0), (27.0, 68.0), (73.0, 68.0)],
    };
    for (x, y) in places {
        let place = Place::new(*x, *y, reach);
        sheet.shadow(&look, place);
        sheet.stone(&look, place);
    }
}

/// A coin with a laurel and a star.
fn coin(sheet: &mut Sheet) {
    const AT: Point = Point::new(50.0, 50.0);
    let disk = |sheet: &mut Sheet, class: &str, radius: f64| {
        let mut path = sheet.path();
        path.ellipse(AT, radius, radius);
        sheet.fill(class, &path);
    };
    disk(sheet, "m4", 39.0);
    if sheet.size() != DrawingSize::Row {
        let mut reeds = sheet.path();
        reeds.ellipse(AT, 38.0, 38.0);
        sheet.dashes("w5", 1.6, 0.1, 2.3, &reeds);
    }
    disk(sheet, "m2", 36.4);
    disk(sheet, "m3", 33.4);
    let mut light = sheet.path();
    light.arc(AT, 34.9, 34.9, 225.0, 340.0);
    sheet.stroke("w1", 1.6, &light);
    let mut star = sheet.path();
    let corners: Vec<Point> = spread(0.0, 337.5, 16)
        .zip([12.5, 5.4].into_iter().cycle())
        .map(|(turn, distance)| Point::polar(turn, distance).plus(AT))
        .collect();
    star.polygon(&corners);
    sheet.fill("m1", &star);
    let mut leaves = sheet.path();
    for side in [-1.0, 1.0] {
        for turn in spread(28.0, 150.0, 7) {
            let place = Place { turn: side * turn, ..Place::new(AT.x, AT.y, 1.0) };
            let tip = place.point(Point::new(-side * 6.5, -27.5));
            leaves.line(&[place.point(Point::new(0.0, -23.0))]);
            leaves.curve(place.point(Point::new(-side * 1.0, -28.5)), tip);
            leaves.curve(place.point(Point::new(-side * 5.0, -22.5)), place.point(Point::new(0.0, -23.0)));
        }
    }
    sheet.fill("m1", &leaves);
    sheet.stroke("w4", 0.4, &star);
    let mut edge = sheet.path();
    edge.ellipse(AT, 39.0, 39.0);
    sheet.stroke("w5", 0.5, &edge);
}

/// What has no shape of its own lies in a box.
fn other(sheet: &mut Sheet) {
    let mut body = sheet.path();
    body.polygon(&[(16.0, 46.0), (84.0, 46.0), (80.0, 84.0), (20.0, 84.0)].map(|(x, y)| Point::new(x, y)));
    let mut lid = sheet.path();
    lid.polygon(&[(13.0, 32.0), (87.0, 32.0), (87.0, 47.0), (13.0, 47.0)].map(|(x, y)| Point::new(x, y)));
    let mut ribbon = sheet.path();
    ribbon.polygon(&[(45.0, 32.0), (55.0, 32.0), (55.0, 84.0), (45.0, 84.0)].map(|(x, y)| Point::new(x, y)));
    let mut bow = sheet.path();
    for side in [-1.0, 1.0] {
        bow.line(&[Point::new(50.0, 32.0)]);
        bow.curve(Point::new(50.0 + side * 22.0, 8.0), Point::new(50.0 + side * 20.0, 25.0));
        bow.curve(Point::new(50.0 + side * 19.0, 33.0), Point::new(50.0, 32.0));
    }
    sheet.fill("m3", &body);
    sheet.fill("m2", &lid);
    sheet.fill("m4", &ribbon);
    sheet.fill("m2", &bow);
    sheet.stroke("w5", 0.6, &bow);
    sheet.stroke("w5", 0.5, &body);
    sheet.stroke("w5", 0.5, &lid);
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::item::{CaratMilli, Stone};

    /// A piece with a stone of a shape and so many small ones: a few beside it, or a halo.
    fn set_with(kind: ItemKind, shape: StoneShape, small: i64) -> PieceDetails {
        let stone = |shape, milli, number| Stone {
            shape,
            carat: Some(CaratMilli(milli)),
            count: number,
            ..Stone::default()
        };
        PieceDetails {
            kind,
            metal: Some(Metal::Platinum),
            stones: vec![stone(shape, 2_020, 1), stone(StoneShape::Round, 300, small)],
            ..PieceDetails::default()
        }
    }

    #[test]
    fn drawings_are_light_and_always_the_same() {
        const HEAVIEST_IN_A_GRID: usize = 6 * 1_024;
        const HEAVIEST_IN_A_ROW: usize = 4 * 1_024;
        for kind in ItemKind::ALL.iter().copied() {
            for (shape, small) in StoneShape::ALL.iter().flat_map(|shape| [(*shape, 6), (*shape, 24)]) {
                let piece = set_with(kind, shape, small);
                let grid = draw(&piece, DrawingSize::Grid);
                let row = draw(&piece, DrawingSize::Row);
                assert!(grid.len() < HEAVIEST_IN_A_GRID, "{kind}, {shape} takes {}", grid.len());
                assert!(row.len() < HEAVIEST_IN_A_ROW, "{kind}, {shape} takes {} in a row", row.len());
                assert_eq!(grid, draw(&piece, DrawingSize::Grid));
                assert!(!grid.contains("NaN") && !grid.contains("inf"), "{kind}");
                assert_eq!(grid.matches("<g").count(), grid.matches("</g>").count(), "{kind}");
            }
        }
    }

    #[test]
    fn nothing_known_is_drawn_too() {
        for kind in ItemKind::ALL.iter().copied() {
            assert!(draw(&PieceDetails { kind, ..PieceDetails::default() }, DrawingSize::Row).len() > 100);
        }
    }

    #[test]
    fn absurd_counts_do_no_harm() {
        for number in [i64::MIN, -1, 0, i64::MAX] {
            let stones = vec![Stone { count: number, ..Stone::default() }; 3];
            for kind in ItemKind::ALL.iter().copied() {
                let piece = PieceDetails { kind, stones: stones.clone(), ..PieceDetails::default() };
                assert!(draw(&piece, DrawingSize::Page).len() < 40_000, "{kind} {number}");
            }
        }
    }
}
