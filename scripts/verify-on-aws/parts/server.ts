import { BAD, GOOD, PORT } from './web.ts';

/** Returns a tiny server for Amazon Linux 2023, which has Python, as user data. */
export function serverData(errors: typeof BAD | typeof GOOD): string {
  const script = `#!/bin/bash
cat > /server.py <<'END'
import http.server, random
class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        bad = self.path != '/health' and random.random() < ${errors}
        body = b'bad' if bad else b'good'
        self.send_response(500 if bad else 200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *ignored):
        pass
http.server.ThreadingHTTPServer(('', ${PORT}), Server).serve_forever()
END
systemd-run --unit=server python3 /server.py
`;
  return Buffer.from(script).toString('base64');
}
