import { onTestFinished, expect, test } from 'vitest';
import { openEmbedded, VERIFIER, type EmbeddedGround } from '../../local/verify-on-aws/embedded.ts';
import { openQuestions } from '../../scripts/verify-on-aws/open-questions.ts';
import { PARTS } from '../../scripts/verify-on-aws/parts/all.ts';
import { actionsNeeded, OWN } from '../../scripts/verify-on-aws/permissions.ts';
import { QUESTIONS } from '../../scripts/verify-on-aws/questions/all.ts';
import { reportOf, statusOf } from '../../scripts/verify-on-aws/report.ts';
import { verify, type VerifyOptions } from '../../scripts/verify-on-aws/verify.ts';

async function open(): Promise<EmbeddedGround> {
  const ground = await openEmbedded();
  onTestFinished(() => ground.close());
  return ground;
}

const OPTIONS: VerifyOptions = {
  stage: 'prod',
  parts: PARTS,
  keep: false,
  name: 'lastgood-verify-test',
  signal: new AbortController().signal,
  confirm: () => Promise.resolve(true),
  say: () => undefined,
};

const updateAlone = PARTS.filter(({ name }) => name === 'stack-update');
const lambdaAlone = PARTS.filter(({ name }) => name === 'lambda-alias');

test('on the embedded AWS every part is rolled back, every question is as assumed, and nothing is left', async () => {
  const ground = await open();
  const asked: string[] = [];
  const confirm = (question: string): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(true);
  };
  const found = await verify(ground, { ...OPTIONS, confirm });
  if (found === null) throw new Error('it was not wanted');

  expect(asked).toEqual([
    expect.stringMatching(/account 111122223333, Region eu-west-1, with ecs-rolling, /),
  ]);
  expect(found.courses.map(({ part, ended }) => `${part.name} ${ended}`)).toEqual(
    PARTS.map(({ name }) => `${name} rolled-back`),
  );
  expect(found.answers.filter(({ answer }) => answer.is !== 'as assumed')).toEqual([]);
  expect(found.answers.map(({ id }) => id)).toEqual(QUESTIONS.map(({ id }) => id));
  expect(found.left).toEqual(new Map());
  expect(statusOf(found, false)).toBe(0);
  expect(remains(ground)).toEqual([]);
  expect(reportOf(found, openQuestions(), ground.region).join('\n')).toMatch(
    /Still open.*search-permission[^]*Cost: about \$0\.\d+ for \d+ minutes[^]*Left in the account: nothing/,
  );

  const calls = ground.stage.runtime.wire.calls.filter(({ role }) => role === VERIFIER.name);
  // The SDK tries again, because its clock is not that of the embedded AWS.
  const denied = new Set(calls.filter(({ allowed }) => !allowed).map(({ operation }) => operation));
  expect([...denied]).toEqual(['PutEvents']);
  const used = new Set(calls.flatMap(({ asked: actions }) => actions));
  const needed = Object.entries(OWN).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));
  // An update is cancelled, and histories are read, after a failure; and the world's own users invoke the alias.
  const afterFailure = ['cloudformation:CancelUpdateStack', 'states:GetExecutionHistory'];
  // No operation here asks for roles.
  const unused = [...afterFailure, 'iam:PassRole', 'lambda:InvokeFunction'];
  expect(needed.filter((action) => !used.has(action) && !unused.includes(action))).toEqual([]);
  expect(neverAsked(ground).filter((action) => !isOfHandlers(action) && !unused.includes(action))).toEqual(
    [],
  );
});

/** Returns the actions that no call of the program asked for, and none of CloudFormation for it. */
function neverAsked({ stage }: EmbeddedGround): readonly string[] {
  const decided = stage.runtime.decided().filter(({ role }) => role === VERIFIER.name);
  const asked = new Set(decided.map(({ action }) => action));
  return actionsNeeded().filter((action) => !asked.has(action));
}

/** AWS's handlers read what they made, tag it by calls of their own, and create it in more steps than here. */
function isOfHandlers(action: string): boolean {
  const steps = [
    ...[
      'autoscaling:CreateOrUpdateTags',
      'autoscaling:UpdateAutoScalingGroup',
      'iam:CreateServiceLinkedRole',
    ],
    'vpc-lattice:DeregisterTargets',
  ];
  return /:(Get|List|Describe|Tag|Untag)/.test(action) || steps.includes(action);
}

test('an interruption while a configuration bakes stops its deployment, and removes the stack', async () => {
  const ground = await open();
  const controller = new AbortController();
  const say = (line: string): void => {
    if (line.includes('a bad release of appconfig:')) controller.abort();
  };
  const parts = PARTS.filter(({ name }) => name === 'appconfig-profile');
  const found = await verify(ground, { ...OPTIONS, parts, signal: controller.signal, say });
  expect(found).toMatchObject({ isInterrupted: true, left: new Map() });
  expect(remains(ground)).toEqual([]);
});

test('an interruption while the stack is created removes what exists, and ends badly', async () => {
  const ground = await open();
  const controller = new AbortController();
  const say = (line: string): void => {
    if (/CREATE_IN_PROGRESS, [1-9]/.test(line)) controller.abort();
  };
  const found = await verify(ground, { ...OPTIONS, parts: lambdaAlone, signal: controller.signal, say });
  expect(found).toMatchObject({ isInterrupted: true, courses: [], left: new Map() });
  expect(found && statusOf(found, false)).toBe(1);
  expect(remains(ground)).toEqual([]);
});

