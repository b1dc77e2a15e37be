// A proxy between browser and service that alters answers: the attacker on the way.
import http from 'node:http';

export class Proxy {
  /// Listens on `port` and hands everything on to 127.0.0.1:`target`.
  static async start(t, port, target) {
    const proxy = new Proxy();
    proxy.target = target;
    proxy.alter = null;
    proxy.server = http.createServer((request, response) => proxy.#handOn(request, response));
    await new Promise((resolve, reject) => {
      proxy.server.once('error', reject);
      proxy.server.listen(port, '127.0.0.1', resolve);
    });
    t.after(() => {
      proxy.server.closeAllConnections();
      return new Promise((resolve) => proxy.server.close(resolve));
    });
    return proxy;
  }

  /// `change` gets path and parsed body of every JSON answer and gives the body to send on, or
  /// undefined to leave it as it is.  proxy.altered counts what it changed.
  alterJson(change) {
    this.altered = 0;
    this.alter = change;
  }

  #handOn(request, response) {
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = http.request({
      host: '127.0.0.1', port: this.target, method: request.method, path: request.url, headers,
    }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => this.#reply(request, answer, Buffer.concat(parts), response));
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }

  #reply(request, answer, body, response) {
    const headers = { ...answer.headers };
    let sent = body;
    const isJson = (headers['content-type'] ?? '').startsWith('application/json');
    if (this.alter && isJson && answer.statusCode === 200) {
      const path = request.url.split('?')[0].replace(/^\/V\//, '/v/');
      const changed = this.alter(path, JSON.parse(body.toString()));
      if (changed !== undefined) {
        this.altered += 1;
        sent = Buffer.from(JSON.stringify(changed));
        headers['content-length'] = String(sent.length);
      }
    }
    response.writeHead(answer.statusCode, headers);
    response.end(request.method === 'HEAD' ? undefined : sent);
  }
}
