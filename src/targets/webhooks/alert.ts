import { estimatedOnset } from '../../rollback/onset.ts';
import type { Instant, Request } from '../../rollback/request.ts';
import { ignored, rejected, type Accepted, type Ignored, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { toInstant } from '../instant.ts';
import { sortWords, type Word } from '../words.ts';

/** The answer to one alert. `fired` is recorded, whether or not Lastgood starts a rollback. */
export type Answer =
  | (Accepted & { readonly fired?: Fired; readonly began?: Part })
  | (Ignored & { readonly fired?: Fired })
  | Rejected;

/** The firing of an alert. It may be over by now. */
export interface Fired {
  readonly by: string;
  /** The alert's id over all its turns. */
  readonly alert: string;
  readonly at: Instant;
  readonly targets: readonly string[];
}

/** An alert, in one form for all tools. */
export interface Alert {
  /** The tool that sent it: `alertmanager`. */
  readonly by: string;
  /** Id of this turn: the same in each repetition, and another at the next turn. */
  readonly turn: Part;
  /** Id over all its turns; empty if the tool has none. */
  readonly same: string;
  /** Start of this firing, ISO 8601. */
  readonly began: Part;
  readonly name: string;
  /** Its description; may be empty. */
  readonly says: string;
  readonly targets: readonly Word[];
}

/** A value, and its path in the body. */
export interface Part {
  readonly field: string;
  readonly value: string;
}

const MAX_TURN_CHARACTERS = 256;

/** Requests a rollback of each target that the labels of a firing alert name. Never throws. */
export function answerAlert(alert: Alert): Answer {
  const { by, name, turn, began } = alert;
  if (alert.targets.length === 0) return ignored(`the alert ${JSON.stringify(clip(name))} names no target`);
  if (turn.value === '' || turn.value.length > MAX_TURN_CHARACTERS)
    return rejected(turn.field, `must have 1 to ${MAX_TURN_CHARACTERS} characters`);
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
    began,
    ...(wrong.length > 0 && { wrong }),
    ...firedOf(alert),
  };
}

/** Answers an alert that is over. It requests nothing, but its firing is recorded. Never throws. */
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

/**
 * Returns a request with an estimated onset. The harm began earlier than the alert, by as long as the tool's rule
 * waits.
 */
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
