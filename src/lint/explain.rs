//! Each finding at length: what it is about, why it matters, a wrong and a right example.

/// The page of the manual that explains every code.
const PAGE: &str = include_str!("../../assets/manual/rules.md");

/// What is to be said of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    pub code: &'static str,
    /// Markdown, examples and all.
    pub text: &'static str,
}

impl Explanation {
    /// The examples of decks in it, wrong ones first: what comes behind a line that says `Wrong` or `Right`.
    pub fn examples(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let blocks = |word: &str| {
            let begins = |part: &str| part.trim_end().ends_with(word);
            let parts: Vec<&'static str> = self.text.split("```").collect();
            let pairs = parts.iter().zip(parts.iter().skip(1)).step_by(2);
            let meant = pairs.filter(|(before, _)| begins(before)).map(|(_, block)| *block);
            meant.filter_map(|block| block.split_once('\n')).map(|(_, block)| block).collect::<Vec<_>>()
        };
        (blocks("Wrong:"), blocks("Right:"))
    }
}

/// The explanations of all codes, in the order of the page.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    PAGE.split("\n## `").skip(1).filter_map(|section| {
        let (code, text) = section.split_once("`\n")?;
        Some(Explanation { code, text: text.trim() })
    })
}

/// The explanation of a code.
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().find(|known| known.code == code)
}
