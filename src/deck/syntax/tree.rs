//! Looking things up in what could be read of a broken text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Sees a value, with its key if it has one.
type Visit<'v, 't> = dyn FnMut(Option<(&'t str, Range<usize>)>, &'t Spanned<DeValue<'t>>) + 'v;

/// Calls `visit` with every key and every value of the tree.
fn walk<'t>(tree: &'t DeTable<'_>, visit: &mut Visit<'_, 't>) {
    for (key, value) in tree {
        visit(Some((key.get_ref(), key.span())), value);
        inside(value, visit);
    }
}

fn inside<'t>(value: &'t Spanned<DeValue<'t>>, visit: &mut Visit<'_, 't>) {
    match value.get_ref() {
        DeValue::Table(table) => walk(table, visit),
        DeValue::Array(items) => {
            for item in items {
                visit(None, item);
                inside(item, visit);
            }
        }
        _ => {}
    }
}

/// The last text, number, day or flag that `wanted` accepts by its span.
pub fn scalar(tree: &DeTable<'_>, wanted: impl Fn(Range<usize>) -> bool) -> Option<Range<usize>> {
    last(tree, |value| !matches!(value, DeValue::Table(_) | DeValue::Array(_)), wanted)
}

/// The innermost list or inline table in which the offset stands.
pub fn around(tree: &DeTable<'_>, offset: usize) -> Option<Range<usize>> {
    last(
        tree,
        |value| matches!(value, DeValue::Table(_) | DeValue::Array(_)),
        |span| span.start < offset && offset <= span.end,
    )
}

fn last(
    tree: &DeTable<'_>,
    kind: impl Fn(&DeValue<'_>) -> bool,
    wanted: impl Fn(Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    walk(tree, &mut |_, value| {
        let later = found.as_ref().is_none_or(|found| found.start < value.span().start);
        if later && kind(value.get_ref()) && wanted(value.span()) {
            found = Some(value.span());
        }
    });
    found
}

/// Where a key of that name stands for the last time before the offset.
pub fn key_before(tree: &DeTable<'_>, name: &str, offset: usize) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    walk(tree, &mut |key, _| {
        if let Some((_, span)) = key.filter(|(known, span)| *known == name && span.start < offset)
            && found.as_ref().is_none_or(|found| found.start < span.start)
        {
            found = Some(span);
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_and_the_innermost_list_are_found() {
        let text = "id = 1\n[[card]]\nid = [[2, 3]]\n";
        let (tree, _) = DeTable::parse_recoverable(text);
        assert_eq!(key_before(tree.get_ref(), "id", text.len()), Some(16..18));
        assert_eq!(key_before(tree.get_ref(), "id", 16), Some(0..2));
        assert_eq!(around(tree.get_ref(), 23), Some(22..28));
        assert_eq!(scalar(tree.get_ref(), |span| span.end < 25), Some(23..24));
    }
}
