//! Command lines by which an application prints the options that are in force.

use crate::Library;

impl Library {
    /// A shell command that prints the options of a running application's configuration as JSON,
    /// for [`import`](crate::import). Names such as `app` and `main` are those of its documentation.
    pub const fn how(self) -> &'static str {
        match self {
            Self::Django => DJANGO,
            Self::Starlette => STARLETTE,
            Self::Flask => FLASK,
            Self::Express => EXPRESS,
            Self::RackCors => RACK_CORS,
            Self::Sinatra => SINATRA,
            Self::Laravel => LARAVEL,
        }
    }

    /// The library whose configurations a source file with this extension may have, in words.
    pub fn language(extension: &str) -> Option<&'static str> {
        match extension {
            "py" => Some("Python"),
            "rb" | "ru" => Some("Ruby"),
            "php" => Some("PHP"),
            "js" | "mjs" | "cjs" => Some("JavaScript"),
            "ts" | "mts" => Some("TypeScript"),
            _ => None,
        }
    }
}

const DJANGO: &str = r#"python manage.py shell -v 0 -c '
import json; from django.conf import settings as s
of = lambda v: {"$regex": v.pattern, "flags": "i" if v.flags & 2 else ""} if hasattr(v, "pattern") else list(v)
print(json.dumps({k: getattr(s, k) for k in dir(s) if k.startswith("CORS_")}, default=of))'"#;

const STARLETTE: &str = r#"python -c '
import json; from main import app
print(json.dumps(next(m.kwargs for m in app.user_middleware if m.cls.__name__ == "CORSMiddleware"), default=list))'"#;

const FLASK: &str = r#"python -c '
import json, flask_cors as c; d = {}
def show(self, app, **kw): d.update({k: v for k, v in app.config.items() if k.startswith("CORS_")}); d.update(self._options); d.update(kw)
c.CORS.init_app = show; from app import app
of = lambda v: {"$regex": v.pattern, "flags": "i" if v.flags & 2 else ""} if hasattr(v, "pattern") else v.total_seconds() if hasattr(v, "total_seconds") else list(v)
print(json.dumps(d, default=of))'"#;

const EXPRESS: &str = r#"node -e '
const of = (k, v) => v instanceof RegExp ? {$regex: v.source, flags: v.flags} : typeof v == "function" ? {$fn: k} : v
require("cors"); require.cache[require.resolve("cors")].exports = o => { console.log(JSON.stringify(o ?? {}, of)); process.exit() }
require("./app.js")'"#;

const RACK_CORS: &str = r#"ruby -rjson -e '
module Rack; class Cors; end; end
OF = lambda { |v| case v when Symbol then {"$sym" => v} when Regexp then {"$regex" => v.source, "flags" => v.casefold? ? "i" : ""} when Proc then {"$proc" => "proc"} when Array then v.map(&OF) when Hash then v.to_h { |k, x| [k, OF[x]] } else v end }
class Block; def origins(*o, &b); @o = o; @b = b; end; def resource(p, **o); (@r ||= []) << [p, o]; end; def h; {"origins" => OF[@o || []], "resources" => OF[@r || []]}.merge(@b ? {"origins_block" => OF[@b]} : {}); end; end
class Rails; def self.method_missing(*) = self; def self.insert_before(*, **, &b) = new.instance_eval(&b); def allow(&b) = (x = Block.new; x.instance_eval(&b); (@@all ||= []) << x.h); def self.all = @@all; class << self; alias use insert_before; end; end
load "config/initializers/cors.rb"; puts JSON.generate("allow" => Rails.all)'"#;

const SINATRA: &str = r#"ruby -rjson -e '
require "./app"; s = Sinatra::Application
of = lambda { |v| case v when Symbol then {"$sym" => v} when Regexp then {"$regex" => v.source, "flags" => v.casefold? ? "i" : ""} when Proc then {"$proc" => "proc"} when Array then v.map(&of) else v end }
puts JSON.generate(%i[cross_origin allow_origin allow_methods allow_headers allow_credentials max_age expose_headers].select { |k| s.respond_to? k }.to_h { |k| [k, of[s.send(k)]] })'"#;

const LARAVEL: &str = r#"php -r '
if (!function_exists("env")) { function env($k, $d = null) { $v = getenv($k); return $v === false ? $d : (["true" => true, "false" => false][$v] ?? $v); } }
echo json_encode(require "config/cors.php");'"#;
