//! `curl` commands.

use super::{Copied, shell};

/// Options with a value that says nothing about the request.
const WITH_VALUE: [&str; 24] = [
    "--cacert",
    "--cert",
    "--ciphers",
    "--connect-timeout",
    "--connect-to",
    "--cookie-jar",
    "--dump-header",
    "--interface",
    "--key",
    "--limit-rate",
    "--max-redirs",
    "--max-time",
    "--noproxy",
    "--output",
    "--proxy",
    "--proxy-header",
    "--resolve",
    "--retry",
    "--retry-delay",
    "--tls-max",
    "--trace",
    "--unix-socket",
    "--upload-file",
    "--write-out",
];

/// Short options with a value, and their long names.
const SHORT: [(char, &str); 20] = [
    ('X', "--request"),
    ('H', "--header"),
    ('d', "--data"),
    ('F', "--form"),
    ('b', "--cookie"),
    ('A', "--user-agent"),
    ('e', "--referer"),
    ('u', "--user"),
    ('c', "--cookie-jar"),
    ('D', "--dump-header"),
    ('E', "--cert"),
    ('m', "--max-time"),
    ('o', "--output"),
    ('r', "--range"),
    ('T', "--upload-file"),
    ('w', "--write-out"),
    ('x', "--proxy"),
    ('Y', "--retry"),
    ('y', "--retry-delay"),
    ('z', "--time-cond"),
];

#[derive(Default)]
struct Command {
    method: Option<String>,
    url: Option<String>,
    lines: Vec<(String, String)>,
    data: Vec<String>,
    is_form: bool,
    is_json: bool,
    is_get: bool,
    is_head: bool,
    /// A body that a file has.
    has_file: bool,
    is_insecure: bool,
}

pub(super) fn read(text: &str) -> Result<Copied, String> {
    let mut command = Command::default();
    let mut words = shell::words(text)?.into_iter().skip(1);
    while let Some(word) = words.next() {
        let needs = |name: &str| format!("{name} has no value: copy the whole command");
        if let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) {
            // `--name=value` is not curl's, but is written.
            let (name, value) = match name.split_once('=') {
                Some((name, value)) => (format!("--{name}"), Some(value.to_owned())),
                None => (word.clone(), None),
            };
            if has_value(&name) {
                let value = value.or_else(|| words.next()).ok_or_else(|| needs(&name))?;
                command.set(&name, value);
            } else {
                command.flag(&name);
            }
        } else if let Some(flags) = word.strip_prefix('-').filter(|flags| !flags.is_empty()) {
            for (at, flag) in flags.char_indices() {
                let Some((_, name)) = SHORT.iter().find(|(known, _)| *known == flag) else {
                    command.flag(&flag.to_string());
                    continue;
                };
                // The rest of the word is the value, or else the next word.
                let rest = &flags[at + flag.len_utf8()..];
                let value = match rest {
                    "" => words.next().ok_or_else(|| needs(&word))?,
                    rest => rest.to_owned(),
                };
                command.set(name, value);
                break;
            }
        } else {
            command.url.get_or_insert(word);
        }
    }
    Ok(command.copied())
}

fn has_value(name: &str) -> bool {
    name.starts_with("--data")
        || matches!(name, "--url" | "--json" | "--form-string" | "--range" | "--time-cond")
        || SHORT.iter().any(|(_, known)| *known == name)
        || WITH_VALUE.contains(&name)
}

impl Command {
    fn set(&mut self, name: &str, value: String) {
        let mut line = |name: &str, value: &str| self.lines.push((name.into(), value.into()));
        match name {
            "--request" => self.method = Some(value),
            "--url" => self.url = Some(value),
            "--header" => match value.split_once(':') {
                Some((name, value)) => line(name, value),
                // A header without a value.
                None => line(value.trim_end_matches(';'), ""),
            },
            "--cookie" if value.contains('=') => line("cookie", &value),
            "--user-agent" => line("user-agent", &value),
            "--referer" => line("referer", &value),
            "--range" => line("range", &format!("bytes={value}")),
            "--user" => line("authorization", "Basic ***"),
            "--form" | "--form-string" => self.is_form = true,
            "--upload-file" => {
                self.has_file = true;
                self.method.get_or_insert_with(|| "PUT".into());
            }
            "--json" => {
                self.is_json = true;
                self.data.push(value);
            }
            "--data" | "--data-binary" | "--data-ascii" if value.starts_with('@') => {
                self.has_file = true;
            }
            name if name.starts_with("--data") => self.data.push(value),
            _ => {}
        }
    }

    fn flag(&mut self, name: &str) {
        match name {
            "--insecure" | "k" => self.is_insecure = true,
            "--get" | "G" => self.is_get = true,
            "--head" | "I" => self.is_head = true,
            _ => {}
        }
    }

    fn copied(self) -> Copied {
        let mut url = self.url.unwrap_or_default();
        // curl adds the scheme.
        if !url.is_empty() && !url.contains("://") {
            url.insert_str(0, "http://");
        }
        let mut body = (!self.data.is_empty()).then(|| self.data.join("&"));
        if let Some(query) = body.take_if(|_| self.is_get) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&query);
        }
        let has_body = body.is_some() || self.has_file || self.is_form;
        let mut copied = Copied::new(url);
        for (name, value) in &self.lines {
            copied.line(name, value);
        }
        copied.method = self.method.unwrap_or_else(|| {
            let method = if self.is_head {
                "HEAD"
            } else if has_body {
                "POST"
            } else {
                "GET"
            };
            method.to_owned()
        });
        if self.is_json {
            copied.default_type("application/json");
        } else if self.is_form {
            copied.default_type("multipart/form-data");
        } else if has_body {
            copied.default_type("application/x-www-form-urlencoded");
        }
        copied.body = body.map(String::into_bytes);
        copied.is_insecure = self.is_insecure;
        copied
    }
}
