import { executionName, type Starter } from '../../src/lambda/start.ts';
import type { Request } from '../../src/rollback/request.ts';

/**
 * Makes a starter that records requests, and recognises a repetition by its execution's name as Step Functions does.
 */
export function createFakeStarter(): Starter & { readonly started: readonly Request[] } {
  const started = new Map<string, Request>();
  return {
    get started() {
      return [...started.values()];
    },
    start(request) {
      const name = executionName(request);
      if (started.has(name)) return Promise.resolve('already-started');
      started.set(name, request);
      return Promise.resolve('started');
    },
  };
}
