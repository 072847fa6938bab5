// The comparison: the same interface on Node.js and node:wasi, one worker per core, compiled modules cached by hash. It does
// nothing that costs and that the service does: no keys, limits, deadlines, records or metrics.
//
//   node node/server.mjs PORT FOLDER      FOLDER holds stored modules, shared by the workers
//
// stdin and stdout are buffers: files in memory behind node:wasi's own fd_read and fd_write were slower. Instances are not
// reused, as a guest must not find what another one left behind.
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const [port, folder] = process.argv.slice(2);
const headEnd = Buffer.from('\r\n\r\n');

if (cluster.isPrimary) {
  // Without this flag Node.js 20 crashes after some thousand instances: optimized code calls node:wasi past its checks.
  cluster.setupPrimary({ execArgv: ['--no-warnings', '--no-turbo-fast-api-calls'] });
  for (let core = 0; core < availableParallelism(); core++) cluster.fork();
  cluster.on('exit', (worker, code, signal) => {
    console.error(`worker ${worker.id} ended: ${code ?? signal}`);
    process.exit(1);
  });
  process.on('SIGTERM', () => process.exit(0));
} else {
  http.createServer(serve).listen(port, '127.0.0.1');
}

const compiled = new Map();

function moduleOf(hash, bytes) {
  let module = compiled.get(hash);
  if (!module) compiled.set(hash, (module = new WebAssembly.Module(bytes ?? readFileSync(join(folder, hash)))));
  return module;
}

function execute(module, input) {
  const wasi = new WASI({ version: 'preview1', args: ['module'], env: {}, returnOnExit: true });
  const streams = [null, [], []];
  let memory;
  let position = 0;
  const eachVector = (vectors, count, result, take) => {
    const view = new DataView(memory.buffer);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const length = view.getUint32(vectors + 8 * i + 4, true);
      const taken = take(view.getUint32(vectors + 8 * i, true), length);
      total += taken;
      if (taken < length) break;
    }
    view.setUint32(result, total, true);
    return 0;
  };
  const imports = {
    ...wasi.wasiImport,
    fd_read: (_, vectors, count, result) => eachVector(vectors, count, result, (address, length) => {
      const part = input.subarray(position, position + length);
      new Uint8Array(memory.buffer).set(part, address);
      position += part.length;
      return part.length;
    }),
    fd_write: (fd, vectors, count, result) => eachVector(vectors, count, result, (address, length) => {
      streams[fd].push(Buffer.from(memory.buffer.slice(address, address + length)));
      return length;
    }),
  };
  const started = process.hrtime.bigint();
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
  memory = instance.exports.memory;
  const exitCode = wasi.start(instance);
  return JSON.stringify({
    output: Buffer.concat(streams[1]).toString(),
    stderr: Buffer.concat(streams[2]).toString(),
    error: null,
    exitCode,
    durationMs: Number(process.hrtime.bigint() - started) / 1e6,
    fuelUsed: null,
    memoryPeakBytes: memory.buffer.byteLength,
  });
}

/** The parts of a form by name. */
function partsOf(body, contentType) {
  const boundary = Buffer.from(`--${contentType.split('boundary=')[1]}`);
  const parts = {};
  for (let at = body.indexOf(boundary); at >= 0;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (next < 0) break;
    const start = body.indexOf(headEnd, at) + headEnd.length;
    const name = /name="([^"]*)"/.exec(body.latin1Slice(at, start));
    parts[name[1]] = body.subarray(start, next - 2);
    at = next;
  }
  return parts;
}

function serve(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let status = 200;
    let answer;
    try {
      answer = answerOf(request, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    } catch (fault) {
      status = 422;
      answer = JSON.stringify({ error: String(fault) });
    }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
}

function answerOf(request, body) {
  const stored = /^\/api\/modules\/([0-9a-f]{64})\/execute$/.exec(request.url);
  if (stored) return execute(moduleOf(stored[1]), body);
  if (request.url === '/health/ready') return '{}';
  const form = partsOf(body, request.headers['content-type']);
  const hash = createHash('sha256').update(form.wasm).digest('hex');
  if (request.url === '/api/execute') return execute(moduleOf(hash, form.wasm), form.input ?? Buffer.alloc(0));
  if (!existsSync(join(folder, hash))) writeFileSync(join(folder, hash), form.wasm);
  return JSON.stringify({ id: hash });
}
