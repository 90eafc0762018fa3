//! Photos of pieces, and of the variations that pieces are of.

use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, ItemId, VariationId};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of a photo's file.
pub use crate::kept::KeptName as PhotoName;

/// What a browser may send: a phone's camera makes less.
pub const LARGEST_UPLOAD: usize = 15 * 1024 * 1024;
/// More pixels than any till's tablet makes; a picture of a hundred million takes half a gigabyte to look at.
pub const MOST_PIXELS: u64 = 40_000_000;
/// What photos hang on. A piece without its own shows those of its variation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pictured {
    Item(ItemId),
    Variation(VariationId),
}

impl Pictured {
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Item(id) => id.0,
            Self::Variation(id) => id.0,
        }
    }
}

/// More views of one piece are no help to anybody.
pub const MOST_PHOTOS: usize = 12;
/// The longer side of a photo as it is kept, and of its small form for lists.
pub const LONG_SIDE: u32 = 1_600;
pub const LONG_SIDE_SMALL: u32 = 320;

/// A photo: its file, and the file of its small form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub name: PhotoName,
    pub small: PhotoName,
    pub width: u32,
    pub height: u32,
}

impl Photo {
    #[must_use]
    pub fn address(&self) -> String {
        address(&self.name)
    }

    #[must_use]
    pub fn small_address(&self) -> String {
        address(&self.small)
    }
}

fn address(name: &PhotoName) -> String {
    format!("/photos/{name}")
}

/// Puts the photos of a piece or of a variation in this order; those that are left out are taken off it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrangePhotos {
    pub command_id: CommandId,
    pub of: Pictured,
    pub photos: Vec<PhotoName>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PhotoRefusal {
    #[error("there are at most {MOST_PHOTOS} photos: take one off first")]
    TooMany,
    #[error("that photo is here already")]
    Twice,
    #[error("somebody else changed the photos meanwhile: look again")]
    Unknown,
}

/// The photos with one more, at the end.
///
/// # Errors
/// [`PhotoRefusal`]
pub fn with_one_more(photos: &[Photo], more: &Photo) -> Result<Vec<Photo>, PhotoRefusal> {
    if photos.iter().any(|photo| photo.name == more.name) {
        return Err(PhotoRefusal::Twice);
    }
    if photos.len() >= MOST_PHOTOS {
        return Err(PhotoRefusal::TooMany);
    }
    Ok(photos.iter().chain([more]).cloned().collect())
}

/// The photos in another order, or fewer of them.
///
/// # Errors
/// [`PhotoRefusal`] when one of them is not there, or named twice.
pub fn arranged(photos: &[Photo], order: &[PhotoName]) -> Result<Vec<Photo>, PhotoRefusal> {
    let mut next: Vec<Photo> = Vec::with_capacity(order.len());
    for name in order {
        let photo = photos.iter().find(|photo| photo.name == *name).ok_or(PhotoRefusal::Unknown)?;
        if next.iter().any(|earlier| earlier.name == *name) {
            return Err(PhotoRefusal::Twice);
        }
        next.push(photo.clone());
    }
    Ok(next)
}

/// What happened to the photos of something, for the audit trail.
#[must_use]
pub fn photo_record(
    command: CommandId,
    kind: EventKind,
    subject: (SubjectKind, Uuid),
    called: &str,
    (before, after): (&[Photo], &[Photo]),
    origin: &Origin,
    moment: &Moment,
) -> Record {
    let names = |photos: &[Photo]| {
        serde_json::to_value(photos.iter().map(|photo| photo.name.to_string()).collect::<Vec<_>>()).ok()
    };
    let event = Event {
        before: names(before),
        after: names(after),
        ..Event::about(
            EventId(command.0),
            kind,
            subject,
            format!("{called}: {} photos", after.len()),
            *moment,
            *origin,
        )
    };
    Record::of(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(number: u8) -> Photo {
        let name = PhotoName::of(&[number]);
        Photo { small: PhotoName::of(&[number, 1]), name, width: 4, height: 3 }
    }

    #[test]
    fn photos_are_added_and_arranged() {
        let photos: Vec<Photo> = (0..3).map(photo).collect();
        assert_eq!(with_one_more(&photos, &photo(1)), Err(PhotoRefusal::Twice));
        assert_eq!(with_one_more(&photos, &photo(9)).map(|photos| photos.len()), Ok(4));
        let full: Vec<Photo> = (0..12).map(photo).collect();
        assert_eq!(with_one_more(&full, &photo(99)), Err(PhotoRefusal::TooMany));
        let order = |numbers: &[u8]| numbers.iter().map(|n| photo(*n).name).collect::<Vec<_>>();
        let turned = arranged(&photos, &order(&[2, 0])).unwrap();
        assert_eq!(turned, [photo(2), photo(0)]);
        assert_eq!(arranged(&photos, &order(&[2, 2])), Err(PhotoRefusal::Twice));
        assert_eq!(arranged(&photos, &order(&[7])), Err(PhotoRefusal::Unknown));
        assert_eq!(arranged(&photos, &[]), Ok(Vec::new()));
    }
}