test('an interruption during a rollback removes the stack', async () => {
  const ground = await open();
  const controller = new AbortController();
  const say = (line: string): void => {
    if (line.includes('Lastgood is at work')) controller.abort();
  };
  const found = await verify(ground, { ...OPTIONS, parts: lambdaAlone, signal: controller.signal, say });
  expect(found).toMatchObject({ isInterrupted: true, courses: [], left: new Map() });
  expect(remains(ground)).toEqual([]);
});

test('an interruption during an update of a stack cancels it, and removes all stacks', async () => {
  const ground = await open();
  const controller = new AbortController();
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
    if (/bad release of cloudformation:/.test(line)) controller.abort();
  };
  const parts = [...lambdaAlone, ...updateAlone];
  const options = { ...OPTIONS, parts: parts.toReversed(), signal: controller.signal, say };
  const found = await verify(ground, options);
  expect(found).toMatchObject({ isInterrupted: true, courses: [], left: new Map() });
  expect(writesOf(ground)).toContain('CancelUpdateStack');
  expect(said.filter((line) => line.endsWith(': deleted'))).toEqual([
    'stack lastgood-verify-test-stack-update: deleted',
    'stack lastgood-verify-test: deleted',
  ]);
  expect(remains(ground)).toEqual([]);
});

test('a part with its own stack needs no other one', async () => {
  const ground = await open();
  const controller = new AbortController();
  const say = (line: string): void => {
    if (line.endsWith('complete')) controller.abort();
  };
  const found = await verify(ground, {
    ...OPTIONS,
    parts: updateAlone,
    keep: true,
    signal: controller.signal,
    say,
  });
  expect([...(found?.left.keys() ?? [])]).toEqual(['lastgood-verify-test-stack-update']);
  const [made] = ground.stage.world.lambda.tagged();
  expect(made?.tags).toMatchObject({ 'throw-away': 'lastgood verify-on-aws', lastgood: 'none' });
});

test('a stack that cannot be created is removed, and the message says what failed', async () => {
  const ground = await open();
  const [part] = lambdaAlone;
  if (part === undefined) throw new Error('there is no part lambda-alias');
  const broken = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'nothing' } };
  const parts = [{ ...part, resources: { ...part.resources, Broken: broken } }];
  await expect(verify(ground, { ...OPTIONS, parts })).rejects.toThrow(
    /^the stack ended as ROLLBACK_COMPLETE: Broken: .*Function not found|Function: nothing/,
  );
  expect(remains(ground)).toEqual([]);
});

test('--keep leaves the stack, and the report says how to remove it', async () => {
  const ground = await open();
  const controller = new AbortController();
  const say = (line: string): void => {
    if (line.endsWith('complete')) controller.abort();
  };
  const options = { ...OPTIONS, parts: lambdaAlone, keep: true, signal: controller.signal, say };
  const found = await verify(ground, options);
  if (found === null) throw new Error('it was not wanted');
  const [made] = ground.stage.world.lambda.tagged();
  expect(made?.tags).toMatchObject({ 'throw-away': 'lastgood verify-on-aws', lastgood: 'auto' });
  const left = found.left.get('lastgood-verify-test') ?? [];
  expect(left.length).toBe(lambdaAlone.flatMap(({ resources }) => Object.keys(resources)).length);
  expect(reportOf(found, [], 'eu-west-1').join('\n')).toContain(
    'Remove it: aws cloudformation delete-stack --stack-name lastgood-verify-test --region eu-west-1',
  );
});

test('nothing is created where the person says no', async () => {
  const ground = await open();
  const found = await verify(ground, { ...OPTIONS, confirm: () => Promise.resolve(false) });
  expect(found).toBeNull();
  expect(writesOf(ground)).toEqual([]);
});

test('nothing is created where Lastgood is not deployed, and the message says how to deploy it', async () => {
  const ground = await open();
  await expect(verify(ground, { ...OPTIONS, stage: 'dev' })).rejects.toThrow(
    'Lastgood is not deployed here: there is no state machine lastgood-dev-rollback in this account and Region. Deploy it first: npm run deploy -- --stage dev --region eu-west-1',
  );
  expect(writesOf(ground)).toEqual([]);
});

function writesOf({ stage }: EmbeddedGround): readonly string[] {
  const calls = stage.runtime.wire.calls.filter(({ role }) => role === VERIFIER.name);
  return calls
    .map(({ operation }) => operation)
    .filter((operation) => !/^(Describe|List|Get)/.test(operation));
}

/** Returns what a stack made and is still there. A deleted ECS service stays INACTIVE, and its cluster is gone. */
function remains({ stage }: EmbeddedGround): readonly unknown[] {
  const { apigateway, appconfig, codepipeline, elb, lambda, lattice, s3, ssm } = stage.world;
  const all = [apigateway, appconfig, codepipeline, elb, lambda, lattice, ssm];
  const tagged = all.flatMap((service) => service.tagged());
  const buckets = s3.objects.buckets().filter((name) => name.startsWith('lastgood-verify'));
  const { clusterArns = [] } = stage.call<{ clusterArns?: string[] }>('ecs', 'ListClusters', {});
  const { AutoScalingGroups = [] } = stage.call<{ AutoScalingGroups?: object[] }>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    {},
  );
  const { MetricAlarms = [] } = stage.call<{ MetricAlarms?: { AlarmName?: string }[] }>(
    'cloudwatch',
    'DescribeAlarms',
    { AlarmNamePrefix: 'lastgood-verify' },
  );
  const { bus, queues } = stage.runtime;
  const carrying = [...bus.rules, ...queues.all].filter(({ name }) => name.startsWith('lastgood-verify'));
  return [
    ...tagged.map(({ arn }) => arn),
    ...buckets,
    ...clusterArns,
    ...AutoScalingGroups,
    ...MetricAlarms,
    ...carrying.map(({ arn }) => arn),
  ];
}
