//! What a column of a vendor's or a laboratory's list means.

use crate::codes;

codes! {
    /// What a column says about a stone.
    pub enum StoneColumn("column of stones") {
        Carat = "carat", "Carat";
        Price = "price", "Price";
        Cost = "cost", "Cost";
        Shape = "shape", "Shape";
        Origin = "origin", "Origin";
        Color = "color", "Color";
        Clarity = "clarity", "Clarity";
        Cut = "cut", "Cut grade";
        Depth = "depth", "Depth, percent";
        Table = "table", "Table, percent";
        Length = "x", "Length, mm";
        Width = "y", "Width, mm";
        Height = "z", "Height, mm";
        Treatment = "treatment", "Treatment";
        Lab = "lab", "Laboratory";
        Report = "report", "Report number";
        /// What the stone is known by elsewhere: a stock number, a SKU.
        Id = "id", "Stock number";
    }
}

impl StoneColumn {
    /// The names lists give the column, without spaces, marks and capitals.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Carat => &["carat", "carats", "caratweight", "ct", "cts", "weight", "wt", "size"],
            Self::Price => &[
                "price",
                "retail",
                "retailprice",
                "saleprice",
                "sellingprice",
                "listprice",
                "totalprice",
                "amount",
            ],
            Self::Cost => &["cost", "unitcost", "costprice", "purchaseprice", "wholesale", "wholesaleprice"],
            Self::Shape => &["shape", "form"],
            Self::Origin => &["origin", "growth", "growthtype", "diamondtype", "naturalorlab"],
            Self::Color => &["color", "colour", "colorgrade", "colourgrade", "col"],
            Self::Clarity => &["clarity", "claritygrade", "purity", "clar"],
            Self::Cut => &["cut", "cutgrade", "make"],
            Self::Depth => &["depth", "depthpercent", "depthpct", "totaldepth"],
            Self::Table => &["table", "tablepercent", "tablepct", "tablesize", "tbl"],
            Self::Length => &["x", "length", "lengthmm", "xmm"],
            Self::Width => &["y", "width", "widthmm", "ymm"],
            Self::Height => &["z", "height", "heightmm", "depthmm", "zmm"],
            Self::Treatment => &["treatment", "treatments", "enhancement"],
            Self::Lab => &["lab", "laboratory", "gradinglab"],
            Self::Report => &[
                "report",
                "reportnumber",
                "reportno",
                "certificate",
                "certificatenumber",
                "certificateno",
                "certnumber",
                "certno",
                "cert",
            ],
            Self::Id => &[
                "id",
                "sku",
                "stock",
                "stockno",
                "stocknumber",
                "stocknum",
                "stockid",
                "itemno",
                "itemnumber",
                "lot",
                "lotno",
                "ref",
                "reference",
            ],
        }
    }
}

/// What each column means by its name; `None` where the name says nothing. Of two columns that could be
/// the same, the first is it.
#[must_use]
pub fn guess(headers: &[String]) -> Vec<Option<StoneColumn>> {
    let mut taken = Vec::new();
    headers
        .iter()
        .map(|header| {
            let name: String =
                header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let meant =
                StoneColumn::ALL.iter().copied().find(|column| column.names().contains(&name.as_str()));
            let meant = meant.filter(|column| !taken.contains(column));
            taken.extend(meant);
            meant
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use StoneColumn as C;

    fn guessed(headers: &[&str]) -> Vec<Option<StoneColumn>> {
        guess(&headers.iter().map(|&h| h.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_known_by_their_names() {
        assert_eq!(
            guessed(&["carat", "cut", "color", "clarity", "depth", "table", "price", "x", "y", "z"]),
            [
                C::Carat,
                C::Cut,
                C::Color,
                C::Clarity,
                C::Depth,
                C::Table,
                C::Price,
                C::Length,
                C::Width,
                C::Height
            ]
            .map(Some)
        );
        assert_eq!(
            guessed(&["Stock #", "Carat Weight", "Colour", "Depth %", "Retail price", "Cert. No.", "Memo"]),
            [
                Some(C::Id),
                Some(C::Carat),
                Some(C::Color),
                Some(C::Depth),
                Some(C::Price),
                Some(C::Report),
                None
            ]
        );
    }

    #[test]
    fn of_two_alike_the_first_counts() {
        assert_eq!(guessed(&["Price", "List price"]), [Some(C::Price), None]);
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<&str> = C::ALL.iter().flat_map(|column| column.names()).copied().collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
