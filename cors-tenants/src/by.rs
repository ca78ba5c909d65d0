//! How a request names its tenant.

use std::{fmt, future::Future, sync::Arc, time::Duration};

use cors_core::{
    adapter::{Framework, Head},
    input::Texts,
};

use crate::{
    Tenants,
    load::{IntoLoaded, Load},
};

/// How long a policy is kept, unless [`By::keep`] says.
const KEPT: Duration = Duration::from_secs(60);

/// How many tenants are kept, unless [`By::at_most`] says.
const AT_MOST: usize = 1_000;

/// How long the name of a tenant may be, in bytes. A longer one is not a tenant.
const LONGEST: usize = 253;

/// The part of a request that names its tenant: made by [`Tenants::by_host`] and its siblings, and
/// finished by [`load`](Self::load) or [`load_async`](Self::load_async).
#[derive(Clone)]
#[must_use]
pub struct By {
    find: Arc<Find>,
    pub(crate) vary: Vec<String>,
    pub(crate) kept: Duration,
    pub(crate) at_most: usize,
}

type Find = dyn Fn(&dyn Head) -> Option<String> + Send + Sync;

impl By {
    pub(crate) fn new(find: impl Fn(&dyn Head) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { find: Arc::new(find), vary: Vec::new(), kept: KEPT, at_most: AT_MOST }
    }

    /// Adds names of request headers that the tenant's name was read from. `Vary` lists them.
    pub fn vary_by<M>(mut self, names: impl Texts<M>) -> Self {
        names.add_to(&mut self.vary);
        self
    }

    /// Keeps a policy this long: a minute unless it is set.
    pub fn keep(self, kept: Duration) -> Self {
        Self { kept, ..self }
    }

    /// Keeps at most this many tenants: 1,000 unless it is set.
    pub fn at_most(self, tenants: usize) -> Self {
        Self { at_most: tenants, ..self }
    }

    /// Loads a tenant's policy at once, such as from memory.
    pub fn load<C, F, L>(self, load: F) -> Tenants<C>
    where
        C: Framework,
        F: Fn(&str) -> L + Send + Sync + 'static,
        L: IntoLoaded,
    {
        Tenants::new(self, Load::AtOnce(Box::new(move |tenant| load(tenant).into_loaded())))
    }

    /// Loads a tenant's policy from where it has to be awaited, such as a database.
    pub fn load_async<C, F, Fut>(self, load: F) -> Tenants<C>
    where
        C: Framework,
        F: FnOnce(String) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: IntoLoaded> + Send + 'static,
    {
        Tenants::new(
            self,
            Load::Awaited(Box::new(move |tenant| {
                let loaded = load.clone()(tenant);
                Box::pin(async { loaded.await.into_loaded() })
            })),
        )
    }

    /// The name of a request's tenant.
    pub(crate) fn find(&self, request: &dyn Head) -> Option<String> {
        (self.find)(request).filter(|name| !name.is_empty() && name.len() <= LONGEST)
    }
}

/// The host without its port, in lowercase.
pub(crate) fn host(request: &dyn Head) -> Option<String> {
    let host = std::str::from_utf8(request.host()?).ok()?;
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let name = match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => host,
    };
    Some(name.to_ascii_lowercase())
}

/// The nth segment of the path, from 0. An encoded one names no tenant.
pub(crate) fn segment(request: &dyn Head, at: usize) -> Option<String> {
    let path = std::str::from_utf8(request.path()).ok()?;
    let segment = path.strip_prefix('/')?.split('/').nth(at)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (segment.bytes().all(is_plain) && segment != ".." && segment != ".").then(|| segment.to_owned())
}

impl fmt::Debug for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { vary, kept, at_most, .. } = self;
        let mut shown = f.debug_struct("By");
        shown.field("vary", vary).field("kept", kept).field("at_most", at_most);
        shown.finish_non_exhaustive()
    }
}
