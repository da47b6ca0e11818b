import { describe, expect, it } from 'vitest';
import { timesOf } from '../../../../functions/mechanisms/lambda/began.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { TARGET } from './stage.ts';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const NOW = at(50);
const LONG_AGO = '2026-11-01T00:00:00.000Z';

const seen = (deployment: string, minute: number): Entry => ({
  state: 'candidate',
  target: TARGET,
  deployment,
  completedAt: at(minute),
  soakUntil: at(minute + 1),
});
const proven = (id: string, minute: number): Entry => ({
  state: 'proven',
  target: TARGET,
  revision: { id, name: `checkout:${id}` },
  completedAt: at(minute),
  provenAt: at(minute),
  evidence: [],
});
const condemned = (id: string, minute: number): Entry => ({
  state: 'condemned',
  target: TARGET,
  revision: { id, name: `checkout:${id}` },
  condemnedAt: at(minute),
  evidence: [],
  execution: 'arn',
});

const alone = { version: '8', weights: {} };
const canary = { version: '7', weights: { 8: 0.5 } };

describe('a deployment began', () => {
  it('some time before it was first seen', () => {
    const entries = [seen('8@b', 30), proven('7', 10)];
    expect(timesOf(NOW, alone, '8', LONG_AGO, entries)).toEqual({
      startedAt: at(28),
      finishedAt: at(30),
      seen: true,
    });
  });

  it('never before its version was published', () => {
    expect(timesOf(NOW, alone, '8', at(29), [seen('8@b', 30)])).toMatchObject({ startedAt: at(29) });
  });

  it('with its canary, and ended with the last change', () => {
    const entries = [
      seen('8@d', 40),
      seen('7 50%, 8 50%@c', 30),
      seen('7 90%, 8 10%@b', 20),
      proven('7', 10),
    ];
    expect(timesOf(NOW, alone, '8', LONG_AGO, entries)).toMatchObject({
      startedAt: at(18),
      finishedAt: at(40),
    });
    expect(timesOf(NOW, canary, '8', LONG_AGO, entries.slice(1))).toMatchObject({ startedAt: at(18) });
  });

  it('not with an earlier deployment of the same version', () => {
    const entries = [seen('8@d', 40), proven('7', 30), proven('8', 10)];
    expect(timesOf(NOW, alone, '8', LONG_AGO, entries)).toMatchObject({ startedAt: at(38) });
  });

  it('when it was first seen, whatever was condemned since', () => {
    const entries = [condemned('9', 45), seen('8@d', 40), proven('8', 35), proven('7', 10)];
    expect(timesOf(NOW, alone, '8', LONG_AGO, entries)).toMatchObject({
      startedAt: at(33),
      finishedAt: at(35),
    });
  });

  it('after the last look, where it was never seen: somewhere between publication and now', () => {
    expect(timesOf(NOW, alone, '8', at(5), [proven('7', 10)])).toEqual({
      startedAt: at(5),
      finishedAt: NOW,
      seen: false,
    });
  });
});
