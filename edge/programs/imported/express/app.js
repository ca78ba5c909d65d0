const cors = require('cors');
const express = require('express');

const app = express();
app.use(
  cors({
    origin: [...process.env.ALLOWED_ORIGINS.split(','), /^https:\/\/.+\.example\.net$/],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    exposedHeaders: 'ETag',
    credentials: true,
    maxAge: 600,
  }),
);
app.use((request, response) => response.json({ ok: true }));
app.listen(Number(process.env.PORT), '127.0.0.1');
