import { expect, test } from 'vitest';
import { listen } from '../../../functions/guard/listen.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Heard } from '../../../src/rollback/request.ts';
import { BY_ALARM, BY_ALERT, BY_HAND, NOW, TARGET } from '../../src/rollback/judge-facts.ts';

const asked = { verdict: 'ask', at: NOW, reasons: ['?'], countdownSeconds: 60, onSilence: 'stay' } as const;

function listening(alsoTriggeredBy: readonly Heard[] | null, heard?: number) {
  const record = (target: string, execution: string) => {
    expect([target, execution]).toEqual([TARGET, 'one']);
    return Promise.resolve(alsoTriggeredBy && ({ alsoTriggeredBy } as unknown as RollbackRecord));
  };
  const verdict = { ...asked, ...(heard !== undefined && { heard }) };
  const claim = { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW };
  const rollback: Rollback = { request: BY_ALERT, execution: 'one', claim, verdict };
  return listen({ record })({ verb: 'listen', rollback });
}

test('says how many triggers came that were not judged, and which matters most', async () => {
  expect(await listening([BY_ALARM, BY_HAND])).toEqual({ unheard: 2, request: BY_HAND });
  expect(await listening([BY_HAND, BY_ALARM], 1)).toEqual({ unheard: 1, request: BY_ALARM });
});

test.each([
  ['that all were judged', [BY_ALARM], 1],
  ['that none came', [], undefined],
  ['the same where there is no record', null, undefined],
])('says %s', async (_, all, heard) => {
  expect(await listening(all, heard)).toEqual({ unheard: 0 });
});
