import type { StepCall } from '../../src/lambda/steps.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Tend } from '../../src/lambda/storms.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Claim } from '../../src/rollback/document.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { fieldOf, readRequest, type Instant, type Request } from '../../src/rollback/request.ts';
import { isInFuture, NOT_IN_FUTURE } from '../../src/rollback/time.ts';
import type { InStorm } from '../../src/rollback/storm/arrivals.ts';
import { takenUpAt } from '../../src/rollback/taken-up.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface Claiming {
  readonly claims: Pick<Claims, 'take'>;
  readonly turns: Turns;
  readonly storms: Pick<Storms, 'arrive' | 'isUnderWay'>;
  readonly tend: Tend;
  /** The number of targets that may alarm within five minutes without being a storm. */
  readonly most: number;
  /** A storm asks no question. */
  readonly stormsAreOff: boolean;
}

/**
 * Claim: checks the request, takes its target, counts its alarm, and reserves the reads up to the first write.
 * @throws InvalidRequest naming the field, before anything is claimed
 * @throws TargetClaimed when another rollback of the target is under way
 */
export function claim({ claims, turns, storms, tend, most, stormsAreOff }: Claiming, now: () => Instant) {
  const arrive = async (request: Request, execution: string, now: Instant): Promise<InStorm | null> => {
    const at = alarmIn(request);
    if (at === null) return null;
    return storms.arrive({ target: request.target, at }, execution, most, now);
  };
  /** A member of a storm asks before it reverts, and gets another turn then. Outside of storms no time is lost. */
  const mayAsk = async (request: Request, now: Instant): Promise<boolean> =>
    !stormsAreOff && alarmIn(request) !== null && (await storms.isUnderWay(most, now));
  /** A storm is looked at from its first member on, though no plan can be made. A failure costs only the summary. */
  const tended = async (storm: InStorm | null): Promise<InStorm | null> => {
    if (storm?.role !== 'member') return storm;
    await tend(storm.id, storm.since).catch((error: unknown) =>
      logger.warn('no execution tends the storm yet', error as Error),
    );
    return storm;
  };
  return async ({ rollback, execution, executionStartedAt }: StepCall): Promise<Claim> => {
    const request = readRequest(onlyRequest(rollback));
    const { kind } = readTarget(request.target);
    if (execution === undefined) throw new InvalidRequest('execution', 'is missing');
    const claimedAt = now();
    refuseFuture(request, claimedAt);
    const startedAt = takenUpAt(claimedAt, executionStartedAt);
    const [claim, mayBeMember] = await Promise.all([
      claims.take(request.target, kind, execution, request, claimedAt, startedAt),
      mayAsk(request, claimedAt),
    ]);
    const arriving = arrive(request, execution, claimedAt);
    const isMember = mayBeMember && (await arriving)?.role === 'member';
    const { plan, revert } = readsOf(kind);
    const [turn, storm] = await Promise.all([
      turns.of(isMember ? plan : [...plan, ...revert], 'before-write'),
      arriving.then(tended),
    ]);
    return { ...claim, takenUpAt: startedAt, ...(turn !== undefined && { turn }), ...storming(storm) };
  };
}

function storming(storm: InStorm | null): Pick<Claim, 'storm'> {
  return storm === null ? {} : { storm };
}

/** Returns when the alarm or the alert turned, or the lookout accused. Null: none of them triggered the rollback. */
function alarmIn({ trigger }: Request): Instant | null {
  if (trigger?.type === 'alarm' || trigger?.type === 'lookout') return trigger.at;
  return trigger?.type === 'request' && trigger.automatic === true ? trigger.at : null;
}

/**
 * Rejects all slices but the request. A caller who may start an execution must not be able to supply a verdict, an
 * approval or a plan.
 */
function onlyRequest(input: unknown): unknown {
  const slices = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
  const other = Object.keys(slices).find((slice) => slice !== 'request');
  if (other !== undefined)
    throw new InvalidRequest(fieldOf([other]), 'a rollback begins with a request and nothing else');
  return 'request' in slices ? slices.request : undefined;
}

/** Refuses a trigger of the future, and one whose harm or earlier firings would lie there. */
function refuseFuture({ trigger }: Request, now: Instant): void {
  if (trigger === undefined) return;
  const instants: [field: string, at: Instant | undefined][] = [['at', trigger.at]];
  if ('onset' in trigger) instants.push(['onset.at', trigger.onset?.at]);
  if (trigger.type === 'lookout') instants.push(['since', trigger.since]);
  if (trigger.type === 'request')
    trigger.before?.forEach((at, index) => instants.push([`before.${index}`, at]));
  for (const [field, at] of instants)
    if (at !== undefined && isInFuture(at, now))
      throw new InvalidRequest(`request.trigger.${field}`, NOT_IN_FUTURE);
}
