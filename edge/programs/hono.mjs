import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();

// REMEDY

app.get('/', (context) => context.json({ ok: true }));
app.patch('/', (context) => context.json({ ok: true }));
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' });
