import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, runStep } from './terminal.mjs';

const nodeFromPackages = join(root, 'node_modules', '.bin', 'node');

/**
 * Installs the locked packages when they are not there as the lock file has them. The packages bring Node 24.
 *
 * @returns the path of Node 24
 */
export async function install() {
  if (!installedAsLocked()) {
    // The npm that runs this script, on its own Node: the one in node_modules is about to be replaced.
    const npm = process.env.npm_execpath
      ? [process.env.npm_node_execpath ?? process.execPath, process.env.npm_execpath]
      : ['npm'];
    const path = (process.env.PATH ?? '')
      .split(delimiter)
      .filter((folder) => !folder.includes('node_modules'));
    await runStep(
      'Installing the locked packages',
      npm[0],
      [...npm.slice(1), 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
      // One package would otherwise report the installation to its maker.
      { env: { ...process.env, PATH: path.join(delimiter), SCARF_ANALYTICS: 'false' } },
    );
  }
  if (!existsSync(nodeFromPackages)) {
    throw new Error(
      'Node.js 24 was not installed with the packages. Run: npm ci --ignore-scripts=false --include=optional',
    );
  }
  return nodeFromPackages;
}

/** npm writes down what it installed once it has finished; a broken-off installation has no such file. */
function installedAsLocked() {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  const locked = packagesIn(join(root, 'package-lock.json'));
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}
