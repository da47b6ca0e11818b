import '../scenarios/silence-logs.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { verifyCommand } from '../../scripts/verify-on-aws/command.ts';
import { prepare } from './prepare.ts';

// On AWS the embedded AWS is not loaded.
await runCommand(
  verifyCommand(async () => {
    await prepare({ quiet: true });
    const { openEmbedded } = await import('../verify-on-aws/embedded.ts');
    return openEmbedded();
  }),
);
