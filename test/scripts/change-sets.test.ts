import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, unknown>>;
}

/** The parts of osls's AwsDeploy that create and update a stack, with a CloudFormation that records its calls. */
interface Deploy {
  cloudFormationClientPromise?: Promise<{ send(command: Command): Promise<unknown> }>;
  waitForChangeSetCreation(): Promise<unknown>;
  monitorStack(): Promise<void>;
  create(): Promise<void>;
  update(): Promise<boolean>;
}

interface Plugin {
  readonly hooks: Readonly<Record<string, () => void>>;
}

const AwsDeploy = require('serverless/lib/plugins/aws/deploy') as new (
  serverless: object,
  options: object,
) => Deploy;
const ChangeSets = require('../../scripts/change-sets.cjs') as new (serverless: object) => Plugin;

const parameters = [{ ParameterKey: 'RequestingAccounts', ParameterValue: '' }];

/** Returns osls as this plugin leaves it, and the calls that it makes to CloudFormation. */
function mended() {
  const calls: Command[] = [];
  const naming = {
    getStackName: () => 'lastgood-prod',
    getCompiledTemplateS3Suffix: () => 'template.json',
    getStackChangeSetName: () => 'lastgood-prod-change-set',
  };
  const provider = {
    naming,
    getRegion: () => 'eu-west-1',
    getStage: () => 'prod',
    getCustomDeploymentRole: () => undefined,
  };
  const core = { Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } } };
  const service = {
    provider: { coreCloudFormationTemplate: core, stackParameters: parameters },
    package: {},
  };
  const plugins: Deploy[] = [];
  const serverless = { service, pluginManager: { plugins }, getProvider: () => provider };
  const deploy = new AwsDeploy(serverless, {});
  plugins.push(deploy);
  const send = (command: Command) => {
    calls.push(command);
    return Promise.resolve({});
  };
  deploy.cloudFormationClientPromise = Promise.resolve({ send });
  deploy.waitForChangeSetCreation = () => Promise.resolve({ Status: 'CREATE_COMPLETE' });
  deploy.monitorStack = () => Promise.resolve();
  new ChangeSets(serverless).hooks['before:aws:deploy:deploy:createStack']?.();
  const created = () =>
    calls
      .filter(({ constructor }) => constructor.name === 'CreateChangeSetCommand')
      .map(({ input }) => input);
  return { deploy, created };
}

describe('osls with scripts/change-sets.cjs', () => {
  it('creates the stack with its bucket alone, and without parameters that this template does not declare', async () => {
    const { deploy, created } = mended();
    await deploy.create();
    expect(created()).toMatchObject([{ ChangeSetType: 'CREATE', Parameters: [] }]);
    expect(created()[0]).not.toHaveProperty('ImportExistingResources');
  });

  it('takes in what an earlier installation left, and passes every parameter', async () => {
    const { deploy, created } = mended();
    await deploy.update();
    expect(created()).toMatchObject([
      { ChangeSetType: 'UPDATE', ImportExistingResources: true, Parameters: parameters },
    ]);
  });
});
