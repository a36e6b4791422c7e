//! The first bytes of a cache file: whose cache it is, and of which content.

use twox_hash::XxHash3_64;

use crate::library::file::Fingerprint;

/// Stands for the version of the program and for every source that parses decks or writes caches (see `build.rs`), so
/// that no number has to be raised by hand when one of them changes.
const STAMP: u64 = match u64::from_str_radix(env!("GREENROOM_STAMP"), 10) {
    Ok(stamp) => stamp,
    Err(_) => panic!("the build script writes a number"),
};
const MAGIC: u64 = u64::from_le_bytes(*b"greenrm\0");
const WORDS: usize = 12;

/// Times younger than this when they were read may still cover another change: two seconds, the coarsest clock of the
/// file systems in use.
const UNSETTLED: i64 = 2_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Checksum of the deck file's content.
    pub content: u64,
    /// What the file system said of the deck file just before it was read.
    pub fingerprint: Fingerprint,
    /// When that was, or somewhat earlier, in nanoseconds since 1970.
    pub read_at: i64,
    pub index: Section,
    pub findings: Section,
}

/// A part of the file that is read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    pub length: u64,
    pub sum: u64,
}

impl Section {
    pub fn of(bytes: &[u8]) -> Section {
        Section { length: bytes.len() as u64, sum: checksum(bytes) }
    }
}

/// The checksum of everything here.
pub fn checksum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

impl Header {
    /// In bytes.
    pub const LENGTH: usize = (WORDS + 1) * 8;

    /// Whether a file with this fingerprint has this content for certain, so that it need not be read.
    ///
    /// An equal fingerprint is not enough: file systems count time in steps, and a second change of the same size
    /// within the step of the first leaves no trace in it. So both times must have been well past when the file was
    /// read; any later change then has another time. (Git calls an entry that fails this "racily clean".)
    pub fn settles(&self, fingerprint: &Fingerprint) -> bool {
        self.fingerprint == *fingerprint
            && fingerprint.modified.max(fingerprint.changed) < self.read_at.saturating_sub(UNSETTLED)
    }

    pub fn index_at(&self) -> u64 {
        Header::LENGTH as u64
    }

    pub fn findings_at(&self) -> u64 {
        self.index_at() + self.index.length
    }

    pub fn bodies_at(&self) -> u64 {
        self.findings_at() + self.findings.length
    }

    pub fn encode(&self) -> [u8; Header::LENGTH] {
        let Header { content, fingerprint, read_at, index, findings } = self;
        let words: [u64; WORDS] = [
            MAGIC,
            STAMP,
            *content,
            fingerprint.size,
            fingerprint.inode,
            fingerprint.modified.cast_unsigned(),
            fingerprint.changed.cast_unsigned(),
            read_at.cast_unsigned(),
            index.length,
            index.sum,
            findings.length,
            findings.sum,
        ];
        let mut bytes = [0; Header::LENGTH];
        for (at, word) in words.into_iter().enumerate() {
            bytes[at * 8..][..8].copy_from_slice(&word.to_le_bytes());
        }
        let seal = checksum(&bytes[..WORDS * 8]);
        bytes[WORDS * 8..].copy_from_slice(&seal.to_le_bytes());
        bytes
    }

    /// None if the bytes were not written by this very program, or not all of them.
    pub fn decode(bytes: &[u8; Header::LENGTH]) -> Option<Header> {
        let word = |at: usize| bytes[at * 8..][..8].try_into().map_or(0, u64::from_le_bytes);
        let time = |at| word(at).cast_signed();
        let section = |at| Section { length: word(at), sum: word(at + 1) };
        let whole = word(0) == MAGIC && word(1) == STAMP && word(WORDS) == checksum(&bytes[..WORDS * 8]);
        whole.then(|| Header {
            content: word(2),
            fingerprint: Fingerprint { size: word(3), inode: word(4), modified: time(5), changed: time(6) },
            read_at: time(7),
            index: section(8),
            findings: section(10),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000_000_000;

    fn header(changed: i64) -> Header {
        let fingerprint = Fingerprint { size: 1, inode: 2, modified: 3, changed };
        Header { content: 5, fingerprint, read_at: NOW, index: Section::of(b"index"), findings: Section::of(b"") }
    }

    #[test]
    fn encoding_and_decoding_are_inverse_and_any_flipped_bit_is_seen() {
        let bytes = header(-4).encode();
        assert_eq!(Header::decode(&bytes), Some(header(-4)));
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::decode(&flipped), None, "bit {bit}");
        }
    }

    #[test]
    fn only_a_file_that_was_left_alone_for_a_while_is_taken_at_its_key() {
        let settles = |changed| header(changed).settles(&header(changed).fingerprint);
        assert!(settles(NOW - UNSETTLED - 1));
        assert!(!settles(NOW - UNSETTLED) && !settles(NOW) && !settles(NOW + UNSETTLED));
        assert!(!header(0).settles(&header(1).fingerprint));
    }
}
