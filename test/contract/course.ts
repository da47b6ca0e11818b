import { describe, expect, it } from 'vitest';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import { wanted, withWay } from './walk.ts';

/** A target on which a bad revision was rolled out over a good one, and the actions of a person. */
export interface CourseFixture {
  readonly mechanism: Mechanism;
  readonly target: string;
  /** Ids of the revisions; `fix` is that of `deployFix`. */
  readonly good: string;
  readonly bad: string;
  readonly fix: string;
  readonly writes: () => number;
  /** Records a revision as proven, by default since before the bad one was deployed. */
  readonly prove: (id: string, completedAt?: Instant) => void;
  readonly now: () => Instant;
  /** Deploys the good revision again, completely, as a person does. */
  readonly bringBack: () => Promise<void>;
  readonly deployFix: () => Promise<void>;
  /** Deploys the same revision over itself. Returns the id of that deployment. */
  readonly deployAgain: () => Promise<string>;
}

/** Contract of every mechanism's plan about the recent deployments of its target. */
export function courseContract(name: string, set: () => Promise<CourseFixture>): void {
  describe(`the recent deployments in a plan: ${name}`, () => {
    /** Plans for an alarm about harm that began just now, after a further change. */
    const planned = async (fixture: CourseFixture, then: () => Promise<unknown>): Promise<Plan> => {
      const hurtAt = fixture.now();
      await then();
      return fixture.mechanism.plan(wanted(fixture.target, byAlarm(hurtAt, fixture.now())));
    };

    it('lists the last deployments, newest first, with the content of each', async () => {
      const fixture = await set();
      const { recent = [], deployment } = await fixture.mechanism.plan(wanted(fixture.target));
      const ids = recent.map(({ revision }) => revision.id);
      expect(ids.slice(0, 2)).toEqual([fixture.bad, fixture.good]);
      expect(recent[0]).toEqual(deployment);
      expect(new Set(recent.map(({ content }) => content)).size).toBe(new Set(ids).size);
      expect(recent.map(({ content }) => typeof content)).toEqual(recent.map(() => 'string'));
    });

    it('has nothing to do if a person brought the good revision back', async () => {
      const fixture = await set();
      fixture.prove(fixture.good);
      const plan = await planned(fixture, fixture.bringBack);
      expect(plan).toMatchObject({ state: 'nothing-to-do' });
      expect('reason' in plan && plan.reason).toMatch(/ is back already: it replaced /);
      expect(plan.recent?.map(({ revision }) => revision.id).slice(0, 3)).toEqual([
        fixture.good,
        fixture.bad,
        fixture.good,
      ]);
      expect(plan.recent?.[0]?.content).toBe(plan.recent?.[2]?.content);
      expect(fixture.writes()).toBe(0);
    });

    it('names the suspect if a fix replaced it, and goes back to the revision before', async () => {
      const fixture = await set();
      fixture.prove(fixture.good);
      const plan = withWay(await planned(fixture, fixture.deployFix));
      expect({ from: plan.from.id, to: plan.to.id, suspect: plan.suspect?.id }).toEqual({
        from: fixture.fix,
        to: fixture.good,
        suspect: fixture.bad,
      });
      expect(plan.notes?.join()).toContain(plan.suspect?.name);
    });

    it('goes back to no revision newer than the suspect, even if it was proven', async () => {
      const fixture = await set();
      const plan = await planned(fixture, async () => {
        await fixture.deployFix();
        fixture.prove(fixture.fix, fixture.now());
        await fixture.deployAgain();
      });
      expect(withWay(plan).to.id).toBe(fixture.good);
    });

    it('suspects the newest revision for harm that began after it', async () => {
      const fixture = await set();
      await fixture.deployFix();
      const plan = withWay(await planned(fixture, () => Promise.resolve()));
      expect({ from: plan.from.id, suspect: plan.suspect }).toEqual({
        from: fixture.fix,
        suspect: undefined,
      });
    });

    it('has nothing to do if a proven revision was only deployed again', async () => {
      const fixture = await set();
      fixture.prove(fixture.bad);
      const deployment = await fixture.deployAgain();
      const at = fixture.now();
      const trigger = { type: 'deployment', id: 'event', at, deployment } as const;
      const plan = await fixture.mechanism.plan(wanted(fixture.target, { trigger }));
      expect(plan).toMatchObject({ state: 'nothing-to-do' });
      expect('reason' in plan && plan.reason).toMatch(/was only deployed again over itself/);
    });

    it('goes back if a person asks, even if a proven revision was only deployed again', async () => {
      const fixture = await set();
      fixture.prove(fixture.bad, fixture.now());
      await fixture.deployAgain();
      const plan = withWay(await fixture.mechanism.plan(wanted(fixture.target)));
      expect({ from: plan.from.id, to: plan.to.id }).toEqual({ from: fixture.bad, to: fixture.good });
    });
  });
}

/** An alarm that turned just now, on a minute of harm that began at an instant. */
export function byAlarm(hurtAt: Instant, at: Instant): Partial<Request> {
  const onset = { at: after(hurtAt, -60), until: hurtAt };
  return { trigger: { type: 'alarm', id: 'alarm', at, alarm: 'errors', onset } };
}
