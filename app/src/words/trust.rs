//! The page for a device that does not trust the store yet.

pub const TITLE: &str = "Let this device trust the store";
pub const LEAD: &str = "Once per tablet, phone or computer. Then it opens the store without a warning.";
pub const DOWNLOAD_TITLE: &str = "1. Download the store's certificate";
pub const DOWNLOAD_TEXT: &str = "It proves to this device that it talks to your own server. It is good for \
                                 addresses inside the shop and for nothing on the internet.";
pub const DOWNLOAD: &str = "Download certificate";
pub const FINGERPRINT: &str = "Compare this fingerprint (SHA-256) with the one on the server's console:";
pub const INSTALL_TITLE: &str = "2. Install it";
pub const OPEN_TITLE: &str = "3. Open the store";
pub const OPEN_TEXT: &str = "If the browser still warns, close it and open it again.";
pub const OTHER_TITLE: &str = "On another device";
pub const OTHER_TEXT: &str = "Scan this with its camera, or type the address.";
pub const QR_LABEL: &str = "QR code that leads to this page";

/// What to tap on each kind of device.
pub const DEVICES: [(&str, &[&str]); 5] = [
    (
        "iPad and iPhone",
        &[
            "Open this page in Safari, tap Download certificate, then Allow.",
            "Open Settings and tap Profile Downloaded, then Install. Enter the device's code.",
            "In Settings, open General, About, Certificate Trust Settings.",
            "Turn on the switch beside the Parure authority.",
        ],
    ),
    (
        "Android",
        &[
            "Tap Download certificate and keep the file.",
            "Open Settings and search for CA certificate.",
            "Tap CA certificate, Install anyway, and choose the file.",
        ],
    ),
    (
        "Chromebook",
        &[
            "Download the certificate.",
            "In Chrome, open Settings, Privacy and security, Security, Manage certificates.",
            "Under Authorities choose Import, then the file, and tick: trust for identifying websites.",
        ],
    ),
    (
        "Windows",
        &[
            "Download the certificate and open it.",
            "Choose Install Certificate, then Local Machine.",
            "Place it in the store Trusted Root Certification Authorities.",
        ],
    ),
    (
        "Mac",
        &[
            "Download the certificate and open it. Keychain Access asks where to put it: choose System.",
            "Open it there, and under Trust choose Always Trust.",
        ],
    ),
];
