//! The server.

use std::{error::Error, io};

use actix_web::{App, HttpServer};
use cors_adapters::actix_web::CorsMiddleware;
use cors_app_actix_scopes::{cors, routes};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cors = cors()?; // compiled once, shared by every worker
    let server = HttpServer::new(move || {
        App::new().configure(routes).wrap(CorsMiddleware::new(cors.clone()))
    });
    let server = server.bind("127.0.0.1:3000")?;
    println!("listening on http://127.0.0.1:3000");
    server.run().await.map_err(|error: io::Error| error.into())
}
