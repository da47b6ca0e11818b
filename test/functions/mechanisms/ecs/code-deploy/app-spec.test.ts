import { describe, expect, it } from 'vitest';
import {
  taskDefinitionIn,
  withTaskDefinition,
} from '../../../../../functions/mechanisms/ecs/code-deploy/app-spec.ts';

const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout';
const files = {
  'quoted YAML': `Properties:\n  TaskDefinition: "${ARN}:41"\n  LoadBalancerInfo:\n    ContainerName: "checkout"`,
  'bare YAML': `Properties:\n  TaskDefinition: ${ARN}:41\n  LoadBalancerInfo:\n    ContainerName: checkout`,
  JSON: `{"Properties":{"TaskDefinition":"${ARN}:41","LoadBalancerInfo":{"ContainerName":"checkout"}}}`,
};

describe.each(Object.entries(files))('an AppSpec file in %s', (_, file) => {
  it('says which task definition it deploys', () => {
    expect(taskDefinitionIn(file)).toBe(`${ARN}:41`);
  });

  it('keeps everything else when the task definition is changed', () => {
    expect(withTaskDefinition(file, `${ARN}:7`)).toBe(file.replace(':41', ':7'));
  });
});

it('has no task definition where it names none by ARN', () => {
  expect(taskDefinitionIn('TaskDefinition: <TASK_DEFINITION>')).toBeNull();
  expect(taskDefinitionIn('')).toBeNull();
});
