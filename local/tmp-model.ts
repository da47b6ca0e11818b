import './scenarios/silence-logs.ts';
import { scenarioCost } from './bench/scenarios.ts';
import { modelOf } from './bench/model.ts';
import { functionCosts } from './bench/functions.ts';
import { scenarios } from './scenarios/all.ts';
const costs = functionCosts();
const imports = new Map(costs.map((c) => [c.name, c.importMs]));
for (const c of costs) if (/on-alarm|guard|mechanism|on-depl/.test(c.name)) console.log(c.name, c.bytes, c.importMs);
for (const name of process.argv.slice(2)) {
  const s = scenarios.find((one) => one.name === name)!;
  const { path, statesBeforeMitigation } = await scenarioCost(s);
  console.log(name, statesBeforeMitigation);
  if (path === null) { console.log('null'); continue; }
  console.log('  trigger', path.trigger.calls.map((c) => `${c.operation}<${c.after}`).join(' '));
  for (const { name: n, invocation } of path.states) console.log('  ', n, invocation?.calls.map((c) => `${c.operation}<${c.after}`).join(' ') ?? '');
  console.log(JSON.stringify(modelOf(path, imports)));
}
