import { play } from './scenarios/play.ts';
import './scenarios/silence-logs.ts';
import { scenarios } from './scenarios/all.ts';
import { readsOf, written } from '../test/e2e/reads-of.ts';
for (const name of process.argv.slice(2)) {
  const s = scenarios.find((x) => x.name === name)!;
  const { problems } = await play(s, { seed: 1, fast: true, onEnd: (stage) => {
    const w = written(readsOf(s, stage));
    console.log(`  '${name}': {`);
    for (const [k, v] of Object.entries(w)) console.log(`    ${k}: '${v}',`);
    console.log('  },');
  }});
  if (problems.length) console.error('   PROBLEM', name, problems.join('; '));
}
