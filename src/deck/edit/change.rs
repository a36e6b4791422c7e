//! One table of a deck made to say something else: only the keys that differ are touched.

use std::ops::Range;

use toml_edit::{Item, Key, Value};

use super::entry::{Entry, Field};
use super::splice::{Splices, indent, line_start, next_line};
use super::tree::{Body, Form, Slots, Tree, below_header};
use super::write::{self, Room};
use crate::deck::format::Shape;

impl Tree<'_> {
    /// What makes a table that says `old` say `new`. `None` if its text is written in a way that this cannot change.
    pub fn change(&self, old: &Entry, new: &Entry, body: &Body<'_>) -> Option<Splices> {
        let mut splices = Splices::default();
        let (mut gone, mut added) = (Vec::new(), Vec::new());
        for key in old.table.keys {
            let (old, wanted) = (old.field(key.name), new.field(key.name));
            if old == wanted {
                continue;
            }
            let pieces = match (body.key(key.name), wanted) {
                (Some(_), None) if self.is_in_one_line(body) => {
                    gone.push(key.name);
                    continue;
                }
                (None, Some(_)) if self.is_in_one_line(body) => {
                    added.push(key.name);
                    continue;
                }
                (Some(known), None) => self.remove_key(body, known)?,
                (Some((_, item)), Some(wanted)) => self.replace(body, item, old, wanted)?,
                (None, Some(Field::Tables(tables))) if matches!(body.form, Form::Headed(_)) => {
                    self.add_tables(body, tables)?
                }
                (None, Some(wanted)) => self.add_key(body, new, key.name, wanted)?,
                (None, None) => continue,
            };
            splices.append(pieces);
        }
        match body.form {
            Form::Braces(table) if !gone.is_empty() || !added.is_empty() => {
                self.join_anew(table, &splices, new, (&gone, &added))
            }
            _ => Some(splices),
        }
    }

    /// Whether the keys of a table in braces stand on one line, but for values of many lines.
    fn is_in_one_line(&self, body: &Body<'_>) -> bool {
        let Form::Braces(table) = body.form else { return false };
        let Some((_, commas)) = self.keys(table) else { return false };
        let ends = commas.things().iter().map(|thing| thing.end);
        let starts = commas.things().iter().skip(1).map(|thing| thing.start);
        let close = table.span().map_or(0, |span| span.end);
        ends.zip(starts.chain([close])).all(|(end, start)| !self.text[end..start].contains('\n'))
    }

    /// A table in braces on one line with fewer or more keys: no comma may stand behind the last one.
    fn join_anew(
        &self,
        table: &toml_edit::InlineTable,
        splices: &Splices,
        new: &Entry,
        (gone, added): (&[&str], &[&str]),
    ) -> Option<Splices> {
        let (names, commas) = self.keys(table)?;
        let mut keys: Vec<(&str, String)> = Vec::new();
        for (name, place) in names.iter().zip(commas.things()) {
            keys.push((name, splices.part(place).apply(self.text, place.clone(), "\n")?));
        }
        keys.retain(|(name, _)| !gone.contains(name));
        for name in added {
            let rank = |name: &str| new.table.keys.iter().position(|key| key.name == name);
            let at = keys.iter().rposition(|(known, _)| rank(known) < rank(name)).map_or(0, |at| at + 1);
            keys.insert(at, (name, format!("{name} = {}", write::value(new.field(name)?, Room::Line, 0))));
        }
        let keys: Vec<_> = keys.into_iter().map(|(_, key)| key).collect();
        let mut whole = Splices::default();
        whole.replace(table.span()?, format!("{{ {} }}", keys.join(", ")));
        Some(whole)
    }

    fn replace(&self, body: &Body<'_>, item: &Item, old: Option<&Field>, wanted: &Field) -> Option<Splices> {
        match (old, wanted, item) {
            (Some(Field::Tables(old)), Field::Tables(wanted), _) => self.change_tables(item, old, wanted),
            (Some(Field::Lines(old)), Field::Lines(wanted), Item::Value(Value::Array(array)))
                if self.text[array.span()?].contains('\n') && array.len() == old.len() =>
            {
                let slots = Slots::Commas(self.entries(array)?);
                let place = |at: usize| slots.places()[at].clone();
                let replace = |at: usize, line: &String| {
                    let mut splices = Splices::default();
                    splices.replace(place(at), write::quote(line));
                    Some(splices)
                };
                self.change_list(&slots, old, wanted, |old, new| old == new, |line| write::quote(line), replace)
            }
            _ => {
                let span = item.as_value()?.span()?;
                let mut splices = Splices::default();
                splices.replace(span.clone(), self.value_for(body, span, wanted));
                Some(splices)
            }
        }
    }

    /// A new value for the place of an old one; what stood on lines of its own does so again.
    fn value_for(&self, body: &Body<'_>, span: Range<usize>, wanted: &Field) -> String {
        let left = span.start - line_start(self.text, span.start);
        let was_long = self.text[span.clone()].starts_with("'''") && self.text[span].contains('\n');
        match (wanted, body.form) {
            (Field::Text(text), _) if was_long => write::on_lines(text),
            (wanted, Form::Headed(_)) => write::value(wanted, Room::Lines, left),
            (wanted, Form::Braces(_)) => write::value(wanted, Room::Line, left),
        }
    }

    fn change_tables(&self, item: &Item, old: &[Entry], wanted: &[Entry]) -> Option<Splices> {
        let (bodies, slots) = self.list(item)?;
        if bodies.len() != old.len() {
            return None;
        }
        let fresh = |entry: &Entry| match slots {
            Slots::Headed { .. } => write::headed(entry),
            Slots::Commas(_) => write::inline(entry),
        };
        let change = |at: usize, wanted: &Entry| self.change(&old[at], wanted, &bodies[at]);
        self.change_list(&slots, old, wanted, |old, new| old.id() == new.id(), fresh, change)
    }

    /// What makes a list of `old` entries one of the `wanted` ones: those that stay keep their places and remarks.
    fn change_list<T: PartialEq>(
        &self,
        slots: &Slots<'_>,
        old: &[T],
        wanted: &[T],
        is_same: impl Fn(&T, &T) -> bool,
        fresh: impl Fn(&T) -> String,
        change: impl Fn(usize, &T) -> Option<Splices>,
    ) -> Option<Splices> {
        let from = origins(old, wanted, is_same);
        let change =
            |at: usize, wanted: &T| if old[at] == *wanted { Some(Splices::default()) } else { change(at, wanted) };
        let mut splices = Splices::default();
        let kept: Vec<_> = from.iter().flatten().copied().collect();
        if kept.is_sorted() {
            (0..old.len()).filter(|at| !kept.contains(at)).for_each(|at| slots.remove(at, &mut splices));
            let mut before = None;
            for (wanted, from) in wanted.iter().zip(from) {
                match from {
                    Some(at) => {
                        splices.append(change(at, wanted)?);
                        before = Some(at);
                    }
                    None => slots.insert(before, &[fresh(wanted)], &mut splices),
                }
            }
            return Some(splices);
        }
        let place = |at: usize| slots.places()[at].clone();
        let piece = |(wanted, from): (&T, Option<usize>)| match from {
            Some(at) => change(at, wanted)?.apply(self.text, place(at), "\n"),
            None => Some(fresh(wanted)),
        };
        let pieces: Vec<String> = wanted.iter().zip(from).map(piece).collect::<Option<_>>()?;
        let (here, more) = pieces.split_at(pieces.len().min(old.len()));
        here.iter().enumerate().for_each(|(at, piece)| splices.replace(place(at), piece.clone()));
        (here.len()..old.len()).for_each(|at| slots.remove(at, &mut splices));
        if !more.is_empty() {
            slots.insert(Some(old.len() - 1), more, &mut splices);
        }
        Some(splices)
    }

    fn remove_key(&self, body: &Body<'_>, (key, item): (&Key, &Item)) -> Option<Splices> {
        let mut splices = Splices::default();
        match (item, body.form) {
            (Item::ArrayOfTables(_), _) => {
                let (bodies, slots) = self.list(item)?;
                (0..bodies.len()).for_each(|at| slots.remove(at, &mut splices));
            }
            (Item::Value(value), Form::Headed(_)) => {
                splices.remove(line_start(self.text, key.span()?.start)..next_line(self.text, value.span()?.end));
            }
            (Item::Value(_), Form::Braces(table)) => {
                let (names, commas) = self.keys(table)?;
                commas.remove(names.iter().position(|name| *name == key.get())?, &mut splices);
            }
            _ => return None,
        }
        Some(splices)
    }

    /// Writes a key behind the one that the format has before it.
    fn add_key(&self, body: &Body<'_>, entry: &Entry, name: &str, field: &Field) -> Option<Splices> {
        let keys = entry.table.keys.iter().filter(|key| !matches!(key.shape, Shape::Tables(_)));
        let before: Vec<_> = keys.take_while(|key| key.name != name).map(|key| key.name).collect();
        let stays = |name: &&str| entry.field(name).is_some();
        let before = before.into_iter().rev().filter(stays).find_map(|name| body.key(name));
        let mut splices = Splices::default();
        match body.form {
            Form::Headed(table) => {
                let (at, indent) = match before {
                    Some((key, item)) => {
                        let end = item.as_value()?.span()?.end;
                        (next_line(self.text, end), indent(self.text, key.span()?.start))
                    }
                    None => (below_header(self.text, table)?, ""),
                };
                splices.insert(at, format!("{indent}{}", write::line(name, field)));
            }
            Form::Braces(table) => {
                let (names, commas) = self.keys(table)?;
                let after = before.and_then(|(key, _)| names.iter().position(|name| *name == key.get()));
                let after = after.or_else(|| names.len().checked_sub(1));
                commas.insert(after, &[format!("{name} = {}", write::value(field, Room::Line, 0))], &mut splices);
            }
        }
        Some(splices)
    }

    fn add_tables(&self, body: &Body<'_>, tables: &[Entry]) -> Option<Splices> {
        let Form::Headed(table) = body.form else { return None };
        let mut splices = Splices::default();
        let text: String = tables.iter().map(|entry| format!("\n{}", write::headed(entry))).collect();
        splices.insert(self.sections.place(table)?.end, text);
        Some(splices)
    }
}

/// For each wanted entry the old one that it comes from: the one with its name, or else the one in its place, if that
/// one is gone.
fn origins<T>(old: &[T], wanted: &[T], is_same: impl Fn(&T, &T) -> bool) -> Vec<Option<usize>> {
    let mut is_used = vec![false; old.len()];
    let mut from: Vec<Option<usize>> = Vec::with_capacity(wanted.len());
    for entry in wanted {
        let at = (0..old.len()).find(|&at| !is_used[at] && is_same(&old[at], entry));
        if let Some(at) = at {
            is_used[at] = true;
        }
        from.push(at);
    }
    for (at, from) in from.iter_mut().enumerate() {
        if from.is_none() && is_used.get(at) == Some(&false) {
            is_used[at] = true;
            *from = Some(at);
        }
    }
    from
}
