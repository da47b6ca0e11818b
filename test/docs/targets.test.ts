import { describe, expect, it } from 'vitest';
import { namedRuleOf, referent, ruleOf, templateOf, type Reference, type Template } from './examples.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Resource?: Reference;
}

/** Returns the policies of the resource that a reference names. */
function statementsOf({ Resources }: Template, role: Reference): readonly Statement[] {
  const [name = ''] = Object.values<string>(role).map((to) => to.split('.')[0]);
  const { Policies } = Resources[name]!.Properties as {
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  };
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Targets of events, and how the rule may send events there. */
const ROUTES = [
  ['pagerduty.yml', 'AWS::Events::ApiDestination.Arn', 'events:InvokeApiDestination'],
  ['webhook.yml', 'AWS::Events::ApiDestination.Arn', 'events:InvokeApiDestination'],
  ['partner.yml', 'parameter StateMachineArn', 'states:StartExecution'],
] as const;

describe('the target of an example', () => {
  it.each(ROUTES)('%s is %s, and its role may do no more than %s there', (file, what, action) => {
    const template = templateOf(file);
    const { Targets } = ruleOf(template);
    expect(Targets).toHaveLength(1);
    const { Arn, RoleArn } = Targets[0]!;
    expect(referent(template, Arn)).toBe(what);
    expect(referent(template, RoleArn)).toBe('AWS::IAM::Role.Arn');
    expect(statementsOf(template, RoleArn!)).toEqual([{ Effect: 'Allow', Action: action, Resource: Arn }]);
  });

  it.each(['pagerduty.yml', 'webhook.yml'])('%s calls through its connection', (file) => {
    const template = templateOf(file);
    const all = Object.values(template.Resources);
    const destination = all.find(({ Type }) => Type === 'AWS::Events::ApiDestination')!.Properties as {
      readonly ConnectionArn: Reference;
    };
    expect(referent(template, destination.ConnectionArn)).toBe('AWS::Events::Connection.Arn');
  });

  /** `!Ref` of a topic is its ARN: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
  it('sns.yml is the topic, on which this rule alone may publish', () => {
    const template = templateOf('sns.yml');
    const [name, { Targets }] = namedRuleOf(template);
    expect(Targets).toHaveLength(1);
    const { Arn, RoleArn } = Targets[0]!;
    expect(referent(template, Arn)).toBe('AWS::SNS::Topic');
    expect(RoleArn).toBeUndefined();
    const all = Object.values(template.Resources);
    expect(all.find(({ Type }) => Type === 'AWS::SNS::TopicPolicy')?.Properties).toMatchObject({
      Topics: [Arn],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: Arn,
            Condition: { ArnEquals: { 'aws:SourceArn': { '!GetAtt': `${name}.Arn` } } },
          },
        ],
      },
    });
  });
});
