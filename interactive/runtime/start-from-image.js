// @ts-check
// Starts Pyodide from an image, in a browser's worker and, at build time, under Node.

import { restoreImage } from "./python-image.js";

/**
 * @param {{loadPyodide: (options: object) => Promise<any>, createPyodideModule: (settings: any) => Promise<any>}} scripts Pyodide's
 * @param {object} options for loadPyodide
 * @param {() => WebAssembly.Exports | undefined} exports of its WebAssembly file, once that has been asked for
 * @param {Promise<ArrayBuffer>} image what can be done before it is there, is
 * @returns {Promise<any>} Pyodide
 */
export function startFromImage({ loadPyodide, createPyodideModule }, options, exports, image) {
  /** @param {any} settings */
  const begin = async (settings) => {
    const [module, file] = await Promise.all([createPyodideModule(settings), image]);
    settings.API.restoreSnapshot = () => restoreImage(file, exports() ?? {});
    return module;
  };
  // Pyodide does not look into what it would go on from, but has to be given something
  return loadPyodide({ ...options, createPyodideModule: begin, _loadSnapshot: new Uint8Array(1) });
}
