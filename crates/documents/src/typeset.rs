//! Setting a paper: a template and its data become pages, and pages become a PDF.

use crate::{DocumentError, words};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

/// The looks that papers have. One more needs a line here and one in [`Template::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    Invoice,
    CreditMemo,
    Statement,
    Receipt,
    Payment,
}

impl Template {
    const ALL: [Self; 5] = [Self::Invoice, Self::CreditMemo, Self::Statement, Self::Receipt, Self::Payment];

    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Invoice => ("invoice.typ", include_str!("../templates/invoice.typ")),
            Self::CreditMemo => ("credit-memo.typ", include_str!("../templates/credit-memo.typ")),
            Self::Statement => ("statement.typ", include_str!("../templates/statement.typ")),
            Self::Receipt => ("receipt.typ", include_str!("../templates/receipt.typ")),
            Self::Payment => ("payment.typ", include_str!("../templates/payment.typ")),
        }
    }
}

/// What every paper needs and no paper changes: the language, the typeface and the parsed templates.
///
/// Made at the first paper and kept, about 20 MB. A paper of a page then takes some ten milliseconds of a
/// core, and each line of a long list adds less than one and a tenth of a megabyte until it is done.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
    /// Where a template finds what its paper says.
    data: FileId,
}

static PRESS: LazyLock<Result<Press, DocumentError>> = LazyLock::new(Press::set_up);

impl Press {
    fn set_up() -> Result<Self, DocumentError> {
        let fonts: Vec<Font> = Font::iter(Bytes::new(ttf_inter::REGULAR)).collect();
        let base = ("base.typ", include_str!("../templates/base.typ"));
        let texts = Template::ALL.iter().map(|template| template.text()).chain([base]);
        let sources = texts.map(|(name, text)| Ok(Source::new(file(name)?, text.to_owned())));
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources: sources.collect::<Result<_, DocumentError>>()?,
            data: file("data.json")?,
        })
    }
}

fn file(name: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(name).map_err(|error| DocumentError::NotSet(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// All that a template can see: the templates, and the data of this one paper.
struct Desk<'a> {
    press: &'a Press,
    main: FileId,
    data: Bytes,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.press.sources.iter().find(|source| source.id() == id);
        source.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// Papers are told the day they are printed on; nothing here knows what day it is.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The paper as a PDF, with the day as its date of creation.
pub fn pdf(template: Template, paper: &impl Serialize, day: NaiveDate) -> Result<Vec<u8>, DocumentError> {
    let document = pages(template, paper)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Parure".to_owned())),
        timestamp: timestamp(day),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| not_set(&errors))
}

/// The pages of a paper, before they are a PDF.
pub fn pages(template: Template, paper: &impl Serialize) -> Result<PagedDocument, DocumentError> {
    let press = PRESS.as_ref().map_err(Clone::clone)?;
    let unreadable = |error: serde_json::Error| DocumentError::NotSet(error.to_string());
    let data = words::for_paper(serde_json::to_value(paper).map_err(unreadable)?)?;
    let data = Bytes::new(serde_json::to_vec(&data).map_err(unreadable)?);
    let desk = Desk { press, main: file(template.text().0)?, data };
    let set = typst::compile::<PagedDocument>(&desk);
    // Typst remembers what it laid out, for editors that set the same page again. Papers differ, and one of
    // a hundred pages would stay in memory.
    typst::comemo::evict(0);
    set.output.map_err(|errors| not_set(&errors))
}

fn timestamp(day: NaiveDate) -> Option<Timestamp> {
    let month = u8::try_from(day.month()).ok()?;
    let day_of_month = u8::try_from(day.day()).ok()?;
    Datetime::from_ymd_hms(day.year(), month, day_of_month, 0, 0, 0).map(Timestamp::new_utc)
}

fn not_set(errors: &[SourceDiagnostic]) -> DocumentError {
    let sentences: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    DocumentError::NotSet(sentences.join("; "))
}
