import type { DescribeServicesResponse } from '@aws-sdk/client-ecs';
import type { Rollback } from '../../../src/rollback/document.ts';
import { check } from '../events/pipeline.ts';
import type { Stage } from '../stage.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** Returns null if the service runs this task definition alone, or else what it runs. */
export function wentTo(stage: Stage, family: string): string | null {
  const { services = [] } = stage.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
    cluster: 'prod',
    services: ['checkout'],
  });
  const runs = (services[0]?.deployments ?? []).map(
    ({ taskDefinition = '' }) => taskDefinition.split('/')[1],
  );
  return runs.length === 1 && runs[0] === family
    ? null
    : `the service runs ${runs.join(', ')}, not ${family}`;
}

/** Returns null if the event was kept with its error, or else the difference. */
export function keptAsDeadLetter(stage: Stage): string | null {
  const kept = stage.runtime.queues.messages('lastgood-prod-dead-letters').length;
  return kept === 1 ? null : `${kept} messages in the dead-letter queue, not 1`;
}

/** Returns null if this was among the healthy signs of the proof, or else the signs. */
export function wasProvenBy({ runtime }: Stage, sign: string): string | null {
  const { health } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const signs = health?.signs.filter(({ state }) => state === 'healthy').map(({ of }) => of) ?? [];
  return signs.includes(sign) ? null : `proven by ${signs.join(', ')}, not by ${sign}`;
}

/** Throws if the ledger has condemned one of these task definitions: `lastgood check` says so. */
export async function expectNotCondemned(stage: Stage, taskDefinitions: readonly string[]): Promise<void> {
  for (const one of taskDefinitions) {
    const { status, says } = await check(stage, TARGET, one);
    if (status !== 0) throw new Error(`lastgood check ${one} ended with ${status}: ${says}`);
  }
}

/** Returns a check: null if the newest rollback asked a person for this reason, or else its reasons. */
export function wasAskedBecause(reason: RegExp): (stage: Stage) => string | null {
  return ({ runtime }) => {
    const { verdict } = rollbacksIn(runtime).at(-1)?.states.at(-1)?.input as Rollback;
    const reasons = verdict?.reasons.join(' ') ?? 'there are none';
    return verdict?.verdict === 'ask' && reason.test(reasons) ? null : `the reasons are: ${reasons}`;
  };
}
