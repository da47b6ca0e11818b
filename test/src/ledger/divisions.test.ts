import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../src/rollback/plan.ts';
import {
  asOneEach,
  currentRun,
  provenRunsIn,
  rolloutsOf,
  runsIn,
  reconciledRun,
  sightBeforeRun,
  type Division,
  type Run,
} from '../../../src/ledger/divisions.ts';
import { suspicionAmong } from '../../../src/rollback/suspect.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';

/** All traffic goes to one side, with some content behind it; `?`: the content is not known. */
interface Side extends Run {
  readonly side: string;
  readonly behind: string;
}

const mayBe = (one: Side, other: Side) =>
  one.side === other.side && (one.behind === other.behind || [one.behind, other.behind].includes('?'));

const division: Division<Side> = {
  write: ({ side, behind, since }) => `${side}@${behind} since ${since}`,
  read: (text) => {
    const [, side = '', behind = '', since = ''] = /^(\w+)@(\S+) since (\S+)$/.exec(text) ?? [];
    return side === '' ? null : { side, behind, since };
  },
  nameOf: ({ side }) => side,
  contentOf: ({ side, behind }) => `${side}@${behind}`,
  mayBeSame: mayBe,
  mayServeAlike: mayBe,
  isSaidBy: (run, other) => mayBe(run, other) && (run.behind === '?' || run.behind === other.behind),
  isKnown: ({ behind }) => behind !== '?',
  sidesOf: ({ side, behind }) => ({ shares: { [`${side}@${behind}`]: 1 }, isWhole: true, isDone: true }),
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();
const run = (text: string, minute: number): Side => {
  const [side = '', behind = ''] = text.split('@');
  return { side, behind, since: at(minute) };
};
const target = 'elb:x';
const revisionOf = (one: Side) => ({ id: division.write(one), name: one.side });
const proven = (one: Side): Entry => ({
  ...{ state: 'proven', target, revision: revisionOf(one), completedAt: one.since, provenAt: one.since },
  evidence: [],
});
const condemned = (one: Side, minute: number): Entry => ({
  ...{ state: 'condemned', target, revision: revisionOf(one), condemnedAt: at(minute), evidence: [] },
  execution: 'x',
});
const observed = (one: Side): Entry => ({
  ...{ state: 'candidate', target, deployment: division.write(one), completedAt: one.since },
  soakUntil: at(59),
});
const unknown: Entry = { ...observed(run('a@1', 0)), deployment: 'another text' } as Entry;

describe('the runs in the ledger', () => {
  it('are newest first, without unreadable ids', () => {
    const entries = [
      proven(run('blue@1', 1)),
      unknown,
      observed(run('green@2', 9)),
      condemned(run('blue@3', 4), 5),
    ];
    expect(runsIn(division, entries)).toEqual([run('green@2', 9), run('blue@3', 4), run('blue@1', 1)]);
  });

  it('are one if they have two first observations', () => {
    const runs = [run('green@2', 11), run('green@?', 10), run('blue@1', 1)];
    expect(asOneEach(division, runs)).toEqual([run('green@?', 10), run('blue@1', 1)]);
  });
});

describe('the present run', () => {
  it('is the newest known one, if it may be the same', () => {
    expect(currentRun(division, [run('blue@1', 1)], run('blue@?', 9))).toEqual(run('blue@1', 1));
    expect(currentRun(division, [run('blue@1', 1)], run('blue@2', 9))).toEqual(run('blue@2', 9));
    expect(currentRun(division, [], run('blue@2', 9))).toEqual(run('blue@2', 9));
  });

  it('begins anew in the sweep if more is known of it than before', () => {
    expect(reconciledRun(division, [run('blue@1', 1)], run('blue@?', 9))).toEqual(run('blue@1', 1));
    expect(reconciledRun(division, [run('blue@?', 1)], run('blue@1', 9))).toEqual(run('blue@1', 9));
  });
});

describe('the last deployments', () => {
  const deployments = (runs: readonly Side[], entries: readonly Entry[] = []) =>
    rolloutsOf(division, runs[0]!, runs, entries).map(({ deployment }) => deployment);

  it('are one per division, and none without earlier runs', () => {
    const runs = [run('green@2', 9), run('blue@1', 1)];
    expect(deployments(runs).map(({ content }) => content)).toEqual(['green@2', 'blue@1']);
    expect(rolloutsOf(division, run('blue@1', 1), [], [])).toEqual([]);
  });

  it('keep their start if more became known', () => {
    const [newest] = deployments([run('green@2', 9), run('green@?', 5), run('blue@1', 1)]);
    expect(newest).toMatchObject({ content: 'green@2', startedAt: at(4) });
  });

  it('are proven, and are ways back, by the ledger', () => {
    const runs = [run('blue@1', 20), run('green@2', 9), run('blue@1', 1)];
    const [newest, bad, good] = deployments(runs, [
      condemned(run('green@2', 9), 21),
      proven(run('blue@1', 1)),
    ]);
    expect(newest).toMatchObject({ content: 'blue@1', isRollback: true });
    expect(bad).toMatchObject({ content: 'green@2', isRollback: false });
    expect(good).toMatchObject({ content: 'blue@1', isRollback: false, isProven: true });
    expect([newest, bad].map((one) => one?.isProven)).toEqual([undefined, undefined]);
  });
});

describe('the proven runs', () => {
  const back = (entries: readonly Entry[], present: Side, limit = 6) =>
    provenRunsIn(
      division,
      { entries, runs: asOneEach(division, runsIn(division, entries)), present },
      { blame: null, recent: [] as readonly Deployment[] },
      limit,
    );

  it('are each listed once, up to the limit', () => {
    const entries = [proven(run('green@2', 9)), proven(run('blue@1', 5)), proven(run('blue@1', 1))];
    expect(back(entries, run('red@3', 20))).toEqual([{ run: run('green@2', 9) }, { run: run('blue@1', 5) }]);
    expect(back(entries, run('red@3', 20), 1)).toEqual([{ run: run('green@2', 9) }]);
  });

  it('leave out a run that serves like the present one, or was condemned with the same content', () => {
    const entries = [proven(run('green@2', 9)), condemned(run('blue@1', 5), 6), proven(run('blue@1', 1))];
    expect(back(entries, run('green@?', 20))).toEqual([]);
  });

  it('include a run that was condemned with other content', () => {
    const entries = [condemned(run('blue@7', 5), 6), proven(run('blue@1', 1))];
    expect(back(entries, run('green@2', 20))).toEqual([{ run: run('blue@1', 1) }]);
  });

  it('are marked if the same run was blamed since, as far as is known', () => {
    const entries = [condemned(run('blue@?', 9), 10), proven(run('blue@?', 1))];
    expect(back(entries, run('green@2', 20))).toEqual([{ run: run('blue@?', 1), isBlamedSince: true }]);
  });
});

describe('a sight before a run', () => {
  const [good, older] = [run('green@1', 10), run('blue@1', 0)];
  const present = run('blue@2', 40);
  const before = (runs: readonly Side[], sight: string | null = null) =>
    sightBeforeRun(division, runs, present, sight);

  it('that is unknown is the last record of another run', () => {
    expect(before([good, older])).toEqual({ notBefore: at(10) });
    expect(before([good, older], at(39))).toEqual({ notBefore: at(39) });
  });

  it('is none for the first run, and for one that may be recorded already', () => {
    expect(before([])).toEqual({});
    expect(before([run('blue@?', 20), good])).toEqual({});
  });

  it('that is unknown never makes a fix of the run at fault', () => {
    const bad = { ...present, ...before([good, older]) };
    const entries: readonly Entry[] = [
      { ...observed(bad), notBefore: bad.notBefore } as Entry,
      proven(good),
      proven(older),
    ];
    const runs = runsIn(division, entries);
    const recent = rolloutsOf(division, runs[0]!, runs, entries).map(({ deployment }) => deployment);
    const onset = { at: at(30), until: at(30) };
    expect(suspicionAmong(recent, onset)).toMatchObject({
      suspect: { content: 'blue@2' },
      later: [],
      others: [{ content: 'green@1' }],
    });
  });
});
