import { find, size } from "./dom.js";
import { send } from "./service.js";
import { refreshModules } from "./modules.js";
import { refreshSession } from "./session.js";

const form = find("run");
const file = find("module");
const drop = find("drop");
const input = find("input");
let chosen = null;
let running = null;

const example = `(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "Hello, ")
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 7))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
    (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 32768))
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
`;

function choose(module) {
  chosen = module;
  find("chosen").textContent = module ? `${module.name}, ${size(module.size)}` : "Choose a file or drop one here.";
}

function show(good, verdict, answer) {
  const title = find("verdict");
  title.textContent = verdict;
  title.className = good ? "good" : "bad";
  find("error").textContent = answer.error ?? "";
  find("exit").textContent = answer.exitCode ?? "none";
  find("time").textContent = answer.durationMs === undefined ? "not run" : `${answer.durationMs.toFixed(1)} ms`;
  find("memory").textContent = answer.memoryPeakBytes === undefined ? "not run" : size(answer.memoryPeakBytes);
  find("fuel").textContent = answer.fuelUsed ?? "not metered";
  find("output").textContent = answer.output ?? (answer.outputBase64 ? `base64: ${answer.outputBase64}` : "");
  find("stderr").textContent = answer.stderr ?? (answer.stderrBase64 ? `base64: ${answer.stderrBase64}` : "");
  find("result").hidden = false;
  title.focus();
}

function needsModule() {
  if (chosen) return false;
  show(false, "No module yet", { error: "Choose a file, drop one, or take the example." });
  return true;
}

function run() {
  if (running || needsModule()) return;
  const body = new FormData();
  body.append("wasm", chosen, chosen.name);
  body.append("input", input.value);
  execute("/api/execute", body);
}

async function execute(path, body) {
  if (running) return;
  running = new AbortController();
  find("start").disabled = true;
  find("stop").hidden = false;
  try {
    const { ok, status, answer } = await send("POST", path, { body, signal: running.signal });
    show(ok, ok ? "Done" : answer.title ?? `Refused (${status})`, answer);
  } catch (problem) {
    const stopped = problem instanceof DOMException && problem.name === "AbortError";
    show(false, stopped ? "Stopped" : "No answer", { error: stopped ? "" : "The service cannot be reached. Try again in a moment." });
  } finally {
    running = null;
    find("start").disabled = false;
    find("stop").hidden = true;
  }
}

async function keep() {
  if (needsModule()) return;
  const body = new FormData();
  body.append("wasm", chosen, chosen.name);
  body.append("name", chosen.name);
  const { ok, answer } = await send("POST", "/api/modules", { body });
  if (!ok) show(false, answer.title ?? "Not kept", answer);
  await refreshModules(execute, input);
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
find("stop").addEventListener("click", () => running?.abort());
find("keep").addEventListener("click", keep);
file.addEventListener("change", () => choose(file.files[0] ?? null));
find("example").addEventListener("click", () => {
  choose(new File([example], "example.wat", { type: "text/plain" }));
  if (!input.value) input.value = "wizard";
});
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length > 0) choose(event.dataTransfer.files[0]);
});

const refresh = () => refreshModules(execute, input);
refreshSession(refresh).then(refresh);
