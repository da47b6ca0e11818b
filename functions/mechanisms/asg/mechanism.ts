import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { createKnownVersions } from './known-versions.ts';
import { planWith } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sidesWith } from './sides.ts';
import { stopWith } from './stop.ts';
import type { Clients } from './survey.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for groups of Amazon EC2 Auto Scaling whose instances come from one launch template. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  const known = createKnownVersions(clients.ec2);
  return {
    memo: Memo,
    sides: sidesWith(clients),
    plan: planWith(clients, known),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits: async (_, { id }) => (await known.version(id))?.traits ?? null,
  };
}
