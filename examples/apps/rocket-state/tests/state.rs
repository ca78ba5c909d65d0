//! A change of the managed state, as a page sees it.

use cors_app_rocket_state::app;
use rocket::{
    http::{Header, Status},
    local::blocking::Client,
};

const SHOP: &str = "https://shop.example.com";

fn is_readable(client: &Client) -> bool {
    let response = client.get("/items").header(Header::new("origin", SHOP)).dispatch();
    assert_eq!(response.headers().get_one("vary"), Some("Origin"));
    response.headers().get_one("access-control-allow-origin") == Some(SHOP)
}

#[test]
fn the_admin_adds_an_origin_while_the_application_serves() {
    let client = Client::debug(app("a token").expect("the policy is valid")).expect("it ignites");
    assert!(!is_readable(&client));
    let add = |token: &str, origin: &str| {
        let header = Header::new("authorization", format!("Bearer {token}"));
        client.post("/origins").header(header).body(origin).dispatch().status()
    };
    assert_eq!(add("another", SHOP), Status::Unauthorized);
    assert_eq!(add("a token", "https://shop.example.com/"), Status::UnprocessableEntity);
    assert!(!is_readable(&client));
    assert_eq!(add("a token", SHOP), Status::NoContent);
    assert!(is_readable(&client));
}
