//! `greenroom paths`: where everything lives.

use clap::Args;
use serde_json::json;

use super::call::Call;
use super::failure::Failure;
use super::output::{Form, Output};
use crate::safe;
use crate::store::disagreements;

/// Print where settings, decks, reviews and the cache live
#[derive(Debug, Args)]
pub struct Paths {
    #[command(flatten)]
    form: Form,
}

impl Paths {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let paths = call.paths()?;
        let reviews = paths.data.join("reviews.db");
        let disagreements = disagreements(&paths.data);
        let all = [
            ("config", &paths.config),
            ("decks", &paths.decks),
            ("data", &paths.data),
            ("reviews", &reviews),
            ("disagreements", &disagreements),
            ("cache", &paths.cache),
        ];
        if self.form.is_json() {
            let named = all.iter().map(|(name, path)| ((*name).to_owned(), json!(path.to_string_lossy())));
            output.json(&serde_json::Value::Object(named.collect()))?;
            return Ok(0);
        }
        for (name, path) in all {
            output.line(&safe!("{name:<13} {}", path.display()))?;
        }
        Ok(0)
    }
}
