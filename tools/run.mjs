/**
 * The door of the repository: what `npm start`, `npm test` and the other scripts run. Plain JavaScript without
 * dependencies, because it must work on Node 20 before anything is installed. It installs the locked packages once, finds
 * a Node 24 (the running one, or the one that came with the packages), builds the phone page when its sources changed, and
 * hands over.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const NEEDED_MAJOR = 24;
const windows = process.platform === 'win32';
const hazir = join(root, 'packages/server/src/main.ts');
const bin = (name) => join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);

const tasks = {
  start: (args) => [buildPages, () => node([hazir, 'start', ...args])],
  chat: (args) => [() => node([hazir, 'chat', ...args])],
  hazir: (args) => [...(args[0] === 'start' || args[0] === 'simulate' ? [buildPages] : []), () => node([hazir, ...args])],
  build: () => [buildPages],
  test: (args) => [buildPages, () => run(bin('vitest'), ['run', ...args])],
  'test:chaos': (args) => [() => node([join(root, 'tests/chaos/test-chaos.ts'), ...args])],
  check: () => [
    () => run(bin('biome'), ['check', '--error-on-warnings']),
    () => run(bin('tsc'), ['-b']),
    () => run(bin('tsc'), ['-p', 'tests']),
    () => run(bin('tsc'), ['-p', 'packages/simulator/phone/tsconfig.test.json', '--noEmit']),
    () => run(bin('tsc'), ['-p', 'packages/services/verifier', '--noEmit']),
    () => run(bin('knip')),
    () => run(bin('vitest'), ['run', 'tests/structure']),
  ],
  format: () => [() => run(bin('biome'), ['check', '--write'])],
  screenshots: () => [buildPages, () => node([join(root, 'tools/screenshots.ts')])],
  'console:api': () => [() => node([join(root, 'tools/console-api.ts')])],
  'bench:path': (args) => [() => node([join(root, 'tests/load/bench-path.ts'), ...args])],
  'bench:growth': (args) => [() => node([join(root, 'tests/load/bench-growth.ts'), ...args])],
  'bench:documents': (args) => [() => node([join(root, 'tests/load/bench-documents.ts'), ...args])],
  'bench:consoles': (args) => [() => node([join(root, 'tests/load/bench-consoles.ts'), ...args])],
  'bench:requests': (args) => [() => node([join(root, 'tests/load/bench-requests.ts'), ...args])],
  'eval:language': (args) => [() => node([join(root, 'tests/eval/eval-language.ts'), ...args])],
  golden: () => [() => run(bin('vitest'), ['run', '--update'])],
};

const [task, ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, task)) fail(`Unknown task "${task}". There are: ${Object.keys(tasks).join(', ')}.`);
install();
const node24 = findNode();
const environment = { ...process.env, PATH: `${dirname(node24)}${windows ? ';' : ':'}${process.env.PATH ?? ''}` };
for (const step of tasks[task](args)) step();

/** Installs from the lock file when there is nothing yet or the lock file has changed since. */
function install() {
  const stamp = join(root, 'node_modules', '.hazir-installed');
  const wanted = hashOf([join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing packages (once, about a minute) ...\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status !== 0) fail('The packages could not be installed. Check the network and the text above, then try again.');
  writeFileSync(stamp, wanted);
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  return fail(
    `Hazir needs Node ${NEEDED_MAJOR} and finds ${process.versions.node}; there is no packaged one for ${name}. Install it from nodejs.org.`,
  );
}

/** The pages are built by Vite into dist folders; nothing is done while their sources are the same. */
function buildPages() {
  buildPage({ name: 'phone page', folder: 'packages/simulator/phone', with: ['packages/simulator/src/protocol.ts'] });
  const credential = filesBelow(join(root, 'packages/services/src/documents/credential'));
  buildPage({
    name: 'console',
    folder: 'packages/console/src',
    with: ['packages/console/vite.config.ts'],
    project: 'packages/console',
  });
  buildPage({ name: 'verifier', folder: 'packages/services/verifier', with: credential });
}

/** `project` is where its vite.config.ts lies, when that is not the folder itself. */
function buildPage({ name, folder, with: more, project = folder }) {
  const source = join(root, folder);
  const stamp = join(dirname(source), 'dist', `${basename(source)}.hash`);
  const wanted = hashOf([...filesBelow(source), ...more.map((path) => resolve(root, path)), join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`Building the ${name} ...\n`);
  run(bin('vite'), ['build', '--config', join(root, project, 'vite.config.ts'), '--logLevel', 'error']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function filesBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

function node(list) {
  run(node24, list);
}

function run(command, list = []) {
  const result = spawnSync(node24, command === node24 ? list : [realScript(command), ...list], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** npm's links in .bin point to JavaScript on every system but Windows, where the package's own entry is looked up. */
function realScript(command) {
  if (!windows) return command;
  const name = command.split(/[\\/]/).pop().replace('.cmd', '');
  const owner = { biome: '@biomejs/biome', tsc: 'typescript' }[name] ?? name;
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', owner, 'package.json'), 'utf8'));
  const entry = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  return join(root, 'node_modules', owner, entry);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(3);
}
