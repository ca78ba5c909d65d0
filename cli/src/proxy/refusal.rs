//! Why a request is not answered by the upstream.

use http::{HeaderValue, Response, StatusCode, header};

/// A reason to answer in the upstream's place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// `CONNECT`: the proxy is no open one.
    Connect,
    /// A request for a WebSocket.
    WebSocket,
    /// A target that has no path.
    Target,
    /// The request was here before.
    Loop,
    /// A host that this proxy does not serve.
    Host,
    /// The response has two lengths.
    Ambiguous,
    /// The client stopped sending.
    Client,
    /// No connection could be made.
    Unreachable,
    /// No connection was made in time.
    ConnectTimeout,
    /// No head of a response arrived in time.
    HeadTimeout,
    /// The connection ended before the head of a response.
    BrokenOff,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Connect | Self::WebSocket => StatusCode::NOT_IMPLEMENTED,
            Self::Target => StatusCode::BAD_REQUEST,
            Self::Loop => StatusCode::LOOP_DETECTED,
            Self::Client => StatusCode::REQUEST_TIMEOUT,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Unreachable | Self::BrokenOff | Self::Ambiguous => StatusCode::BAD_GATEWAY,
            Self::ConnectTimeout | Self::HeadTimeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// It names no address: who asks need not know the upstream.
    fn sentence(self) -> &'static str {
        match self {
            Self::Connect => "This proxy forwards to one upstream and does not support CONNECT.",
            Self::WebSocket => {
                "This proxy does not forward WebSockets. CORS does not apply to them: connect to the upstream directly."
            }
            Self::Target => "The request target has no path.",
            Self::Loop => "The upstream leads back to this proxy.",
            Self::Host => "This proxy does not serve this host name. Option --host adds a name.",
            Self::Ambiguous => {
                "The upstream sent both Content-Length and Transfer-Encoding, so its response is ambiguous."
            }
            Self::Client => "The request ended early.",
            Self::Unreachable => "Cannot reach the upstream.",
            Self::ConnectTimeout => "The upstream took too long to accept a connection.",
            Self::HeadTimeout => "The upstream took too long to answer.",
            Self::BrokenOff => "The upstream closed the connection before it answered.",
        }
    }

    pub(crate) fn response(self) -> Response<String> {
        let mut response = Response::new(format!("{}\n", self.sentence()));
        *response.status_mut() = self.status();
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, text);
        let never = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
        response
    }
}
