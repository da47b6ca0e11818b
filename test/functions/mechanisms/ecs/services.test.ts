import { expect, test } from 'vitest';
import { createServices } from '../../../../functions/mechanisms/ecs/services.ts';
import { awsError } from '../../../fakes/ecs.ts';

interface Input {
  readonly cluster: string;
  readonly services: readonly string[];
}

function client(answer: (input: Input) => unknown) {
  const inputs: Input[] = [];
  const send = ({ input }: { readonly input: Input }) => {
    inputs.push(input);
    const given = answer(input);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  return { services: createServices({ send } as never), inputs };
}

const all = ({ services }: Input) => ({
  services: services.map((serviceName) => ({ serviceName, status: 'ACTIVE' })),
});

test('the services of a cluster take one call, without tags unless they are wanted', async () => {
  const { services, inputs } = client(all);
  const found = await services.in('prod', ['s0', 's1']);
  expect(found[1]).toMatchObject({
    name: { cluster: 'prod', service: 's1' },
    service: { status: 'ACTIVE' },
    sets: [],
  });
  await services.in('test', ['s2'], 'TAGS');
  expect(inputs).toEqual([
    { cluster: 'prod', services: ['s0', 's1'] },
    { cluster: 'test', services: ['s2'], include: ['TAGS'] },
  ]);
});

test('a service shows its task sets, the newest first and none that drains', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute));
  const taskSets = [
    { taskSetArn: 'draining', status: 'DRAINING', createdAt: at(0) },
    { taskSetArn: 'serving', status: 'PRIMARY', createdAt: at(1) },
    { taskSetArn: 'coming', status: 'ACTIVE', createdAt: at(2) },
  ];
  const { services } = client(() => ({ services: [{ serviceName: 's0', taskSets }] }));
  const [found] = await services.in('prod', ['s0']);
  expect(found?.sets.map(({ arn }) => arn)).toEqual(['coming', 'serving']);
});

test('services that are not there are left out, and so are those of a cluster that is not there', async () => {
  const { services } = client((input) =>
    input.cluster === 'gone'
      ? awsError('ClusterNotFoundException')
      : all({ ...input, services: input.services.slice(1) }),
  );
  const found = await services.in('prod', ['s0', 's1']);
  expect(found.map(({ name }) => name)).toEqual([{ cluster: 'prod', service: 's1' }]);
  expect(await services.in('gone', ['s0'])).toEqual([]);
});

test('a throttled call does not mean that a service is gone', async () => {
  const { services } = client(() => awsError('ThrottlingException'));
  await expect(services.in('prod', ['s0'])).rejects.toThrow('ThrottlingException');
});
