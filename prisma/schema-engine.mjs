#!/usr/bin/env node
// Stands in for Prisma's schema engine where its binary cannot be downloaded: for development and CI only.
//
//   PRISMA_SCHEMA_ENGINE_BINARY=./prisma/schema-engine.mjs npx prisma migrate diff …
//
// It answers the CLI's JSON-RPC (a request a line on stdin) with the same engine compiled to WebAssembly, over `pg`,
// and makes its shadow databases in memory, so that comparing schema and migrations needs no server. It leans on
// internals of the CLI: the versions of prisma, schema-engine-wasm and driver-adapter-utils must be the same release.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true, short: 'd' },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
  },
});
const url = options.datasource ? JSON.parse(options.datasource).url : undefined;

if (process.argv.includes('--version')) console.log('schema-engine-cli (WebAssembly)');
else if (positionals[0] === 'cli') await answerCommand(positionals[1]);
else await serve();

/** The two questions that the CLI asks on the command line: can it connect, and please create the database. */
async function answerCommand(command) {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  if (command === 'create-database') target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  try {
    await client.connect();
    if (command === 'create-database') await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    await client.end();
  } catch (error) {
    const fields = { error_code: error.code === '3D000' ? 'P1003' : 'P1001', message: error.message };
    console.error(JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields }));
    process.exitCode = 1;
  }
}

async function serve() {
  const engine = await startEngine();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, method, params } = JSON.parse(line);
    if (method !== undefined) await answer(engine, id, method, params);
  }
  process.exit(0);
}

async function answer(engine, id, method, params) {
  try {
    const result = await engine[method](params);
    // The binary prints the script of a diff by itself; this engine returns it.
    if (method === 'diff' && result?.stdout != null) {
      send({ id: 0, method: 'print', params: { content: result.stdout } });
    }
    send({ id, result: result ?? {} });
  } catch (error) {
    const data = {
      is_panic: false,
      message: String(error.message ?? error),
      meta: error.meta ?? null,
      error_code: error.code ?? null,
      backtrace: null,
    };
    send({
      id,
      error: { code: 4466, message: 'An error happened. Check the data field for details.', data },
    });
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function startEngine() {
  reportInternalCharAsText();
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const compiled = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(compiled), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = (options.datamodels ?? []).map((path) => [path, readFileSync(path, 'utf8')]);
  const features = (options['enabled-preview-features'] ?? '').split(',').filter(Boolean);
  return await glue.SchemaEngine.new(
    { ...(datamodels.length > 0 ? { datamodels } : {}), enabledPreviewFeatures: features },
    () => {},
    bindMigrationAwareSqlAdapterFactory(connections()),
  );
}

/** The database, if one is named; shadow databases always in memory. */
function connections() {
  const inMemory = () => new PrismaPGlite(new PGlite());
  const factory = url ? new PrismaPg({ connectionString: url }) : inMemory();
  factory.connectToShadowDb = () => inMemory().connect();
  return factory;
}

/** Introspection reads PostgreSQL's internal type "char" (18), which the adapter does not know, as text (25). */
function reportInternalCharAsText() {
  const { addFields } = pg.Result.prototype;
  pg.Result.prototype.addFields = function (fields) {
    for (const field of fields) if (field.dataTypeID === 18) field.dataTypeID = 25;
    return addFields.call(this, fields);
  };
}
