import ora from 'ora';
import type { Out } from './paint.ts';

/** The last lines of a terminal, which are drawn anew as things change. */
export interface Footer {
  /** Draws the footer anew, at most every DRAW_EVERY_MS: only then is its text made. */
  show(text: () => string): void;
  /** Prints lines above the footer. */
  print(lines: readonly string[]): void;
  /** Removes the footer. */
  end(): void;
}

/** Milliseconds between two drawings. */
const DRAW_EVERY_MS = 60;

/** Returns a footer; null where the stream is no terminal that can redraw a line. */
export function footerOf(out: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Footer | null {
  if (!canRedraw(out, env)) return null;
  const spinner = ora({ stream: out, isEnabled: true, discardStdin: false, hideCursor: true }).start();
  let drawnAt = 0;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - drawnAt < DRAW_EVERY_MS) return;
      drawnAt = now;
      spinner.text = text();
      spinner.render();
    },
    print: (lines) => {
      spinner.clear();
      for (const line of lines) out.write(`${line}\n`);
      spinner.render();
    },
    end: () => void spinner.stop(),
  };
}

/** A terminal of no width, as `script` opens one, cannot say how many lines a text takes. */
function canRedraw({ isTTY, columns = 0 }: Out, { TERM }: NodeJS.ProcessEnv): boolean {
  return isTTY === true && columns > 0 && TERM !== 'dumb';
}
