import type { LogWriter } from '../seams.ts';
import { logGroupOf, type UserFunction, type Version } from './model.ts';
import type { LambdaState } from './state.ts';

const MINUTE = 60_000;

/**
 * Returns what writes the lines of failed invocations. Invocations come by the thousand, so only one of a minute writes.
 * A stream is named by its day, the version and its environment; in a log group of several functions also by the
 * function. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export function failureLog(
  { clock, random }: LambdaState,
  logs: LogWriter,
): (of: UserFunction, version: Version) => void {
  const environments = new Map<string, string>();
  const written = new Map<string, number>();
  return (of, version) => {
    const { logs: lines = [] } = version.code;
    const key = `${of.name}:${version.name}`;
    const minute = Math.floor(clock.now() / MINUTE);
    if (lines.length === 0 || written.get(key) === minute) return;
    written.set(key, minute);
    const environment = environments.get(key) ?? random.hex(32);
    environments.set(key, environment);
    const group = logGroupOf(of, version);
    const day = clock.iso().slice(0, 10).replaceAll('-', '/');
    const owner = version.logGroup === undefined ? '' : of.name;
    for (const line of lines) logs.write(group, `${day}/${owner}[${version.name}]${environment}`, line);
  };
}
