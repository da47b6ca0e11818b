import { describe, expect, it } from 'vitest';
import { withChanges } from '../../src/lambda/changes.ts';
import { remembering } from '../../src/rollback/doors.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import { planned, started, stopped, travelled, wanted, withWay } from './walk.ts';

/** A target in one situation, and the actions of the suite. */
export interface Fixture {
  readonly mechanism: Mechanism;
  readonly target: string;
  /** Ids of the good and of the bad revision. */
  readonly good: string;
  readonly bad: string;
  /** Number of calls so far that changed something: neither refused, nor a request for what was requested before. */
  readonly writes: () => number;
  /** Writes that start the way back; one by default. */
  readonly writesToRevert?: number;
  /** AWS returns the id of a change only once, so a second try cannot know it. */
  readonly returnsIdOnce?: true;
  /** The way back ends as soon as it is started, so there is nothing to wait for. */
  readonly atOnce?: true;
  /** Completes the way back in progress. */
  readonly finish: () => void | Promise<void>;
  /** Deploys another revision, as an operator does. */
  readonly deployAnother: () => void | Promise<void>;
  /** Deploys the good revision, as an operator does who goes back too. Absent: this is no deployment of its own. */
  readonly deployGood?: () => void | Promise<void>;
}

/** The situations of every mechanism. */
export interface Fixtures {
  /** A bad revision is being rolled out over a good one. */
  readonly inFlight: () => Fixture | Promise<Fixture>;
  /** A bad revision was rolled out completely over a good one. */
  readonly completed: () => Fixture | Promise<Fixture>;
  /** AWS already goes back to the good one natively; absent if AWS never does. */
  readonly rollingBack?: () => Fixture | Promise<Fixture>;
  /** A bad revision is the very first one. */
  readonly first: () => Fixture | Promise<Fixture>;
  /** The target does not exist. */
  readonly missing: () => Fixture | Promise<Fixture>;
}

