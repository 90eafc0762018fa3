//! The design system: components on native HTML, drawn icons and drawn pieces.
//!
//! Components take values and signals and fetch nothing. Colors and sizes live in
//! `app/style/tokens.css`; a component only names classes, and never carries a style attribute, which
//! the content security policy refuses. `cargo run -p app --example gallery --features ssr` shows
//! everything on one page.

mod amount;
mod badge;
mod barcode;
mod button;
mod card;
mod chart;
mod dialog;
pub mod drawing;
mod empty_state;
mod field;
mod file_field;
mod frame;
mod icon;
mod keypad;
mod notice;
mod picture;
mod progress_bar;
mod skeleton;
mod table;
mod tabs;

pub use amount::{Amount, AmountSize};
pub use badge::{Badge, StatusBadge, Tone, status_look};
pub use barcode::{Barcode, QrCode};
pub use button::{Button, ButtonKind, ButtonSize, FileButton, LinkButton};
pub use card::{Card, FigureCard};
pub use chart::{Chart, ChartKind, ChartPoint};
pub use dialog::{Covered, Dialog, SidePanel};
pub use drawing::{Drawing, DrawingSize};
pub use empty_state::EmptyState;
pub use field::{CheckField, Choice, Field, FindField, SelectField, TextAreaField};
pub use file_field::FileField;
pub use frame::{Banner, BottomBar, Connection, Frame, NavItem, Page, Rail, TopBar};
pub use icon::{BrandMark, Icon, IconName};
pub use keypad::{Key, Keypad, KeypadKind, PinDots};
pub use notice::{Notice, NoticeKind};
pub use picture::Picture;
pub use progress_bar::ProgressBar;
pub use skeleton::{Skeleton, SkeletonShape};
pub use table::Table;
pub use tabs::{Tab, TabPanel, Tabs};
