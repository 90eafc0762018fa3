//! One row: a stone, or the reasons why it is none.

use super::file::reading;
use super::{CheckedPlan, Incoming, Stock, StoneColumn, words};
use crate::field::{FieldError, FieldReader};
use crate::item::{CaratMilli, ItemKind, PieceDetails, Stone, StoneKind, millimeters};
use crate::ledger::digest_of;
use crate::money::Money;
use crate::rate::Rate;
use crate::text;

/// No side of a stone in a case is longer; a longer one is a slip of the decimal point.
pub const LONGEST_MEASURE_UM: i64 = 15_000;
/// How far the stated depth may lie from the one that the measures make, in percentage points.
const DEPTH_TOLERANCE: Rate = Rate::from_ppm(50_000);

/// Reads the cells of a row by what their columns mean, and keeps what was read.
struct Cells<'a> {
    plan: &'a CheckedPlan,
    cells: &'a [String],
    fields: FieldReader,
    said: String,
}

impl Cells<'_> {
    /// What stands in the cell, if anything.
    fn text(&self, column: StoneColumn) -> Option<String> {
        let cell = self.plan.places.get(&column).and_then(|place| self.cells.get(*place))?;
        Some(reading(cell)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The cell with a point before its decimals.
    fn figure(&self, column: StoneColumn) -> Option<String> {
        let text = self.text(column)?;
        let comma = self.plan.decimal_comma && text.matches(',').count() == 1 && !text.contains('.');
        // Three digits after it are thousands where money is meant.
        let thousands = matches!(column, StoneColumn::Price | StoneColumn::Cost)
            && text.rsplit(',').next().is_some_and(|rest| rest.len() == 3);
        Some(if comma && !thousands { text.replace(',', ".") } else { text })
    }

    /// Complains under the name the column has in the file.
    fn complain(&mut self, column: StoneColumn, reason: impl ToString) {
        let place = self.plan.places.get(&column);
        let name =
            place.and_then(|place| self.plan.headers.get(*place)).map_or(column.label(), String::as_str);
        self.fields.complain(name, reason);
    }

    /// Remembers what the row says about a column, in one spelling.
    fn say(&mut self, column: StoneColumn, value: impl std::fmt::Display) {
        self.said.push_str(&format!("{}={value}\n", column.code()));
    }

    /// Reads a cell that may be empty; what does not read is complained about.
    fn read<T>(
        &mut self,
        column: StoneColumn,
        cell: Option<String>,
        read: impl FnOnce(&str) -> Result<T, String>,
        spelled: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        match read(&cell?) {
            Ok(value) => {
                self.say(column, spelled(&value));
                Some(value)
            }
            Err(reason) => {
                self.complain(column, reason);
                None
            }
        }
    }

    fn line(&mut self, column: StoneColumn) -> Option<String> {
        let cell = self.text(column);
        self.read(column, cell, |cell| text::required_line(cell).map_err(|e| e.to_string()), Clone::clone)
    }

    /// One of the trade's words.
    fn word<T>(
        &mut self,
        column: StoneColumn,
        known: impl FnOnce(&str) -> Option<T>,
        spelled: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        let noun = column.label().to_lowercase();
        let cell = self.text(column);
        self.read(
            column,
            cell,
            |cell| known(cell).ok_or_else(|| format!("{} is no {noun}", quoted(cell))),
            spelled,
        )
    }

    fn carat(&mut self) -> CaratMilli {
        let cell = self.figure(StoneColumn::Carat);
        if cell.is_none() {
            self.complain(StoneColumn::Carat, "the weight is missing");
        }
        let read = |cell: &str| {
            CaratMilli::parse(cell)
                .map_err(|_| format!("{} is no weight in carat such as 1.02", quoted(cell)))
        };
        self.read(StoneColumn::Carat, cell, read, |carat| carat.0.to_string()).unwrap_or(CaratMilli(0))
    }

    fn price(&mut self) -> Money {
        let cell = self.figure(StoneColumn::Price);
        if cell.is_none() {
            self.complain(StoneColumn::Price, "the price is missing");
        }
        let read = |cell: &str| match Money::parse(cell) {
            Ok(price) if price.is_positive() => Ok(price),
            Ok(_) => Err("the price must be more than zero".to_owned()),
            Err(error) => Err(format!("{}: {error}", quoted(cell))),
        };
        self.read(StoneColumn::Price, cell, read, |price| price.minor().to_string()).unwrap_or_default()
    }

    /// The cost of the row, else the plan's share of the price.
    fn cost(&mut self, price: Money) -> Money {
        let cell = self.figure(StoneColumn::Cost);
        let stated = cell.is_some();
        let read = |cell: &str| match Money::parse(cell) {
            Ok(cost) if !cost.is_negative() => Ok(cost),
            Ok(_) => Err("a cost is not below zero".to_owned()),
            Err(error) => Err(format!("{}: {error}", quoted(cell))),
        };
        let cost = self.read(StoneColumn::Cost, cell, read, |cost| cost.minor().to_string());
        match (cost, self.plan.cost) {
            (Some(cost), _) => cost,
            (None, Some(share)) if !stated => share.of(price).unwrap_or_else(|error| {
                self.complain(StoneColumn::Cost, error);
                Money::ZERO
            }),
            (None, None) if !stated => {
                self.complain(StoneColumn::Cost, "the cost is missing");
                Money::ZERO
            }
            (None, _) => Money::ZERO,
        }
    }

    fn percent(&mut self, column: StoneColumn) -> Option<Rate> {
        let cell = self.figure(column);
        let read = |cell: &str| match Rate::parse_percent(cell) {
            Ok(rate) if rate > Rate::ZERO => Ok(rate),
            Ok(_) => Err("this is zero".to_owned()),
            Err(error) => Err(format!("{}: {error}", quoted(cell))),
        };
        self.read(column, cell, read, |rate| rate.ppm().to_string())
    }

    fn measure(&mut self, column: StoneColumn) -> Option<i64> {
        let cell = self.figure(column);
        let read = |cell: &str| match millimeters(cell) {
            Some(0) => Err("the measure is zero".to_owned()),
            Some(um) if um > LONGEST_MEASURE_UM => {
                Err(format!("{cell} mm is more than {} mm", LONGEST_MEASURE_UM / 1_000))
            }
            Some(um) => Ok(um),
            None => Err(format!("{} is no measure in millimeters such as 6.52", quoted(cell))),
        };
        self.read(column, cell, read, i64::to_string)
    }

    /// All three measures, or none.
    fn measures(&mut self) -> Option<[i64; 3]> {
        let sides = [StoneColumn::Length, StoneColumn::Width, StoneColumn::Height];
        let stated = sides.map(|side| self.text(side).is_some());
        let measures = sides.map(|side| self.measure(side));
        if stated.contains(&true) {
            for (side, stated) in sides.into_iter().zip(stated) {
                if !stated {
                    self.complain(side, "the measure is missing");
                }
            }
        }
        match measures {
            [Some(length), Some(width), Some(height)] => Some([length, width, height]),
            _ => None,
        }
    }

    /// The stated depth and the measures tell of the same stone.
    fn depth_fits(&mut self, depth: Option<Rate>, measures: Option<[i64; 3]>) {
        let (Some(depth), Some([length, width, height])) = (depth, measures) else { return };
        // depth = 2z / (x + y), compared without a division.
        let across = length + width;
        let stated = depth.ppm() * across;
        let measured = 2 * Rate::ONE.ppm() * height;
        if (stated - measured).abs() > DEPTH_TOLERANCE.ppm() * across {
            let measured = Rate::of_whole(Money::from_minor(2 * height), Money::from_minor(across));
            // To a tenth of a percent, as reports state it.
            let measured = Rate::from_ppm((measured.ppm() + 500) / 1_000 * 1_000);
            self.complain(
                StoneColumn::Depth,
                format!("a depth of {depth} does not fit the measures, which make {measured}"),
            );
        }
    }
}

/// The beginning of a cell in quotes, for a sentence.
fn quoted(cell: &str) -> String {
    const LONGEST_SHOWN: usize = 40;
    let shown: String = cell.chars().take(LONGEST_SHOWN).collect();
    let rest = if shown.len() < cell.len() { "…" } else { "" };
    format!("“{shown}{rest}”")
}

impl CheckedPlan {
    /// Reads one row.
    ///
    /// # Errors
    /// Every reason why the row is no stone, each under its column's name.
    pub fn read(&self, cells: &[String]) -> Result<Incoming, Vec<FieldError>> {
        let mut row = Cells { plan: self, cells, fields: FieldReader::default(), said: String::new() };
        if cells.len() != self.headers.len() {
            let reason =
                format!("the row has {} cells, the first line has {}", cells.len(), self.headers.len());
            return Err(vec![FieldError::new("row", reason)]);
        }
        let carat = row.carat();
        let price = row.price();
        let cost = row.cost(price);
        let shape = row.word(StoneColumn::Shape, words::shape, |shape| shape.code().to_owned());
        let shape_stated = row.text(StoneColumn::Shape).is_some();
        let origin = row.word(StoneColumn::Origin, words::origin, |origin| origin.code().to_owned());
        let origin_stated = row.text(StoneColumn::Origin).is_some();
        if !shape_stated && self.shape.is_none() {
            row.complain(StoneColumn::Shape, "the shape is missing");
        }
        if !origin_stated && self.origin.is_none() {
            row.complain(StoneColumn::Origin, "natural or lab-grown is missing");
        }
        let (depth, table) = (row.percent(StoneColumn::Depth), row.percent(StoneColumn::Table));
        let measures = row.measures();
        row.depth_fits(depth, measures);
        let stone = Stone {
            kind: StoneKind::Diamond,
            shape: shape.or(self.shape).unwrap_or_default(),
            count: 1,
            carat: Some(carat),
            color: row.word(StoneColumn::Color, words::color, Clone::clone),
            clarity: row
                .word(StoneColumn::Clarity, words::clarity, |&grade| grade.to_owned())
                .map(str::to_owned),
            cut: row.word(StoneColumn::Cut, words::cut, |&grade| grade.to_owned()).map(str::to_owned),
            origin: origin.or(self.origin),
            treatment: row.line(StoneColumn::Treatment),
            lab: row.line(StoneColumn::Lab),
            report_number: row.line(StoneColumn::Report),
            measures,
            depth,
            table,
        };
        let own_number = row.line(StoneColumn::Id);
        let content = digest_of(row.said.as_bytes());
        let details = PieceDetails {
            kind: ItemKind::LooseStone,
            serial: own_number.clone(),
            stones: vec![stone],
            ..PieceDetails::default()
        };
        row.fields.finish(Incoming {
            details,
            price,
            cost,
            replacement: None,
            tag: None,
            stock: Stock::Piece,
            variation: None,
            own_number,
            content,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Delimiter, StonePlan};
    use proptest::prelude::*;

    const COLUMNS: &str = "carat,cut,color,clarity,depth,table,price,x,y,z";

    fn cells(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn plan(columns: &str) -> CheckedPlan {
        let headers = cells(columns);
        let plan = StonePlan {
            cost_percent: "55".into(),
            origin: "natural".into(),
            shape: "round".into(),
            ..StonePlan::guessed(&headers)
        };
        plan.check(&headers, Delimiter::Comma).unwrap()
    }

    fn read(line: &str) -> Result<Incoming, Vec<FieldError>> {
        plan(COLUMNS).read(&cells(line))
    }

    fn reasons(line: &str) -> Vec<String> {
        let errors = read(line).err().unwrap_or_default();
        errors.into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
    }

    #[test]
    fn a_row_is_a_stone() {
        let stone = read("0.23,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43").unwrap();
        assert_eq!((stone.price.to_string(), stone.cost.to_string()), ("326.00".into(), "179.30".into()));
        assert_eq!(crate::item::describe(&stone.details), "0.23 ct round natural diamond E SI2");
        let gem = &stone.details.stones[0];
        assert_eq!(gem.measures, Some([3_950, 3_980, 2_430]));
        assert_eq!((gem.depth, gem.table), (Some(Rate::from_ppm(615_000)), Some(Rate::from_ppm(550_000))));
    }

    #[test]
    fn a_bad_row_says_why() {
        for (line, expected) in [
            ("1,Premium,G,SI2,59.1,59,3142,6.55,6.48,0", "z: the measure is zero"),
            ("1,Ideal,E,VS2,62.4,56,4000,31.8,5.12,3.22", "x: 31.8 mm is more than 15 mm"),
            (
                "2,Premium,H,SI2,58.9,57,12210,8.09,8.09,5.8",
                "depth: a depth of 58.9 % does not fit the measures, which make 71.7 %",
            ),
            ("0,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43", "carat: “0” is no weight in carat such as 1.02"),
            ("0.23,Ideal,E,SI2,61.5,55,0,3.95,3.98,2.43", "price: the price must be more than zero"),
            ("0.23,Ideal,E,SI2,61.5,55,-5,3.95,3.98,2.43", "price: the price must be more than zero"),
            (
                "0.23,Ideal,E,SI2,61.5,55,lots,3.95,3.98,2.43",
                "price: “lots”: enter an amount such as 1,234.56",
            ),
            ("0.23,Ideal,E,SI2,61.5,55,,3.95,3.98,2.43", "price: the price is missing"),
            ("0.23,Nice,E,SI2,61.5,55,326,3.95,3.98,2.43", "cut: “Nice” is no cut grade"),
            ("0.23,Ideal,B,SI2,61.5,55,326,3.95,3.98,2.43", "color: “B” is no color"),
            ("0.23,Ideal,E,SI9,61.5,55,326,3.95,3.98,2.43", "clarity: “SI9” is no clarity"),
            ("0.23,Ideal,E,SI2,61.5,55,326,3.95,,2.43", "y: the measure is missing"),
            (
                "0.23,Ideal,E,SI2,61.5,55,326,3.95,NaN,2.43",
                "y: “NaN” is no measure in millimeters such as 6.52",
            ),
            ("0.23,Ideal,E,SI2", "row: the row has 4 cells, the first line has 10"),
        ] {
            assert_eq!(reasons(line), [expected], "{line}");
        }
        assert_eq!(reasons("x,Ideal,E,SI2,61.5,55,y,3.95,3.98,2.43").len(), 2);
    }

    #[test]
    fn the_depth_may_be_off_by_five_points_and_no_more() {
        // 2 · 3.00 / (5.00 + 5.00) is 60 %.
        let with_depth = |depth: &str| reasons(&format!("1,Ideal,E,SI2,{depth},55,326,5,5,3")).len();
        assert_eq!(["55", "54.9999", "65", "65.0001", ""].map(with_depth), [0, 1, 0, 1, 0]);
        assert_eq!(reasons("1,Ideal,E,SI2,61.5,55,326,15,15,9.2").len(), 0);
        assert_eq!(reasons("1,Ideal,E,SI2,61.5,55,326,15.001,15,9.2").len(), 1);
    }

    #[test]
    fn a_row_may_say_its_cost_origin_and_shape() {
        let plan = plan("carat,price,cost,origin,shape,sku,lab,report");
        let stone = plan.read(&cells("1.5,1000,400,Lab-grown,Oval,A-17,GIA,2141438171")).unwrap();
        assert_eq!(stone.cost, "400".parse().unwrap());
        let gem = &stone.details.stones[0];
        assert_eq!((gem.shape.code(), gem.origin.map(|o| o.code())), ("oval", Some("lab_grown")));
        assert_eq!(stone.own_number.as_deref(), Some("A-17"));
        let stone = plan.read(&cells("1.5,1000,,,,,,")).unwrap();
        assert_eq!(stone.cost, "550".parse().unwrap());
        assert!(plan.read(&cells("1.5,1000,-1,,,,,")).is_err());
        assert!(plan.read(&cells("1.5,1000,,,,4242424242424242,,")).is_err());
    }

    #[test]
    fn semicolons_bring_decimal_commas() {
        let headers: Vec<String> = ["carat", "price", "x", "y", "z"].map(str::to_owned).to_vec();
        let plan = StonePlan {
            cost_percent: "50".into(),
            origin: "natural".into(),
            shape: "round".into(),
            ..StonePlan::guessed(&headers)
        };
        let plan = plan.check(&headers, Delimiter::Semicolon).unwrap();
        let row = |line: &str| plan.read(&line.split(';').map(str::to_owned).collect::<Vec<_>>());
        let stone = row("0,23;326,50;3,95;3,98;2,43").unwrap();
        assert_eq!((stone.price.minor(), stone.details.stones[0].carat), (32_650, Some(CaratMilli(230))));
        assert_eq!(row("1.5;1,326;;;").unwrap().price.minor(), 132_600);
    }

    #[test]
    fn alike_is_what_reads_alike() {
        let content = |line: &str| read(line).unwrap().content;
        let first = content("0.23,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43");
        assert_eq!(first, content(" .230,IDEAL,e,si2,61.50,55.0,$326.00,3.950,3.98,2.43"));
        assert_ne!(first, content("0.23,Ideal,E,SI2,61.5,55,327,3.95,3.98,2.43"));
        assert_ne!(first, content("0.23,Ideal,E,SI2,61.5,,326,3.95,3.98,2.43"));
    }

    proptest! {
        #[test]
        fn no_row_makes_it_panic(cells in prop::collection::vec(".{0,20}", 10)) {
            let _ = plan(COLUMNS).read(&cells);
        }

        #[test]
        fn a_stone_that_measures_what_it_says_is_good(x in 3_000_i64..15_000, y in 3_000_i64..15_000, depth in 560_000_i64..650_000) {
            let z = (x + y) * depth / 2_000_000;
            prop_assume!(z <= LONGEST_MEASURE_UM);
            let mm = |um: i64| format!("{}.{:03}", um / 1_000, um % 1_000);
            let percent = format!("{}.{:04}", depth / 10_000, depth % 10_000);
            let row = format!("1,Ideal,E,SI2,{percent},55,326,{},{},{}", mm(x), mm(y), mm(z));
            prop_assert_eq!(reasons(&row), Vec::<String>::new());
            let wrong = format!("{}.{:04}", depth / 10_000 + 6, depth % 10_000);
            let row = format!("1,Ideal,E,SI2,{wrong},55,326,{},{},{}", mm(x), mm(y), mm(z));
            prop_assert_eq!(reasons(&row).len(), 1);
        }
    }
}
