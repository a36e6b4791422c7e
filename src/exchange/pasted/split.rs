//! Where the questions of a pasted text begin, and what belongs to each.

use super::marks::{self, Mark};

/// Lines that a question may have before its answer.
const LONGEST_QUESTION: usize = 8;

/// A line with its number in the file, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    pub number: usize,
    pub text: &'t str,
}

/// A question with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'t> {
    pub line: usize,
    pub question: String,
    /// The name of the part of the page in which it stands.
    pub section: Option<String>,
    pub answer: Vec<Line<'t>>,
    /// Lines that belong to the page and to no text.
    pub noise: Vec<Line<'t>>,
}

/// A text in blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'t> {
    pub before: Vec<Line<'t>>,
    pub blocks: Vec<Block<'t>>,
}

/// A text whose lines are known.
struct Page<'t> {
    lines: Vec<&'t str>,
    marks: Vec<Mark>,
    /// Lines inside a fence: nothing in them is a mark.
    code: Vec<bool>,
}

/// A text in blocks; none if there is no question in it.
pub fn split(text: &str) -> Option<Split<'_>> {
    let is_chat = marks::is_chat(text);
    let lines: Vec<&str> = text.lines().collect();
    let code = fenced(&lines);
    let has_interviewer = lines.iter().any(|line| marks::is_interviewer(line));
    let read = |(line, is_code): (&&str, &bool)| match marks::reply(line).filter(|_| has_interviewer) {
        _ if *is_code => Mark::Text,
        Some(said) => Mark::Answer(said),
        None => marks::read(line, is_chat),
    };
    let marks = lines.iter().zip(&code).map(read).collect();
    let mut page = Page { lines, marks, code };
    page.mark_letters();
    let starts = page.starts();
    starts.first()?;
    let line = |at: usize| Line { number: at + 1, text: page.lines[at] };
    let mut sections: Vec<Option<usize>> = starts.iter().map(|start| page.section_above(*start)).collect();
    if sections.iter().skip(1).all(Option::is_none) {
        // What stands above all questions is the title of the page.
        sections[0] = None;
    }
    let end = |at: usize| match (starts.get(at), sections.get(at)) {
        (_, Some(Some(section))) => *section,
        (Some(start), _) => *start,
        _ => page.lines.len(),
    };
    let (mut blocks, mut name) = (Vec::new(), None);
    for (at, start) in starts.iter().enumerate() {
        name = sections[at].map(|section| page.question_line(section, usize::MAX)).or(name);
        blocks.push(Block { section: name.clone(), ..page.block(*start, end(at + 1)) });
    }
    Some(Split { before: (0..end(0)).map(line).collect(), blocks })
}

/// Which lines are inside a fence that is closed.
pub fn fenced(lines: &[&str]) -> Vec<bool> {
    let mut inside = vec![false; lines.len()];
    let mut open: Option<(usize, &str)> = None;
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim_start();
        match open {
            None => {
                let said = behind_mark(line);
                open = ["```", "~~~"].into_iter().find(|mark| said.starts_with(mark)).map(|mark| (at, mark));
            }
            Some((start, mark)) if line.starts_with(mark) && line.trim_matches(['`', '~', ' ']).is_empty() => {
                // The line that opens may have a mark before it.
                inside[start + 1..=at].fill(true);
                open = None;
            }
            Some(_) => {}
        }
    }
    inside
}

/// A line without an `A:` or the like: code may begin right behind it.
fn behind_mark(line: &str) -> &str {
    match line.split_once(':') {
        Some((mark, said)) if mark.len() <= 20 && said.trim_start().starts_with(['`', '~']) => said.trim_start(),
        _ => line,
    }
}

impl<'t> Page<'t> {
    /// The lines with which questions begin, in order.
    fn starts(&mut self) -> Vec<usize> {
        self.join_answers();
        if self.marks.iter().any(|mark| matches!(mark, Mark::Answer(_))) {
            self.before_answers()
        } else {
            self.by_looks()
        }
    }

