import { createServer } from 'node:net';

/** Returns why nothing can listen on a port of 127.0.0.1, in words for a person; null if it is free. */
export async function whyTaken(port: number): Promise<string | null> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    return reasonOf(port, error as NodeJS.ErrnoException);
  }
  await new Promise((resolve) => server.close(resolve));
  return null;
}

function reasonOf(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `port ${port} of 127.0.0.1 is in use`;
  if (code === 'EACCES') return `port ${port} needs more permissions than this user has`;
  return message;
}
