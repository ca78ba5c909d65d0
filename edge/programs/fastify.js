const app = require('fastify')();

// REMEDY

app.get('/', async () => ({ ok: true }));
app.patch('/', async () => ({ ok: true }));
app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
