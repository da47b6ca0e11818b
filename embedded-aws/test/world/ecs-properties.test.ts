import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRASHING, EcsWorld, GOOD, SICK } from './ecs-world.ts';

const percentages = fc
  .record({
    desired: fc.integer({ min: 1, max: 7 }),
    minimumHealthyPercent: fc.constantFrom(0, 25, 50, 75, 100),
    maximumPercent: fc.constantFrom(100, 125, 150, 200),
    startSeconds: fc.integer({ min: 1, max: 90 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map((one) => ({
    ...one,
    minHealthy: Math.ceil((one.desired * one.minimumHealthyPercent) / 100),
    maxTasks: Math.floor((one.desired * one.maximumPercent) / 100),
  }))
  // If no task may start or stop, AWS cannot deploy either.
  .filter(({ desired, minHealthy, maxTasks }) => maxTasks > desired || minHealthy < desired);

describe('every rolling deployment', () => {
  it('of healthy tasks stays within its percentages and succeeds', async () => {
    await fc.assert(
      fc.asyncProperty(
        percentages,
        async ({ desired, minHealthy, maxTasks, startSeconds, seed, ...percents }) => {
          const world = new EcsWorld(seed);
          const { minimumHealthyPercent, maximumPercent } = percents;
          const deploymentConfiguration = { minimumHealthyPercent, maximumPercent };
          world.create(world.define(GOOD), { desiredCount: desired, deploymentConfiguration });
          await world.ended();
          world.update({ taskDefinition: world.define({ ...GOOD, startSeconds }, 'v2') });
          await world.until(() => {
            const { runningCount = 0, pendingCount = 0 } = world.service();
            expect(runningCount).toBeGreaterThanOrEqual(minHealthy);
            expect(runningCount + pendingCount).toBeLessThanOrEqual(maxTasks);
            return world.newest().status === 'SUCCESSFUL';
          });
          expect(world.service().runningCount).toBe(desired);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('under the circuit breaker ends, and the service runs the revision of its outcome', async () => {
    const behaviours = fc.constantFrom(GOOD, SICK, CRASHING, null);
    await fc.assert(
      fc.asyncProperty(
        percentages,
        behaviours,
        async ({ desired, minHealthy, startSeconds, seed, ...percents }, behaviour) => {
          const world = new EcsWorld(seed);
          const deploymentConfiguration = {
            minimumHealthyPercent: percents.minimumHealthyPercent,
            maximumPercent: percents.maximumPercent,
            deploymentCircuitBreaker: { enable: true, rollback: true },
          };
          world.create(world.define(GOOD), { desiredCount: desired, deploymentConfiguration });
          await world.ended();
          world.update({ taskDefinition: world.define(behaviour && { ...behaviour, startSeconds }, 'v2') });
          let minSeen = desired;
          await world.until(() => {
            minSeen = Math.min(minSeen, world.service().runningCount ?? 0);
            return ['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL'].includes(world.newest().status!);
          });
          expect(minSeen).toBeGreaterThanOrEqual(minHealthy);
          expect(world.newest().status).toBe(behaviour === GOOD ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL');
          expect(world.service().taskDefinition).toMatch(behaviour === GOOD ? /:2$/ : /:1$/);
          expect(world.service()).toMatchObject({ runningCount: desired, pendingCount: 0 });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is the same again with the same seed', async () => {
    const run = async () => {
      const world = new EcsWorld(7);
      world.create(world.define(SICK), {
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      });
      await world.pass(900);
      return world.events;
    };
    expect(await run()).toEqual(await run());
  });
});
