//! Cells that a spreadsheet would run as a formula, made harmless and back.

/// What a formula begins with (OWASP, CSV injection).
const TRIGGERS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell with a quote before it if it could be taken for a formula; [`unguard`] takes it away again.
pub fn guard(cell: &str) -> String {
    if is_caught(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guard`].
pub fn unguard(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| is_caught(rest)).unwrap_or(cell).to_owned()
}

/// Whether the cell begins like a formula, behind any quotes that are its own.
fn is_caught(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(TRIGGERS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_guarded_and_plain_cells_are_left() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "- a list"] {
            assert!(guard(formula).starts_with('\''), "{formula}");
        }
        for plain in ["", "a=1", "'tis", "1-1", "What is -x?"] {
            assert_eq!(guard(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_comes_back(cell in "['=+@a-]{0,6}") {
            prop_assert_eq!(unguard(&guard(&cell)), cell);
        }
    }
}
