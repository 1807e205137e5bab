// Starts the engine's thread from its source: a thread of Node 20 does not read TypeScript by itself.
import { register } from 'tsx/esm/api';

register();
await import('./engine-worker.ts');
