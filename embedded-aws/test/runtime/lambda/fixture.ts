import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Lambda } from '../../../runtime/lambda/lambda.ts';
import type { LambdaFunction } from '../../../runtime/stack/stack.ts';
import { Clock } from '../../../world/clock.ts';
import { Random } from '../../../world/random.ts';
import { temporaryFolder } from '../folder.ts';

export const START = '2026-03-01T12:00:00.000Z';

/** A function whose bundle is the given source text. */
export function lambdaFrom(source: string, changes: Partial<LambdaFunction> = {}): LambdaFunction {
  const folder = temporaryFolder();
  const module = path.join(folder, 'index.mjs');
  writeFileSync(module, source);
  const name = changes.name ?? 'checkout';
  return {
    name,
    arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    module,
    handler: 'handler',
    environment: {},
    role: `${name}-role`,
    timeoutSeconds: 3,
    memoryMb: 1024,
    runtime: 'nodejs24.x',
    async: { retries: 2, maxAgeSeconds: 21_600 },
    ...changes,
  };
}

export function lambdaOf(
  functions: readonly LambdaFunction[],
  seed = 1,
  clock = new Clock(START),
): { lambda: Lambda; clock: Clock } {
  const lambda = new Lambda({
    functions,
    clock,
    random: (name) => new Random(seed, name),
    endpoint: () => 'http://127.0.0.1:1',
    credentials: (role) => ({ accessKeyId: `AKIA${role}`, secretAccessKey: 'secret' }),
    root: '/nowhere',
  });
  return { lambda, clock };
}

/** Runs the clock until the work is done. */
export async function settled<T>(clock: Clock, work: Promise<T>): Promise<T> {
  let done = false;
  void work.finally(() => (done = true)).catch(() => undefined);
  await clock.run(() => done);
  return work;
}
