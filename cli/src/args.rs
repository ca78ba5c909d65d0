//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::{explain, export, import, proxy, suggest, verify};

/// What `cors` is asked to do.
#[derive(Parser)]
#[command(
    version,
    about = "CORS policies, tried before browsers do",
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say everything that is wrong or doubtful in a policy file, and where
    #[command(after_help = AFTER_CHECK)]
    Check(Check),

    /// Say what a policy answers to a request, and why
    #[command(
        override_usage = "cors try POLICY --origin ORIGIN [OPTIONS]\n       cors try < LINES"
    )]
    #[command(after_help = AFTER_TRY)]
    Try(Try),

    /// Say what a browser does with a server's answers, and why
    #[command(override_usage = "cors browser < LINES", after_help = AFTER_BROWSER)]
    Browser,

    /// Ask a server as a browser would, and explain what blocks a script
    #[command(after_help = explain::AFTER_EXPLAIN)]
    Explain(explain::Args),

    /// Put a policy in front of a server whose headers nobody can change
    #[command(after_help = proxy::AFTER_PROXY)]
    Proxy(proxy::Args),

    /// Make a policy of what a library of another language is configured with
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
}

/// A file to check.
#[derive(ClapArgs)]
pub(crate) struct Check {
    /// The policy: a file that ends in .toml or .json
    pub(crate) policy: PathBuf,

    /// Fail where there is a warning, as where there is an error
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Denied>,

    /// Write each finding as a line of JSON
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
    /// The policy: a file that ends in .toml or .json
    #[arg(required = false, requires = "origin")]
    pub(crate) policy: PathBuf,

    /// The origin of the page, such as `https://app.example.com`
    #[arg(long, required = false, requires = "policy", value_parser = header_value)]
    pub(crate) origin: String,

    /// The method that the script uses [default: GET]
    #[arg(long, requires = "policy")]
    pub(crate) method: Option<String>,

    /// The path that the script asks for, where policies differ by path [default: /]
    #[arg(long, requires = "policy", value_parser = path)]
    pub(crate) path: Option<String>,

    /// A header that the script sets; may be given again, and takes several names
    #[arg(long = "header", value_name = "NAME", num_args = 1.., requires = "policy")]
    pub(crate) headers: Vec<String>,

    /// Show the preflight alone, even where a browser would send none
    #[arg(long, conflicts_with = "actual", requires = "policy")]
    pub(crate) preflight: bool,

    /// Show the actual request alone, as if its preflight had passed
    #[arg(long, requires = "policy")]
    pub(crate) actual: bool,
}

fn path(text: &str) -> Result<String, &'static str> {
    match text.strip_prefix('/') {
        Some(rest) if !rest.contains(['?', '#']) => Ok(text.to_owned()),
        _ => Err("write a path from its slash on, without a query"),
    }
}

fn header_value(text: &str) -> Result<String, &'static str> {
    match text.contains(|char: char| char.is_control()) {
        true => Err("it has a control character, which no header value has"),
        false => Ok(text.to_owned()),
    }
}

const AFTER_CHECK: &str = "\
An error keeps a policy from being used. A warning is about what can be used and may yet be a
mistake. Each has a code in brackets, which does not change. The environment is not asked.

With --json a finding is {\"severity\", \"code\", \"file\", \"line\", \"column\", \"message\", \"help\"}, where line
and column count from 1 and are null for what is missing.

Exit status: 0 for no error, 1 for errors (with --deny warnings: or warnings), 2 for arguments or a
file that cannot be used.";

const AFTER_TRY: &str = "\
With POLICY it shows what a browser does: the preflight where one is needed, then the actual
request if the preflight passes. Lines sent are shown behind \">\", lines answered behind \"<\".

    cors try policy.toml --origin https://app.example.com --method PUT --header x-api-key

Without POLICY it reads JSON Lines on standard input and answers each with one line:

    {\"policy\": {\"allow_origins\": [\"*\"]}, \"request\": {\"method\": \"GET\", \"headers\": [[\"origin\", \"https://a.example\"]]}}

One code point of a header's value, up to U+00FF, is one byte.

The keys of a policy are, among others, allow_origins, allow_methods, allow_headers, expose_headers
(lists of texts; [\"*\"] means any), allow_credentials, and max_age (seconds).

Exit status: 0 for allowed, 1 for refused, 2 for arguments, a policy file or a line that cannot be
used. A line whose policy does not compile is answered with its errors, and ends in 0.";

const AFTER_BROWSER: &str = "\
It reads JSON Lines on standard input and answers each with one line:

    {\"request\": {\"origin\": \"https://a.example\", \"method\": \"PUT\"}, \"hops\": [{\"url\": \"https://api.example/\", \"preflight\": {\"status\": 204, \"headers\": []}}]}

A request may also have headers, mode (cors, no-cors, same-origin), credentials (same-origin, omit,
include), upload_listener and stream_body. A hop is a URL, and what its server answers: preflight and
response, where it does; further hops are where redirects lead. In an answer, the values $ORIGIN,
$ACRM and $ACRH are those of the Origin, Access-Control-Request-Method and
Access-Control-Request-Headers that were sent. The key profile is fetch (the standard), chromium,
firefox or webkit.

The answer has the outcome (allowed, opaque or blocked), the reason with what it means, what Chromium's
console says and the header line that would do; how many preflights were sent, with which
Access-Control-Request-Headers; the Origin of each hop; and the headers that the script may read.

Exit status: 0, or 2 for a line that cannot be used.";
