import { InvalidRequest } from '../rollback/errors.ts';
import type { Take } from '../rollback/turn.ts';
import type { ReadsOfKind } from './kind.ts';
import { kinds } from './kinds.ts';

/** A target, written as its kind, a colon, and the kind's own name for it: `ecs:prod/checkout`. */
export interface Target {
  readonly kind: string;
  readonly name: string;
}

const MAX_LENGTH = 1024;

/**
 * Reads a target string.
 * @param field path of the value, for the error: `request.target`
 * @throws InvalidRequest if `problemOfTarget` finds a problem
 */
export function readTarget(text: string, field = 'request.target'): Target {
  const problem = problemOfTarget(text);
  if (problem !== null) throw new InvalidRequest(field, problem);
  return split(text);
}

/**
 * Returns why a text is not a target, or null if it is one. Problems: empty, too long, spaces or control characters, an
 * unknown kind, or not a name of its kind. Does not check whether the resource exists.
 */
export function problemOfTarget(text: string): string | null {
  if (text.length === 0 || text.length > MAX_LENGTH) return `must have 1 to ${MAX_LENGTH} characters`;
  if (/[\p{Cc}\p{Cf}\p{Cs}\s]/u.test(text)) return 'must not contain spaces or control characters';
  const { kind, name } = split(text);
  const known = kinds.find((candidate) => candidate.name === kind);
  if (known === undefined) return `${JSON.stringify(text)} must begin with a kind: ${beginnings()}`;
  return known.problemOf(name);
}

/** What Judge reads of each alarm, whatever the kind. Members of a storm share what else it reads of alarms. */
const OF_JUDGE: readonly Take[] = [{ quota: 'cloudwatch DescribeAlarmHistory', calls: 1 }];

/** Returns what a rollback of this kind reads from AWS up to its first write, Judge's reads among those of Plan. */
export function readsOf(kind: string): ReadsOfKind {
  const { plan, revert } = kinds.find(({ name }) => name === kind)?.reads ?? { plan: [], revert: [] };
  return { plan: [...plan, ...OF_JUDGE], revert };
}

/** The alarms of the account, a hundred a page. A warm function keeps them for minutes. */
const OF_ALARMS: Take = { quota: 'cloudwatch DescribeAlarms', calls: 1 };

/** Returns what a check of readiness reads from AWS. */
export function readsToCheck(kind: string): readonly Take[] {
  const { plan = [], readiness = [] } = kinds.find(({ name }) => name === kind)?.reads ?? {};
  return [...plan, ...readiness, OF_ALARMS];
}

export function writeTarget({ kind, name }: Target): string {
  return `${kind}:${name}`;
}

/** Splits a text at the first colon. Without a colon the kind is empty. */
function split(text: string): Target {
  const colon = text.indexOf(':');
  return colon < 0 ? { kind: '', name: text } : { kind: text.slice(0, colon), name: text.slice(colon + 1) };
}

function beginnings(): string {
  return kinds.map(({ name }) => `${name}:`).join(', ');
}
