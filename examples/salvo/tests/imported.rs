//! The code that `cors import --rust salvo` prints compiles, and its policies do. A test of the
//! command compares the files in `imported/` with its output.

mod django {
    include!("imported/django.rs");

    #[test]
    fn compiles() {
        assert_eq!(with_cors(cors_example_salvo::routes()).err(), None);
    }
}

mod express {
    include!("imported/express.rs");

    #[test]
    fn compiles() {
        assert_eq!(with_cors(cors_example_salvo::routes()).err(), None);
    }
}

mod laravel {
    include!("imported/laravel.rs");

    #[test]
    fn compiles() {
        assert_eq!(with_cors(cors_example_salvo::routes()).err(), None);
    }
}
