//! What was parsed, kept in one file a deck, and never trusted further than its checksums.
//!
//! A file is a header, an index, findings, and the bodies of the cards. Opening the library reads header and index;
//! findings and bodies are read when somebody asks for them. If anything is wrong with a cache file, it is as if it
//! were not there; if it cannot be written, the next start takes longer.

mod header;
mod sweep;

use std::fs::{DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

pub(super) use self::header::checksum;
use self::header::{Header, Section};
use super::Origin;
use super::file::{self, Fingerprint};
use super::parsed::{Finding, Outline, Parsed};
use super::shelf::Body;
use crate::card::Card;

/// How the names of half-written cache files begin.
const UNFINISHED: &str = ".unfinished-";

/// The folder of the cache files, as one opening of the library sees it.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    pub folder: PathBuf,
    /// When the opening began, in nanoseconds since 1970.
    pub now: i64,
}

impl Cache {
    /// What is kept of a file with this fingerprint, if that alone makes certain that the content is still the same.
    pub fn find_settled(&self, origin: &Origin, fingerprint: &Fingerprint) -> Option<Outline> {
        let (file, header) = open(&self.path(origin), OFlags::RDONLY)?;
        header.settles(fingerprint).then(|| outline(&file, &header, origin))?
    }

    /// What is kept of this content.
    pub fn find(&self, origin: &Origin, content: u64) -> Option<Outline> {
        let (file, header) = open(&self.path(origin), OFlags::RDONLY)?;
        (header.content == content).then(|| outline(&file, &header, origin))?
    }

    /// Notes that a file with this fingerprint has the content that is kept.
    pub fn renew(&self, origin: &Origin, content: u64, fingerprint: Fingerprint) {
        if let Some((file, header)) = open(&self.path(origin), OFlags::RDWR)
            && header.content == content
        {
            // Cut short, this leaves a header without its seal: the deck is parsed again, and no harm is done.
            let _ = file.write_all_at(&Header { fingerprint, read_at: self.now, ..header }.encode(), 0);
        }
    }

    /// Keeps what was parsed. Nobody ever sees the file half written.
    pub fn keep(&self, origin: &Origin, content: u64, fingerprint: Fingerprint, parsed: &Parsed) -> io::Result<()> {
        let index = encode(&(origin.identity(), &parsed.outline))?;
        let findings = encode(&parsed.findings)?;
        let (index_part, findings_part) = (Section::of(&index), Section::of(&findings));
        let header = Header { content, fingerprint, read_at: self.now, index: index_part, findings: findings_part };
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.folder)?;
        for part in [&header.encode()[..], &index, &findings, &parsed.bodies] {
            file.write_all(part)?;
        }
        file.persist(self.path(origin))?;
        Ok(())
    }

    pub fn findings(&self, origin: &Origin) -> Option<Vec<Finding>> {
        let (file, header) = open(&self.path(origin), OFlags::RDONLY)?;
        postcard::from_bytes(&read(&file, header.findings_at(), header.findings)?).ok()
    }

    /// The cards whose bodies follow each other from the first to the last of these, each proved by its checksum.
    ///
    /// The cache file may be another one than when the library was opened; a body that is there and has the right
    /// checksum is the right body all the same.
    pub fn cards(&self, origin: &Origin, bodies: &[Body]) -> Option<Vec<Card>> {
        let (Some(first), Some(last)) = (bodies.first(), bodies.last()) else { return Some(Vec::new()) };
        let (file, header) = open(&self.path(origin), OFlags::RDONLY)?;
        let length = last.end().checked_sub(first.start())?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        file.read_exact_at(&mut bytes, header.bodies_at() + first.start()).ok()?;
        let card = |body: &Body| {
            let start = usize::try_from(body.start() - first.start()).ok()?;
            let bytes = bytes.get(start..)?.get(..body.length as usize)?;
            (checksum(bytes) == body.sum).then(|| postcard::from_bytes(bytes).ok())?
        };
        bodies.iter().map(card).collect()
    }

    fn path(&self, origin: &Origin) -> PathBuf {
        self.folder.join(format!("{:016x}", checksum(&origin.identity())))
    }
}

fn open(path: &Path, flags: OFlags) -> Option<(File, Header)> {
    let (file, _) = file::open(path, flags).ok()?;
    let mut bytes = [0; Header::LENGTH];
    file.read_exact_at(&mut bytes, 0).ok()?;
    Header::decode(&bytes).map(|header| (file, header))
}

fn outline(file: &File, header: &Header, origin: &Origin) -> Option<Outline> {
    let index = read(file, header.index_at(), header.index)?;
    let (identity, outline) = postcard::from_bytes::<(&[u8], Outline)>(&index).ok()?;
    (identity == origin.identity()).then_some(outline)
}

fn read(file: &File, at: u64, section: Section) -> Option<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(section.length).ok()?];
    file.read_exact_at(&mut bytes, at).ok()?;
    (Section::of(&bytes) == section).then_some(bytes)
}

fn encode(value: &impl serde::Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
