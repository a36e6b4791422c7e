//! Puts the shipped decks into the program, and a stamp of the sources that decide what a deck's text means.

#![expect(clippy::disallowed_methods, reason = "cargo speaks to a build script through the environment")]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What parses decks, what learns from them and what writes caches: a cache is foreign as soon as one of them differs.
const STAMPED: [&str; 12] = [
    "Cargo.lock",
    "src/card",
    "src/card.rs",
    "src/classifier",
    "src/classifier.rs",
    "src/deck",
    "src/deck.rs",
    "src/library",
    "src/library.rs",
    "src/text",
    "src/text.rs",
    "build.rs",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder of the manifest"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder for what is built"));
    println!("cargo:rerun-if-changed=decks");
    let (list, path) = (decks(&root.join("decks"))?, out.join("builtin.rs"));
    // Written only if it is another one: a newer file would have everything compiled again.
    if fs::read_to_string(&path).ok().as_ref() != Some(&list) {
        fs::write(path, list)?;
    }
    println!("cargo:rustc-env=GREENROOM_STAMP={}", stamp(&root)?);
    Ok(())
}

/// Rust text: a list with one element for each deck under `folder`, sorted by path without its ending, so that `ecs`
/// stands before `ecs-commands`. The folder is the list.
fn decks(folder: &Path) -> io::Result<String> {
    let mut list = String::from("&[\n");
    let mut paths = Vec::from_iter(files(folder)?);
    paths.sort_by_key(|path| path.with_extension(""));
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let name = path.strip_prefix(folder).expect("the walk stays in the folder").to_str().expect("a name in UTF-8");
        let name = name.replace('\\', "/");
        list += &format!("    BuiltIn {{ name: {name:?}, text: include_bytes!({:?}) }},\n", path.display().to_string());
    }
    Ok(list + "]\n")
}

fn stamp(root: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    env::var("CARGO_PKG_VERSION").expect("cargo names the version").hash(&mut hasher);
    for name in STAMPED {
        println!("cargo:rerun-if-changed={name}");
        for path in files(&root.join(name))? {
            fs::read(path)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// Every file at or under `path`, sorted; none if nothing is there.
fn files(path: &Path) -> io::Result<BTreeSet<PathBuf>> {
    if path.is_file() {
        return Ok(BTreeSet::from([path.to_owned()]));
    }
    if !path.is_dir() {
        return Ok(BTreeSet::new());
    }
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(path)? {
        found.append(&mut files(&entry?.path())?);
    }
    Ok(found)
}