    /// `A.` right below a question answers it, unless `B.` stands below.
    fn mark_letters(&mut self) {
        for at in 1..self.lines.len() {
            let is_below = matches!(self.marks[at - 1], Mark::Question(_) | Mark::Numbered(..));
            let has_next = self.lines.get(at + 1).is_some_and(|next| next.trim_start().starts_with(['B', 'b']));
            if let Some(said) = marks::lettered(self.lines[at]).filter(|_| is_below && !has_next && !self.code[at]) {
                self.marks[at] = Mark::Answer(said);
            }
        }
    }

    /// Of answer marks with nothing between them, only the last is one.
    fn join_answers(&mut self) {
        let mut last: Option<usize> = None;
        for at in 0..self.marks.len() {
            match &self.marks[at] {
                Mark::Answer(_) => {
                    if let Some(before) = last.replace(at) {
                        self.marks[before] = Mark::Noise;
                    }
                }
                Mark::Blank | Mark::Noise => {}
                _ => last = None,
            }
            if matches!(&self.marks[at], Mark::Answer(rest) if !rest.is_empty()) {
                last = None;
            }
        }
    }

    /// The question of each answer mark, and questions that were marked and have none.
    fn before_answers(&mut self) -> Vec<usize> {
        let answers: Vec<usize> =
            (0..self.marks.len()).filter(|at| matches!(self.marks[*at], Mark::Answer(_))).collect();
        let (mut found, mut from, mut expected) = (Vec::new(), 0, None);
        for answer in &answers {
            let strong = self.marked_question(from, *answer, expected);
            if let Some(Mark::Numbered(number, _)) = strong.map(|at| &self.marks[at]) {
                expected = Some(number + 1);
            }
            found.push((*answer, strong, self.paragraph_above(from, *answer)));
            from = answer + 1;
        }
        let is_marked = found.iter().filter(|(_, strong, _)| strong.is_some()).count() * 2 >= found.len();
        let mut starts: Vec<usize> =
            (0..self.marks.len()).filter(|at| matches!(self.marks[*at], Mark::Question(_))).collect();
        for (answer, strong, weak) in found {
            match strong.or(weak.filter(|_| !is_marked)) {
                Some(start) => starts.push(start),
                None => self.marks[answer] = Mark::Text,
            }
        }
        starts.sort_unstable();
        starts.dedup();
        self.with_unanswered(&starts)
    }

    /// The starts, and numbered questions between them that no mark answers.
    fn with_unanswered(&self, starts: &[usize]) -> Vec<usize> {
        let is_numbered = |at: &&usize| matches!(self.marks[**at], Mark::Numbered(..));
        if starts.iter().filter(is_numbered).count() * 2 < starts.len() {
            return starts.to_vec();
        }
        let (mut all, mut expected, mut entry) = (Vec::new(), 1, None);
        for at in 0..self.lines.len() {
            let is_start = starts.binary_search(&at).is_ok();
            match self.marks[at] {
                Mark::Numbered(number, _) if is_start || self.continues(at, number, expected, entry) => {
                    (expected, entry) = (number + 1, None);
                    all.push(at);
                }
                Mark::Numbered(..) => entry = Some(at),
                _ if is_start => all.push(at),
                _ => {}
            }
        }
        all
    }

    /// Whether a numbered line goes on the count of the questions and not that of a list, whose last `entry` is known.
    fn continues(&self, at: usize, number: u32, expected: u32, entry: Option<usize>) -> bool {
        let (asks, is_apart) = (self.asks(at), self.begins_paragraph(at));
        let is_entry = entry.is_some_and(|entry| {
            let is_next = matches!(self.marks[entry], Mark::Numbered(before, _) if before + 1 == number);
            is_next && (self.asks(entry) || !asks || !is_apart)
        });
        let is_counted = match () {
            () if number == expected => asks || is_apart && number > 1,
            () => asks && is_apart && (number > expected || number == 1 && self.section_above(at).is_some()),
        };
        is_counted && !is_entry && !self.lines[at].starts_with([' ', '\t'])
    }

