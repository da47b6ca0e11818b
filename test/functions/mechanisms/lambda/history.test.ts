import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../../functions/mechanisms/lambda/configuration.ts';
import { historyOf } from '../../../../functions/mechanisms/lambda/history.ts';
import type { Version } from '../../../../functions/mechanisms/lambda/lambda.ts';
import { contentsOf, rolloutsOf } from '../../../../functions/mechanisms/lambda/rollouts.ts';
import { standingOf } from '../../../../functions/mechanisms/lambda/standing.ts';
import { knownSides } from '../../../../src/ledger/known-sides.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { TARGET } from './stage.ts';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const NOW = at(50);
const LONG_AGO = '2026-11-01T00:00:00.000Z';

const seen = (deployment: string, minute: number, state: 'candidate' | 'observed' = 'candidate'): Entry => ({
  state,
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

const alone = (version: string): Configuration => ({ version, weights: {} });
const shared = (version: string, other: string, share: number): Configuration => ({
  version,
  weights: { [other]: share },
});

/** Returns the deployments of an alias whose last change was `revisionId`. */
function recentOf(
  configuration: Configuration,
  revisionId: string,
  entries: readonly Entry[],
  published: Readonly<Record<string, string>> = {},
  lastSight?: number,
) {
  const known = knownSides(entries);
  const alias = { ...configuration, functionArn: 'arn', revisionId };
  const standing = standingOf(configuration, null, known);
  const history = historyOf(
    { alias, standing, known },
    { entries, ...(lastSight !== undefined && { notBefore: at(lastSight) }) },
    NOW,
  );
  const version = (name: string): Version => ({
    name,
    state: 'Active',
    codeSha256: `sha ${name}`,
    content: `content ${name}`,
    modifiedAt: published[name] ?? LONG_AGO,
    traits: {},
  });
  const versions = new Map(['6', '7', '8', '9', '$LATEST'].map((name) => [name, version(name)]));
  const rollouts = rolloutsOf(
    'checkout',
    history,
    { versions, contents: contentsOf(entries, versions) },
    entries,
  );
  return { seen: history.seen, recent: rollouts.map(({ deployment }) => deployment) };
}

describe('a deployment began', () => {
  it('some time before it was first observed', () => {
    const entries = [seen('8@b', 30), proven('7', 10)];
    const { recent, ...rest } = recentOf(alone('8'), 'b', entries);
    expect(rest).toEqual({ seen: true });
    expect(recent).toMatchObject([
      { id: '8@b', state: 'completed', startedAt: at(28), finishedAt: at(30), revision: { id: '8' } },
      { id: '7', state: 'completed', startedAt: at(8), finishedAt: at(10), revision: { id: '7' } },
    ]);
  });

  it('never before its version was published', () => {
    const { recent } = recentOf(alone('8'), 'b', [seen('8@b', 30)], { 8: at(29) });
    expect(recent).toMatchObject([{ startedAt: at(29) }]);
  });

  it('never before the observation of the version that it replaced', () => {
    const { recent } = recentOf(alone('8'), 'b', [seen('8@b', 30), seen('7@a', 29)]);
    expect(recent).toMatchObject([{ startedAt: at(29) }, { startedAt: at(27) }]);
  });

  it('between two distant sights, and not before its version was published', () => {
    const wide = (notBefore: number) => [{ ...seen('8@b', 30), notBefore: at(notBefore) }, proven('7', 10)];
    expect(recentOf(alone('8'), 'b', wide(15)).recent[0]).toMatchObject({
      startedAt: at(28),
      sights: { notBefore: at(15), seenAt: at(30) },
    });
    expect(recentOf(alone('8'), 'b', wide(15), { 8: at(20) }).recent[0]).toMatchObject({
      sights: { notBefore: at(20), seenAt: at(30) },
    });
    const [narrow] = recentOf(alone('8'), 'b', wide(15), { 8: at(29) }).recent;
    expect(narrow).toMatchObject({ startedAt: at(29) });
    expect(narrow).not.toHaveProperty('sights');
    expect(recentOf(alone('8'), 'b', wide(29)).recent[0]).toMatchObject({ startedAt: at(29) });
  });

  it('after the last sight of the sweep, where it has not observed it yet', () => {
    const { recent, ...rest } = recentOf(alone('8'), 'b', [proven('7', 10)], { 8: at(5) }, 40);
    expect(rest).toEqual({ seen: false });
    expect(recent[0]).toMatchObject({ startedAt: at(48), sights: { notBefore: at(40), seenAt: NOW } });
    const [first] = recentOf(alone('8'), 'b', [condemned('9', 42)], { 8: at(45) }).recent;
    expect(first).toMatchObject({ startedAt: at(45) });
    expect(first).not.toHaveProperty('sights');
  });

  it('when the code of $LATEST changed, of which the sweep records no sight', () => {
    const [latest] = recentOf(alone('$LATEST'), 'b', [], { $LATEST: at(45) }, 49).recent;
    expect(latest).toMatchObject({ startedAt: at(45) });
    expect(latest).not.toHaveProperty('sights');
  });

  it('at any time since the last record, where an alias names $LATEST instead of a version', () => {
    const { recent } = recentOf(alone('$LATEST'), 'b', [proven('7', 10)], {}, 49);
    expect(recent[0]).toMatchObject({ startedAt: at(48), sights: { notBefore: at(10), seenAt: NOW } });
  });

  it('with its canary, and ended with the last change', () => {
    const steps = [seen('7 50%, 8 50%@c', 30), seen('7 90%, 8 10%@b', 20), proven('7', 10)];
    expect(recentOf(alone('8'), 'd', [seen('8@d', 40), ...steps]).recent).toMatchObject([
      { id: '8@d', state: 'completed', startedAt: at(18), finishedAt: at(40), content: 'content 8' },
      { revision: { id: '7' } },
    ]);
    const { recent } = recentOf(shared('7', '8', 0.5), 'c', steps);
    expect(recent).toMatchObject([
      { id: '7 50%, 8 50%@c', state: 'in-flight', startedAt: at(18), revision: { id: '8' } },
      { revision: { id: '7' } },
    ]);
    expect(recent[0]).not.toHaveProperty('finishedAt');
  });

  it('not with an earlier deployment of the same version', () => {
    const entries = [seen('8@d', 40), proven('7', 30), proven('8', 10)];
    expect(recentOf(alone('8'), 'd', entries).recent).toMatchObject([
      { startedAt: at(38) },
      { revision: { id: '7' } },
      { revision: { id: '8' }, startedAt: at(8) },
    ]);
  });

  it('when it was first observed, even if a version was condemned since', () => {
    const entries = [condemned('9', 45), seen('8@d', 40), proven('8', 35), proven('7', 10)];
    expect(recentOf(alone('8'), 'd', entries).recent).toMatchObject([
      { id: '8@d', startedAt: at(33), finishedAt: at(35) },
      { revision: { id: '7' } },
    ]);
  });

  it('at any time since the last record or its publication, if the last sight is unknown', () => {
    const begunWhere = (publishedAt: number) =>
      recentOf(alone('8'), 'b', [proven('7', 10)], { 8: at(publishedAt) });
    const { recent, ...rest } = begunWhere(5);
    expect(rest).toEqual({ seen: false });
    const latest = { startedAt: at(48), finishedAt: NOW };
    expect(recent[0]).toMatchObject({ ...latest, sights: { notBefore: at(10), seenAt: NOW } });
    expect(begunWhere(20).recent[0]).toMatchObject({
      ...latest,
      sights: { notBefore: at(20), seenAt: NOW },
    });
  });

  it('just before now, if its version was deployed before and the sweep has not observed the way back', () => {
    const { recent } = recentOf(alone('7'), 'c', [seen('8@b', 40), proven('7', 10)]);
    expect(recent[0]).toMatchObject({ startedAt: at(48), finishedAt: NOW, revision: { id: '7' } });
  });
});

describe('the last deployments', () => {
  it('include observed but unproven versions, and each change once', () => {
    const entries = [
      seen('7@c', 42),
      seen('8@b', 40, 'observed'),
      proven('7', 10),
      seen('7@a', 10, 'observed'),
    ];
    const { recent } = recentOf(alone('7'), 'c', entries);
    expect(recent.map(({ id, content }) => [id, content])).toEqual([
      ['7@c', 'content 7'],
      ['8@b', 'content 8'],
      ['7@a', 'content 7'],
    ]);
  });

  it('show a canary that was taken back as failed, with its time', () => {
    const entries = [seen('7@c', 42), seen('7 90%, 8 10%@b', 40), seen('7@a', 10)];
    expect(recentOf(alone('7'), 'c', entries).recent).toMatchObject([
      { id: '7@c', state: 'completed', revision: { id: '7' } },
      { state: 'failed', finishedAt: at(42), revision: { id: '8' } },
      { id: '7@a' },
    ]);
  });

  it('introduce the version that was not there before, even if it is proven', () => {
    const entries = [seen('8 50%, 7 50%@c', 42), seen('8@b', 40), proven('7', 10)];
    const { recent } = recentOf(shared('8', '7', 0.5), 'c', entries);
    expect(recent[0]).toMatchObject({ state: 'in-flight', revision: { id: '7' } });
  });

  it('introduce the version that keeps a share beside a proven one that came back as the main one', () => {
    const entries = [seen('7 90%, 8 10%@c', 42), seen('8@b', 40), proven('7', 10)];
    const turned = shared('7', '8', 0.1);
    expect(recentOf(turned, 'c', entries).recent).toMatchObject([
      { state: 'in-flight', revision: { id: '8' }, startedAt: at(40), sharesWith: 'older' },
      { state: 'completed', revision: { id: '8' } },
      { revision: { id: '7' } },
    ]);
    const both = [...entries, proven('8', 39)];
    expect(recentOf(turned, 'c', both).recent[0]).toMatchObject({
      revision: { id: '7' },
      sharesWith: 'unknown',
    });
  });

  it('say whether the version that shares is newer than the other, by its number', () => {
    const sharesWith = (configuration: Configuration, before = '7') =>
      recentOf(configuration, 'c', [proven(before, 10)]).recent[0]?.sharesWith;
    expect(sharesWith(shared('7', '8', 0.1))).toBe('older');
    expect(sharesWith(shared('8', '7', 0.7))).toBe('older');
    expect(sharesWith(shared('8', '7', 0.1), '8')).toBe('unknown');
    expect(sharesWith(shared('7', '$LATEST', 0.1))).toBe('unknown');
    expect(sharesWith(shared('7', '8', 1))).toBeUndefined();
    expect(sharesWith(alone('8'))).toBeUndefined();
  });

  it('list two with equal content if the alias was changed and names the same version', () => {
    const { recent } = recentOf(alone('7'), 'c', [seen('7@c', 42), seen('7@a', 10)]);
    expect(recent).toMatchObject([
      { id: '7@c', content: 'content 7' },
      { id: '7@a', content: 'content 7' },
    ]);
  });

  it('list both too if the sweep has not observed the change', () => {
    const { recent, ...rest } = recentOf(alone('7'), 'c', [seen('7@a', 10)]);
    expect(rest).toEqual({ seen: false });
    expect(recent).toMatchObject([
      { id: '7@c', startedAt: at(48) },
      { id: '7@a', startedAt: at(8) },
    ]);
  });

  it('mark a way back if another version was condemned while it ran', () => {
    const entries = [seen('9@d', 48), condemned('8', 45), seen('7@c', 42), seen('8@b', 40), proven('7', 10)];
    const { recent } = recentOf(alone('9'), 'd', entries);
    expect(recent.map(({ isRollback }) => isRollback)).toEqual([false, true, false, false]);
  });
});
