import { describe, expect, it } from 'vitest';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { Instant, Trigger } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import { wanted } from './walk.ts';

/** A target after a bad release that another change replaced before an alarm turned. */
export interface Superseded {
  readonly mechanism: Mechanism;
  readonly target: string;
  /** Ids of the proven revision that ran before the bad one, of the bad one, and of the running one. */
  readonly good: string;
  readonly bad: string;
  readonly runs: string;
  /** Start of the harm. */
  readonly since: Instant;
  readonly writes: () => number;
}

export interface SupersededFixtures {
  /** A person brought the good one back. `older`: an older revision is proven too. */
  readonly putBack: (older: boolean) => Superseded | Promise<Superseded>;
  /** A person deployed a new revision. */
  readonly fixed: (older: boolean) => Superseded | Promise<Superseded>;
}

/** Contract of each mechanism about deployments after the suspect. */
export function supersededContract(name: string, { putBack, fixed }: SupersededFixtures): void {
  const planOf = (
    { mechanism, target, since }: Superseded,
    more: { readonly revision?: string } = {},
  ): Promise<Plan> => mechanism.plan(wanted(target, { trigger: alarmOf(since), ...more }));

  describe.each([
    ['one', false],
    ['two', true],
  ])(`contract of what was superseded: ${name}, %s proven`, (_, older) => {
    it('has nothing to do if a person brought the good one back, and says which replaced which', async () => {
      const fixture = await putBack(older);
      const plan = await planOf(fixture);
      expect(plan).toMatchObject({ state: 'nothing-to-do' });
      expect('reason' in plan ? plan.reason : '').toMatch(/^\S+ is back already: it replaced \S+$/);
      expect(fixture.writes()).toBe(0);
    });

    it('would go from the fix to the revision proven before the suspect, and names the suspect', async () => {
      const fixture = await fixed(older);
      const plan = await planOf(fixture);
      expect(plan).toMatchObject({
        state: 'ready',
        from: { id: fixture.runs },
        suspect: { id: fixture.bad },
        to: { id: fixture.good },
      });
      expect('notes' in plan ? plan.notes.join('\n') : '').toMatch(/is held responsible/);
    });

    it('goes to the requested revision in spite of later deployments', async () => {
      const fixture = await fixed(older);
      const plan = await planOf(fixture, { revision: fixture.good });
      expect(plan).toMatchObject({ state: 'ready', source: 'request', from: { id: fixture.runs } });
      expect(plan).not.toHaveProperty('suspect');
    });

    it('lists the last deployments, newest first, with their content', async () => {
      for (const fixture of [await putBack(older), await fixed(older)]) {
        const { recent = [], deployment } = await planOf(fixture);
        expect(recent[0]).toEqual(deployment);
        expect(recent.slice(0, 2).map(({ revision: { id } }) => id)).toEqual([fixture.runs, fixture.bad]);
        expect(recent.every(({ content }) => typeof content === 'string')).toBe(true);
        const starts = recent.map(({ startedAt }) => startedAt);
        expect(starts).toEqual(starts.toSorted().toReversed());
      }
    });

    it('recognises the revision that was brought back by its content, and that the fix is new', async () => {
      const back = (await planOf(await putBack(older))).recent ?? [];
      expect(back[0]?.content).toBe(back[2]?.content);
      expect(back[1]?.content).not.toBe(back[0]?.content);
      const { recent = [] } = await planOf(await fixed(older));
      expect(new Set(recent.slice(0, 3).map(({ content }) => content)).size).toBe(3);
    });
  });
}

/** Returns an alarm that turned three minutes after the harm began. The datapoint of that minute shows it. */
function alarmOf(since: Instant): Trigger {
  const onset = { at: since, until: after(since, 60) };
  return { type: 'alarm', id: 'red 1', at: after(since, 180), alarm: 'red', onset };
}
