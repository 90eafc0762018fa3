//! Whether a store's own words for a piece say what the piece is: the guides for the jewelry industries,
//! 16 CFR 23 (`rules.md#describing-jewelry`). They advise while somebody types; they do not refuse.

use super::{CaratMilli, Karat, Metal, PieceDetails, Stone, StoneKind, StoneOrigin};

/// Something the words say that they should not, or leave out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wording {
    #[error("gold is said with its karat: “{0} gold”")]
    GoldWithoutKarat(String),
    #[error("it says {said}, and the piece is {is}")]
    OtherKarat { said: String, is: String },
    #[error("“{0}” is not solid gold: choose another metal or other words")]
    NotSolidGold(String),
    #[error("gold only covers it: say “{0}” right with “gold”")]
    CoverUnsaid(&'static str),
    #[error("“vermeil” is sterling silver under at least 2.5 µm of gold: choose that metal or other words")]
    NotVermeil,
    #[error("“sterling” is silver of 925 or more: choose that metal or other words")]
    NotSterling,
    #[error("platinum below 950 says its fineness: “{0} platinum”")]
    PlatinumWithoutFineness(Karat),
    #[error(
        "platinum of {0} also says its other metals with their parts, such as “585 platinum, 415 cobalt”"
    )]
    PlatinumWithoutParts(Karat),
    #[error("no stone weighs {said}: {is}")]
    OtherWeight { said: String, is: String },
    #[error("{0} is the weight of all stones together: say “ctw”")]
    TotalUnmarked(String),
    #[error("beside {0} stands the range it means, such as 0.45 to 0.57 ct for 1/2 ct")]
    FractionWithoutRange(String),
    #[error("points stand only beside the weight in decimals")]
    PointsAlone,
    #[error("right before “diamond” stands “laboratory-grown” or “laboratory-created”")]
    LabGrownUnsaid,
    #[error("“{0}” is not what it is: say “imitation”")]
    ImitationUnsaid(&'static str),
    #[error("“{0}” is for natural stones alone")]
    NaturalAlone(&'static str),
    #[error("“{0}” promises more than a clarity of {1}")]
    Flawless(&'static str, String),
    #[error("“{0}” is not said of a stone's color")]
    BlueWhite(&'static str),
    #[error("a pearl is cultured, imitation or natural: say which")]
    PearlUnsaid,
    #[error("the treatment is told: {0}")]
    TreatmentUntold(String),
}

/// What is amiss in the words of a piece. Words made from its attributes are never amiss.
#[must_use]
pub fn wording(details: &PieceDetails) -> Vec<Wording> {
    let Some(title) = &details.title else { return Vec::new() };
    let text = title.to_lowercase().replace('\u{2011}', "-");
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '/' | '-'))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let said = Said { details, words: &words };
    let mut amiss = Vec::new();
    said.metal(&mut amiss);
    said.weights(&mut amiss);
    said.origins(&mut amiss);
    said.grades(&mut amiss);
    said.treatments(&mut amiss);
    amiss
}

/// The words as they stand, and what the piece is.
struct Said<'a> {
    details: &'a PieceDetails,
    words: &'a [&'a str],
}

