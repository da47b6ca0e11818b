import { describe, expect, it } from 'vitest';
import { readWanted } from '../../world/codedeploy/ecs/app-spec.ts';
import { readShift } from '../../world/codedeploy/lambda/appspec.ts';

const appSpec = (content: string) => ({
  revisionType: 'AppSpecContent' as const,
  appSpecContent: { content },
});
const refused = (part: string) =>
  expect.objectContaining({
    code: 'InvalidRevisionException',
    message: `Not modelled in the embedded AWS: ${part} in an AppSpec.`,
  }) as Error;

describe('an AppSpec for ECS', () => {
  const YAML = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "checkout:2"
        LoadBalancerInfo:
          ContainerName: "web"
          ContainerPort: 80`;
  const wanted = { taskDefinition: 'checkout:2', containerName: 'web', containerPort: 80 };

  it('names a task definition and a port', () => {
    expect(readWanted(appSpec(YAML))).toEqual(wanted);
    const LoadBalancerInfo = { ContainerName: 'web', ContainerPort: 80 };
    const Properties = { TaskDefinition: 'checkout:2', LoadBalancerInfo };
    const json = JSON.stringify({ version: 0, Resources: [{ TargetService: { Properties } }] });
    expect(readWanted(appSpec(json))).toEqual(wanted);
  });

  it.each([
    ['Hooks', `${YAML}\nHooks:\n  - BeforeInstall: "check"`],
    ['PlatformVersion', `${YAML}\n        PlatformVersion: "1.4.0"`],
    ['NetworkConfiguration', `${YAML}\n        NetworkConfiguration:\n          AwsvpcConfiguration: {}`],
    ['CapacityProviderStrategy', `${YAML}\n        "CapacityProviderStrategy": [{}]`],
  ])('is refused for %s, which would be dropped', (part, content) => {
    expect(() => readWanted(appSpec(content))).toThrow(refused(part));
  });
});

describe('an AppSpec for Lambda', () => {
  const Properties = { Name: 'checkout', Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
  const spec = { version: 0, Resources: [{ checkout: { Type: 'AWS::Lambda::Function', Properties } }] };

  it('names two versions of an alias', () => {
    const shift = { functionName: 'checkout', alias: 'live', current: '1', target: '2' };
    expect(readShift(appSpec(JSON.stringify({ ...spec, Hooks: [] })))).toEqual(shift);
  });

  it('is refused for hooks, which would not run', () => {
    const content = JSON.stringify({ ...spec, Hooks: [{ BeforeAllowTraffic: 'check' }] });
    expect(() => readShift(appSpec(content))).toThrow(refused('Hooks'));
    expect(() => readShift(appSpec('{'))).toThrow(/not valid JSON/);
  });
});
