pub const PHOTOS: &str = "Photos";
pub const TAKE: &str = "Take a photo";
pub const CHOOSE: &str = "Choose pictures";
pub const HINT: &str =
    "JPEG, PNG or WebP, up to 15 MB each. What the camera writes beside the picture is not kept.";
pub const SENDING: &str = "Sending the picture";

#[must_use]
pub fn numbered(number: usize) -> String {
    format!("Photo {number}")
}

#[must_use]
pub fn show_first(number: usize) -> String {
    format!("Show photo {number} first")
}

#[must_use]
pub fn take_off(number: usize) -> String {
    format!("Take photo {number} off")
}

pub const OF_VARIATION: &str = "Photos of its variation. A photo of this piece takes their place.";

#[must_use]
pub fn of_variation(sku: &str) -> String {
    format!("Photos of {sku}")
}
