import { estimatedOnset } from '../../rollback/onset.ts';
import type { Instant, Request } from '../../rollback/request.ts';
import { ignored, rejected, type Accepted, type Ignored, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { toInstant } from '../instant.ts';
import { sortWords, type Word } from '../words.ts';

/** What a body says of one alert. `fired` is what to remember of it, whether or not anything is started. */
export type Answer =
  (Accepted & { readonly fired?: Fired }) | (Ignored & { readonly fired?: Fired }) | Rejected;

/** An alert fired at a moment: it may be over by now. */
export interface Fired {
  readonly by: string;
  /** What the alert is known by over all its turns. */
  readonly alert: string;
  readonly at: Instant;
  readonly targets: readonly string[];
}

/** An alert in our words. */
export interface Alert {
  /** Who tells of it: `alertmanager`. */
  readonly by: string;
  /** Stays the same however often this one turn of the alert is told, and is another at its next turn. */
  readonly turn: Part;
  /** Stays the same over all its turns; empty where the tool says nothing of that kind. */
  readonly same: string;
  /** When it began to fire, ISO 8601. */
  readonly began: Part;
  readonly name: string;
  /** What it says of itself; empty when it says nothing. */
  readonly says: string;
  readonly targets: readonly Word[];
}

/** A value, and the path in the body at which it stands. */
export interface Part {
  readonly field: string;
  readonly value: string;
}

const LONGEST_TURN = 256;

/** Asks for a rollback of everything that the labels of a firing alert name. Never throws. */
export function answerAlert(alert: Alert): Answer {
  const { by, name, turn, began } = alert;
  if (alert.targets.length === 0) return ignored(`the alert ${JSON.stringify(clip(name))} names no target`);
  if (turn.value === '' || turn.value.length > LONGEST_TURN)
    return rejected(turn.field, `must have 1 to ${LONGEST_TURN} characters`);
  const at = toInstant(began.value);
  if (at === null) return rejected(began.field, 'must be a time such as 2026-11-22T03:00:00Z');
  const { targets, wrong } = sortWords(alert.targets);
  const [none] = wrong;
  if (none !== undefined && targets.length === 0) return none;
  const requests = targets.map((target) => requestFor(alert, target, at));
  const reason = `${by} asks to take ${targets.join(' and ')} back: ${reasonOf(alert)}`;
  return {
    kind: 'request',
    targets,
    requests,
    reason,
    ...(wrong.length > 0 && { wrong }),
    ...firedOf(alert),
  };
}

/** An alert that is over asks for nothing; that it fired is remembered. Never throws. */
export function answerResolved(alert: Alert, reason: string): Answer {
  return { ...ignored(reason), ...firedOf(alert) };
}

function firedOf({ by, same, began, targets: words }: Alert): { readonly fired?: Fired } {
  const at = toInstant(began.value);
  const { targets } = sortWords(words);
  return at === null || same === '' || targets.length === 0
    ? {}
    : { fired: { by, alert: same, at, targets } };
}

/** Tools tell when an alert began to fire. The harm began before that: by as much as the tool's rule waits. */
function requestFor(alert: Alert, target: string, at: Instant): Request {
  const { by, turn } = alert;
  return {
    target,
    reason: reasonOf(alert),
    trigger: {
      type: 'request',
      id: `${by}:${turn.value}`,
      at,
      by,
      automatic: true,
      onset: estimatedOnset(at),
    },
  };
}

function reasonOf({ name, says }: Alert): string {
  return clip(`the alert ${name} fires${says === '' ? '' : `: ${says}`}`);
}
