require "sinatra"
require "sinatra/cross_origin"

configure do
  enable :cross_origin
  set :allow_origin, ENV.fetch("ALLOWED_ORIGINS").split(",")
  set :allow_methods, %i[get post put delete options]
  set :allow_headers, %w[Content-Type Authorization]
  set :expose_headers, %w[ETag]
  set :max_age, 600
end

get("/") { "ok" }
