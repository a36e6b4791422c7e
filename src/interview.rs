//! The mock interview: what is asked, the clock, the answers, and what they come to.

mod clock;
mod margin;
mod plan;
mod probe;
mod report;
mod score;
mod sitting;
mod trend;

pub use clock::{Clock, PROBE, THINK};
pub use plan::{Candidate, Drawn, Length, Plan, Why};
pub use probe::{After, Hint, Probe, hint, probes};
pub use report::{PointTold, Report, Told, Wrong};
pub use score::{Bucket, Calibration, Counted, Credit, Score, Scored};
pub use sitting::{Answer, Probed, Sitting, Step, Wishes};
pub use trend::{FEWEST, Mould, Past, Readiness, strength};
