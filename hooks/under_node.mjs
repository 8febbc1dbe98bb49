// @ts-check
// Pyodide under Node, for the scripts that make its files: with another WebAssembly file than the one that lies beside it.


const { instantiate } = WebAssembly;

/**
 * Hand Pyodide an instance of this module when it asks for its own file.
 * @param {WebAssembly.Module} module
 * @param {(instance: WebAssembly.Instance) => void} begun hears of each instance before anything runs in it
 */
export function runIn(module, begun) {
  // Pyodide has two files: a small one that it carries in its script, and the large one that it asks for
  WebAssembly.instantiate = /** @type {any} */ (
    async (/** @type {any} */ source, /** @type {WebAssembly.Imports} */ imports) => {
      if (source instanceof WebAssembly.Module) return instantiate(source, imports);
      const instance = await instantiate(module, imports);
      begun(instance);
      return { module, instance };
    }
  );
}