    /// The line right above, gaps aside, if it names a section.
    fn section_above(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|above| self.marks[*above] != Mark::Blank).filter(|above| self.is_section(*above))
    }

    /// Whether a line names a part of the page: a heading, `Section B`, or bold words.
    fn is_section(&self, at: usize) -> bool {
        const NAMES: [&str; 6] = ["section ", "part ", "chapter ", "topic ", "topic:", "module "];
        let line = self.lines[at].trim();
        let is_named =
            || NAMES.iter().any(|name| line.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)));
        let is_short = line.chars().count() <= 80 && !line.ends_with(['.', '?', ';', ',']);
        let is_alone = self.begins_paragraph(at) && self.marks.get(at + 1).is_none_or(|next| *next == Mark::Blank);
        let is_text = self.marks[at] == Mark::Text && !self.code[at];
        is_text && is_short && is_alone && (line.starts_with('#') || self.is_bold(at) || is_named())
    }

    /// The marked or numbered question between two lines that belongs to the answer at the second.
    fn marked_question(&self, from: usize, answer: usize, expected: Option<u32>) -> Option<usize> {
        let near = (from..answer).rev();
        if let Some(at) = near.clone().find(|at| matches!(self.marks[*at], Mark::Question(_))) {
            return Some(at);
        }
        let paragraph = self.paragraph(from, answer);
        let numbered = |at: &usize| match self.marks[*at] {
            Mark::Numbered(number, _) => Some(number),
            _ => None,
        };
        let close = near.scan(0, |said, at| {
            *said += usize::from(self.marks[at] != Mark::Blank);
            (*said <= LONGEST_QUESTION).then_some(at)
        });
        let next = close.filter(|at| numbered(at).is_some()).find(|at| numbered(at) == expected.or(Some(1)));
        next.or_else(|| paragraph.rev().find(|at| numbered(at).is_some()))
    }

    /// The lines without a gap that stand right above an answer mark.
    fn paragraph(&self, from: usize, answer: usize) -> std::ops::Range<usize> {
        let is_gap = |at: usize| matches!(self.marks[at], Mark::Blank | Mark::Noise);
        let mut end = answer;
        while end > from && is_gap(end - 1) {
            end -= 1;
        }
        let mut start = end;
        while start > from && !is_gap(start - 1) {
            start -= 1;
        }
        start..end
    }

    /// Where an unmarked question may begin right above an answer mark.
    fn paragraph_above(&self, from: usize, answer: usize) -> Option<usize> {
        let lines = self.paragraph(from, answer);
        match lines.len() {
            0 => None,
            1..=3 if lines.start > from || from == 0 => Some(lines.start),
            _ => Some(lines.end - 1),
        }
    }

    /// Without answer marks: by the first look that any line has.
    fn by_looks(&self) -> Vec<usize> {
        let all = 0..self.lines.len();
        let looks: [&dyn Fn(&usize) -> bool; 6] = [
            &|at| matches!(self.marks[*at], Mark::Question(_)),
            &|at| !self.code[*at] && self.lines[*at].starts_with('#') && self.lines[*at].trim_end().ends_with('?'),
            &|at| self.is_bold(*at) && self.asks(*at),
            &|at| matches!(self.marks[*at], Mark::Numbered(..)) && self.asks(*at),
            &|at| self.asks(*at) && self.begins_paragraph(*at),
            &|at| self.asks(*at),
        ];
        for look in looks {
            let starts: Vec<usize> = all.clone().filter(look).collect();
            if !starts.is_empty() {
                return self.with_numbered(starts);
            }
        }
        let numbered: Vec<usize> = all.filter(|at| matches!(self.marks[*at], Mark::Numbered(..))).collect();
        if numbered.len() > 1 { numbered } else { Vec::new() }
    }

    /// The starts, and numbered lines between them that continue their count without a question mark.
    fn with_numbered(&self, starts: Vec<usize>) -> Vec<usize> {
        if !starts.iter().all(|at| matches!(self.marks[*at], Mark::Numbered(..))) {
            return starts;
        }
        let (mut all, mut expected) = (Vec::new(), 1);
        for at in 0..self.lines.len() {
            let Mark::Numbered(number, _) = self.marks[at] else { continue };
            let is_apart = self.begins_paragraph(at) && !self.lines[at].starts_with([' ', '\t']);
            if starts.binary_search(&at).is_ok() || is_apart && number == expected {
                all.push(at);
                expected = number + 1;
            }
        }
        all
    }

    fn is_bold(&self, at: usize) -> bool {
        let line = self.lines[at].trim();
        !self.code[at] && line.len() > 4 && line.starts_with("**") && line.ends_with("**")
    }

    fn asks(&self, at: usize) -> bool {
        let is_marked =
            matches!(self.marks[at], Mark::Text | Mark::Numbered(..)) && !self.code[at] && !is_code(self.lines[at]);
        let line = self.lines[at].trim_end().trim_end_matches(['*', '_', ' ']);
        is_marked
            && line.ends_with('?')
            && line.split_whitespace().nth(1).is_some()
            && !line.trim_start().starts_with(['-', '•'])
    }

    fn begins_paragraph(&self, at: usize) -> bool {
        at == 0 || self.marks[at - 1] == Mark::Blank
    }

    fn block(&self, start: usize, end: usize) -> Block<'t> {
        let mark = (start..end).find(|at| matches!(self.marks[*at], Mark::Answer(_)));
        let asked_to = mark.unwrap_or_else(|| self.question_end(start, end));
        let is_kept = |at: &usize| self.marks[*at] != Mark::Noise;
        let question: Vec<String> = (start..asked_to).filter(is_kept).map(|at| self.question_line(at, start)).collect();
        let line = |at: usize| Line { number: at + 1, text: self.lines[at] };
        let mut answer: Vec<Line<'t>> = Vec::new();
        let mut from = asked_to;
        if let Some(at) = mark {
            let rest = self.rest(at);
            if !rest.is_empty() {
                answer.push(Line { number: at + 1, text: rest });
            }
            from = at + 1;
        }
        answer.extend((from..end).filter(|at| self.marks[*at] != Mark::Noise || self.is_button(*at)).map(line));
        let noise = (start..end).filter(|at| self.marks[*at] == Mark::Noise).map(line).collect();
        Block { line: start + 1, question: question.join("\n").trim().to_owned(), section: None, answer, noise }
    }

    /// Where the question ends if no mark says so: with its question mark, if that is near.
    fn question_end(&self, start: usize, end: usize) -> usize {
        let is_told = |at: &usize| !self.question_line(*at, start).is_empty();
        let first = (start..end).find(is_told).unwrap_or(start);
        let ends = |at: &usize| self.lines[*at].trim_end().trim_end_matches(['*', '_']).ends_with('?');
        let near = (first..end.min(first + 3)).take_while(|at| self.marks[*at] != Mark::Blank);
        near.clone().find(ends).unwrap_or(first) + 1
    }

    fn question_line(&self, at: usize, start: usize) -> String {
        match &self.marks[at] {
            Mark::Question(rest) | Mark::Numbered(_, rest) if at == start => rest.clone(),
            _ if self.is_bold(at) => self.lines[at].trim().trim_matches('*').trim().to_owned(),
            _ => self.lines[at].trim().trim_start_matches('#').trim().to_owned(),
        }
    }

    /// What stands behind an answer mark, as a part of its line.
    fn rest(&self, at: usize) -> &'t str {
        let Mark::Answer(rest) = &self.marks[at] else { return "" };
        let line = self.lines[at];
        line.find(rest.as_str())
            .filter(|_| !rest.is_empty())
            .map_or_else(|| after_mark(line, rest), |place| &line[place..])
    }

    /// A button above code, from which the answer learns that code follows.
    fn is_button(&self, at: usize) -> bool {
        self.lines[at].trim() == "Copy code"
    }
}