impl Said<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|said| said.split('-').any(|part| part == word))
    }

    fn any_of(&self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.has(word))
    }

    fn metal(&self, amiss: &mut Vec<Wording>) {
        let details = self.details;
        self.silver_and_platinum(amiss);
        if let Some(word) = self.any_of(&["plated", "filled", "overlay", "vermeil"]) {
            if details.metal.is_some_and(Metal::is_gold) {
                amiss.push(Wording::NotSolidGold(word.to_owned()));
            }
            return;
        }
        if let Some(metal) = details.metal.filter(|metal| metal.is_covered()) {
            if self.has("gold") {
                amiss.push(Wording::CoverUnsaid(metal.label()));
            }
            return;
        }
        let karats = self.words.iter().filter_map(|word| karat(word)).collect::<Vec<_>>();
        if let (Some(is), true) = (details.karat, details.metal.is_some_and(Metal::is_gold)) {
            for said in karats.iter().filter(|said| said.as_str() != is.code()) {
                amiss.push(Wording::OtherKarat { said: said.clone(), is: is.code().to_owned() });
            }
        }
        if self.has("gold") && karats.is_empty() && !self.has("karat") && !self.has("goldtone") {
            let is = details.karat.map_or("14k", Karat::code);
            amiss.push(Wording::GoldWithoutKarat(is.to_owned()));
        }
    }

    /// Words that promise a fineness by themselves.
    fn silver_and_platinum(&self, amiss: &mut Vec<Wording>) {
        let Some(metal) = self.details.metal else { return };
        if self.has("vermeil") && !metal.is_gold() && metal != Metal::Vermeil {
            amiss.push(Wording::NotVermeil);
        }
        if self.has("sterling") && !matches!(metal, Metal::Silver | Metal::Vermeil) {
            amiss.push(Wording::NotSterling);
        }
        if let (Metal::Platinum, true, Some(fineness)) =
            (metal, self.any_of(&["platinum", "plat"]).is_some(), self.details.karat)
            && let Some(parts) = fineness.thousandths().filter(|parts| *parts < 950)
        {
            let numbers =
                self.words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
            if !self.words.iter().any(|word| word.starts_with(fineness.code())) {
                amiss.push(Wording::PlatinumWithoutFineness(fineness));
            } else if parts < 850 && numbers < 2 {
                amiss.push(Wording::PlatinumWithoutParts(fineness));
            }
        }
    }

    fn weights(&self, amiss: &mut Vec<Wording>) {
        let stones = &self.details.stones;
        let weights: Vec<i64> = stones.iter().filter_map(|stone| stone.carat.map(|carat| carat.0)).collect();
        let all_known = !stones.is_empty() && weights.len() == stones.len();
        let total: i64 = weights.iter().sum();
        let several = stones.len() > 1 || stones.iter().any(|stone| stone.count > 1);
        let mut decimals = false;
        for stated in self.stated() {
            let Stated { text, milli, places, total: marked } = stated;
            let Some(milli) = milli else {
                amiss.push(Wording::FractionWithoutRange(text));
                continue;
            };
            decimals = true;
            if !all_known {
                continue;
            }
            let is_total = is_as_said(total, milli, places);
            let is_one = stones.iter().any(|stone| {
                stone.count == 1 && stone.carat.is_some_and(|carat| is_as_said(carat.0, milli, places))
            });
            if !is_total && (marked || !is_one) {
                let is =
                    weights.iter().map(|milli| CaratMilli(*milli).to_string()).collect::<Vec<_>>().join(", ");
                amiss.push(Wording::OtherWeight { said: text, is });
            } else if several && is_total && !is_one && !marked {
                amiss.push(Wording::TotalUnmarked(text));
            }
        }
        if self.any_of(&["point", "points", "pt", "pts"]).is_some() && !decimals {
            amiss.push(Wording::PointsAlone);
        }
    }

    /// Weights as they are said: `1.02 ct`, `.5ct`, `1/2 ctw`.
    fn stated(&self) -> Vec<Stated> {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
            let attached = word.get(digits.len()..).unwrap_or_default();
            let next = self.words.get(at + 1).copied().unwrap_or_default();
            let (unit, after) = match attached {
                "" => (next, self.words.get(at + 2).copied().unwrap_or_default()),
                attached => (attached, next),
            };
            let total = match unit {
                "ctw" | "cttw" | "tcw" | "tw" => true,
                "ct" | "cts" | "carat" | "carats" => matches!(after, "tw" | "total"),
                _ => continue,
            };
            let text = format!("{digits} {unit}");
            let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
            let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit()) && s.len() <= 4;
            if let Some((top, bottom)) = digits.split_once('/') {
                if !top.is_empty() && numeric(top) && !bottom.is_empty() && numeric(bottom) {
                    found.push(Stated { text, milli: None, places: 0, total });
                }
            } else if numeric(whole)
                && numeric(part)
                && part.len() <= 3
                && !(whole.is_empty() && part.is_empty())
            {
                let milli = format!("{whole}{part:0<3}").parse().ok();
                found.extend(milli.map(|milli| Stated {
                    text,
                    milli: Some(milli),
                    places: part.len(),
                    total,
                }));
            }
        }
        found
    }

    fn origins(&self, amiss: &mut Vec<Wording>) {
        let stones = &self.details.stones;
        let any = |kind, origin| stones.iter().any(|s: &Stone| s.kind == kind && s.origin == Some(origin));
        let bare = self.words.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
            let before_that =
                at.checked_sub(2).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
            matches!(*word, "diamond" | "diamonds")
                && !is_grown(before)
                && !is_grown(&format!("{before_that}-{before}"))
        });
        let natural = any(StoneKind::Diamond, StoneOrigin::Natural);
        if bare && !natural && any(StoneKind::Diamond, StoneOrigin::LabGrown) {
            amiss.push(Wording::LabGrownUnsaid);
        }
        let not_natural = !stones.is_empty()
            && stones
                .iter()
                .all(|stone| matches!(stone.origin, Some(StoneOrigin::LabGrown | StoneOrigin::Simulant)));
        if let (true, Some(word)) = (not_natural, self.any_of(&["natural", "real", "genuine", "precious"])) {
            amiss.push(Wording::NaturalAlone(word));
        }
        let imitation = stones.iter().any(|stone| stone.origin == Some(StoneOrigin::Simulant));
        let said =
            self.any_of(&["imitation", "simulated", "simulant", "faux", "zirconia", "cz", "moissanite"]);
        let real = stones.iter().any(|stone| stone.origin != Some(StoneOrigin::Simulant));
        if imitation && !real && said.is_none() {
            let word = self.any_of(&["diamond", "ruby", "sapphire", "emerald", "pearl"]);
            amiss.extend(word.map(Wording::ImitationUnsaid));
        }
        let which = self.any_of(&["cultured", "imitation", "simulated", "faux", "natural"]);
        if (self.has("pearl") || self.has("pearls")) && which.is_none() {
            amiss.push(Wording::PearlUnsaid);
        }
    }

    fn grades(&self, amiss: &mut Vec<Wording>) {
        if let Some(word) = self.any_of(&["flawless", "perfect"]) {
            let worse = self.details.stones.iter().filter_map(|stone| stone.clarity.as_deref());
            let worse =
                worse.map(str::trim).find(|clarity| !matches!(clarity.to_uppercase().as_str(), "FL" | "IF"));
            amiss.extend(worse.map(|clarity| Wording::Flawless(word, clarity.to_owned())));
        }
        let blue_white =
            self.words.contains(&"blue-white") || self.words.windows(2).any(|pair| pair == ["blue", "white"]);
        if blue_white {
            amiss.push(Wording::BlueWhite("blue-white"));
        }
    }

    fn treatments(&self, amiss: &mut Vec<Wording>) {
        for treatment in self.details.stones.iter().filter_map(|stone| stone.treatment.as_deref()) {
            let first = treatment.split_whitespace().next().unwrap_or_default().to_lowercase();
            let stem = first.get(..first.len().min(4)).unwrap_or(&first);
            let none = matches!(first.as_str(), "none" | "no" | "untreated");
            if !none && !self.words.iter().any(|word| word.starts_with(stem)) {
                amiss.push(Wording::TreatmentUntold(treatment.to_owned()));
            }
        }
    }
}

