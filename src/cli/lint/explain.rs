//! What findings there are, and each of them at length.

use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::output::{Form, Output};
use crate::deck::RULES;
use crate::lint;
use crate::safe;
use crate::text::{Safe, nearest};

#[derive(Serialize)]
struct Line {
    code: &'static str,
    severity: &'static str,
    means: &'static str,
}

/// Explains one finding by its code.
pub fn explain(code: &str, output: &mut Output) -> Result<u8, Failure> {
    let Some(explanation) = lint::explain(code) else {
        let near = nearest(code, lint::explanations().map(|known| known.code));
        let near = near
            .map_or_else(|| safe!(": `greenroom lint --rules` lists them"), |near| safe!("; did you mean `{near}`?"));
        return Err(Failure::usage(safe!("greenroom: no finding has the code `{}`{near}", Safe::new(code).line())));
    };
    let severity = RULES.iter().find(|rule| rule.code == code).map_or("", |rule| rule.severity.word());
    output.line(&safe!("{code} {severity}\n\n{}", explanation.text))?;
    Ok(0)
}

/// Lists every rule that a deck is held to.
pub fn list(form: Form, output: &mut Output) -> Result<u8, Failure> {
    if form.is_json() {
        let line =
            |rule: &&crate::deck::Rule| Line { code: rule.code, severity: rule.severity.word(), means: rule.means };
        output.list(form, RULES.iter().map(line))?;
        return Ok(0);
    }
    for rule in RULES {
        output.line(&safe!("{:<24} {:<8} {}", rule.code, rule.severity.word(), rule.means))?;
    }
    Ok(0)
}
