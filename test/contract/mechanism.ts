import { describe, expect, it } from 'vitest';
import { remembering } from '../../src/rollback/doors.ts';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import { planned, started, stopped, travelled, wanted, withWay } from './walk.ts';

/** A target set up in one situation, and what the suite may do to it. */
export interface Fixture {
  readonly mechanism: Mechanism;
  readonly target: string;
  /** Ids of the revision that is right and of the one at fault. */
  readonly good: string;
  readonly bad: string;
  /** How many writing calls AWS has had. */
  readonly writes: () => number;
  /** How many of them starting the way back takes; one unless said. */
  readonly writesToRevert?: number;
  /** AWS tells the id of a change in its answer and never again, so that a second try cannot know it. */
  readonly tellsIdOnce?: true;
  /** The way back is at its end as soon as it is started: there is nothing to wait for. */
  readonly atOnce?: true;
  /** Lets the way back that is under way end well. */
  readonly finish: () => void | Promise<void>;
  /** Somebody deploys something else. */
  readonly deployAnother: () => void | Promise<void>;
}

/** Every situation that each mechanism must be able to be put into. */
export interface Fixtures {
  /** A bad revision is being rolled out over a good one. */
  readonly inFlight: () => Fixture | Promise<Fixture>;
  /** A bad revision was rolled out completely over a good one. */
  readonly completed: () => Fixture | Promise<Fixture>;
  /** AWS already goes back to the good one by itself; absent where AWS never does. */
  readonly rollingBack?: () => Fixture | Promise<Fixture>;
  /** A bad revision is the first there ever was. */
  readonly first: () => Fixture | Promise<Fixture>;
  /** The target does not exist. */
  readonly missing: () => Fixture | Promise<Fixture>;
}

/** What is promised in src/rollback/mechanism.ts, against one mechanism. */
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

      it('plans in what survives JSON: the document travels through Step Functions', async () => {
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

      it('knows what both revisions are made of, without a write', async () => {
        const { mechanism, target, writes } = await set();
        const { from, to } = (await planned(mechanism, target)).plan;
        const traits = await Promise.all([from, to].map((one) => mechanism.traits(target, one)));
        expect(traits).toEqual([expect.any(Object), expect.any(Object)]);
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
        const { mechanism, target, writes, writesToRevert = 1, tellsIdOnce } = await set();
        const document = await stopped(mechanism, await planned(mechanism, target));
        const first = await mechanism.revert(document);
        const again = await mechanism.revert(document);
        expect(again).toEqual(tellsIdOnce ? { ...first, deployment: expect.any(String) as string } : first);
        expect(first.state).not.toBe('failed');
        expect(writes()).toBe(set === fixtures.rollingBack ? 0 : writesToRevert);
      });

      it('is pending while it goes back, and settled after it, without a write and as often as asked', async () => {
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

      it('lets a newer deployment through: overtaken', async () => {
        const { mechanism, target, writes, deployAnother } = await set();
        const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
        const before = writes();
        await deployAnother();
        expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken' });
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

    it.runIf(fixtures.rollingBack !== undefined)('joins what AWS already does', async () => {
      const { mechanism, target } = await fixtures.rollingBack!();
      const document = await planned(mechanism, target);
      expect(document.plan.state).toBe('join');
      const after = await stopped(mechanism, document);
      expect(after.stopped.state).toBe('reverting');
      expect(await mechanism.revert(after)).toMatchObject({ state: 'joined' });
    });

    it('says so when there is nothing to go back to', async () => {
      const { mechanism, target, writes } = await fixtures.first();
      expect(await mechanism.plan(wanted(target))).toMatchObject({ state: 'no-way-back' });
      expect(writes()).toBe(0);
    });

    it('goes to the revision that was asked for', async () => {
      const { mechanism, target, good } = await fixtures.completed();
      const { plan } = await planned(mechanism, target, { revision: good });
      expect(plan).toMatchObject({ source: 'request', to: { id: good } });
    });

    it('has nothing to do when what was asked for already runs', async () => {
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

    it('refuses a target that is not there by name', async () => {
      const { mechanism, target } = await fixtures.missing();
      await expect(mechanism.plan(wanted(target))).rejects.toMatchObject({ name: 'UnsupportedTarget' });
    });
  });
}
