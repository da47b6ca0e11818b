import type { Emitter } from '../../src/events/emit.ts';
import type { CheckCall } from '../../src/lambda/readiness-steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Readinesses } from '../../src/ledger/readinesses.ts';
import type { Checking, Kept } from '../../src/readiness/document.ts';
import type { Finding } from '../../src/readiness/finding.ts';
import { measurementsIn } from '../../src/readiness/measurement.ts';
import { weigh } from '../../src/readiness/weigh.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import { isGone } from './gone.ts';

/** Reads the findings that hold for every kind of target. */
export type ReadShared = (checking: Checking) => Promise<readonly Finding[]>;

export interface Checks {
  readonly readShared: ReadShared;
  readonly readinesses: Pick<Readinesses, 'of' | 'keep' | 'forget'>;
  readonly claims: Pick<Claims, 'records'>;
  readonly emitter: Emitter;
}

/** How far back rollbacks are measured. */
const MEASURED_DAYS = 90;

/** Weighs a check, stores it and publishes it. A retry replaces its own check and publishes again. */
export function check({ readinesses, claims, emitter, readShared }: Checks, now: () => Instant) {
  return async ({ checking, execution }: CheckCall): Promise<Kept> => {
    const { target } = checking.request;
    const at = now();
    const [stored, records, shared] = await Promise.all([
      readinesses.of(target),
      claims.records(target, after(at, -MEASURED_DAYS * 86_400)),
      readShared(checking),
    ]);
    const measurements = measurementsIn(records);
    const weighed = weigh({ checking, execution, stored, measurements, shared, now: at });
    if (isGone(checking)) await readinesses.forget(target, at);
    else if (await readinesses.keep(weighed)) await publish(weighed, emitter);
    return weighed;
  };
}

async function publish(weighed: Kept, emitter: Emitter): Promise<void> {
  const { target, at, ready, score, trend, findings, way, estimate, execution, past } = weighed;
  const detail = {
    version: '1' as const,
    ...{ target, execution, at, ready, score },
    ...(past[0] !== undefined && { before: past[0] }),
    ...(way !== null && { way }),
    ...(estimate !== null && { estimate }),
    findings: findings.map((one) => ({ ...one })),
  };
  await emitter.emit('Readiness Checked', { ...detail, trend });
  if (trend === 'worse') await emitter.emit('Readiness Worsened', detail);
}
