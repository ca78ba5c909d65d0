//! The server: `cargo run`, then open a page from http://localhost:5173.

use std::error::Error;

use cors_app_axum_live::app;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = app(
        &["https://app.example.com", "http://localhost:5173"],
        &["localhost:3000", "127.0.0.1:3000"],
    )?;
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
