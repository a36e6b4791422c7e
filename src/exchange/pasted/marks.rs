//! What a line of pasted text is: the start of a question, of an answer, or neither.

/// What a line begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Blank,
    /// `Q:`, `Question 3:`, what somebody said to a chat; with what stands behind it.
    Question(String),
    /// `3.` or `3)` with what stands behind it: a question, or an entry of a list.
    Numbered(u32, String),
    /// `Answer:`, `A:`, `Ans.`
    Answer(String),
    /// What a page puts between texts.
    Noise,
    Text,
}

const ASKING: [&str; 7] = ["question", "interviewer", "frage", "pregunta", "domanda", "pergunta", "q"];
const ANSWERING: [&str; 12] = [
    "sample answer",
    "model answer",
    "suggested answer",
    "short answer",
    "answer",
    "candidate",
    "interviewee",
    "antwort",
    "respuesta",
    "risposta",
    "ans",
    "a",
];

/// Reads a line; in a chat the lines of its page are known, too.
pub fn read(line: &str, is_chat: bool) -> Mark {
    let (bare, dress) = undress(line);
    if bare.is_empty() {
        return if line.trim().is_empty() { Mark::Blank } else { Mark::Text };
    }
    if is_chat && let Some(mark) = chat(bare) {
        return mark;
    }
    let rest = |rest: &str| without(rest, dress);
    if let Some(said) = marked(bare, &ASKING) {
        return Mark::Question(rest(said));
    }
    if let Some(said) = marked(bare, &ANSWERING) {
        return Mark::Answer(rest(said));
    }
    match numbered(bare) {
        Some((number, said)) => Mark::Numbered(number, rest(said)),
        None => Mark::Text,
    }
}

/// Whether the text was copied from a chat.
pub fn is_chat(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "You said:")
}

fn chat(line: &str) -> Option<Mark> {
    match line {
        "You said:" => Some(Mark::Question(String::new())),
        "ChatGPT" | "ChatGPT said:" => Some(Mark::Answer(String::new())),
        "Copy code" | "Copy" | "Edit" => Some(Mark::Noise),
        _ if line.starts_with("Thought for ") && line.split(' ').count() <= 5 => Some(Mark::Noise),
        _ => None,
    }
}

/// Whether a character is a picture, as chats put them before lines.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
}

/// The line without heading marks, quote marks, pictures and emphasis before it, and the emphasis that was opened.
fn undress(line: &str) -> (&str, &str) {
    let line = line.trim().trim_start_matches(['#', '>', ' ']);
    let line = line.trim_start_matches(is_emoji).trim_start();
    for dress in ["***", "**", "__", "*", "_"] {
        if let Some(rest) = line.strip_prefix(dress)
            && !rest.starts_with(' ')
        {
            return (rest.trim_start(), dress);
        }
    }
    (line, "")
}

/// The text without the emphasis that was opened before it.
fn without(text: &str, dress: &str) -> String {
    let text = text.trim();
    if dress.is_empty() { text.to_owned() } else { text.replacen(dress, "", 1).trim().to_owned() }
}

/// What stands behind one of the words, its number and its mark.
fn marked<'l>(line: &'l str, words: &[&str]) -> Option<&'l str> {
    words.iter().find_map(|word| {
        let rest =
            line.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &line[word.len()..])?;
        let spaceless = rest.trim_start_matches([' ', '#']);
        let behind = spaceless.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let has_number = behind.len() < spaceless.len();
        if has_number && *word == "a" && rest.starts_with(' ') {
            // An article, as in "A 16-bit number".
            return None;
        }
        let behind = behind.trim_start_matches(['*', '_']);
        if let Some(said) = behind.strip_prefix([':', '：']).filter(|said| !said.starts_with(':')) {
            return Some(said);
        }
        let (is_letter, is_alone) = (word.len() == 1, behind.trim().is_empty());
        let dash = behind.trim_start().strip_prefix(['-', '–', '—']);
        let is_apart = |said: &&str| said.is_empty() || said.starts_with([' ', '\t', '*', '_']);
        let closed = behind.strip_prefix(['.', ')']).or(dash).filter(is_apart);
        let is_dashed = dash.is_some() && rest.starts_with(' ') && !is_letter;
        match closed {
            Some(said) if has_number || *word == "ans" || is_dashed => Some(said),
            _ if is_alone && !is_letter && (has_number || *word != "ans") => Some(behind),
            _ => None,
        }
    })
}

