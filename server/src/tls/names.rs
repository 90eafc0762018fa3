//! What this computer is called in the shop's network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// Endings that mean nothing in the internet. The authority of a shop can sign for these and for private
/// addresses alone, so whoever steals its key cannot pretend to be a bank.
pub const ENDINGS: [&str; 6] = ["local", "lan", "home", "home.arpa", "internal", "localhost"];

/// Private and link-local networks with the length of their prefix.
pub const NETWORKS: [(IpAddr, u8); 8] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
];

/// The addresses and names that a certificate is made for, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    pub addresses: Vec<IpAddr>,
    pub hosts: Vec<String>,
}

impl Names {
    /// The private addresses of this computer, its name, and the names somebody gave it.
    ///
    /// # Errors
    /// A name that is not one for a shop's network.
    pub fn find(further: &[String]) -> Result<Self, String> {
        let mut hosts = further.iter().map(|name| local_name(name)).collect::<Result<Vec<_>, _>>()?;
        hosts.extend(own_name().and_then(|name| local_name(&format!("{name}.local")).ok()));
        let interfaces =
            if_addrs::get_if_addrs().map_err(|error| format!("cannot list the networks: {error}"))?;
        let first = first_address();
        let mut addresses: Vec<IpAddr> = interfaces
            .iter()
            .map(if_addrs::Interface::ip)
            .filter(|address| is_private(*address) && !address.is_loopback())
            .collect();
        addresses.sort_by_key(|address| (Some(*address) != first, address.is_ipv6(), *address));
        addresses.dedup();
        Ok(Self { addresses, hosts })
    }

    /// As they stand in an address; this computer itself where there is no network.
    pub fn in_addresses(&self) -> impl Iterator<Item = String> + '_ {
        let addresses = self.addresses.iter().map(|address| match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        });
        let nothing = self.addresses.is_empty() && self.hosts.is_empty();
        addresses.chain(self.hosts.iter().cloned()).chain(nothing.then(|| "localhost".to_owned()))
    }
}

fn local_name(name: &str) -> Result<String, String> {
    let name = name.to_ascii_lowercase();
    let plain = name
        .split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let ends = |ending: &&str| name.strip_suffix(*ending).is_some_and(|rest| rest.ends_with('.'));
    if plain && ENDINGS.iter().any(ends) {
        Ok(name)
    } else {
        Err(format!("{name} is no name for a shop's network: such a name ends in .{}", ENDINGS.join(", .")))
    }
}

/// The name the system has; nothing where it does not say.
fn own_name() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname");
    let name = name.or_else(|_| std::fs::read_to_string("/etc/hostname")).ok()?;
    name.trim().split('.').next().filter(|name| !name.is_empty() && *name != "localhost").map(str::to_owned)
}

/// The address that leads out of this computer. Nothing is sent: the system only looks up the way.
fn first_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

fn is_private(address: IpAddr) -> bool {
    NETWORKS.iter().any(|(network, length)| match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let shift = 32_u32.saturating_sub(u32::from(*length));
            network.to_bits() >> shift == address.to_bits() >> shift
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let shift = 128_u32.saturating_sub(u32::from(*length));
            network.to_bits() >> shift == address.to_bits() >> shift
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_addresses_are_a_shops() {
        for (text, expected) in [
            ("192.168.1.20", true),
            ("10.1.2.3", true),
            ("172.31.0.1", true),
            ("172.32.0.1", false),
            ("8.8.8.8", false),
            ("127.0.0.1", true),
            ("fd12::1", true),
            ("2001:db8::1", false),
            ("::1", true),
        ] {
            assert_eq!(is_private(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn a_name_ends_like_a_shops() {
        assert_eq!(local_name("Till.LOCAL"), Ok("till.local".to_owned()));
        for wrong in ["bank.example", "local", ".local", "till..local", "till local", "xlocal", "*.local"] {
            assert!(local_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_written_as_browsers_write_it() {
        let names = Names {
            addresses: vec!["192.168.1.20".parse().unwrap(), "fd12::1".parse().unwrap()],
            hosts: vec!["till.local".to_owned()],
        };
        assert_eq!(names.in_addresses().collect::<Vec<_>>(), ["192.168.1.20", "[fd12::1]", "till.local"]);
        let nowhere = Names { addresses: Vec::new(), hosts: Vec::new() };
        assert_eq!(nowhere.in_addresses().collect::<Vec<_>>(), ["localhost"]);
    }
}
