import { describe, expect, it } from 'vitest';
import { redeploymentOf } from '../../../../functions/mechanisms/codedeploy/redeployment.ts';
import { standingOf } from '../../../../functions/mechanisms/codedeploy/standing.ts';
import { readShift, versionOf } from '../../../../functions/mechanisms/codedeploy/app-spec.ts';
import type { Release } from '../../../../functions/mechanisms/codedeploy/releases.ts';
import type { Rollout, Survey } from '../../../../functions/mechanisms/codedeploy/survey.ts';

const NOW = '2026-11-22T03:00:00.000Z';

/** Returns a shift of `checkout:live` from one version to another. */
function release(current: string, target: string, more: Partial<Release> = {}): Release {
  return {
    id: `d-${target}`,
    status: 'Succeeded',
    revision: {},
    createdAt: `2026-11-22T02:0${target}:00.000Z`,
    finishedAt: `2026-11-22T02:0${target}:30.000Z`,
    creator: 'user',
    description: '',
    error: '',
    rolledBackBy: null,
    rollsBack: null,
    rollbackMessage: '',
    isToBeRolledBack: false,
    endedByItself: false,
    divides: false,
    takesAll: false,
    ownConfig: null,
    hasMoved: false,
    size: 0,
    missed: 0,
    instances: null,
    of: versionOf('checkout', target),
    shift: { functionName: 'checkout', alias: 'live', current, target },
    ...more,
  };
}

const survey = { group: { platform: 'Lambda' } } as Survey;
const nowhere = {
  codedeploy: { revision: () => Promise.resolve(null) },
  bundles: { look: () => Promise.reject(new Error('an alias has no bundle')) },
};

function rolloutOf(...releases: [Release, ...Release[]]): Rollout {
  return {
    releases,
    standing: standingOf(releases, NOW),
    ...{ deployment: null as never, recent: [], course: null as never },
  };
}

describe('the standing of an alias', () => {
  it('goes back to the version that it is shifted away from', () => {
    const { state, awsGoesTo: native } = standingOf([release('7', '8', { status: 'InProgress' })], NOW);
    expect([state, native?.id]).toEqual(['rolling-out', 'checkout:7']);
  });
});

describe('a rollback of CodeDeploy that failed', () => {
  it('leaves the bad version at fault', () => {
    const rollback = release('3', '2', { status: 'Failed', rollsBack: 'd-3', id: 'd-4' });
    const { state, atFault } = standingOf([rollback, release('2', '3', { status: 'Stopped' })], NOW);
    expect([state, atFault.id]).toEqual(['at-rest', 'd-3']);
  });
});

describe('deploying a version again', () => {
  const shiftTo = async (version: string, rollout: Rollout) => {
    const found = await redeploymentOf(versionOf('checkout', version), survey, rollout, nowhere);
    return 'blocker' in found ? found.blocker : readShift(found.revision);
  };

  it('shifts away from the version of the last deployment', async () => {
    expect(await shiftTo('2', rolloutOf(release('2', '3')))).toMatchObject({ current: '3', target: '2' });
  });

  it('shifts away from the old version if the new one never arrived', async () => {
    const stopped = release('2', '3', { status: 'Stopped' });
    expect(await shiftTo('1', rolloutOf(stopped))).toMatchObject({ current: '2', target: '1' });
  });

  it('is impossible if the alias names that version and only has weights left over', async () => {
    const stopped = release('2', '3', { status: 'Stopped' });
    expect(await shiftTo('2', rolloutOf(stopped))).toContain('lambda:checkout/live');
  });

  it('is impossible for a version of another function, or without an AppSpec', async () => {
    const rollout = rolloutOf(release('2', '3'));
    const other = await redeploymentOf(versionOf('other', '1'), survey, rollout, nowhere);
    expect(other).toHaveProperty('blocker');
    expect(await shiftTo('2', rolloutOf(release('2', '3', { shift: null })))).toContain('AppSpec');
  });

  it('shifts all at once', async () => {
    const found = await redeploymentOf(
      versionOf('checkout', '2'),
      survey,
      rolloutOf(release('2', '3')),
      nowhere,
    );
    expect(found).toMatchObject({ config: 'CodeDeployDefault.LambdaAllAtOnce', isServer: false });
  });
});
