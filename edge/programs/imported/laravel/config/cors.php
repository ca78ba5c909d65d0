<?php

return [
    'paths' => ['api/*', 'sanctum/csrf-cookie', 'login', 'logout'],
    'allowed_methods' => ['*'],
    'allowed_origins' => explode(',', env('ALLOWED_ORIGINS', 'http://localhost:3000')),
    'allowed_origins_patterns' => ['#^https://.+\.example\.net\z#'],
    'allowed_headers' => ['*'],
    'exposed_headers' => ['ETag'],
    'max_age' => 600,
    'supports_credentials' => env('CORS_CREDENTIALS', true),
];
