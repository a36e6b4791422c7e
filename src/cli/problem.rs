//! A problem of a file as lines of text.

use crate::deck::{Diagnostic, render};
use crate::library::{Origin, Problem};
use crate::safe;
use crate::text::Safe;

/// Columns that a problem takes at most.
const WIDTH: usize = 100;

/// Renders problems, reading each file once as long as its problems come together.
#[derive(Default)]
pub struct Renderer {
    last: Option<(Origin, Option<String>)>,
}

impl Renderer {
    /// With the file that it is about, and the line of it where there is one.
    pub fn render(&mut self, problem: &Problem) -> Safe {
        let diagnostic = &problem.diagnostic;
        if problem.place.is_some()
            && let Some(text) = self.text(&problem.origin)
        {
            return render(diagnostic, text, problem.file.as_str(), WIDTH);
        }
        let severity = diagnostic.severity.word();
        let Diagnostic { code, message, help, .. } = diagnostic;
        safe!("{severity}[{code}]: {message}\n  --> {}\n  = help: {help}", problem.file)
    }

    fn text(&mut self, origin: &Origin) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(last, _)| last != origin) {
            self.last = Some((origin.clone(), origin.text().ok()));
        }
        self.last.as_ref().and_then(|(_, text)| text.as_deref())
    }
}
