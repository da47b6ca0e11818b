import { InvalidRequest } from '../rollback/errors.ts';
import type { Request } from '../rollback/request.ts';
import { ignored, rejected, type Accepted, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { clip } from './clip.ts';
import { toInstant } from './instant.ts';
import type { BusEvent, ObservedDeployment, Hint } from './kind.ts';
import { kinds } from './kinds.ts';
import { problemOfTarget } from './target.ts';

/**
 * A deployment that began (no request; a lookout may follow it), failed (one request), or completed (no request; its
 * observed revision goes to the ledger).
 */
export interface DeploymentAnswer extends Accepted {
  readonly kind: 'deployment';
  readonly observed: ObservedDeployment;
}

/** A deployment that may have stalled. It requests nothing, because Lastgood asks AWS first. */
export interface HintAnswer extends Accepted {
  readonly kind: 'deployment';
  readonly hint: Hint;
}

/** Reads an event about a deployment. Never throws. */
export function readDeployment(event: unknown): DeploymentAnswer | HintAnswer | Ignored | Rejected {
  const found = readBusEvent(event);
  if (found === null) return ignored('is not an EventBridge event');
  const observed = observe(found);
  if (observed === null) return readHint(found);
  return 'field' in observed ? observed : answerDeployment(observed);
}

function readHint(event: BusEvent): HintAnswer | Ignored {
  for (const kind of kinds) {
    const hint = kind.fromHint?.(event) ?? null;
    if (hint !== null && problemOfTarget(hint.target) === null) return answerHint(hint);
  }
  return ignored(
    `${event.source} "${event['detail-type']}" is not about a deployment that Lastgood can roll back`,
  );
}

function answerHint(hint: Hint): HintAnswer {
  const { target, says } = hint;
  const reason = `${says}: Lastgood asks AWS whether a deployment of ${target} cannot progress, and starts a rollback only then`;
  return { kind: 'deployment', targets: [target], requests: [], hint, reason };
}

function observe(event: BusEvent): ObservedDeployment | Rejected | null {
  try {
    for (const kind of kinds) {
      const observed = kind.fromDeploymentEvent(event);
      if (observed !== null) return observed;
    }
    return null;
  } catch (error) {
    if (error instanceof InvalidRequest) return rejected(error.field, error.problem);
    throw error;
  }
}

/** Leaves room for a suffix: a trigger's id has 512 characters at most. */
const MAX_DEPLOYMENT_CHARACTERS = 500;

/** Returns the answer to a deployment, from an event or from the sweep. */
export function answerDeployment(observed: ObservedDeployment): DeploymentAnswer | Ignored | Rejected {
  const { target, deployment, state } = observed;
  const bad = problemOf(observed);
  if (bad !== null) return bad;
  const accepted = { kind: 'deployment', targets: [target], observed } as const;
  switch (state) {
    case 'started':
      return {
        ...accepted,
        requests: [],
        reason: `deployment ${deployment} of ${target} began: a lookout follows it if the target's tags ask for one`,
      };
    case 'completed':
      return {
        ...accepted,
        requests: [],
        reason: `deployment ${deployment} of ${target} completed: a candidate for last known good`,
      };
    case 'failed':
      return {
        ...accepted,
        requests: [requestFor(observed)],
        reason: `deployment ${deployment} of ${target} failed`,
      };
    case 'stalled':
      return {
        ...accepted,
        requests: [requestForStalled(observed)],
        reason: `deployment ${deployment} of ${target} cannot progress`,
      };
  }
}

function problemOf({ target, deployment, at }: ObservedDeployment): Rejected | null {
  const problem = problemOfTarget(target);
  if (problem !== null) return rejected('resources', problem);
  if (toInstant(at) === null) return rejected('time', 'must be a time such as 2026-11-22T03:00:00Z');
  if (deployment === '' || deployment.length > 512)
    return rejected('detail.deploymentId', 'must have 1 to 512 characters');
  return null;
}

function requestFor({ target, deployment, at, reason }: ObservedDeployment): Request {
  const says = reason === '' ? '' : `: ${reason}`;
  return {
    target,
    reason: clip(`deployment ${deployment} failed${says}`),
    trigger: {
      type: 'deployment',
      id: deployment,
      at,
      deployment,
      ...(reason !== '' && { reason: clip(reason) }),
    },
  };
}

/**
 * Returns the request for a stalled deployment. An event and the sweep give it the same trigger id, so they start one
 * execution. If AWS reports later that the deployment failed, that is another trigger with another id.
 */
function requestForStalled({ target, deployment, at, reason }: ObservedDeployment): Request {
  const id = `${deployment.slice(0, MAX_DEPLOYMENT_CHARACTERS)} stalled`;
  return {
    target,
    reason: clip(`deployment ${deployment} cannot progress: ${reason}`),
    trigger: { type: 'deployment', sign: 'stalled', id, at, deployment, reason: clip(reason) },
  };
}
