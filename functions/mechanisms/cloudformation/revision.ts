import type { Revision } from '../../../src/rollback/plan.ts';

/** Longer ids are shortened: a token of the console or of CDK ends with a UUID. */
const MAX_SHOWN = 24;
const UUID_END = 12;

/**
 * Returns the revision that an operation deployed. CloudFormation keeps no earlier templates, so the operation
 * identifies it: `shop@deploy-42`.
 */
export function revisionOf(stack: string, operation: string): Revision {
  const shown = operation.length <= MAX_SHOWN ? operation : operation.slice(-UUID_END);
  return { id: operation, name: `${stack}@${shown}` };
}
