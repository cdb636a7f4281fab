import { createEndpoint } from './endpoint.ts';
import { type Environment, environmentHelp, googleIn, readEnvironment } from './environment.ts';
import { prepareFirstRun, readFirstPolicy } from './first-run.ts';
import { createLog } from './log.ts';
import { createMailTransport } from './mail-transport.ts';
import { listen } from './serve.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(environment: Environment): Promise<void> {
  const log = createLog(environment.KEYSTAGE_LOG);
  const first = await readFirstPolicy(environment.KEYSTAGE_DATA, {
    school: environment.KEYSTAGE_SCHOOL,
    policy: environment.KEYSTAGE_POLICY,
  });
  if (!first.ok) throw Object.assign(new Error(first.message), { code: first.code });
  const { KEYSTAGE_DEVICE_LISTEN: forDevices, KEYSTAGE_CONSOLE_LISTEN: forPeople } = environment;
  const isShared =
    forDevices.port !== 0 && forDevices.host === forPeople.host && forDevices.port === forPeople.port;
  const device = await listen(forDevices);
  const people = isShared ? device : await listen(forPeople);
  const consoleUrl = environment.KEYSTAGE_CONSOLE_URL ?? people.url;

  const { KEYSTAGE_SMTP_URL: smtp, KEYSTAGE_MAIL_FROM: from, KEYSTAGE_MAIL_TO: to = [] } = environment;
  const endpoint = await createEndpoint({
    folder: environment.KEYSTAGE_DATA,
    school: first.school,
    consoleUrl,
    log,
    mail: smtp && from ? { transport: createMailTransport(smtp), from, to } : undefined,
    secondFactor: environment.KEYSTAGE_SECOND_FACTOR,
    google: googleIn(environment),
    mailAfterMs: environment.KEYSTAGE_MAIL_AFTER_SECONDS * 1_000,
  });
  const firstRun = await prepareFirstRun(
    endpoint,
    first.policy,
    {
      email: environment.KEYSTAGE_FIRST_EMAIL,
      name: environment.KEYSTAGE_FIRST_NAME,
    },
    environment.KEYSTAGE_DATA,
  );
  const catalogue = await endpoint.publishCatalogue();
  for (const { file, line } of catalogue.refused)
    log.warn({ file, line }, 'not a host, left out of the list');
  for (const file of catalogue.unknown) log.warn({ file }, 'not the name of a category, left out');

  if (isShared) device.answerWith(endpoint.shared);
  else {
    device.answerWith(endpoint.device);
    people.answerWith(endpoint.console);
  }
  device.upgradeWith(endpoint.upgrade);
  await endpoint.start();

  for (const line of firstRun) say(line);
  const publicUrl = environment.KEYSTAGE_PUBLIC_URL ?? device.url;
  const post = smtp ? 'mail goes out' : 'mail waits: KEYSTAGE_SMTP_URL is not set';
  say(
    `Keystage is ready. Devices: ${publicUrl}  Console: ${consoleUrl}  Data: ${environment.KEYSTAGE_DATA}  (${post})`,
  );
  say(`KEYSTAGE READY device=${device.url} console=${people.url}`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    endpoint.endLive();
    await Promise.all([device.close(), isShared ? undefined : people.close()]);
    await endpoint.close();
    say('Keystage has stopped.');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

// Everything in the data folder is its owner's alone.
process.umask(0o077);
const args = process.argv.slice(2);
const read = readEnvironment(process.env, args);
if (args.includes('--help')) {
  say(
    `npm start -- [settings]: starts the endpoint. Each can be a flag or a variable of the environment:\n${environmentHelp()}`,
  );
} else if (read.ok) {
  await main(read.environment).catch((error: Error & { code?: string; port?: number }) => {
    if (error.code === 'EADDRINUSE')
      process.stderr.write(
        `Keystage could not start: port ${error.port} is taken: is Keystage running already?\n`,
      );
    else process.stderr.write(`Keystage could not start: ${error.code ?? error.name}: ${error.message}\n`);
    process.exit(1);
  });
} else {
  for (const problem of read.problems) process.stderr.write(`Keystage could not start: ${problem}\n`);
  process.exit(2);
}
