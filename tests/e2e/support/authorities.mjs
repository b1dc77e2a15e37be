// Authorities of a test's own, by the openssl program: one that certifies a company's seal and says
// over OCSP and in a list whether it is good, one for a person, one that stamps times (RFC 3161).
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from './children.mjs';

const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

class Authority {
  constructor(folder, url) {
    Object.assign(this, { folder, url });
  }

  path(name) { return join(this.folder, name); }
  openssl(...words) { return mustRun('openssl', words, { cwd: this.folder }); }

  /// A root that calls itself `name`, and the sections of its certificates: {name: lines}.
  async make(name, sections) {
    await mkdir(this.folder, { recursive: true });
    const parts = Object.entries(sections).map(([id, lines]) =>
      `[${id}]\n${lines}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`);
    await writeFile(this.path('ca.cnf'), `[req]\ndistinguished_name=dn\n[dn]\n[policy]\n\
commonName=supplied\norganizationName=optional\n[ca]\ndatabase=index.txt\nserial=serial\n\
new_certs_dir=.\ncertificate=root.pem\nprivate_key=root.key\ndefault_md=sha256\n\
default_days=3650\ndefault_crl_days=30\npolicy=policy\nunique_subject=no\n[root]\n\
basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
subjectKeyIdentifier=hash\n${parts.join('')}`);
    await writeFile(this.path('index.txt'), '');
    await writeFile(this.path('serial'), '1001\n');
    await this.openssl('req', '-x509', ...keys, '-days', '3650', '-config', 'ca.cnf',
      '-extensions', 'root', '-subj', `/CN=${name} root`, '-keyout', 'root.key', '-out', 'root.pem');
  }

  async certify(id, subject) {
    await this.openssl('req', ...keys, '-config', 'ca.cnf', '-subj', subject,
      '-keyout', `${id}.key`, '-out', `${id}.csr`);
    await this.openssl('ca', '-batch', '-config', 'ca.cnf', '-name', 'ca', '-notext',
      '-extensions', id, '-in', `${id}.csr`, '-out', `${id}.pem`);
    const chain = await readFile(this.path(`${id}.pem`), 'utf8')
      + await readFile(this.path('root.pem'), 'utf8');
    await writeFile(this.path(`${id}.chain.pem`), chain);
  }

  async list() {
    await this.openssl('ca', '-config', 'ca.cnf', '-name', 'ca', '-gencrl', '-out', 'list.pem');
    await this.openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
    return readFile(this.path('list.der'));
  }
}

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

export class Authorities {
  static async start(t, folder) {
    const all = new Authorities();
    all.counts = { stamps: 0, answers: 0, lists: 0 };
    all.turn = Promise.resolve();
    const server = createServer(async (request, response) => {
      const body = await bodyOf(request).catch(() => null);
      if (body === null) return;  // whoever asked has gone
      // One openssl at a time: they share files.
      all.turn = all.turn.then(() => all.#answer(request.url, body, response)).catch(() => {});
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    t.after(() => new Promise((done) => { server.closeAllConnections?.(); server.close(done); }));
    all.url = `http://127.0.0.1:${server.address().port}`;
    await all.#make(folder);
    return all;
  }

  async #make(folder) {
    const leaf = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature';
    this.company = new Authority(join(folder, 'company'));
    await this.company.make('Company', {
      signer: `${leaf},nonRepudiation\nauthorityInfoAccess=OCSP;URI:${this.url}/ocsp`,
      responder: `${leaf}\nextendedKeyUsage=critical,OCSPSigning\nnoCheck=ignored`,
    });
    await this.company.certify('signer', '/O=Seewald Instrumente AG/CN=Seewald Instrumente AG');
    await this.company.certify('responder', '/CN=Responder');
    this.people = new Authority(join(folder, 'people'));
    await this.people.make('People', {
      signer: `${leaf},nonRepudiation\ncrlDistributionPoints=URI:${this.url}/people.crl`,
      other: `${leaf},nonRepudiation\ncrlDistributionPoints=URI:${this.url}/people.crl`,
    });
    await this.people.certify('signer', '/CN=Petra Muster');
    await this.people.certify('other', '/CN=Mara Beispiel');
    this.time = new Authority(join(folder, 'time'));
    await this.time.make('Time', {
      signer: `${leaf}\nextendedKeyUsage=critical,timeStamping\n`
        + `crlDistributionPoints=URI:${this.url}/time.crl`,
    });
    await this.time.certify('signer', '/CN=Time');
    await writeFile(this.time.path('tsa.cnf'), `[tsa]\ndefault_tsa=at\n[at]\nserial=stamps\n\
crypto_device=builtin\ndigests=sha256\ndefault_policy=1.2.3.4.1\nordering=no\ntsa_name=no\n\
ess_cert_id_chain=no\ness_cert_id_alg=sha256\nsigner_digest=sha256\n`);
    await writeFile(this.time.path('stamps'), '01\n');
  }

  async #answer(path, body, response) {
    try {
      const [type, content] = await this.#content(path, body);
      response.writeHead(200, { 'content-type': type });
      response.end(content);
    } catch {
      response.writeHead(500);
      response.end();
    }
  }

  async #content(path, body) {
    if (path === '/tsr') {
      ++this.counts.stamps;
      await writeFile(this.time.path('query.tsq'), body);
      await this.time.openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq',
        '-signer', 'signer.pem', '-inkey', 'signer.key', '-chain', 'root.pem', '-out', 'reply.tsr');
      return ['application/timestamp-reply', await readFile(this.time.path('reply.tsr'))];
    }
    if (path === '/ocsp') {
      ++this.counts.answers;
      await writeFile(this.company.path('ocsp.req'), body);
      await this.company.openssl('ocsp', '-index', 'index.txt', '-CA', 'root.pem',
        '-rsigner', 'responder.pem', '-rkey', 'responder.key', '-ndays', '7',
        '-reqin', 'ocsp.req', '-respout', 'ocsp.resp');
      return ['application/ocsp-response', await readFile(this.company.path('ocsp.resp'))];
    }
    ++this.counts.lists;
    if (path === '/time.crl') return ['application/pkix-crl', await this.time.list()];
    if (path === '/people.crl') return ['application/pkix-crl', await this.people.list()];
    throw new Error(`nothing at ${path}`);
  }
}
