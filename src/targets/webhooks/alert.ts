import type { Request } from '../../rollback/request.ts';
import { ignored, rejected, type Accepted, type Ignored, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { toInstant } from '../instant.ts';
import { problemOfTarget } from '../target.ts';
import type { Label } from './labels.ts';

/** What a body says of one alert. */
export type Answer = Accepted | Ignored | Rejected;

/** An alert that fires, in our words. */
export interface Alert {
  /** Who tells of it: `alertmanager`. */
  readonly by: string;
  /** Stays the same however often this one turn of the alert is told, and is another at its next turn. */
  readonly turn: Part;
  /** When it began to fire, ISO 8601. */
  readonly began: Part;
  readonly name: string;
  /** What it says of itself; empty when it says nothing. */
  readonly says: string;
  readonly targets: readonly Label[];
}

/** A value, and the path in the body at which it stands. */
export interface Part {
  readonly field: string;
  readonly value: string;
}

const LONGEST_TURN = 256;

/** Asks for a rollback of everything that the alert's labels name. Never throws. */
export function answerAlert(alert: Alert): Answer {
  const { by, name, targets, turn, began } = alert;
  if (targets.length === 0) return ignored(`the alert ${JSON.stringify(clip(name))} names no target`);
  if (turn.value === '' || turn.value.length > LONGEST_TURN)
    return rejected(turn.field, `must have 1 to ${LONGEST_TURN} characters`);
  const at = toInstant(began.value);
  if (at === null) return rejected(began.field, 'must be a time such as 2026-11-22T03:00:00Z');
  const wrong = targets.map(problemOf).find((problem) => problem !== null);
  if (wrong !== undefined) return wrong;
  const requests = targets.map(({ target }) => requestFor(alert, target, at));
  const names = targets.map(({ target }) => target);
  const reason = `${by} asks to take ${names.join(' and ')} back: ${reasonOf(alert)}`;
  return { kind: 'request', targets: names, requests, reason };
}

function problemOf({ field, target }: Label): Rejected | null {
  const problem = problemOfTarget(target);
  return problem === null ? null : rejected(field, problem);
}

function requestFor(alert: Alert, target: string, at: string): Request {
  const { by, turn } = alert;
  return {
    target,
    reason: reasonOf(alert),
    trigger: { type: 'request', id: `${by}:${turn.value}`, at, by, automatic: true },
  };
}

function reasonOf({ name, says }: Alert): string {
  return clip(`the alert ${name} fires${says === '' ? '' : `: ${says}`}`);
}
