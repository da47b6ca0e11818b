import { describe, expect, it } from 'vitest';
import { kinds } from '../../../functions/evidence/trail/kinds.ts';
import { readCall } from '../../../functions/evidence/trail/call.ts';
import { kinds as allKinds } from '../../../src/targets/kinds.ts';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2';
const RULE = `${LISTENER.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee`;
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6f1a2c30-aaaa-11ef-8000-0a1b2c3d4e5f';
const CHANGES = STACK.replace(':stack/', ':changeSet/');
const [service, listener, rule] = [
  'svc-0a1b2c3d4e5f60718',
  'listener-0a1b2c3d4e5f60718',
  'rule-0a1b2c3d4e5f60718',
];
const LATTICE = `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${service}`;
const PROFILE = { applicationId: 'ba8toh7', environmentId: 'pgil2o7', configurationProfileId: 'ga3tqep' };

/** A target, the name of a call, its parameters as CloudTrail has them, and whether it deploys to the target. */
type Row = readonly [target: string, name: string, requestParameters: object, is: boolean];

const ROWS: readonly Row[] = [
  ['ecs:default/checkout', 'UpdateService', { service: 'checkout', taskDefinition: 'checkout:7' }, true],
  ['ecs:prod/checkout', 'UpdateService', { cluster: 'prod', service: 'checkout' }, true],
  ['ecs:prod/checkout', 'UpdateService', { cluster: 'test', service: 'checkout' }, false],
  ['asg:web', 'StartInstanceRefresh', { autoScalingGroupName: 'web' }, true],
  ['asg:web', 'StartInstanceRefresh', { autoScalingGroupName: 'web-2' }, false],
  [
    'codedeploy:shop/fleet',
    'CreateDeployment',
    { applicationName: 'shop', deploymentGroupName: 'fleet' },
    true,
  ],
  [
    'codedeploy:shop/fleet',
    'CreateDeployment',
    { applicationName: 'shop', deploymentGroupName: 'other' },
    false,
  ],
  ['lambda:checkout/live', 'UpdateAlias20150331', { functionName: 'checkout', name: 'live' }, true],
  ['lambda:checkout/live', 'UpdateAlias20150331', { functionName: 'checkout', name: 'test' }, false],
  ['elb:' + RULE, 'ModifyRule', { ruleArn: RULE }, true],
  ['elb:' + LISTENER, 'ModifyListener', { listenerArn: LISTENER }, true],
  ['elb:' + LISTENER, 'ModifyListener', { listenerArn: `${LISTENER}1` }, false],
  ['appconfig:ba8toh7/pgil2o7/ga3tqep', 'StartDeployment', { ...PROFILE, configurationVersion: '4' }, true],
  ['appconfig:ba8toh7/pgil2o7/ga3tqep', 'StartDeployment', { ...PROFILE, environmentId: 'other12' }, false],
  [
    'apigateway:a1b2c3d4e5/prod',
    'CreateDeployment',
    { restApiId: 'a1b2c3d4e5', createDeploymentInput: { stageName: 'prod' }, template: false },
    true,
  ],
  [
    'apigateway:a1b2c3d4e5/prod',
    'CreateDeployment',
    { restApiId: 'a1b2c3d4e5', createDeploymentInput: {}, template: false },
    false,
  ],
  ['apigateway:a1b2c3d4e5/prod', 'UpdateStage', { restApiId: 'a1b2c3d4e5', stageName: 'prod' }, true],
  ['apigateway:a1b2c3d4e5/prod', 'UpdateStage', { restApiId: 'a1b2c3d4e5', stageName: 'test' }, false],
  [
    `lattice:${service}/${listener}`,
    'UpdateListener',
    { serviceIdentifier: service, listenerIdentifier: `${LATTICE}/listener/${listener}` },
    true,
  ],
  [
    `lattice:${service}/${listener}/${rule}`,
    'UpdateRule',
    { serviceIdentifier: LATTICE, listenerIdentifier: listener, ruleIdentifier: rule },
    true,
  ],
  [
    `lattice:${service}/${listener}/${rule}`,
    'UpdateRule',
    { serviceIdentifier: service, listenerIdentifier: listener, ruleIdentifier: 'rule-0a1b2c3d4e5f60719' },
    false,
  ],
  [
    `lattice:${service}/${listener}/${rule}`,
    'BatchUpdateRule',
    { serviceIdentifier: service, listenerIdentifier: listener, rules: [{ ruleIdentifier: rule }] },
    true,
  ],
  ['cloudformation:shop', 'ExecuteChangeSet', { stackName: STACK, changeSetName: CHANGES }, true],
  ['cloudformation:shop', 'UpdateStack', { stackName: 'shop', capabilities: [] }, true],
  ['cloudformation:shop', 'UpdateStack', { stackName: STACK.replace('/shop/', '/shop-2/') }, false],
  ['pipeline:shop/Prod', 'StartPipelineExecution', { name: 'shop' }, true],
  ['pipeline:shop/Prod', 'StartPipelineExecution', { name: 'Prod' }, false],
  ['route53:Z1/www.example.com/A', 'ChangeResourceRecordSets', { hostedZoneId: 'Z1' }, true],
  ['route53:Z1/www.example.com/A', 'ChangeResourceRecordSets', { hostedZoneId: 'Z2' }, false],
];

describe('the calls that deploy', () => {
  it.each(ROWS)('to %s: %s with %j: %s', (target, eventName, requestParameters, is) => {
    const { namesFor, isAbout } = kinds[target.slice(0, target.indexOf(':'))]!;
    expect(namesFor(target, 'us-east-1')).toContain(eventName);
    const call = readCall({ CloudTrailEvent: JSON.stringify({ eventName, requestParameters }) });
    expect(isAbout(target, call!.named)).toBe(is);
  });

  it('are known of every kind, and of all but external and Route 53 in any Region', () => {
    const none = allKinds.filter(({ name }) => kinds[name]!.namesFor(`${name}:x`, 'eu-west-1').length === 0);
    expect(none.map(({ name }) => name)).toEqual(['external', 'route53']);
  });
});
