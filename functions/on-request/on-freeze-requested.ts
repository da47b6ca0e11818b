import type { Emitter } from '../../src/events/emit.ts';
import { frozenOf, unfrozenOf } from '../../src/events/freezing.ts';
import { publishAll } from '../../src/events/publish.ts';
import type { Freezes } from '../../src/ledger/freezes.ts';
import { rejected, type Rejected } from '../../src/targets/answer.ts';
import type { FreezeRequested } from '../../src/targets/freeze-requested.ts';

export interface TakingFreezes {
  readonly freezes: Pick<Freezes, 'freeze' | 'unfreeze'>;
  readonly emitter: Emitter;
}

/** Freezes a target, or ends its freeze, and publishes it. A retry changes nothing. Returns why it was not taken. */
export async function takeFreeze(
  asked: FreezeRequested,
  { freezes, emitter }: TakingFreezes,
): Promise<Rejected | null> {
  if (asked.kind === 'freeze') {
    await freezes.freeze(asked.freeze);
    await publishAll(emitter, [frozenOf(asked.freeze)]);
    return null;
  }
  const { target, by, at } = asked;
  if (!(await freezes.unfreeze(target, by, at))) return rejected('detail.target', 'is not frozen');
  await publishAll(emitter, [unfrozenOf(target, by, at)]);
  return null;
}
