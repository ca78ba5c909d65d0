//! Names that do not change.

use std::collections::BTreeSet;

use cors_import::{Cause, Library, Rule};

#[test]
fn codes_are_unique() {
    let rules = Rule::ALL.iter().map(|rule| rule.code());
    assert_eq!(rules.collect::<BTreeSet<_>>().len(), Rule::ALL.len());
    let causes = Cause::ALL.iter().map(|cause| cause.code());
    assert_eq!(causes.collect::<BTreeSet<_>>().len(), Cause::ALL.len());
}

#[test]
fn a_library_is_found_by_its_name() {
    for library in Library::ALL {
        assert_eq!(Library::from_name(library.as_str()), Some(library));
    }
    assert_eq!(Library::from_name("Express"), None);
}
