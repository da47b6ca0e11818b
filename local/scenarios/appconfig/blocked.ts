import { request } from '../requests.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ended, FAULTY, GOOD, openFlags, TARGET } from './flags.ts';

const SLOWLY = { minutes: 30, bake: 10 };

/** Situations in which Lastgood cannot go back, or must not. */
export const appconfigBlocked: readonly Scenario[] = [
  {
    name: 'appconfig-no-last-known-good',
    shows: 'the very first configuration hurts: there is nothing to go back to, it ends clean and says so',
    target: TARGET,
    async play(stage) {
      await openFlags(stage, { first: FAULTY, proven: false });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /no last known good version/,
    },
  },
  {
    name: 'appconfig-red-monitor',
    shows:
      'an older version is asked for while a monitor is red: AppConfig would undo it at once, so nothing is written, and the monitors stay',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage, { monitored: true, tags: { lastgood: 'observe' } });
      flags.release({ ...GOOD, limit: '11' });
      flags.release(FAULTY);
      await stage.until(
        'the alarm is red',
        () => stage.world.cloudwatch.alarmState('shop-errors') === 'ALARM',
      );
      await stage.minutes(3);
      stage.call('appconfig', 'TagResource', { ResourceArn: arnOf(flags.ids), Tags: { lastgood: 'auto' } });
      request(stage, { target: flags.target, revision: '1', reason: 'it hurts' });
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /AppConfig would undo a new deployment at once.*shop-errors is in ALARM/,
      also: (stage) => ended(stage, '3 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-version-deleted',
    shows: 'the version that is asked for was deleted from the store: ends clean and says so',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      flags.release({ ...GOOD, limit: '12' });
      stage.call('appconfig', 'DeleteHostedConfigurationVersion', {
        ...{
          ApplicationId: flags.ids.ApplicationId,
          ConfigurationProfileId: flags.profile,
          VersionNumber: 1,
        },
      });
      request(stage, { target: flags.target, revision: '1', reason: 'the limits are wrong' });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /flags:1: it was deleted from the hosted store/,
    },
  },
  {
    name: 'appconfig-environment-busy',
    shows:
      'an older version is asked for while another profile is being deployed: that deployment stays, and the reason names it',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      flags.release({ ...GOOD, limit: '12' });
      const limits = flags.addProfile('limits');
      flags.deploy(flags.publish(GOOD, limits), { minutes: 60, bake: 0 }, limits);
      request(stage, { target: flags.target, revision: '1', reason: 'the limits are wrong' });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /deployment 4 of limits:1 is in flight, and an environment has one deployment at a time/,
    },
  },
  {
    name: 'appconfig-environment-taken-after-the-stop',
    shows:
      "another profile takes the environment that Lastgood's stop has freed, for some minutes: the way back waits for its end, and goes on",
    target: TARGET,
    play: (stage) => takenAfterStop(stage, 6),
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment', 'StartDeployment'] },
      also: (stage) => ended(stage, '1 COMPLETE', '1 COMPLETE', '3 ROLLED_BACK') ?? hindered(stage),
    },
  },
  {
    name: 'appconfig-environment-held-after-the-stop',
    shows:
      'the same for an hour, which is longer than the way back may take: it ends dirty and names the deployment',
    target: TARGET,
    play: (stage) => takenAfterStop(stage, 60),
    ends: {
      ...{ outcome: 'failed-dirty', served: true, writes: ['StopDeployment'] },
      because: /did not settle by .*: deployment 4 of limits:1 is in flight, and an environment has one/,
    },
  },
  {
    name: 'appconfig-owned-by-another',
    shows: 'the tag of the environment names its owner: nothing is touched, and the owner is named',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage, { tags: { 'lastgood:target': 'codedeploy:shop/flags' } });
      flags.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /codedeploy:shop\/flags deploys appconfig:/,
    },
  },
  {
    name: 'appconfig-experiment',
    shows: 'an experiment of AppConfig made the newest deployment: it is left alone, and the reason says so',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      stage.world.appconfig.startManaged({
        ...{ ...flags.ids, ConfigurationProfileId: flags.profile },
        ConfigurationVersion: flags.publish(FAULTY),
        DeploymentStrategyId: flags.strategy({ minutes: 0, bake: 0 }),
      });
      stage.journal.release('an experiment deploys version 2');
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /an experiment of AppConfig made deployment 2/,
    },
  },
];

function arnOf({ ApplicationId, EnvironmentId }: { ApplicationId: string; EnvironmentId: string }): string {
  return `arn:aws:appconfig:eu-west-1:111122223333:application/${ApplicationId}/environment/${EnvironmentId}`;
}

/** Lets another profile deploy just before Lastgood does, after Lastgood has stopped the deployment at fault. */
async function takenAfterStop(stage: Stage, minutes: number): Promise<void> {
  const flags = await openFlags(stage);
  const limits = flags.addProfile('limits');
  flags.release({ ...GOOD, limit: '11' });
  await stage.minutes(3);
  flags.release(FAULTY, SLOWLY);
  stage.runtime.wire.disturb.precede('appconfig', 'StartDeployment', () => {
    flags.deploy(flags.publish(GOOD, limits), { minutes, bake: 0 }, limits);
  });
  await stage.aftermath();
}

/** Returns null if people read once what the way back waits for. */
function hindered({ runtime }: Stage): string | null {
  const said = runtime.bus.published.filter(({ event }) => event['detail-type'] === 'Rollback Hindered');
  return said.length === 1 ? null : `Rollback Hindered was published ${said.length} times`;
}