/// A weight in the words; a fraction has no exact one.
struct Stated {
    text: String,
    milli: Option<i64>,
    places: usize,
    total: bool,
}

/// A decimal is right to its last digit; with one digit to the second: 0.5 is 0.495 to 0.504.
const fn is_as_said(is: i64, said: i64, places: usize) -> bool {
    match places {
        0..=2 => is >= said - 5 && is <= said + 4,
        _ => is == said,
    }
}

fn is_grown(before: &str) -> bool {
    matches!(before, "laboratory-grown" | "laboratory-created" | "lab-grown" | "lab-created")
        || before.ends_with("-created")
}

/// The karat that a word states: `14k`, `14kt`, `18-karat`.
fn karat(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '-');
    let unit = word.get(digits.len()..).unwrap_or_default().trim_start_matches('-');
    let number: u8 = digits.parse().ok().filter(|number| (1..=24).contains(number))?;
    matches!(unit, "k" | "kt" | "karat").then(|| format!("{number}k"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stone(carat: i64, count: i64, origin: StoneOrigin) -> Stone {
        Stone {
            count,
            carat: Some(CaratMilli(carat)),
            origin: Some(origin),
            clarity: Some("VS2".into()),
            ..Stone::default()
        }
    }

    fn ring(title: &str, stones: Vec<Stone>) -> PieceDetails {
        PieceDetails {
            title: Some(title.to_owned()),
            metal: Some(Metal::YellowGold),
            karat: Some(Karat::K14),
            stones,
            ..PieceDetails::default()
        }
    }

    fn amiss(title: &str, stones: Vec<Stone>) -> Vec<String> {
        wording(&ring(title, stones)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn gold_is_said_with_its_karat() {
        assert_eq!(amiss("Gold ring", vec![]), ["gold is said with its karat: “14k gold”"]);
        assert_eq!(amiss("18k gold ring", vec![]), ["it says 18k, and the piece is 14k"]);
        for right in ["14k gold ring", "14kt yellow gold ring", "14-karat gold ring", "Band, 14K"] {
            assert!(amiss(right, vec![]).is_empty(), "{right}");
        }
        assert_eq!(amiss("Gold-plated ring", vec![]).len(), 1);
        let vermeil =
            PieceDetails { metal: Some(Metal::Vermeil), karat: None, ..ring("Gold vermeil hoops", vec![]) };
        assert!(wording(&vermeil).is_empty());
    }

    #[test]
    fn a_metal_is_called_what_it_is() {
        let called = |title: &str, metal, karat| {
            let piece = PieceDetails { metal: Some(metal), karat, ..ring(title, vec![]) };
            wording(&piece).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            called("Gold ring", Metal::GoldPlated, None),
            ["gold only covers it: say “gold-plated” right with “gold”"]
        );
        assert!(called("Gold-plated ring", Metal::GoldPlated, None).is_empty());
        assert!(called("14k gold-filled hoops", Metal::GoldFilled, Some(Karat::K14)).is_empty());
        assert!(called("Vermeil hoops", Metal::Vermeil, None).is_empty());
        assert_eq!(called("Vermeil hoops", Metal::GoldPlated, None).len(), 1);
        assert_eq!(called("Sterling ring", Metal::Steel, None).len(), 1);
        assert!(called("Platinum ring", Metal::Platinum, None).is_empty());
        assert!(called("Platinum ring", Metal::Platinum, Some(Karat::T950)).is_empty());
        assert_eq!(
            called("Platinum ring", Metal::Platinum, Some(Karat::T900)),
            ["platinum below 950 says its fineness: “900 platinum”"]
        );
        assert!(called("900Plat. ring", Metal::Platinum, Some(Karat::T900)).is_empty());
        assert_eq!(called("500 platinum ring", Metal::Platinum, Some(Karat::T500)).len(), 1);
        assert!(called("500 platinum, 450 cobalt ring", Metal::Platinum, Some(Karat::T500)).is_empty());
    }

    #[test]
    fn a_weight_is_right_to_its_last_digit() {
        let natural = |carat| vec![stone(carat, 1, StoneOrigin::Natural)];
        for (title, carat, right) in [
            ("1.02 ct diamond", 1_020, true),
            ("1.02ct diamond", 1_024, true),
            ("1.02 ct diamond", 1_015, true),
            ("1.02 ct diamond", 1_014, false),
            (".5 ct diamond", 495, true),
            (".5 carat diamond", 504, true),
            (".5 ct diamond", 505, false),
            ("1 ct diamond", 970, false),
            ("1.004 ct diamond", 1_004, true),
            ("1.004 ct diamond", 1_005, false),
        ] {
            assert_eq!(amiss(title, natural(carat)).is_empty(), right, "{title} of {carat}");
        }
        assert_eq!(
            amiss("1/2 ct diamond", natural(500)),
            ["beside 1/2 ct stands the range it means, such as 0.45 to 0.57 ct for 1/2 ct"]
        );
        assert_eq!(
            amiss("50 point diamond", natural(500)),
            ["points stand only beside the weight in decimals"]
        );
        assert!(amiss("0.50 ct diamond, 50 points", natural(500)).is_empty());
    }

    #[test]
    fn a_total_weight_is_marked() {
        let halo = || vec![stone(700, 1, StoneOrigin::Natural), stone(300, 14, StoneOrigin::Natural)];
        assert_eq!(
            amiss("1.00 ct diamond halo", halo()),
            ["1.00 ct is the weight of all stones together: say “ctw”"]
        );
        assert!(amiss("1.00 ctw diamond halo", halo()).is_empty());
        assert!(amiss("0.70 ct diamond in a 1.00 ct tw halo", halo()).is_empty());
        assert_eq!(amiss("0.70 ctw halo", halo()), ["no stone weighs 0.70 ctw: 0.70 ct, 0.30 ct"]);
    }

    #[test]
    fn what_was_grown_or_imitated_is_said() {
        let grown = || vec![stone(1_000, 1, StoneOrigin::LabGrown)];
        assert_eq!(amiss("1.00 ct diamond ring", grown()).len(), 1);
        assert!(amiss("1.00 ct laboratory-grown diamond ring", grown()).is_empty());
        assert!(amiss("1.00 ct lab grown diamond ring", grown()).is_empty());
        assert_eq!(
            amiss("Genuine laboratory-grown diamond", grown()),
            ["“genuine” is for natural stones alone"]
        );
        assert!(amiss("Genuine diamond", vec![stone(1_000, 1, StoneOrigin::Natural)]).is_empty());
        let paste = || vec![stone(1_000, 1, StoneOrigin::Simulant)];
        assert_eq!(amiss("Diamond studs", paste()), ["“diamond” is not what it is: say “imitation”"]);
        assert!(amiss("Imitation diamond studs", paste()).is_empty());
        assert_eq!(amiss("Pearl strand", vec![]), ["a pearl is cultured, imitation or natural: say which"]);
        assert!(amiss("Cultured pearl strand", vec![]).is_empty());
    }

    #[test]
    fn grades_and_treatments() {
        let natural = || vec![stone(1_000, 1, StoneOrigin::Natural)];
        assert_eq!(
            amiss("Flawless blue-white diamond", natural()),
            ["“flawless” promises more than a clarity of VS2", "“blue-white” is not said of a stone's color"]
        );
        let heated = || {
            vec![Stone { treatment: Some("heated".into()), kind: StoneKind::Sapphire, ..Stone::default() }]
        };
        assert_eq!(amiss("Ceylon sapphire ring", heated()), ["the treatment is told: heated"]);
        assert!(amiss("Heat-treated sapphire ring", heated()).is_empty());
        assert!(wording(&PieceDetails { title: None, ..ring("", heated()) }).is_empty());
    }
}
