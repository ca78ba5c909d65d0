//! Counts allocations and bytes: a line each, a name and a number with a tab between.

use allocation_counter::measure;
use cors_side_by_side::{
    engine::{Decided, listed, requests},
    framework::{SIDES, cases, frameworks},
    scale::{SCALES, compiled},
};

fn main() {
    let one = listed(1);
    for (name, request, verdict) in requests() {
        let decided = Decided::new(&one, request, verdict);
        let count = measure(|| _ = decided.decide()).count_total;
        println!("allocations/decide/{name}\t{count}");
    }
    for framework in frameworks() {
        for case in cases() {
            for (side, name) in SIDES {
                let mut application = case.application(&framework, side);
                let mut count = 0;
                let request = case.request();
                application.within(request, 1, &mut |work| count = measure(work).count_total);
                println!("allocations/{}/{}/{name}\t{count}", framework.name, case.name);
            }
        }
    }
    for scale in &SCALES {
        let policy = scale.policy();
        let mut cors = None;
        let held = measure(|| cors = Some(compiled(&policy))).bytes_current;
        println!("bytes/{}\t{held}", scale.name);
    }
}
