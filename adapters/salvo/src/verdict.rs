//! The verdict, where a handler can take it.

use std::fmt::Debug;

use cors_core::Verdict;
use salvo::{
    extract::{Extractible, Metadata},
    prelude::*,
};

use crate::handler::view;

/// What the [`CorsHandler`](crate::CorsHandler) closest to the handler decided about the request.
/// Where there is none, it is an error, which answers 500: the mistake is the server's.
///
/// A denied request runs its handler all the same: CORS keeps a script from reading, and nobody
/// from asking.
///
/// ```
/// use cors_salvo::CorsVerdict;
/// use salvo::prelude::*;
///
/// #[handler]
/// async fn show(verdict: CorsVerdict) -> String {
///     verdict.0.to_string()
/// }
/// # Router::new().get(show);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorsVerdict(pub Verdict);

impl<'ex> Extractible<'ex> for CorsVerdict {
    fn metadata() -> &'static Metadata {
        static METADATA: Metadata = Metadata::new("CorsVerdict");
        &METADATA
    }

    async fn extract(
        req: &'ex mut Request,
        _: &'ex mut Depot,
    ) -> Result<Self, impl Writer + Send + Debug + 'static> {
        cors_http::verdict(req.extensions()).map(Self).ok_or_else(missing)
    }
}

/// A hoop that lets a request through whose origin is allowed, or the server's own, and one that
/// names no origin: any other is answered 403. For routes that open a WebSocket or change state,
/// which browsers leave to the server to check. It needs
/// [`CorsHandler::leave_verdict`](crate::CorsHandler::leave_verdict), and answers 500 without it.
///
/// ```
/// use cors_salvo::AllowedOrigin;
/// use salvo::prelude::*;
///
/// #[handler]
/// async fn transfer() -> &'static str {
///     "done"
/// }
/// # let _: Router =
/// Router::with_path("transfer").hoop(AllowedOrigin).post(transfer)
/// # ;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllowedOrigin;

#[handler]
impl AllowedOrigin {
    async fn handle(&self, req: &mut Request, res: &mut Response, ctrl: &mut FlowCtrl) {
        let error = match cors_http::verdict(req.extensions()) {
            Some(verdict) if cors_http::refuses(verdict, &view(req)) => {
                StatusError::forbidden().brief(verdict.to_string())
            }
            Some(_) => return,
            None => missing(),
        };
        res.render(error);
        ctrl.skip_rest();
    }
}

fn missing() -> StatusError {
    StatusError::internal_server_error()
        .brief("no CORS verdict was left for this handler: add `.leave_verdict()` to a CorsHandler outside it")
}
