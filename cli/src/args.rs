//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::{explain, export, import, proxy, suggest, verify};

/// What `cors` is asked to do.
#[derive(Parser)]
#[command(
    name = "cors",
    version,
    about = "Check, try and explain CORS policies",
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Report every error and warning in a policy file
    #[command(after_help = AFTER_CHECK)]
    Check(Check),

    /// Show how a policy answers a request, and why
    #[command(
        override_usage = "cors try POLICY --origin ORIGIN [OPTIONS]\n       cors try < LINES"
    )]
    #[command(after_help = AFTER_TRY)]
    Try(Try),

    /// Show what a browser does with a server's responses, and why
    #[command(override_usage = "cors browser < LINES", after_help = AFTER_BROWSER)]
    Browser,

    /// Send a server what a browser would send, and explain what the browser blocks
    #[command(after_help = explain::AFTER_EXPLAIN)]
    Explain(explain::Args),

    /// Add a policy to a server whose headers you cannot change
    #[command(after_help = proxy::AFTER_PROXY)]
    Proxy(proxy::Args),

    /// Import another library's CORS configuration as a policy
    #[command(after_help = import::AFTER_IMPORT)]
    Import(import::Args),

    /// Write a policy as the configuration of a server
    #[command(after_help = export::AFTER_EXPORT)]
    Export(export::Args),

    /// Check that a running server keeps a policy
    #[command(after_help = verify::AFTER_VERIFY)]
    Verify(verify::Args),

    /// Suggest a policy from an OpenAPI description
    #[command(after_help = suggest::AFTER_SUGGEST)]
    Suggest(suggest::Args),

    /// Print the completions of a shell
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },

    /// Print the manual page
    Man,
}

/// Files to check.
#[derive(ClapArgs)]
pub(crate) struct Check {
    /// Policy files, in TOML or JSON; - reads standard input
    #[arg(required = true)]
    pub(crate) policies: Vec<PathBuf>,

    /// Table with the policy in an application's own file, such as cors or server.cors
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,

    /// Apply the CORS_* variables of the environment, as an application does
    #[arg(long)]
    pub(crate) env: bool,

    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Denied>,

    /// Print each finding as a line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `--deny` makes fail.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Denied {
    Warnings,
}

/// Both forms of `cors try`: with a question, or with lines on standard input.
#[derive(ClapArgs)]
pub(crate) struct Try {
    #[command(flatten)]
    pub(crate) question: Option<Question>,
}

/// A policy, and the request that a script on a page makes.
#[derive(ClapArgs)]
pub(crate) struct Question {
    // Not `required`, which clap would ask for even where the whole question is absent.
    /// Policy file, in TOML or JSON
    #[arg(required = false, requires = "origin")]
    pub(crate) policy: PathBuf,

    /// Origin of the page, such as https://app.example.com
    #[arg(long, required = false, requires = "policy", value_parser = header_value)]
    pub(crate) origin: String,

    /// Method of the request [default: GET]
    #[arg(long, requires = "policy")]
    pub(crate) method: Option<String>,

    /// Path of the request, for a file with policies by path [default: /]
    #[arg(long, requires = "policy", value_parser = path)]
    pub(crate) path: Option<String>,

    /// Names of headers that the script sets; can be repeated
    #[arg(long = "header", value_name = "NAME", num_args = 1.., requires = "policy")]
    pub(crate) headers: Vec<String>,

    /// Show only the preflight, even if a browser would not send one
    #[arg(long, conflicts_with = "actual", requires = "policy")]
    pub(crate) preflight: bool,

    /// Show only the actual request, as if its preflight had passed
    #[arg(long, requires = "policy")]
    pub(crate) actual: bool,
}

fn path(text: &str) -> Result<String, &'static str> {
    match text.strip_prefix('/') {
        Some(rest) if !rest.contains(['?', '#']) => Ok(text.to_owned()),
        _ => Err("start with a slash, and leave out the query and the fragment"),
    }
}

fn header_value(text: &str) -> Result<String, &'static str> {
    match text.contains(|char: char| char.is_control()) {
        true => Err("contains a control character, which is not allowed in a header value"),
        false => Ok(text.to_owned()),
    }
}

const AFTER_CHECK: &str = "\
Errors make the policy unusable. Warnings point at values that are valid but may be mistakes. The
code in brackets is stable. Environment variables are not read.

With --json, a finding is {\"severity\", \"code\", \"file\", \"line\", \"column\", \"message\", \"help\"}. Lines and
columns start at 1, and are null if a value is missing from the file.

Exit status: 0 without errors, 1 with errors (with --deny warnings, also with warnings), 2 if the
arguments or the file cannot be used.";

const AFTER_TRY: &str = "\
With POLICY, it shows what a browser does: the preflight, if one is needed, and then the actual
request, if the preflight passes. \">\" marks the request, \"<\" the response.

    cors try policy.toml --origin https://app.example.com --method PUT --header x-api-key

Without POLICY, it reads JSON Lines from standard input and prints one line for each:

    {\"policy\": {\"allow_origins\": [\"*\"]}, \"request\": {\"method\": \"GET\", \"headers\": [[\"origin\", \"https://a.example\"]]}}

In a header value, each character up to U+00FF is one byte.

The main keys of a policy are allow_origins, allow_methods, allow_headers and expose_headers (lists of
strings; [\"*\"] means any), allow_credentials, and max_age (in seconds).

Exit status: 0 if allowed, 1 if denied, 2 if the arguments, the policy file or a line cannot be used.
A line with an invalid policy prints its errors. The exit status stays 0.";

const AFTER_BROWSER: &str = "\
Reads JSON Lines from standard input and prints one line for each:

    {\"request\": {\"origin\": \"https://a.example\", \"method\": \"PUT\"}, \"hops\": [{\"url\": \"https://api.example/\", \"preflight\": {\"status\": 204, \"headers\": []}}]}

A request can also have headers, mode (cors, no-cors, same-origin), credentials (same-origin, omit,
include), upload_listener and stream_body. A hop is a URL with the server's responses to it: preflight
and response, both optional. Later hops are the targets of redirects. In a response header, $ORIGIN,
$ACRM and $ACRH are replaced by the Origin, Access-Control-Request-Method and
Access-Control-Request-Headers of the request. profile is fetch (the standard), chromium, firefox or
webkit.

The output has the outcome (allowed, opaque or blocked), the reason and its explanation, Chromium's
console message, and the header line that would fix it. It also has the number of preflights and their
Access-Control-Request-Headers, the Origin of each hop, and the headers that the script can read.

Exit status: 0, or 2 if a line cannot be used.";
