//! Compiling: what costs twice as much where there is twice as much of it, up to 100,000 policies.

use std::hint::black_box;

use cors_core::{Policy, Resources};
use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn any() -> Policy {
    Policy::new().allow_any_origin()
}

fn case<T>(criterion: &mut Criterion, name: &str, make: fn(usize) -> T, compile: fn(&T) -> bool) {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for size in SIZES {
        let input = make(size);
        assert!(compile(&input), "{name} {size}");
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| compile(black_box(&input)));
        });
    }
    group.finish();
}

fn policies(criterion: &mut Criterion) {
    let compiles = |resources: &Resources| resources.compile().is_ok();
    let distinct = |size| {
        (0..size).fold(Resources::new(), |resources, n| {
            let policy = Policy::new().allow_origin(format!("https://tenant-{n}.example"));
            resources.at(format!("/tenants/{n}/*"), policy)
        })
    };
    case(criterion, "compile/distinct policies by path", distinct, compiles);
    let equal =
        |size| (0..size).fold(Resources::new(), |all, n| all.at(format!("/tenants/{n}/*"), any()));
    case(criterion, "compile/paths with one policy", equal, compiles);
}

fn names(criterion: &mut Criterion) {
    let compiles = |policy: &Policy| policy.compile().is_ok();
    let methods = |size| any().allow_methods((0..size).map(|n| format!("METHOD{n}")));
    case(criterion, "compile/methods", methods, compiles);
    let headers = |size| any().allow_headers((0..size).map(|n| format!("x-header-{n}")));
    case(criterion, "compile/header names", headers, compiles);
    let wrong = |size| Policy::new().allow_origins((0..size).map(|n| format!("https://HOST-{n}")));
    case(criterion, "compile/wrong origins", wrong, |policy| policy.compile().is_err());
}

criterion_group!(benches, policies, names);
criterion_main!(benches);
