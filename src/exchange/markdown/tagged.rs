//! Cards that begin with `Q:`, `A:` and `C:` at the start of a line, as hashcards and repeater write them.

use super::write::{Carried, unescape};
use crate::exchange::build::{card, shown};
use crate::exchange::cloze;
use crate::exchange::pasted::fenced;
use crate::exchange::{Imported, points};
use crate::safe;
use crate::text::Safe;

/// Whether the lines have marked cards.
pub fn is_tagged(lines: &[&str]) -> bool {
    let code = fenced(lines);
    let mut marked = lines.iter().zip(&code).filter(|(_, is_code)| !**is_code).map(|(line, _)| *line);
    let has_question = marked.clone().any(|line| line.starts_with("Q:"));
    has_question && marked.clone().any(|line| line.starts_with("A:"))
        || marked.any(|line| line.starts_with("C:") && line.contains('['))
}

/// What is being read.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Text that belongs to no card.
    Outside,
    Question,
    Answer,
    Cloze,
}

/// The card that is being read.
struct Reader<'i> {
    imported: &'i mut Imported,
    part: Part,
    line: usize,
    question: Vec<String>,
    answer: Vec<String>,
    outside: Vec<(usize, String)>,
}

/// Reads marked cards. A `---` or the next mark ends a card; text outside is listed.
pub fn read(lines: &[&str], above: usize, imported: &mut Imported) {
    let code = fenced(lines);
    let mut reader = Reader {
        imported,
        part: Part::Outside,
        line: 0,
        question: Vec::new(),
        answer: Vec::new(),
        outside: Vec::new(),
    };
    for (at, (line, is_code)) in lines.iter().zip(code).enumerate() {
        reader.line(above + at + 1, line, is_code);
    }
    reader.end();
    reader.lose_outside();
}

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &str, is_code: bool) {
        let mark = |mark: &str| line.strip_prefix(mark).filter(|_| !is_code).map(|rest| rest.trim().to_owned());
        if let Some(text) = mark("Q:") {
            self.begin(Part::Question, number);
            self.question.push(text);
        } else if let Some(text) = mark("C:") {
            self.begin(Part::Cloze, number);
            self.question.push(text);
        } else if let Some(text) = mark("A:") {
            if self.part != Part::Question {
                self.begin(Part::Answer, number);
            }
            self.part = Part::Answer;
            self.answer.push(text);
        } else if !is_code && line.starts_with("---") && line.trim_end().trim_matches('-').is_empty() {
            self.end();
        } else {
            self.text(number, if is_code { line.to_owned() } else { unescape(line) });
        }
    }

    fn begin(&mut self, part: Part, number: usize) {
        self.end();
        (self.part, self.line) = (part, number);
    }

    fn text(&mut self, number: usize, line: String) {
        match self.part {
            Part::Outside => self.outside.push((number, line)),
            Part::Question | Part::Cloze => self.question.push(line),
            Part::Answer => self.answer.push(line),
        }
    }

    /// Offers what was read as a card.
    fn end(&mut self) {
        let (question, answer) = (std::mem::take(&mut self.question), std::mem::take(&mut self.answer));
        match std::mem::replace(&mut self.part, Part::Outside) {
            Part::Outside => {}
            Part::Cloze => self.cloze(question),
            Part::Question | Part::Answer => self.pair(&question, answer),
        }
    }

    fn cloze(&mut self, mut text: Vec<String>) {
        let carried = Carried::take(&mut text);
        let read = cloze::bracketed(text.join("\n").trim());
        match (read, carried) {
            (_, Some(carried)) => match carried.put_on(&card("", "", [])) {
                Ok(card) => self.imported.offer(self.line, card),
                Err(why) => self.imported.lose(self.line, why),
            },
            (Ok(card), None) => self.imported.offer(self.line, card),
            (Err(why), None) => self.imported.lose(self.line, safe!("{why} {}", Safe::new(&text.join(" ")))),
        }
    }

    fn pair(&mut self, question: &[String], mut answer: Vec<String>) {
        let carried = Carried::take(&mut answer);
        let (question, answer) = (question.join("\n"), answer.join("\n"));
        let points = points::of(&answer).unwrap_or_else(|lines| {
            self.imported.too_many_points(self.line, lines);
            Vec::new()
        });
        let card = card(question.trim(), answer.trim(), points);
        match carried.map_or_else(|| Ok(card.clone()), |carried| carried.put_on(&card)) {
            Ok(card) => self.imported.offer(self.line, card),
            Err(why) => {
                self.imported.lose(self.line, why);
                self.imported.offer(self.line, card);
            }
        }
    }

    /// The first heading is a title if nothing else is; the rest of the text outside cards is listed.
    fn lose_outside(&mut self) {
        let told = self.outside.iter().filter(|(_, line)| !line.trim().is_empty());
        for (number, line) in told {
            match line.strip_prefix("# ") {
                Some(title) if self.imported.title.is_none() => self.imported.title = Some(shown(title)),
                _ => self.imported.dropped.push(crate::exchange::Loss {
                    line: Some(*number),
                    what: safe!("Belongs to no card: {}", Safe::new(line.trim())),
                }),
            }
        }
    }
}