/** Tests one mechanism against the contract in src/rollback/mechanism.ts. */
export function mechanismContract(name: string, fixtures: Fixtures): void {
  describe(`contract of a mechanism: ${name}`, () => {
    const situations = {
      inFlight: fixtures.inFlight,
      completed: fixtures.completed,
      ...(fixtures.rollingBack !== undefined && { rollingBack: fixtures.rollingBack }),
    };

    describe.each(Object.entries(situations))('%s', (_, set) => {
      it('plans from the bad revision to the good one', async () => {
        const { mechanism, target, good, bad } = await set();
        const { plan } = await planned(mechanism, target);
        expect({ from: plan.from.id, to: plan.to.id }).toEqual({ from: bad, to: good });
      });

      it('plans without a write, twice the same', async () => {
        const { mechanism, target, writes } = await set();
        const first = await mechanism.plan(wanted(target));
        expect(await mechanism.plan(wanted(target))).toEqual(first);
        expect(writes()).toBe(0);
      });

      it('makes a plan that survives JSON: the document travels through Step Functions', async () => {
        const { mechanism, target } = await set();
        const plan = await mechanism.plan(wanted(target));
        expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      });

      it('loses nothing of its memo on the way through Step Functions and the door', async () => {
        const { mechanism, target } = await set();
        const { memo } = travelled(withWay(await mechanism.plan(wanted(target))));
        expect(mechanism.memo.parse(memo)).toStrictEqual(memo);
      });

      it('refuses a memo that is not its own, and names it', async () => {
        const { mechanism, target } = await set();
        const document = await planned(mechanism, target);
        const foreign = { ...document, plan: { ...document.plan, memo: null } };
        expect(() => remembering(foreign, mechanism.memo)).toThrow(/^plan\.memo /);
      });

      it('names the changes, or reads the traits of both revisions, without a write', async () => {
        const { mechanism, target, writes } = await set();
        const { plan } = await planned(mechanism, target);
        const { changes } = await withChanges(plan, (one) =>
          mechanism.traits === undefined ? Promise.resolve(null) : mechanism.traits(target, one),
        );
        expect(changes).toEqual(expect.any(Array));
        expect(writes()).toBe(0);
      });

      it('stops twice with the same answer and at most one write', async () => {
        const { mechanism, target, writes } = await set();
        const document = await planned(mechanism, target);
        const first = await mechanism.stop(document);
        expect(await mechanism.stop(document)).toEqual(first);
        expect(writes()).toBeLessThanOrEqual(1);
      });

      it('reverts twice with the same answer and no more writes than once', async () => {
        const { mechanism, target, writes, writesToRevert = 1, returnsIdOnce } = await set();
        const document = await stopped(mechanism, await planned(mechanism, target));
        const first = await mechanism.revert(document);
        const again = await mechanism.revert(document);
        expect(again).toEqual(returnsIdOnce ? { ...first, deployment: expect.any(String) as string } : first);
        expect(first.state).not.toBe('failed');
        expect(writes()).toBe(set === fixtures.rollingBack ? 0 : writesToRevert);
      });

      it('is pending during the way back and settled after it, at every poll and without a write', async () => {
        const { mechanism, target, writes, finish, atOnce } = await set();
        const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
        const before = writes();
        expect(await mechanism.settled(document)).toMatchObject({ state: atOnce ? 'settled' : 'pending' });
        await finish();
        const look = await mechanism.settled(document);
        expect(look).toMatchObject({ state: 'settled' });
        expect(await mechanism.settled(document)).toEqual(look);
        expect(writes()).toBe(before);
      });

      it('yields to a newer deployment: overtaken', async () => {
        const { mechanism, target, writes, deployAnother } = await set();
        const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
        const before = writes();
        await deployAnother();
        expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken' });
        expect(writes()).toBe(before);
      });

      it('follows a newer deployment of the good revision, but not in a rehearsal', async ({ skip }) => {
        const { mechanism, target, writes, deployGood, finish } = await set();
        if (deployGood === undefined) return skip();
        const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
        const before = writes();
        await deployGood();
        const summary = expect.stringMatching(/^a newer .*, of \S.* as well; /) as string;
        expect(await mechanism.settled(document)).toMatchObject({ summary });
        expect(await mechanism.settled(rehearsed(document))).toMatchObject({ state: 'overtaken' });
        await finish();
        expect(await mechanism.settled(document)).toMatchObject({ state: 'settled', summary });
        expect(writes()).toBe(before);
      });

      it('starts no way back once a newer deployment came', async () => {
        const { mechanism, target, writes, deployAnother } = await set();
        const document = await planned(mechanism, target);
        await deployAnother();
        const after = await stopped(mechanism, document);
        for (const rung of document.plan.rungs.keys()) {
          expect(await mechanism.revert({ ...after, rung })).toMatchObject({ state: 'failed' });
        }
        expect(writes()).toBe(0);
      });
    });

    it.runIf(fixtures.rollingBack !== undefined)("joins AWS's own rollback", async () => {
      const { mechanism, target } = await fixtures.rollingBack!();
      const document = await planned(mechanism, target);
      expect(document.plan.state).toBe('join');
      const after = await stopped(mechanism, document);
      expect(after.stopped.state).toBe('reverting');
      expect(await mechanism.revert(after)).toMatchObject({ state: 'joined' });
    });

    it('plans no way back when there is nothing to go back to', async () => {
      const { mechanism, target, writes } = await fixtures.first();
      expect(await mechanism.plan(wanted(target))).toMatchObject({ state: 'no-way-back' });
      expect(writes()).toBe(0);
    });

    it('goes to the revision that was asked for', async () => {
      const { mechanism, target, good } = await fixtures.completed();
      const { plan } = await planned(mechanism, target, { revision: good });
      expect(plan).toMatchObject({ source: 'request', to: { id: good } });
    });

    it('has nothing to do when the requested revision already runs', async () => {
      const { mechanism, target, bad } = await fixtures.completed();
      expect(await mechanism.plan(wanted(target, { revision: bad }))).toMatchObject({
        state: 'nothing-to-do',
      });
    });

    it('refuses a revision that does not exist, and names the field', async () => {
      const { mechanism, target, writes } = await fixtures.completed();
      const asked = mechanism.plan(wanted(target, { revision: 'no-such-revision' }));
      await expect(asked).rejects.toMatchObject({ name: 'InvalidRequest', field: 'request.revision' });
      expect(writes()).toBe(0);
    });

    it('refuses a missing target with UnsupportedTarget', async () => {
      const { mechanism, target } = await fixtures.missing();
      await expect(mechanism.plan(wanted(target))).rejects.toMatchObject({ name: 'UnsupportedTarget' });
    });
  });
}

/** Returns the same document as of a rehearsal. */
function rehearsed<D extends InReversion>(document: D): D {
  const trigger = { type: 'rehearsal', id: 'r', at: document.claim.since, by: 'ada', way: 'back' } as const;
  return { ...document, request: { ...document.request, trigger } };
}
