const express = require('express');

const app = express();

// REMEDY

app.get('/', (request, response) => response.json({ ok: true }));
app.patch('/', (request, response) => response.json({ ok: true }));
app.listen(Number(process.argv[2]), '127.0.0.1');
