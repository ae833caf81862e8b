// Starts and stops the built program on a fresh data folder and a free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export class Server {
  private constructor(
    readonly data: string,
    readonly base: string,
    private child: ChildProcess | undefined,
    private printed: string,
  ) {}

  static async start(): Promise<Server> {
    const data = mkdtempSync(join(tmpdir(), 'sk-e2e-'));
    const server = new Server(join(data, 'data'), `http://127.0.0.1:${await freePort()}`, undefined, '');
    await server.launch();
    return server;
  }

  async launch(): Promise<void> {
    const binary = process.env.SK_BIN;
    if (!binary) throw new Error('SK_BIN names no program');
    const listen = this.base.slice('http://'.length);
    const child = spawn(binary, ['serve', '--data', this.data, '--listen', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    this.printed = '';
    child.stdout.on('data', (bytes: Buffer) => (this.printed += bytes.toString()));
    for (;;) {
      const ready = await fetch(`${this.base}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The one-time link that the program prints before an administrator exists. */
  setupLink(): string {
    const link = /http:\S+\/setup\/\S+/.exec(this.printed);
    if (!link) throw new Error(`no setup link in: ${this.printed}`);
    return link[0];
  }

  async kill(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(join(this.data, '..'), { recursive: true, force: true });
  }
}
