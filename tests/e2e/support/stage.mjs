// Everything at once: company, mail server, service.
import { join } from 'node:path';

import { mustRun } from './children.mjs';
import { MailServer, messageId, saveAttachments } from './mail.mjs';
import { readQr } from './pdf.mjs';
import { freePort, program, temporaryFolder } from './place.mjs';
import { parseLink } from './link.mjs';
import { Proxy } from './proxy.mjs';
import { Sandbox, credentials } from './sandbox.mjs';
import { Service } from './service.mjs';

/// A certificate for this machine as `tools/run --host` makes it, and the settings that name it.
async function makeCertificate(folder) {
  await mustRun(program('refledger'), ['key', 'demo-tls', '--host', '127.0.0.1', '--out', folder]);
  return `public.tls.certificate = ${folder}/certificate.pem\npublic.tls.key = ${folder}/key.pem\n`;
}

/// `proxied`: links lead through stage.proxy.  `serve: false`: initialised, not started.  `disk`: a
/// SmallDisk for the installation.  `more`: further lines of the settings, which come last and count.
/// `init`: further words for `refledger init`.
export async function setStage(t, { proxied = false, serve = true, people = 1, tls = false, disk,
  more = '', init = [] } = {}) {
  const stage = { folder: await temporaryFolder(t) };
  stage.sandbox = await Sandbox.start(t, { people });
  stage.mailServer = await MailServer.start(t, join(stage.folder, 'mails'));
  const publicPort = await freePort();
  const linkPort = proxied ? await freePort() : publicPort;
  if (proxied) stage.proxy = await Proxy.start(t, linkPort, publicPort);
  stage.authority = tls ? join(stage.folder, 'tls/root.pem') : undefined;
  stage.service = new Service(t, {
    more: more + (tls ? await makeCertificate(join(stage.folder, 'tls')) : ''),
    folder: disk?.folder ?? join(stage.folder, 'installation'),
    publicUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${linkPort}`,
    publicPort,
    privatePort: await freePort(),
    sandboxPort: stage.sandbox.port,
    smtpPort: stage.mailServer.port,
  });
  await stage.service.initialise(credentials, init);
  if (serve) stage.child = await stage.service.start();

  /// Lets someone leave and waits for their reference: mail, files, link.
  stage.issueTo = async (values) => {
    const person = await stage.sandbox.leaver(values);
    return { person, ...await stage.reference(person) };
  };
  stage.reference = async (person, seconds) => {
    const kept = await stage.mailServer.mailTo(person.address, seconds);
    const files = await saveAttachments(kept.raw, stage.folder, `reference-${person.id}`);
    const qr = await readQr(files.pdf);
    return { kept, ...files, messageId: messageId(kept.raw), link: parseLink(qr) };
  };
  return stage;
}
