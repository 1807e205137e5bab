// What is made of the master keys: tokens that answer one prompt, the vault for secrets at rest, and keys for one purpose each.
export { deriveKey, keyBeside } from './keys.ts';
export { createTokens } from './tokens.ts';
export { createVault } from './vault.ts';
