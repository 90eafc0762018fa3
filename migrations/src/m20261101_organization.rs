//! The organization, its stores, its people and their browsers.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261101_organization"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE organization (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    demo {bool} NOT NULL,
    -- Counts every change of settings, so that a process knows when its copy of them is old.
    config_version {int} NOT NULL,
    created_at {instant} NOT NULL
) {table};

CREATE TABLE legal_entity (
    id {uuid} PRIMARY KEY,
    organization_id {uuid} NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL
) {table};

CREATE TABLE store (
    id {uuid} PRIMARY KEY,
    legal_entity_id {uuid} NOT NULL REFERENCES legal_entity (id),
    code {text} NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- The store's decisions as JSON, see StorePolicy.
    policy TEXT NOT NULL
) {table};

CREATE TABLE till (
    id {uuid} PRIMARY KEY,
    store_id {uuid} NOT NULL REFERENCES store (id),
    code {text} NOT NULL,
    name TEXT NOT NULL,
    active {bool} NOT NULL,
    UNIQUE (store_id, code)
) {table};

CREATE TABLE jurisdiction (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL
) {table};

CREATE TABLE jurisdiction_rate (
    jurisdiction_id {uuid} NOT NULL REFERENCES jurisdiction (id),
    valid_from {date} NOT NULL,
    rate_ppm {int} NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
    cap_minor {int} CHECK (cap_minor > 0),
    PRIMARY KEY (jurisdiction_id, valid_from)
) {keyed};

CREATE TABLE store_jurisdiction (
    store_id {uuid} NOT NULL REFERENCES store (id),
    jurisdiction_id {uuid} NOT NULL REFERENCES jurisdiction (id),
    position {int} NOT NULL,
    PRIMARY KEY (store_id, jurisdiction_id)
) {keyed};

CREATE TABLE person (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    login {text} NOT NULL UNIQUE,
    password_hash TEXT,
    pin_hash TEXT,
    active {bool} NOT NULL,
    version {int} NOT NULL,
    failed_attempts {int} NOT NULL,
    locked_until {instant},
    created_at {instant} NOT NULL
) {table};

CREATE TABLE person_role (
    person_id {uuid} NOT NULL REFERENCES person (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, store_id)
) {keyed};

CREATE TABLE device (
    id {uuid} PRIMARY KEY,
    till_id {uuid} NOT NULL REFERENCES till (id),
    token_hash {bytes} NOT NULL UNIQUE,
    paired_at {instant} NOT NULL,
    revoked_at {instant}
) {table};
CREATE UNIQUE INDEX device_one_per_till ON device (till_id) WHERE revoked_at IS NULL;

CREATE TABLE pairing (
    code_hash {bytes} PRIMARY KEY,
    till_id {uuid} NOT NULL REFERENCES till (id),
    expires_at {instant} NOT NULL,
    used_at {instant}
) {keyed};

CREATE TABLE session (
    token_hash {bytes} PRIMARY KEY,
    person_id {uuid} NOT NULL REFERENCES person (id),
    device_id {uuid} REFERENCES device (id),
    created_at {instant} NOT NULL,
    seen_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    locked_at {instant},
    ended_at {instant}
) {keyed};
CREATE INDEX session_by_person ON session (person_id) WHERE ended_at IS NULL;

-- The next number of each document series.
CREATE TABLE series (
    kind TEXT NOT NULL,
    owner {uuid} NOT NULL,
    next_no {int} NOT NULL,
    PRIMARY KEY (kind, owner)
) {keyed};
";
