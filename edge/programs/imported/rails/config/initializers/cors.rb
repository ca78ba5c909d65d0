Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins(*ENV.fetch("ALLOWED_ORIGINS").split(","), /\Ahttps:\/\/.+\.example\.net\z/)

    resource "*",
      headers: :any,
      methods: %i[get post put patch delete options head],
      expose: ["ETag"],
      credentials: true,
      max_age: 600
  end
end
