import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";

/**
 * @typedef {object} Todo
 * @property {string} id
 * @property {string} owner object ID of the customer whose it is
 * @property {string} text
 * @property {boolean} done
 * @property {string} created when it was made: RFC 3339, UTC
 */

/**
 * The to-dos, in memory and in a file that holds all of them.
 *
 * A change is answered when it is on the disk. The file is replaced as a whole, so that it is
 * complete whenever the process ends.
 */
export class TodoStore {
  #file;
  /** @type {Map<string, Todo>} */
  #todos;
  #written = Promise.resolve();

  /**
   * @param {string} file
   * @param {readonly Todo[]} todos
   */
  constructor(file, todos) {
    this.#file = file;
    this.#todos = new Map(todos.map((todo) => [todo.id, todo]));
  }

  /**
   * Open the file, or begin one.
   *
   * @param {string} file
   * @throws {Error} in one line, if it holds something else
   */
  static open(file) {
    let text;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") {
        return new TodoStore(file, []);
      }
      throw error;
    }
    try {
      return new TodoStore(file, JSON.parse(text).todos);
    } catch {
      throw new Error(`${file} does not hold to-dos. DATABASE names another file.`);
    }
  }

  /**
   * The to-dos of an owner, or everybody's, oldest first.
   *
   * @param {string} [owner]
   * @returns {Todo[]}
   */
  list(owner) {
    return [...this.#todos.values()].filter((todo) => owner === undefined || todo.owner === owner);
  }

  /**
   * @param {string} id
   * @param {string} [owner] none: anybody's
   * @returns {Todo | undefined}
   */
  find(id, owner) {
    const todo = this.#todos.get(id);
    return todo && (owner === undefined || todo.owner === owner) ? todo : undefined;
  }

  /**
   * @param {string} owner
   * @param {string} text
   */
  async add(owner, text) {
    const todo = { id: randomUUID(), owner, text, done: false, created: new Date().toISOString() };
    this.#todos.set(todo.id, todo);
    await this.#write();
    return todo;
  }

  /**
   * @param {Todo} todo
   * @param {Partial<Pick<Todo, "text" | "done">>} changes
   */
  async change(todo, changes) {
    const changed = { ...todo, ...changes };
    this.#todos.set(todo.id, changed);
    await this.#write();
    return changed;
  }

  /** @param {Todo} todo */
  async remove(todo) {
    this.#todos.delete(todo.id);
    await this.#write();
  }

  /** Write after what is being written, so that the newest state is there last. */
  #write() {
    const writing = this.#written.then(() => this.#replace());
    this.#written = writing.catch(() => {});
    return writing;
  }

  async #replace() {
    const partial = `${this.#file}.partial`;
    const file = await open(partial, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify({ todos: [...this.#todos.values()] }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, this.#file);
  }
}
