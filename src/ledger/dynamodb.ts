export { createChanges } from './dynamodb-changes.ts';
export { createClaims } from './dynamodb-claims.ts';
export { createFirings } from './dynamodb-firings.ts';
export { createFreezes } from './dynamodb-freezes.ts';
export { createLedger } from './dynamodb-ledger.ts';
export { createWaits } from './dynamodb-waits.ts';
export { createRounds } from './dynamodb-rounds.ts';
export { createStorms } from './dynamodb-storms.ts';
