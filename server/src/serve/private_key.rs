//! Which key private data is sealed with.

use crate::commands::sentence;
use crate::config::Data;
use services::{KEY_FILE, Services, Vault};

/// The key that was named, else that of the data folder, which gets one at the first start. A store that has sealed
/// something already gets no other key in silence: it works on, and sealed data stays closed until the key is back.
pub async fn choose(data: &Data, services: &Services) -> Result<Vault, String> {
    let place = data.folder.join(KEY_FILE).display().to_string();
    let known = match &data.private_key {
        Some(text) => Some(Vault::named(text, "PARURE_KEY").map_err(sentence)?),
        None => Vault::of_folder(&data.folder).map_err(sentence)?,
    };
    if let Some(vault) = known {
        if services.has_sealed(Some(&vault)).await.map_err(sentence)? {
            eprintln!("parure: some private data was sealed with another key than this one and stays closed");
        }
        return Ok(vault);
    }
    if services.has_sealed(None).await.map_err(sentence)? {
        eprintln!(
            "parure: {place} is missing: private data stays closed until the key of this store is back"
        );
        return Ok(Vault::default());
    }
    if data.database_url.is_some() {
        eprintln!(
            "parure: private data is neither sealed nor opened until PARURE_KEY names a key, the same for all servers"
        );
        return Ok(Vault::default());
    }
    let made = Vault::make_in(data.make_folder()?).map_err(sentence)?;
    println!("The key for private data is {place}: backups do not hold it, so keep a copy elsewhere.");
    Ok(made)
}