/// What somebody says in an interview beside the interviewer.
pub fn reply(line: &str) -> Option<String> {
    let (bare, dress) = undress(line);
    ["You:", "Me:"].iter().find_map(|mark| bare.strip_prefix(mark)).map(|said| without(said, dress))
}

/// Whether an interviewer speaks here.
pub fn is_interviewer(line: &str) -> bool {
    undress(line).0.get(..11).is_some_and(|word| word.eq_ignore_ascii_case("interviewer"))
}

/// `A.` or `A)` with what stands behind it: an answer right below a question, unless it is the first of a choice.
pub fn lettered(line: &str) -> Option<String> {
    let (bare, dress) = undress(line);
    ["A. ", "A) "].iter().find_map(|mark| bare.strip_prefix(mark)).map(|said| without(said, dress))
}

fn numbered(line: &str) -> Option<(u32, &str)> {
    let line = line.strip_prefix('(').unwrap_or(line);
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let number = line[..line.len() - rest.len()].parse().ok().filter(|_| line.len() - rest.len() <= 3)?;
    let said = rest.strip_prefix(['.', ')', ':'])?;
    (said.starts_with([' ', '\t', '*', '_']) && !said.trim().is_empty()).then_some((number, said))
}

/// A question without a number or mark before it.
pub fn strip_number(line: &str) -> String {
    match read(line, false) {
        Mark::Question(rest) | Mark::Numbered(_, rest) if !rest.is_empty() => rest,
        _ => line.trim().to_owned(),
    }
}

/// A text without an `Answer:` before it.
pub fn strip_answer(text: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match read(first, false) {
        Mark::Answer(said) => format!("{said}\n{rest}").trim().to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(rest: &str) -> Mark {
        Mark::Question(rest.to_owned())
    }

    fn answer(rest: &str) -> Mark {
        Mark::Answer(rest.to_owned())
    }

    #[test]
    fn questions_and_answers_are_marked_in_many_ways() {
        for line in [
            "Q: Why?",
            "q1: Why?",
            "Q1. Why?",
            "Q 12) Why?",
            "**Q:** Why?",
            "**Question 3: Why?**",
            "### Q3 - Why?",
            "> Question: Why?",
            "__Frage:__ Why?",
            "QUESTION #4: Why?",
        ] {
            assert_eq!(read(line, false), question("Why?"), "{line}");
        }
        for line in [
            "A: So.",
            "Answer: So.",
            "**Answer:** So.",
            "Ans. So.",
            "ans: So.",
            "A1) So.",
            "Model answer: So.",
            "_A:_ So.",
            "Answer - So.",
            "💡 Answer: So.",
        ] {
            assert_eq!(read(line, false), answer("So."), "{line}");
        }
        assert_eq!(read("### Answer", false), answer(""));
        assert_eq!(read("Question 7", false), question(""));
    }

    #[test]
    fn words_and_lists_are_no_marks() {
        for line in [
            "A service runs.",
            "a) first",
            "Questions are hard.",
            "A. N. Other",
            "Answering: no",
            "Ask: why",
            "2026-11-22: a day",
            "1.5 times",
            "*emphasis* here",
            "Question the default.",
            "A 16-bit number that identifies a process.",
            "A 3: fine",
            "A1-style reference",
            "Q1-Q3 results",
            "q::a",
        ] {
            assert_eq!(read(line, false), Mark::Text, "{line}");
        }
        assert_eq!(read("(2) Why?", false), Mark::Numbered(2, "Why?".to_owned()));
        assert_eq!(read("**3. Why?**", false), Mark::Numbered(3, "Why?".to_owned()));
    }

    #[test]
    fn the_page_of_a_chat_is_known_only_in_a_chat() {
        assert_eq!(read("ChatGPT", true), answer(""));
        assert_eq!(read("Thought for 4 seconds", true), Mark::Noise);
        assert_eq!(read("ChatGPT", false), Mark::Text);
        assert_eq!(read("Thought for food is a pun", true), Mark::Text);
    }
}
