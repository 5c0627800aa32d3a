//! The certificate and the key of a server, reread when they are renewed.
//!
//! A certificate is renewed every two or three months by a program that only writes two files. Their bytes are looked at now and then; when they change and
//! fit each other, new connections get the new certificate, and none that is open is closed. Files that do not fit (one is written, the
//! other not yet) change nothing.
//!
//! Refuses: a key that is not the certificate's.
//! Invariant: what is in use was whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// The most bytes of either file.
const LONGEST: u64 = 1 << 20;

/// A certificate with its key.
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    read: Mutex<blake3::Hash>,
    current: RwLock<Arc<ServerConfig>>,
}

/// Why they cannot be used.
#[derive(Debug)]
pub enum Unusable {
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// There is no certificate in the file.
    NoCertificate,
    /// There is no key in the file.
    NoKey,
    /// They do not belong together, or are of a kind that is not known.
    Unfit,
}

impl Certificates {
    /// Reads both files.
    ///
    /// # Errors
    /// Where they cannot be used.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, Unusable> {
        let (bytes, hash) = both(certificate, key)?;
        let current = RwLock::new(Arc::new(config(&bytes)?));
        Ok(Self { certificate: certificate.to_owned(), key: key.to_owned(), read: Mutex::new(hash), current })
    }

    /// What new connections use.
    pub fn current(&self) -> Arc<ServerConfig> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks whether the files were renewed, and takes them if so.
    ///
    /// # Errors
    /// Where they were changed and cannot be used; what was in use stays.
    pub fn reread(&self) -> Result<bool, Unusable> {
        let (bytes, hash) = both(&self.certificate, &self.key)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if *read == hash {
            return Ok(false);
        }
        let new = Arc::new(config(&bytes)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        *read = hash;
        Ok(true)
    }
}

/// The bytes of both files and their hash.
fn both(certificate: &Path, key: &Path) -> Result<([Vec<u8>; 2], blake3::Hash), Unusable> {
    let mut hasher = blake3::Hasher::new();
    let mut read = |path: &Path| {
        let bytes = file(path).map_err(|error| Unusable::Unreadable(path.to_owned(), error))?;
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
        Ok(bytes)
    };
    let bytes = [read(certificate)?, read(key)?];
    Ok((bytes, hasher.finalize()))
}

#[expect(clippy::disallowed_methods, reason = "host/ reads the files that whoever starts it names")]
fn file(path: &Path) -> io::Result<Vec<u8>> {
    crate::world::folder::read_all(std::fs::File::open(path)?, LONGEST)
}

fn config([certificate, key]: &[Vec<u8>; 2]) -> Result<ServerConfig, Unusable> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(certificate)
        .collect::<Result<_, _>>()
        .map_err(|_| Unusable::NoCertificate)?;
    if chain.is_empty() {
        return Err(Unusable::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| Unusable::NoKey)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Unusable::Unfit)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| Unusable::Unfit)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use std::fs;

    fn data(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tls").join(name)
    }

    #[test]
    fn a_renewed_certificate_is_taken_when_both_files_are_there() {
        let held = tempfile::tempdir().unwrap();
        let (certificate, key) = (held.path().join("site.pem"), held.path().join("site.key"));
        fs::copy(data("one.pem"), &certificate).unwrap();
        fs::copy(data("one.key"), &key).unwrap();
        let certificates = Certificates::read(&certificate, &key).unwrap();
        let first = certificates.current();
        assert!(!certificates.reread().unwrap());
        // Half of a renewal, then nothing at all, then the rest.
        fs::copy(data("two.pem"), &certificate).unwrap();
        assert!(matches!(certificates.reread(), Err(Unusable::Unfit)));
        fs::write(&key, "").unwrap();
        assert!(matches!(certificates.reread(), Err(Unusable::NoKey)));
        fs::write(&certificate, "no certificate").unwrap();
        assert!(matches!(certificates.reread(), Err(Unusable::NoCertificate)));
        fs::remove_file(&key).unwrap();
        assert!(matches!(certificates.reread(), Err(Unusable::Unreadable(..))));
        assert!(Arc::ptr_eq(&first, &certificates.current()), "what was in use stays");
        fs::copy(data("two.pem"), &certificate).unwrap();
        fs::copy(data("two.key"), &key).unwrap();
        assert!(certificates.reread().unwrap() && !certificates.reread().unwrap());
        assert!(!Arc::ptr_eq(&first, &certificates.current()));
    }
}
