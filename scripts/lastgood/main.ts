import { main } from './check.ts';

const UNKNOWN = 2;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = UNKNOWN;
}
