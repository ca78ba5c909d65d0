//! The filter, as a proxy calls it.

use std::rc::Rc;

use cors_core::{
    Cors, Verdict,
    adapter::{Decision, Detached, RequestField, RequestHead, ResponseField, ResponseHead},
    plain::{Plain, Response},
};
use proxy_wasm::{
    hostcalls,
    traits::{Context, HttpContext, RootContext},
    types::{Action, ContextType, LogLevel},
};

use crate::policies;

proxy_wasm::main! {{
    proxy_wasm::set_root_context(|_| Box::new(Root { cors: None }));
}}

/// The plugin, with the policy of its configuration.
struct Root {
    cors: Option<Rc<Cors<Plain>>>,
}

/// One request and its response.
struct Filter {
    cors: Rc<Cors<Plain>>,
    /// Nothing after the filter has answered the request itself.
    decision: Option<Detached<Plain>>,
}

impl Context for Root {}
impl Context for Filter {}

impl RootContext for Root {
    fn on_configure(&mut self, _: usize) -> bool {
        let text = self.get_plugin_configuration().unwrap_or_default();
        let compiled = String::from_utf8(text)
            .map_err(|_| "the text is not UTF-8".to_owned())
            .and_then(|text| policies(&text))
            .and_then(|policies| policies.compile().map_err(|errors| errors.to_string()));
        match compiled {
            Ok(cors) => {
                self.cors = Some(Rc::new(cors));
                true
            }
            Err(error) => {
                let _ = hostcalls::log(
                    LogLevel::Critical,
                    &format!("invalid CORS policy in the plugin's configuration: {error}"),
                );
                false
            }
        }
    }

    fn create_http_context(&self, _: u32) -> Option<Box<dyn HttpContext>> {
        let cors = Rc::clone(self.cors.as_ref()?);
        Some(Box::new(Filter { cors, decision: None }))
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }
}

impl HttpContext for Filter {
    fn on_http_request_headers(&mut self, _: usize, _: bool) -> Action {
        let request = Request(self.get_http_request_headers_bytes());
        match self.cors.decide(&request) {
            Decision::Forward(forward) => {
                self.decision = Some(forward.detach());
                Action::Continue
            }
            Decision::Answer(answer) => {
                let status = answer.status();
                let mut response = Response::default();
                answer.apply(&mut response);
                let lines = response.headers.iter().map(|(name, value)| (&**name, &**value));
                self.send_http_response(status.into(), lines.collect(), None);
                Action::Pause
            }
        }
    }

    fn on_http_response_headers(&mut self, _: usize, _: bool) -> Action {
        if let Some(mut decision) = self.decision.take() {
            decision.apply(&mut Head(self.get_http_response_headers_bytes()));
        }
        Action::Continue
    }
}

/// A request's lines, with the pseudo-headers of HTTP/2.
struct Request(Vec<(String, Vec<u8>)>);

impl Request {
    fn named(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let lines = self.0.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.as_slice())
    }
}

impl RequestHead for Request {
    type Framework = Plain;

    fn is_options(&self) -> bool {
        self.method() == b"OPTIONS"
    }

    fn path(&self) -> &[u8] {
        let path = self.named(":path").next().unwrap_or_default();
        path.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default()
    }

    fn method(&self) -> &[u8] {
        self.named(":method").next().unwrap_or_default()
    }

    fn authority(&self) -> Option<&[u8]> {
        self.named(":authority").next()
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.named(name);
        lines.next().filter(|_| lines.next().is_none())
    }

    fn lines(&self, field: RequestField) -> impl Iterator<Item = &[u8]> {
        self.named(field.name())
    }
}

/// A response's lines, whose changes are passed to the proxy and kept here.
struct Head(Vec<(String, Vec<u8>)>);

impl ResponseHead for Head {
    type Framework = Plain;

    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    fn insert(&mut self, field: ResponseField, value: std::borrow::Cow<'static, str>) {
        let name = field.name();
        let _ = hostcalls::set_map_value(MAP, name, Some(&value));
        self.0.push((name.into(), value.into_owned().into()));
    }

    fn append(&mut self, field: ResponseField, value: std::borrow::Cow<'static, str>) {
        let _ = hostcalls::add_map_value(MAP, field.name(), &value);
        self.0.push((field.name().into(), value.into_owned().into()));
    }

    fn remove(&mut self, field: ResponseField) {
        let _ = hostcalls::remove_map_value(MAP, field.name());
        self.0.retain(|(name, _)| !name.eq_ignore_ascii_case(field.name()));
    }

    fn verdict(&self) -> Option<Verdict> {
        None
    }

    fn leave_verdict(&mut self, _: Verdict) {}
}

const MAP: proxy_wasm::types::MapType = proxy_wasm::types::MapType::HttpResponseHeaders;
