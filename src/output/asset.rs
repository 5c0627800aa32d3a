//! Files that are published as they are or nearly: the theme's, pictures in their sizes, linked documents.
//!
//! Refuses: originals of photos; only pixels are published, never what the camera wrote beside them.
//! Invariant: a name that carries a hash never changes its bytes.

use super::template::hashed_name;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::{Diagnostic, Message, codes};
use crate::model::Model;
use crate::model::picture::Picture;
use crate::model::public_file::PublicFile;
use crate::picture;

/// The theme's styles and scripts.
pub struct ThemeAssets;

impl Output for ThemeAssets {
    fn name(&self) -> &'static str {
        "theme-asset"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        for (name, bytes) in &plan.theme.assets {
            plan.add(
                &format!("/assets/{}", hashed_name(name, bytes)),
                Rank::Support,
                Subject::ThemeFile(name.clone()),
            );
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::ThemeFile(name) = &target.subject else { unreachable!("planned above") };
        Ok(site.theme().assets.get(name).map(|bytes| bytes.to_vec()).unwrap_or_default())
    }
}

/// Pictures in use, in every size.
pub struct Pictures;

impl Output for Pictures {
    fn name(&self) -> &'static str {
        "picture"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        let mut seen = std::collections::BTreeSet::new();
        for (path, found) in &model.pictures {
            for (number, variant) in found.variants.iter().enumerate() {
                // Two copies of one photo under one name make the same files.
                if seen.insert(variant.file_name.clone()) {
                    plan.add(
                        &Picture::address(variant),
                        Rank::Support,
                        Subject::Picture(path.clone(), number),
                    );
                }
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Picture(path, number) = &target.subject else { unreachable!("planned above") };
        let found = site.picture(path).expect("planned pictures are in the model");
        variant(site, path, found, *number)
    }
}

/// One published size of a picture. All are made with it: decoding costs most.
///
/// # Errors
/// Where the picture is gone or cannot be decoded.
///
/// # Panics
/// If the picture has no such size.
pub fn variant(
    site: &Reader,
    path: &PublicFile,
    found: &Picture,
    number: usize,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let key = picture::cache_key(&found.hash, &found.variants[number]);
    if let Some(bytes) = site.cached(&key) {
        return Ok(bytes);
    }
    let made = render_all(path, found, site)?;
    for (variant, bytes) in found.variants.iter().zip(&made) {
        site.cache(&picture::cache_key(&found.hash, variant), bytes);
    }
    Ok(made.into_iter().nth(number).expect("one result for each variant"))
}

/// All sizes of a picture at once: decoding costs most, and is done once.
fn render_all(path: &PublicFile, found: &Picture, site: &Reader) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let gone = || {
        Diagnostic::new(codes::MISSING_PICTURE, Message::new("missing-picture").with("target", path))
            .at(found.used_at)
            .hint(Message::new("missing-picture-hint"))
    };
    let bytes = site.asset(path).ok_or_else(|| Box::new(gone()))?;
    let info = found.info.as_ref().map_err(|_| Box::new(gone()))?;
    picture::render_all(&bytes, info, &found.variants)
        .map_err(|problem| Box::new(crate::model::picture::problem(path, &problem, found.used_at)))
}

/// Documents that bulletins link to, under the folder of hashes so that two of one name never collide.
pub struct Documents;

impl Documents {
    /// The address of a document: its own name, in a folder named by its content.
    pub fn address(path: &PublicFile, hash: &blake3::Hash) -> String {
        format!("/files/{}/{}", &hash.to_hex()[..8], path.file_name())
    }
}

impl Output for Documents {
    fn name(&self) -> &'static str {
        "document"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        let mut seen = std::collections::BTreeSet::new();
        for (path, document) in &model.documents {
            let address = Self::address(path, &document.hash);
            if seen.insert(address.clone()) {
                plan.add(&address, Rank::Support, Subject::Document(path.clone()));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Document(path) = &target.subject else { unreachable!("planned above") };
        match site.asset(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(Box::new(
                Diagnostic::new(codes::UNREADABLE_FILE, Message::new("file-not-found").with("path", path))
                    .hint(Message::new("file-not-found-hint")),
            )),
        }
    }
}
