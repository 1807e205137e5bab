#!/usr/bin/env node
// The `afterword` command.
process.argv.splice(2, 0, 'cli');
await import('./run.mjs');
