//! A CORS policy for each tenant: chosen by the request, loaded from where tenants are kept, and
//! cached.
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//!
//! use cors_core::Policy;
//! use cors_tenants::Tenants;
//! use cors_tower::CorsLayer;
//!
//! struct Database;
//!
//! impl Database {
//!     /// The origins of a tenant. `None` if there is no such tenant.
//!     async fn origins(&self, tenant: &str) -> Result<Option<Vec<String>>, std::io::Error> {
//!         Ok((tenant == "acme").then(|| vec!["https://app.acme.example".to_owned()]))
//!     }
//! }
//!
//! let db = Arc::new(Database);
//! let tenants = Tenants::by_header("x-tenant")
//!     .keep(Duration::from_secs(30))
//!     .load_async(move |tenant| async move {
//!         let origins = db.origins(&tenant).await?;
//!         Ok::<_, std::io::Error>(origins.map(|origins| Policy::new().allow_origins(origins)))
//!     });
//! let layer = CorsLayer::by(tenants);
//! ```
//!
//! # What holds
//!
//! - A policy is loaded once for a preflight and its request, and is kept for a minute, or as long as
//!   [`keep`](By::keep) says. A change is in force after that time at the latest.
//! - The cache holds at most 1,000 tenants, or [`at_most`](By::at_most). Names that are not tenants
//!   have a cache of the same size, so a flood of them displaces no tenant.
//! - A tenant that does not exist allows no origin. So does a request that names none.
//! - If a tenant cannot be loaded, or its policy does not compile, its CORS requests are answered with
//!   503, and the handler does not run. Nothing of it is cached.
//! - `Vary` lists the header that names the tenant. The host and the path are part of the URL, and need
//!   no mention.
//!
//! Requests that arrive while their tenant is being loaded load it too.

mod by;
mod cache;
mod load;

pub use by::By;
pub use load::{IntoLoaded, Loaded, Tenants};
