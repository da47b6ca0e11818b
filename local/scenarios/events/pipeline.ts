import { execFile } from 'node:child_process';
import path from 'node:path';
import { COMMAND } from '../../../scripts/command.ts';
import { REGION } from '../../world/aws.ts';
import { OPERATOR } from '../../wire/callers.ts';
import type { Stage } from '../stage.ts';

/** How `lastgood check` answered. */
export interface Checked {
  readonly status: number;
  readonly says: string;
}

/** Runs the command as a pipeline would, with credentials of its own, against the embedded AWS. */
export function check({ runtime }: Stage, ...args: readonly string[]): Promise<Checked> {
  const { accessKeyId, secretAccessKey } = runtime.wire.credentials(OPERATOR);
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: runtime.wire.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const command = path.resolve(import.meta.dirname, '../../..', COMMAND);
  return new Promise((resolve) => {
    const done = (error: Error | null, out: string, problem: string) =>
      resolve({ status: statusOf(error), says: out + problem });
    execFile(process.execPath, [command, 'check', ...args, '--region', REGION], { env }, done);
  });
}

function statusOf(error: (Error & { readonly code?: unknown }) | null): number {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : -1;
}
