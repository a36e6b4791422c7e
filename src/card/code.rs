//! A question that is answered with code: a command, a query, a few lines of a program.

use serde::{Deserialize, Serialize};

use super::Point;
use crate::text::Safe;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Markdown.
    pub question: Safe,
    /// The model answer, line by line as the author wrote it.
    pub code: Safe,
    /// What it is written in, such as `bash` or `sql`.
    pub language: Option<Safe>,
    /// Other code that is as right.
    pub accept: Vec<Safe>,
}

impl Code {
    /// The code as a fenced block.
    pub fn answer(&self) -> Safe {
        self.fenced(&self.code)
    }

    /// Other right ways, each as a fenced block.
    pub fn others(&self) -> impl Iterator<Item = Safe> {
        self.accept.iter().map(|code| self.fenced(code))
    }

    /// All the code as one point.
    pub fn points(&self) -> Vec<Point> {
        let id = "code".parse().expect("a word");
        vec![Point { id, weight: 2, text: self.code.line(), accept: self.accept.clone(), probe: None }]
    }

    fn fenced(&self, code: &Safe) -> Safe {
        let language = self.language.as_ref().map_or("", Safe::as_str);
        let mut fence = "```".to_owned();
        while code.as_str().contains(&fence) {
            fence.push('`');
        }
        Safe::from(format_args!("{fence}{language}\n{code}\n{fence}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_in_the_code() {
        let code = |code: &str| Code {
            question: Safe::from("How?"),
            code: Safe::new(code),
            language: Some(Safe::from("bash")),
            accept: Vec::new(),
        };
        assert_eq!(code("ls -l").answer().as_str(), "```bash\nls -l\n```");
        assert_eq!(code("```\nx\n```").answer().as_str(), "````bash\n```\nx\n```\n````");
    }
}
