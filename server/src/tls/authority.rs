//! The shop's own certificate authority: made on the first start, kept in the data folder, trusted by the
//! shop's devices after somebody told each of them to. It signs for private names and addresses alone.

use super::names::{ENDINGS, NETWORKS, Names};
use chrono::{Datelike, Days, Months, NaiveDate};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Trusting it on every device is a walk through the shop: it should not come often.
const AUTHORITY_LASTS: Months = Months::new(12 * 10);
/// A certificate lives in memory and is made anew at every start; devices refuse ones that last over a year.
const CERTIFICATE_LASTS: Days = Days::new(90);
/// From this age on a certificate is replaced while the server runs.
const WORN_AFTER: Days = Days::new(45);
/// A device's clock may be behind.
const BEFORE: Days = Days::new(2);

/// Whether a certificate of this day is due for replacement.
pub fn is_worn(since: NaiveDate, today: NaiveDate) -> bool {
    since.checked_add_days(WORN_AFTER).is_none_or(|worn| today >= worn)
}

/// A certificate with its chain and its key.
pub struct Issued {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// The authority with its key.
pub struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

/// What is kept beside its key.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    expires_on: NaiveDate,
}

const CERTIFICATE: &str = "authority.pem";
const KEY: &str = "authority.key";
const ABOUT: &str = "authority.json";

impl Authority {
    /// The one in the folder, or a new one where there is none or its time is over.
    ///
    /// # Errors
    /// A sentence when the folder cannot be read or written.
    pub fn open(folder: &Path, today: NaiveDate) -> Result<Self, String> {
        let cannot = |error: &dyn std::fmt::Display| {
            format!("the certificate authority in {} cannot be used: {error}", folder.display())
        };
        if !folder.join(ABOUT).exists() {
            return Self::make(folder, today).map_err(|error| cannot(&error));
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| cannot(&error));
        let kept: Kept = serde_json::from_str(&read(ABOUT)?).map_err(|error| cannot(&error))?;
        if today >= kept.expires_on {
            return Self::make(folder, today).map_err(|error| cannot(&error));
        }
        let key = KeyPair::from_pem(&read(KEY)?).map_err(|error| cannot(&error))?;
        let certificate = read(CERTIFICATE)?;
        let certificate =
            CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(|error| cannot(&error))?;
        Ok(Self { certificate, issuer: Issuer::new(about_authority(&kept.name), key) })
    }

    fn make(folder: &Path, today: NaiveDate) -> Result<Self, Box<dyn std::error::Error>> {
        let name = format!("Parure authority of {today}");
        let expires_on = today.checked_add_months(AUTHORITY_LASTS).ok_or("the clock is wrong")?;
        let key = KeyPair::generate()?;
        let mut params = about_authority(&name);
        set_validity(&mut params, today, expires_on);
        let certificate = params.self_signed(&key)?;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        write_private(&folder.join(KEY), key.serialize_pem().as_bytes())?;
        write_private(&folder.join(CERTIFICATE), certificate.pem().as_bytes())?;
        // Last: without it the others count for nothing.
        write_private(&folder.join(ABOUT), &serde_json::to_vec(&Kept { name, expires_on })?)?;
        Ok(Self { certificate: certificate.der().clone(), issuer: Issuer::new(params, key) })
    }

    /// Makes a certificate with a fresh key.
    ///
    /// # Errors
    /// A sentence when a name does not go into one.
    pub fn issue(&self, names: &Names, today: NaiveDate) -> Result<Issued, String> {
        let failed = |error: rcgen::Error| format!("the certificate could not be made: {error}");
        let mut hosts = names.hosts.clone();
        hosts.push("localhost".to_owned());
        let mut params = CertificateParams::new(hosts).map_err(failed)?;
        let here = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        params.subject_alt_names.extend(names.addresses.iter().copied().chain(here).map(SanType::IpAddress));
        params.distinguished_name.push(DnType::CommonName, "Parure");
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let expires_on = today.checked_add_days(CERTIFICATE_LASTS).ok_or("the clock is wrong")?;
        set_validity(&mut params, today, expires_on);
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(str::to_owned)?;
        Ok(Issued { chain: vec![certificate.der().clone(), self.certificate.clone()], key })
    }

