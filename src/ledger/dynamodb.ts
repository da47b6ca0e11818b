export { createClaims } from './dynamodb-claims.ts';
export { createLedger } from './dynamodb-ledger.ts';
