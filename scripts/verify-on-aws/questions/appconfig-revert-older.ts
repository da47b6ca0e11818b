import {
  BadRequestException,
  GetDeploymentCommand,
  StartDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-appconfig';
import { deployable, GOOD_VERSION } from '../parts/appconfig-profile.ts';
import { asAssumed, notSeen, otherwise, type Question, type Shown } from './question.ts';

/** The stack's own deployment. */
const FIRST = 1;
const LOOK_SECONDS = 5;

/** A revert is possible of the newest completed deployment alone, and only where one came before it. */
export const appconfigRevertOlder: Question = {
  id: 'appconfig-revert-older',
  part: 'appconfig-profile',
  looksAt:
    'StopDeployment with AllowRevert of the only completed deployment, of the older of two, and of the newer',
  assumed: 'the first two are refused, and the last one succeeds',
  answer: async (shown) => {
    if (shown.course.ended !== 'rolled-back') return notSeen('the bad deployment was not rolled back');
    const only = await reverted(shown, FIRST);
    const newer = await deployAgain(shown);
    const older = await reverted(shown, FIRST);
    const last = await reverted(shown, newer);
    const found = `the only one: ${only}; the older one: ${older}; the newer one: ${last}`;
    const isAssumed = only !== 'reverted' && older !== 'reverted' && last === 'reverted';
    return isAssumed ? asAssumed(found) : otherwise(found);
  },
};

/** Reverts a deployment, some seconds after the last write. Returns the refusal instead if it is not possible. */
async function reverted(
  { clients: { appConfig }, outputs, wait }: Shown,
  DeploymentNumber: number,
): Promise<string> {
  const { ApplicationId, EnvironmentId } = deployable(outputs);
  const ids = { ApplicationId, EnvironmentId, DeploymentNumber };
  await wait(LOOK_SECONDS);
  try {
    await appConfig.send(new StopDeploymentCommand({ ...ids, AllowRevert: true }));
    return 'reverted';
  } catch (error) {
    if (error instanceof BadRequestException) return `refused (${error.message})`;
    throw error;
  }
}

/** Deploys the good version once more, and returns the number of the completed deployment. */
async function deployAgain({ clients: { appConfig }, outputs, wait }: Shown): Promise<number> {
  const { ConfigurationProfileId, ...ids } = deployable(outputs);
  const { DeploymentNumber = 0 } = await appConfig.send(
    new StartDeploymentCommand({
      ...{ ...ids, ConfigurationProfileId, ConfigurationVersion: GOOD_VERSION },
      DeploymentStrategyId: outputs('FlagsAtOnce'),
    }),
  );
  for (;;) {
    const { State } = await appConfig.send(new GetDeploymentCommand({ ...ids, DeploymentNumber }));
    if (State === 'COMPLETE') return DeploymentNumber;
    if (State === 'ROLLED_BACK') throw new Error(`deployment ${DeploymentNumber} was rolled back`);
    await wait(LOOK_SECONDS);
  }
}
