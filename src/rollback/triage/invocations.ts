import { byLines, matching, type Finder } from './finder.ts';
import { DENIED, deniedCall, NO_MEMORY, UNREACHED } from './words.ts';

/*
 * The words of Lambda, as text and as JSON:
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html
 */
const KILLED = /Runtime\.OutOfMemory|signal: killed|Memory Size: (\d+) MB\s+Max Memory Used: \1 MB/;
const NOT_STARTED =
  /Runtime\.(?:ImportModuleError|UserCodeSyntaxError|HandlerNotFound|NoSuchHandler|MalformedHandlerName|InvalidEntrypoint)|Unable to import module|INIT_REPORT.* Status: error|Extension\.(?:Crash|InitError|LaunchError)|"initializationType".*"status":\s*"(?:error|failure)"/;
const TIMED_OUT = /Task timed out after|Status: timeout|"status":\s*"timeout"|Sandbox\.Timedout/;
const FAILED =
  /Invoke Error|Uncaught|Unhandled|"errorType"|Runtime\.ExitError|Traceback|Status: error|"status":\s*"error"|\b[A-Z]\w*(?:Error|Exception)\b/;

/** Finders of why invocations of a function fail, in the order in which they count. */
export const invocations: readonly Finder[] = [
  byLines('out-of-memory', outOfMemory, 'The function ran out of memory.'),
  byLines('crash', matching('invocations', NOT_STARTED), 'The function fails while it starts.'),
  byLines('permission', matching('invocations', DENIED), mayNot),
  byLines('dependency', matching('invocations', UNREACHED), 'The function could not reach a dependency.'),
  byLines('timeout', matching('invocations', TIMED_OUT), 'The function runs into its timeout.'),
  byLines('crash', matching('invocations', FAILED), failed),
];

function outOfMemory({ invocations: lines }: { readonly invocations: readonly string[] }): readonly string[] {
  return lines.filter((line) => KILLED.test(line) || NO_MEMORY.test(line));
}

function mayNot(line: string): string {
  return `The function fails, because its role lacks ${deniedCall(line) ?? 'a permission'}.`;
}

/** Names the error: `"errorType":"TypeError"`, or `[ERROR] KeyError: …`. */
function failed(line: string): string {
  const name =
    /"errorType":\s*"([\w.]{1,80})"/.exec(line)?.[1] ??
    /\b([A-Z][A-Za-z]{0,60}(?:Error|Exception))\b/.exec(line)?.[1];
  return name === undefined ? 'The function fails.' : `The function fails with ${name}.`;
}
