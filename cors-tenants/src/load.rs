//! Where a tenant's policy comes from.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use cors_core::{
    Cors, Policy, Resources,
    adapter::{Choose, Chosen, Framework, Head, log_failure},
};

use crate::{
    By,
    by::{host, segment},
    cache::Cache,
};

/// A policy for each tenant: what `CorsLayer::by` takes.
pub struct Tenants<C: Framework> {
    by: By,
    load: Load,
    kept: Arc<Kept<C>>,
}

pub(crate) enum Load {
    AtOnce(Box<dyn Fn(&str) -> Loaded + Send + Sync>),
    Awaited(Box<dyn Fn(String) -> Loading + Send + Sync>),
}

type Loading = Pin<Box<dyn Future<Output = Loaded> + Send>>;

/// What was loaded for a tenant.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Loaded {
    /// Its policy.
    Policy(Cors),
    /// There is no such tenant. No origin is allowed.
    Unknown,
    /// It cannot be loaded. CORS requests are answered with 503.
    Failed,
}

/// What a function that loads a tenant returns: a [`Policy`], [`Resources`] or [`Cors`], an `Option`
/// of one, where `None` is a tenant that does not exist, or a `Result` of that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tenant's policy",
    label = "expected `Policy`, `Cors`, `Option<Policy>` or `Result<Option<Policy>, E>`"
)]
pub trait IntoLoaded {
    /// What was loaded.
    fn into_loaded(self) -> Loaded;
}

impl Tenants<cors_core::plain::Plain> {
    /// The tenant is the host that the request was sent to, in lowercase and without its port.
    pub fn by_host() -> By {
        By::new(host)
    }

    /// The tenant is the value of this request header, which `Vary` then lists.
    pub fn by_header(name: &'static str) -> By {
        let value = move |request: &dyn Head| {
            std::str::from_utf8(request.header(name)?).ok().map(str::to_owned)
        };
        By::new(value).vary_by(name)
    }

    /// The tenant is a segment of the path, counted from 0: with 1, `acme` in `/t/acme/items`. A
    /// segment with other characters than letters, digits, `-`, `_` and `.` names no tenant.
    pub fn by_segment(at: usize) -> By {
        By::new(move |request| segment(request, at))
    }

    /// The tenant is what the function returns. If it reads a header, say so with [`By::vary_by`].
    pub fn by(find: impl Fn(&dyn Head) -> Option<String> + Send + Sync + 'static) -> By {
        By::new(find)
    }
}

impl<C: Framework> Tenants<C> {
    pub(crate) fn new(by: By, load: Load) -> Self {
        let closed = Policy::none().compile().expect("a policy without origins compiles");
        let closed = closed.render().vary_by(&by.vary);
        let caches = [(); 2].map(|()| Cache::new(by.at_most, by.kept));
        let kept = Arc::new(Kept { closed, vary: by.vary.clone(), caches: Mutex::new(caches) });
        Self { by, load, kept }
    }
}

/// What is kept of tenants, and of names that are none.
struct Kept<C: Framework> {
    closed: Cors<C>,
    vary: Vec<String>,
    caches: Mutex<[Cache<Cors<C>>; 2]>,
}

impl<C: Framework> Kept<C> {
    fn caches(&self) -> MutexGuard<'_, [Cache<Cors<C>>; 2]> {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, tenant: &str) -> Option<Cors<C>> {
        let now = Instant::now();
        self.caches().iter().find_map(|cache| cache.get(tenant, now))
    }

    fn keep(&self, tenant: String, loaded: Loaded) -> Cors<C> {
        let (at, cors) = match loaded {
            Loaded::Policy(cors) => (0, cors.render().vary_by(&self.vary)),
            Loaded::Unknown => (1, self.closed.clone()),
            Loaded::Failed => return self.closed.clone().undecided(),
        };
        self.caches()[at].add(tenant, cors.clone(), Instant::now());
        cors
    }
}

impl<C: Framework> Choose<C> for Tenants<C> {
    fn choose(&self, request: &dyn Head) -> Chosen<C> {
        let Some(tenant) = self.by.find(request) else {
            return Chosen::Now(self.kept.closed.clone());
        };
        if let Some(cors) = self.kept.find(&tenant) {
            return Chosen::Now(cors);
        }
        match &self.load {
            Load::AtOnce(load) => {
                let loaded = load(&tenant);
                Chosen::Now(self.kept.keep(tenant, loaded))
            }
            Load::Awaited(load) => {
                let (kept, loading) = (Arc::clone(&self.kept), load(tenant.clone()));
                Chosen::Later(Box::pin(async move { kept.keep(tenant, loading.await) }))
            }
        }
    }

    fn closed(&self) -> Cors<C> {
        self.kept.closed.clone()
    }
}

impl IntoLoaded for Loaded {
    fn into_loaded(self) -> Loaded {
        self
    }
}

impl IntoLoaded for Cors {
    fn into_loaded(self) -> Loaded {
        Loaded::Policy(self)
    }
}

impl IntoLoaded for Resources {
    fn into_loaded(self) -> Loaded {
        self.compile().into_loaded()
    }
}

impl IntoLoaded for Policy {
    fn into_loaded(self) -> Loaded {
        self.compile().into_loaded()
    }
}

impl<L: IntoLoaded> IntoLoaded for Option<L> {
    fn into_loaded(self) -> Loaded {
        self.map_or(Loaded::Unknown, L::into_loaded)
    }
}

/// An error is logged with feature `tracing` of the engine, at ERROR with the target `cors`.
impl<L: IntoLoaded, E: fmt::Display> IntoLoaded for Result<L, E> {
    fn into_loaded(self) -> Loaded {
        match self {
            Ok(loaded) => loaded.into_loaded(),
            Err(error) => {
                log_failure(&error);
                Loaded::Failed
            }
        }
    }
}

impl<C: Framework> fmt::Debug for Tenants<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tenants").field(&self.by).finish()
    }
}
