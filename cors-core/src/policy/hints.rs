//! Names that other libraries give to what a policy sets.

use super::Policy;

crate::hints! { Policy:
    WriteCompile = "write `.compile()?`": {
        fn build(self);
        fn finish(self);
        fn to_cors(self);
        fn into_handler(self);
    }
    WritePermissive = "write `Policy::permissive()`; or, to share credentials with every site, `Policy::new().dangerously_allow_any_origin_with_credentials()`": {
        fn very_permissive();
        fn any();
        fn allow_all();
    }
    WritePredicate = "write `.dynamic_origins()` here, and give the predicate to the adapter: `CorsLayer::new(cors).allow_origin_if(|origin, request| ...)`": {
        fn allow_origin_if(self, _: impl Sized);
        fn allow_origin_fn(self, _: impl Sized);
        fn allow_origins_fn(self, _: impl Sized);
        fn allowed_origin_fn(self, _: impl Sized);
        fn allow_origin_if_async(self, _: impl Sized);
        fn allow_origin_predicate(self, _: impl Sized);
    }
    WriteAnyMethod = "write `.allow_methods(\"*\")`": {
        fn allow_any_method(self);
        fn allow_any_methods(self);
        fn allow_all_methods(self);
    }
    WriteAnyHeader = "write `.allow_headers(\"*\")`": {
        fn allow_any_header(self);
        fn allow_any_headers(self);
        fn allow_all_headers(self);
    }
    WriteExposeAny = "write `.expose_headers(\"*\")`": {
        fn expose_any_header(self);
    }
    WriteAnyOrigin = "write `.allow_any_origin()`": {
        fn send_wildcard(self);
        fn allow_all_origins(self);
        fn allow_any_origins(self);
    }
    WriteCredentials = "write `.allow_credentials(true)`": {
        fn supports_credentials(self);
        fn with_credentials(self);
    }
    WritePatterns = "write `.allow_origin_patterns([r\"https://pr-[0-9]+\\.example\\.com\"])`, with feature `regex`": {
        fn allow_origin_regex(self, _: impl Sized);
        fn allow_origins_regex(self, _: impl Sized);
        fn allowed_origins_regex(self, _: impl Sized);
    }
}
