/** Scopes of customers' applications: each sees its customer's to-dos. */
const SCOPES = { read: "ToDoList.Read", write: "ToDoList.ReadWrite" };
/** App roles of daemons: each sees everybody's. */
const ROLES = { read: "ToDoList.Read.All", write: "ToDoList.ReadWrite.All" };

/** The caller is known, and may not do this. */
export class ForbiddenError extends Error {
  /**
   * @param {"scope" | "app role"} kind of what is missing
   * @param {string} needed what would be enough
   * @param {readonly string[]} held what the caller has
   */
  constructor(kind, needed, held) {
    super(`The token has no ${kind} ${needed}; it has ${held.join(", ") || "none"}.`);
    this.needed = needed;
  }
}

/**
 * Check that a caller may read, or read and write; whoever may write may read.
 *
 * @param {import("./tokens.js").Caller} caller
 * @param {"read" | "write"} access
 * @throws {ForbiddenError}
 */
export function demand(caller, access) {
  const names = caller.isApp ? ROLES : SCOPES;
  const enough = access === "read" ? [names.read, names.write] : [names.write];
  if (!enough.some((name) => caller.permissions.includes(name))) {
    throw new ForbiddenError(caller.isApp ? "app role" : "scope", names[access], caller.permissions);
  }
}
