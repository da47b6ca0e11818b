import { execFile } from 'node:child_process';
import path from 'node:path';
import { COMMAND } from '../../scripts/command.ts';
import { OPERATOR } from '@lastgood/embedded-aws/wire/callers.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import type { Stage } from './stage.ts';

/** Answer of the command `lastgood`. */
export interface Answered {
  readonly status: number;
  readonly out: string;
  readonly problem: string;
}

/** Runs the command against the embedded AWS, with the credentials of a role. */
export function lastgood(
  { runtime, terminal }: Stage,
  args: readonly string[],
  role: string = OPERATOR,
): Promise<Answered> {
  const { accessKeyId, secretAccessKey } = runtime.wire.credentials(role);
  const env = {
    PATH: process.env['PATH'],
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const place = ['--endpoint', runtime.wire.endpoint, '--region', REGION];
  const command = path.resolve(import.meta.dirname, '../..', COMMAND);
  return new Promise((resolve) => {
    const done = (error: Error | null, out: string, problem: string) => {
      terminal.push(out, problem);
      resolve({ status: statusOf(error), out, problem });
    };
    execFile(process.execPath, [command, ...args, ...place], { env, maxBuffer: MAX_OUTPUT_BYTES }, done);
  });
}

/** Largest output. An incident with many series and alarms is long. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

function statusOf(error: (Error & { readonly code?: unknown }) | null): number {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : -1;
}
