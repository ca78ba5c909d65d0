//! The suite's predicate, which policies with `dynamic_origins` are given.

use cors_core::{Origin, Permission, Resources};

/// How an adapter gives a layer the suite's predicate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Predicate {
    /// None: the policy does not set `dynamic_origins`.
    None,
    /// [`permission`], called.
    AtOnce,
    /// [`permission`], awaited.
    Awaited,
}

impl Predicate {
    pub(crate) fn of(policy: &Resources, form: Self) -> Self {
        let asks = policy.iter().any(|(_, policy)| policy.is_some_and(|one| one.dynamic_origins));
        if asks { form } else { Self::None }
    }
}

/// What the suite's predicate says of an origin.
pub fn permission(origin: &Origin<'_>) -> Permission {
    match origin.host() {
        "tenant.example.com" => true.into(),
        "tenant-varies.example.com" => {
            Permission::allow().vary_by(["X-Tenant", "x-tenant", "Origin"])
        }
        "stranger-varies.example.com" => Permission::deny().vary_by("x-tenant"),
        "any-vary.example.com" => Permission::allow().vary_by("not a name"),
        "down.example.com" => Err::<bool, _>("the database is down").into(),
        "down-varies.example.com" => Permission::fail().vary_by("x-tenant"),
        _ => false.into(),
    }
}
