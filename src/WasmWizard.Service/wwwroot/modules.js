// The caller's modules, newest first, each to run with the input above or to delete.

import { button, day, element, find, size } from "./dom.js";
import { send } from "./service.js";

const SHOWN = 10;

export async function refreshModules(execute, input) {
  const { ok, answer } = await send("GET", `/api/modules?limit=${SHOWN}`);
  const modules = ok ? answer.modules : [];
  find("no-modules").hidden = modules.length > 0;
  find("modules").replaceChildren(...modules.map((module) => row(module, execute, input)));
}

function row(module, execute, input) {
  const item = document.createElement("li");
  const run = button("Run", `Run ${module.name}`, () => execute(`/api/modules/${module.id}/execute`, input.value));
  const remove = button("Delete", `Delete ${module.name}`, async () => {
    await send("DELETE", `/api/modules/${module.id}`);
    await refreshModules(execute, input);
    find("modules-title").focus();
  });
  item.append(element("strong", module.name), element("span", `${size(module.sizeBytes)}, ${day(module.uploadTime)}`, { className: "quiet" }), run, remove);
  return item;
}
