import type { Instant, Request } from '../../rollback/request.ts';
import { secondsBetween } from '../../rollback/time.ts';
import type { Answer } from './alert.ts';

/** The longest time between the starts of simultaneous alerts, the same as for alarms (rules/alarm.ts). */
const SAME_MOMENT_SECONDS = 300;

/** More than any rule needs. */
const MAX_WITH = 20;

/** Adds to each request the other targets whose alerts began at the same time, because one message may name several. */
export function together(answers: readonly Answer[]): readonly Answer[] {
  const all = answers.flatMap((answer) => ('requests' in answer ? answer.requests : []));
  return answers.map((answer) =>
    'requests' in answer
      ? { ...answer, requests: answer.requests.map((request) => beside(request, all)) }
      : answer,
  );
}

function beside(request: Request, all: readonly Request[]): Request {
  const { target, trigger } = request;
  if (trigger?.type !== 'request') return request;
  const others = all.filter((other) => other.target !== target && isNear(other, trigger.at));
  const names = [...new Set(others.map((other) => other.target))].slice(0, MAX_WITH);
  return names.length === 0 ? request : { ...request, trigger: { ...trigger, with: names } };
}

function isNear({ trigger }: Request, at: Instant): boolean {
  return trigger !== undefined && Math.abs(secondsBetween(trigger.at, at)) <= SAME_MOMENT_SECONDS;
}
