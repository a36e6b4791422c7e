//! Numbers of things, as people write them.

use super::Safe;

/// `1 card`, `3 cards`.
pub fn count(number: impl Into<u64>, one: &str, many: &str) -> Safe {
    match number.into() {
        1 => Safe::from(format_args!("1 {one}")),
        number => Safe::from(format_args!("{number} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_apart_from_many() {
        let told = [0_u64, 1, 2].map(|number| count(number, "entry", "entries").to_string());
        assert_eq!(told, ["0 entries", "1 entry", "2 entries"]);
    }
}
