import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { Connect } from '../../../src/aws/client.ts';
import { createKeptReads } from '../../../src/aws/kept-reads.ts';
import { after } from '../../../src/rollback/time.ts';

const START = '2026-11-22T03:00:00.000Z';
const service = (name: string) => new DescribeServicesCommand({ services: [name] });
const write = new UpdateServiceCommand({ service: 'checkout' });

/** Two clients, and what was sent to AWS. Each answer has its number. */
function scene() {
  const sent: string[] = [];
  const clock = { now: START };
  const connect: Connect = (Service) => {
    const send = ({ input }: { readonly input: { readonly services?: readonly string[] } }) => {
      sent.push(input.services?.[0] ?? 'write');
      return Promise.resolve(sent.length);
    };
    return Object.assign(Object.create(Service.prototype as object) as object, { send }) as never;
  };
  const reads = createKeptReads(connect, () => clock.now);
  const [client, other] = [reads.connect(ECSClient), reads.connect(ECSClient)];
  const attempt = (of: string | undefined, ...names: readonly string[]) =>
    reads.during(of, async () => {
      for (const name of names) {
        if (name === 'fail') throw new Error('Throttled');
        await (name === 'write' ? client.send(write) : client.send(service(name)));
      }
      return names.length;
    });
  const failing = (of: string | undefined, ...names: readonly string[]) =>
    expect(attempt(of, ...names, 'fail')).rejects.toThrow('Throttled');
  return { sent, clock, reads, client, other, attempt, failing };
}

describe('a retry', () => {
  it('repeats only what failed', async () => {
    const { sent, attempt, failing } = scene();
    await failing('one', 'a', 'b');
    await failing('one', 'a', 'b', 'c');
    await attempt('one', 'a', 'b', 'c', 'd');
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gets the answer of the first attempt', async () => {
    const { reads, client, failing } = scene();
    await failing('one', 'a');
    expect(await reads.during('one', () => client.send(service('a')))).toBe(1);
  });

  it('of another execution reads all', async () => {
    const { sent, attempt, failing } = scene();
    await failing('one', 'a');
    await attempt('two', 'a');
    expect(sent).toEqual(['a', 'a']);
  });

  it('after another execution reads all', async () => {
    const { sent, attempt, failing } = scene();
    await failing('one', 'a');
    await failing('two', 'b');
    await attempt('one', 'a');
    expect(sent).toEqual(['a', 'b', 'a']);
  });

  it('reads again what is older than a minute, even after several attempts', async () => {
    const { sent, clock, attempt, failing } = scene();
    await failing('one', 'a');
    clock.now = after(START, 40);
    await failing('one', 'a', 'b');
    clock.now = after(START, 61);
    await attempt('one', 'a', 'b');
    expect(sent).toEqual(['a', 'b', 'a']);
  });

  it('never uses what another client read', async () => {
    const { sent, reads, other, failing } = scene();
    await failing('one', 'a');
    await reads.during('one', () => other.send(service('a')));
    expect(sent).toEqual(['a', 'a']);
  });
});

describe('nothing is kept', () => {
  it('of an attempt that succeeded', async () => {
    const { sent, attempt } = scene();
    await attempt('one', 'a');
    await attempt('one', 'a');
    expect(sent).toEqual(['a', 'a']);
  });

  it('across a write, in the step or after it', async () => {
    const { sent, client, attempt, failing } = scene();
    await failing('one', 'a', 'write', 'b');
    await failing('one', 'a');
    await client.send(write);
    await attempt('one', 'a');
    expect(sent).toEqual(['a', 'write', 'b', 'a', 'write', 'a']);
  });

  it('of a step that is no retry of anything, and outside of a step', async () => {
    const { sent, client, attempt, failing } = scene();
    await failing(undefined, 'a');
    await attempt(undefined, 'a');
    await client.send(service('a'));
    await client.send(service('a'));
    expect(sent).toEqual(['a', 'a', 'a', 'a']);
  });

  it('twice in one attempt: it may read again what it has read', async () => {
    const { sent, attempt } = scene();
    await attempt('one', 'a', 'a');
    expect(sent).toEqual(['a', 'a']);
  });
});
