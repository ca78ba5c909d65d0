//! The server. `ADMIN_TOKEN` is the admin's token.

#[rocket::launch]
fn rocket() -> _ {
    let token = std::env::var("ADMIN_TOKEN").expect("set ADMIN_TOKEN");
    cors_app_rocket_state::app(&token).expect("the policy is valid")
}
