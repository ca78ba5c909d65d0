//! What the engine says about one request.

use cors_core::{
    Cors, Kind, Verdict,
    plain::{Request, Response},
};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A decision, applied to an empty response.
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) verdict: Verdict,
    /// The status that is answered without the handler.
    pub(crate) answer: Option<u16>,
    pub(crate) headers: Response,
}

impl Outcome {
    pub(crate) fn of(cors: &Cors, request: &Request) -> Self {
        let decision = cors.decide(request);
        let (kind, verdict) = (decision.kind(), decision.verdict());
        let mut headers = Response::default();
        let answer = decision.apply(&mut headers);
        Self { kind, verdict, answer, headers }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut outcome = serializer.serialize_struct("Outcome", 4)?;
        outcome.serialize_field("class", self.kind.as_str())?;
        outcome.serialize_field("verdict", self.verdict.as_str())?;
        outcome.serialize_field("answer", &self.answer)?;
        outcome.serialize_field("headers", &self.headers.headers)?;
        outcome.end()
    }
}
