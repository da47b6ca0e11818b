import { NOT_DONE } from './verb.ts';
import { runVerb } from './verbs.ts';

try {
  process.exitCode = await runVerb(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = NOT_DONE;
}
