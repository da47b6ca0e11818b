import type { Plant } from '../plant.ts';

const ECS = ['ecs'];

/** Lookouts that accuse wrongly, or act without leave. */
export const lookout: readonly Plant[] = [
  {
    name: 'lookout-accuses-both-sides',
    is: 'crashes of the revision before do not count: a sick dependency accuses the deployment',
    repeats: 'Gandalf: without the spatial control the newest deployment is blamed',
    ...{ file: 'src/lookout/signs/crashes.ts', kinds: ECS },
    from: 'return older.length * 2 >= newer.length;',
    to: 'return older.length > newer.length * 99;',
  },
  {
    name: 'lookout-accuses-a-sick-network',
    is: 'unhealthy targets of both sides accuse the newer one',
    ...{ file: 'src/lookout/signs/targets.ts', kinds: ECS },
    from: 'if (isOlderSick(targets))',
    to: 'if (isOlderSick(targets) && healthy.length < 0)',
  },
  {
    name: 'lookout-compares-with-nothing',
    is: 'errors of the older side do not count in the comparison',
    ...{ file: 'src/lookout/signs/side-by-side.ts', kinds: ECS },
    from: 'if (control > MAX_SHARE_OF_CONTROL || isOver || excessOf(shared) < MIN_DEVIATIONS)',
    to: 'if (isOver)',
  },
  {
    name: 'lookout-acts-unasked',
    shows: 'watched',
    is: 'a lookout that shall only observe starts a rollback',
    ...{ file: 'functions/lookout/accuse.ts', kinds: ECS },
    from: "readSettings(sides.tags).lookout === 'act' ||",
    to: "readSettings(sides.tags).lookout !== 'off' ||",
  },
  {
    name: 'lookout-passes-unasked',
    is: 'a lookout answers at a pause although the owner did not let it',
    ...{ file: 'src/lookout/gate.ts', kinds: ECS },
    from: 'if (pause === undefined || !settings.gate) return null;',
    to: 'if (pause === undefined) return null;',
  },
  {
    name: 'lookout-calls-silence-quiet',
    is: 'a lookout that compared nothing says that it saw nothing bad',
    ...{ file: 'src/lookout/weigh.ts', kinds: ECS },
    from: "if (findings.length === 0 || !findings.every(({ is }) => is === 'good'))",
    to: "if (!findings.every(({ is }) => is === 'good'))",
  },
];
