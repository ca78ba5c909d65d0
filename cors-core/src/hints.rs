//! Functions of other libraries. None of them exists here: a call is a compile error that says what
//! to write instead.
//!
//! The compiler does not read `#[doc(alias)]` in other crates. It suggests the function that is
//! spelled most alike, which may be the wrong one.

/// Names that cannot be called, under what to write instead. The bound has a lifetime, because the
/// compiler rejects a bound without parameters that does not hold.
#[doc(hidden)]
#[macro_export]
macro_rules! hints {
    ($type:ty: $($bound:ident = $write:literal: {
        $(fn $name:ident($($argument:tt)*);)+
    })+) => {$(
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(
            message = "this name is from another library",
            label = $write
        )]
        pub trait $bound<'a> {}

        impl $type {$(
            #[doc(hidden)]
            pub fn $name<'a>($($argument)*) -> Self
            where
                Self: $bound<'a>,
            {
                unreachable!("the bound never holds")
            }
        )+}
    )+};
}