    /// What a device is told to trust.
    pub fn certificate(&self) -> Vec<u8> {
        self.certificate.to_vec()
    }

    /// What a person compares: `AB:CD:…`, SHA-256.
    pub fn fingerprint(&self) -> String {
        let bytes = Sha256::digest(&self.certificate);
        bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }
}

fn about_authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Parure");
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let names = ENDINGS.iter().map(|ending| GeneralSubtree::DnsName((*ending).to_owned()));
    let networks = NETWORKS
        .iter()
        .map(|(network, length)| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(*network, *length)));
    let permitted_subtrees = names.chain(networks).collect();
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    params
}

fn set_validity(params: &mut CertificateParams, today: NaiveDate, expires_on: NaiveDate) {
    let midnight = |date: NaiveDate| {
        let part = |number: u32| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(date.year(), part(date.month()), part(date.day()))
    };
    params.not_before = midnight(today.checked_sub_days(BEFORE).unwrap_or(today));
    params.not_after = midnight(expires_on);
}

/// Appears whole, and nobody else can read it.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConnection};
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;
    use std::sync::Arc;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("parure-tls-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn today() -> NaiveDate {
        chrono::Utc::now().date_naive()
    }

    fn names(hosts: &[&str]) -> Names {
        Names {
            addresses: vec!["192.168.1.20".parse().unwrap()],
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        }
    }

    /// A device that trusts the authority opens a connection under a name, in memory.
    fn connects(trusted: &Authority, served: &Issued, name: &'static str) -> Result<(), rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.certificate.clone())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let server = super::super::server_config(served.chain.clone(), served.key.clone_key())?;
        let mut client = ClientConnection::new(Arc::new(client), name.try_into().unwrap())?;
        let mut server = ServerConnection::new(server)?;
        for _ in 0..10 {
            let mut bytes = Vec::new();
            client.write_tls(&mut bytes).unwrap();
            server.read_tls(&mut bytes.as_slice()).unwrap();
            server.process_new_packets()?;
            let mut bytes = Vec::new();
            server.write_tls(&mut bytes).unwrap();
            client.read_tls(&mut bytes.as_slice()).unwrap();
            client.process_new_packets()?;
        }
        assert!(!client.is_handshaking());
        Ok(())
    }

    #[test]
    fn devices_that_trust_the_authority_connect_under_the_shops_names() {
        let folder = folder("names");
        let authority = Authority::open(&folder, today()).unwrap();
        let served = authority.issue(&names(&["till.local"]), today()).unwrap();
        for name in ["till.local", "192.168.1.20", "localhost", "127.0.0.1"] {
            connects(&authority, &served, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        assert!(connects(&authority, &served, "other.local").is_err());
        let stranger = Authority::open(&folder.join("stranger"), today()).unwrap();
        assert!(connects(&stranger, &served, "till.local").is_err());
    }

    #[test]
    fn a_stolen_key_is_good_for_no_name_outside() {
        let authority = Authority::open(&folder("stolen"), today()).unwrap();
        let forged = authority.issue(&names(&["bank.example"]), today()).unwrap();
        assert!(connects(&authority, &forged, "bank.example").is_err());
        let mut elsewhere = names(&[]);
        elsewhere.addresses = vec!["203.0.113.7".parse().unwrap()];
        let forged = authority.issue(&elsewhere, today()).unwrap();
        assert!(connects(&authority, &forged, "203.0.113.7").is_err());
    }

    #[test]
    fn the_authority_stays_until_its_time_is_over_and_is_private() {
        let folder = folder("stays");
        let first = Authority::open(&folder, today()).unwrap();
        let again = Authority::open(&folder, today() + Days::new(300)).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        assert_eq!(first.fingerprint().len(), 32 * 3 - 1);
        let served = again.issue(&names(&["till.local"]), today()).unwrap();
        connects(&first, &served, "till.local").unwrap();
        for (path, mode) in [(folder.clone(), 0o700), (folder.join(KEY), 0o600), (folder.join(ABOUT), 0o600)]
        {
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
        }
        let later = Authority::open(&folder, today() + AUTHORITY_LASTS).unwrap();
        assert_ne!(first.fingerprint(), later.fingerprint());
        assert!(!is_worn(today(), today() + Days::new(44)) && is_worn(today(), today() + WORN_AFTER));
    }
}
