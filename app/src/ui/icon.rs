//! Line icons on a 24 by 24 grid, one path each.

use leptos::prelude::*;

/// What an icon stands for. An icon alone says too little: put a word beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IconName {
    Register,
    Customers,
    Inventory,
    Till,
    Ledger,
    Reports,
    Settings,
    Search,
    Plus,
    Minus,
    Close,
    Check,
    Warning,
    Info,
    Lock,
    Print,
    Cash,
    Card,
    CheckTender,
    StoredValue,
    Percent,
    User,
    Switch,
    Out,
    Back,
    Forward,
    Download,
    Upload,
    Tag,
    Ring,
    Receipt,
    Menu,
    Offline,
    Online,
    Sync,
    Bench,
    Erase,
    Mail,
    Clock,
    Edit,
    Sort,
}

impl IconName {
    pub const ALL: &'static [Self] = &[
        Self::Register,
        Self::Customers,
        Self::Inventory,
        Self::Till,
        Self::Ledger,
        Self::Reports,
        Self::Settings,
        Self::Search,
        Self::Plus,
        Self::Minus,
        Self::Close,
        Self::Check,
        Self::Warning,
        Self::Info,
        Self::Lock,
        Self::Print,
        Self::Cash,
        Self::Card,
        Self::CheckTender,
        Self::StoredValue,
        Self::Percent,
        Self::User,
        Self::Switch,
        Self::Out,
        Self::Back,
        Self::Forward,
        Self::Download,
        Self::Upload,
        Self::Tag,
        Self::Ring,
        Self::Receipt,
        Self::Menu,
        Self::Offline,
        Self::Online,
        Self::Sync,
        Self::Bench,
        Self::Erase,
        Self::Mail,
        Self::Clock,
        Self::Edit,
        Self::Sort,
    ];

    const fn path(self) -> &'static str {
        match self {
            // A register: screen on a drawer.
            Self::Register => "M6 4h12v8H6zM9 12v4M15 12v4M3 16h18v4.5H3zM10.5 18.25h3",
            Self::Customers => {
                "M9 11.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM2.5 20c0-3.5 2.9-5.5 6.5-5.5s6.5 2 6.5 5.5M16 4.9a3.3 3.3 0 0 1 0 6.2M18 14.9c2.2.7 3.5 2.5 3.5 5.1"
            }
            // A cut stone.
            Self::Inventory => "M7 4.5h10l4.5 5.5L12 20.5L2.5 10zM2.5 10h19M7 4.5l2 5.5l3 10.5l3-10.5l2-5.5",
            // A drawer with coins.
            Self::Till => {
                "M3 12h18v8H3zM9.5 16h5M7.5 9.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM14.5 9h5M14.5 6h5"
            }
            Self::Ledger => {
                "M5.5 3.5H18a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H5.5zM5.5 3.5v17M9 8h6.5M9 12h6.5M9 16h4M3.5 7.5h2M3.5 12h2M3.5 16.5h2"
            }
            Self::Reports => "M4 20.5h16M6.5 20V13M12 20V5M17.5 20V9.5",
            Self::Settings => {
                "M4 7h8.5M17.5 7H20M4 17h2.5M11.5 17H20M15 9.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5z"
            }
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM15.3 15.3l5.2 5.2",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Check => "M4.5 12.5l5 5l10-11",
            Self::Warning => "M12 3.8l9.2 16.2H2.8zM12 10v4.8M12 17.4v.1",
            Self::Info => "M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM12 11v5.5M12 7.7v.1",
            Self::Lock => "M5.5 10.5h13v10h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2",
            Self::Print => {
                "M7 8.5v-5h10v5M7 17H4a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1h16a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1h-3M7 14h10v6.5H7zM17.5 11.5h.1"
            }
            Self::Cash => "M2.5 6.5h19v11h-19zM12 14.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM6 12h.1M18 12h.1",
            Self::Card => {
                "M4 5.5h16a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 17V7A1.5 1.5 0 0 1 4 5.5zM2.5 10h19M6 15h4"
            }
            Self::CheckTender => "M2.5 6.5h19v11h-19zM6 10.5h6M6 14h3.5M13 14.5c1-2 2-2 2 0s1.5 1 3-.5",
            Self::StoredValue => {
                "M3 9h18v4H3zM4.5 13v7.5h15V13M12 9v11.5M12 9c-1.5-4.5-6.5-4.5-6-1.5c.2 1.3 3 1.5 6 1.5c3 0 5.8-.2 6-1.5c.5-3-4.5-3-6 1.5z"
            }
            Self::Percent => {
                "M18.5 5.5l-13 13M7.5 10a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM16.5 19a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5z"
            }
            Self::User => "M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8zM4.5 20.5c0-4 3.4-6 7.5-6s7.5 2 7.5 6",
            Self::Switch => "M4 8.5h15l-3.5-4M20 15.5H5l3.5 4",
            Self::Out => "M13.5 4h-8v16h8M10 12h11M17.5 8.5L21 12l-3.5 3.5",
            Self::Back => "M20 12H4.5M10.5 6l-6 6l6 6",
            Self::Forward => "M4 12h15.5M13.5 6l6 6l-6 6",
            Self::Download => "M12 4v11M7 10.5l5 5l5-5M4.5 20h15",
            Self::Upload => "M12 15.5V4.5M7 9l5-5l5 5M4.5 20h15",
            Self::Tag => "M12.5 3.5H20a.5.5 0 0 1 .5.5v7.5L12 20.5L3.5 12zM16.5 7.5v.1",
            Self::Ring => "M12 21a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM9.5 2.5h5L17 5l-5 4.5L7 5zM7 5h10",
            Self::Receipt => {
                "M5.5 3.5l2.2 1.5L9.8 3.5L12 5l2.2-1.5L16.3 5l2.2-1.5v17L16.3 19l-2.1 1.5L12 19l-2.2 1.5L7.7 19l-2.2 1.5zM9 9.5h6M9 13.5h6"
            }
            Self::Menu => "M4 6.5h16M4 12h16M4 17.5h16",
            Self::Offline => {
                "M3 3.5l18 17M5 12.5c1-1 2.2-1.8 3.5-2.3M2 9c1.2-1.1 2.5-2 4-2.7M10.5 5.2C14.8 4.7 19 6 22 9M15 10.5c1.5.4 2.8 1.1 4 2.2M8.5 16a5.2 5.2 0 0 1 5-1.3M12 19.5v.1"
            }
            Self::Online => {
                "M2 9c5.6-5.3 14.4-5.3 20 0M5 12.5c4-3.8 10-3.8 14 0M8.5 16a5.1 5.1 0 0 1 7 0M12 19.5v.1"
            }
            Self::Sync => "M20 11.5A8 8 0 0 0 5.7 7M5.5 3.5V7H9M4 12.5A8 8 0 0 0 18.3 17M18.5 20.5V17H15",
            // The jeweler's hammer.
            Self::Bench => "M3.5 20.5L13 11M9.5 4.5l3-1.5L21 11.5l-3.5 3.5l-6-6z",
            Self::Erase => "M8.5 5.5h12v13h-12L2.5 12zM11.5 9.5l5 5M16.5 9.5l-5 5",
            Self::Mail => "M3 5.5h18v13H3zM3 6.5l9 7l9-7",
            Self::Clock => "M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM12 7v5.5l3.5 2",
            Self::Edit => "M4 20l1-4.5L16.5 4L20 7.5L8.5 19zM14 6.5l3.5 3.5",
            Self::Sort => "M8 4.5v15M4.5 16L8 19.5l3.5-3.5M16 19.5v-15M12.5 8L16 4.5L19.5 8",
        }
    }
}

/// A line icon, the color of the text around it. It is decoration: the words say what it means.
#[component]
pub fn Icon(name: IconName, #[prop(optional)] large: bool) -> impl IntoView {
    view! {
        <svg class="icon" class:icon-large=large viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}

/// The brand mark: a stone in its setting. Only here and in the frame's corner is it gold.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M21.2 3.4 28.6 10.8 28.6 21.2 21.2 28.6 10.8 28.6 3.4 21.2 3.4 10.8 10.8 3.4zM16 8.7 21.2 10.8 23.3 16 21.2 21.2 16 23.3 10.8 21.2 8.7 16 10.8 10.8zM10.8 3.4L16 8.7 21.2 3.4M21.2 3.4L21.2 10.8 28.6 10.8M28.6 10.8L23.3 16 28.6 21.2M28.6 21.2L21.2 21.2 21.2 28.6M21.2 28.6L16 23.3 10.8 28.6M10.8 28.6L10.8 21.2 3.4 21.2M3.4 21.2L8.7 16 3.4 10.8M3.4 10.8L10.8 10.8 10.8 3.4"></path>
        </svg>
    }
}