/// What stands behind the mark when emphasis was taken out of the middle of it.
fn after_mark<'l>(line: &'l str, rest: &str) -> &'l str {
    if rest.is_empty() {
        ""
    } else {
        line.split_once([':', '.', ')']).map_or(line, |(_, after)| after.trim_start_matches(['*', '_', ' ']))
    }
}

fn is_code(line: &str) -> bool {
    line.starts_with("    ") || line.trim_start().starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(text: &str) -> Vec<(String, String)> {
        let said = |block: &Block<'_>| block.answer.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        let blocks = split(text).expect("questions").blocks;
        blocks.iter().map(|block| (block.question.clone(), said(block).trim().to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect()
    }

    #[test]
    fn an_article_before_a_number_answers_nothing() {
        let text = "1. What is a disk?\n\nIt stores.\n\n2. What is a port?\n\nA 16-bit number.\n";
        assert_eq!(cards(text), pairs(&[("What is a disk?", "It stores."), ("What is a port?", "A 16-bit number.")]));
    }

    #[test]
    fn a_numbered_question_without_a_mark_is_a_card_of_its_own() {
        let text =
            "1. What is a?\nAnswer: x\n\n2. What is b?\ny is here.\n\n3. What is c?\nAnswer: z\n\n4. Describe d\n\nd.";
        let expected = [("What is a?", "x"), ("What is b?", "y is here."), ("What is c?", "z"), ("Describe d", "d.")];
        assert_eq!(cards(text), pairs(&expected));
        let list = "1. What?\nAnswer: x\n2. How?\nAnswer:\n\n1. Ask.\n\n2. Who asks?\n\n3. Act.\n\n3. Why?\nSo.";
        let told: Vec<_> = cards(list).into_iter().map(|(question, _)| question).collect();
        assert_eq!(told, ["What?", "How?", "Why?"]);
    }

    #[test]
    fn nothing_in_a_fence_is_a_mark() {
        let code = "```python\n# Q: is this a question?\nx = 1\n\n# 2. Is this?\n```";
        let expected = [("How?", code), ("Second?", "Yes.")];
        assert_eq!(cards(&format!("1. How?\n\n{code}\n\n2. Second?\n\nYes.")), pairs(&expected));
        assert_eq!(cards(&format!("**1. How?**\n\n{code}\n\n**2. Second?**\n\nYes.")), pairs(&expected));
    }

    #[test]
    fn the_name_of_a_section_is_in_no_answer() {
        let text = "Section A: Nets\n\n1) What is NAT?\nAns: Translation.\n\nSection B: Disks\n\n1) What is RAID?\nAns: Disks.\n2) Why?\nIt holds.";
        let blocks = split(text).expect("questions").blocks;
        let told: Vec<_> = blocks.iter().map(|block| block.section.as_deref().unwrap_or_default()).collect();
        assert_eq!(told, ["Section A: Nets", "Section B: Disks", "Section B: Disks"]);
        assert_eq!(cards(text)[0], ("What is NAT?".to_owned(), "Translation.\n".trim().to_owned()));
    }

    #[test]
    fn answers_are_known_by_a_letter_right_below_and_by_who_speaks() {
        let text = "Q1. What is X?\nA. It is x.\nQ2. What is Y?\nA. It is y.";
        assert_eq!(cards(text), pairs(&[("What is X?", "It is x."), ("What is Y?", "It is y.")]));
        let choice = "Q: Which?\nA. this\nB. that\nA: That.";
        assert_eq!(cards(choice), pairs(&[("Which?\nA. this\nB. that", "That.")]));
        let talk = "Interviewer: Tell me about yourself.\nYou: I write Go.\n\nInterviewer: Why?\nYou: To own it.";
        assert_eq!(cards(talk), pairs(&[("Tell me about yourself.", "I write Go."), ("Why?", "To own it.")]));
    }
}
