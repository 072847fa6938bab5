// Signing in with a key, and the keys of who is signed in.

import { button, day, element, find } from "./dom.js";
import { send, useFormToken } from "./service.js";

let changed = () => {};

export async function refreshSession(whenChanged) {
  changed = whenChanged;
  const { ok, answer } = await send("GET", "/api/session");
  await show(ok ? answer : { signedIn: false });
}

async function show(session) {
  useFormToken(session.formToken ?? null);
  find("sign-in").hidden = session.signedIn;
  find("signed-in").hidden = !session.signedIn;
  find("who").textContent = session.signedIn ? `Signed in, tier ${session.tier}.` : session.tier ? `Not signed in; you are of tier ${session.tier}.` : "This service wants a key.";
  if (session.signedIn) await refreshKeys();
}

async function refreshKeys() {
  const { answer } = await send("GET", "/api/auth/keys");
  find("keys").tBodies[0].replaceChildren(...(answer.keys ?? []).map(row));
}

function row(key) {
  const line = document.createElement("tr");
  const state = document.createElement("td");
  if (key.revokedAt) state.textContent = "revoked";
  else if (key.expiresAt && new Date(key.expiresAt) < new Date()) state.textContent = "expired";
  else state.append(button("Revoke", `Revoke ${key.prefix}`, () => revoke(key)));
  const shown = document.createElement("td");
  shown.append(element("code", `${key.prefix}\u2026`));
  line.append(shown, element("td", key.tier), element("td", day(key.createdAt)), element("td", day(key.lastUsedAt)), state);
  return line;
}

async function revoke(key) {
  await send("DELETE", `/api/auth/keys/${key.id}`);
  await refreshSession(changed);
}

find("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { ok, answer } = await send("POST", "/api/session", { json: { key: find("key").value.trim() } });
  find("key").value = "";
  if (!ok) {
    find("who").textContent = answer.error ?? "Not signed in.";
    return;
  }
  await show(answer);
  await changed();
  find("keys-title").focus();
});

find("new-key").addEventListener("click", async () => {
  const { ok, answer } = await send("POST", "/api/auth/keys", { json: {} });
  find("made").hidden = false;
  find("made-key").textContent = ok ? answer.key : answer.error;
  await refreshKeys();
});

find("sign-out").addEventListener("click", async () => {
  await send("DELETE", "/api/session");
  find("made").hidden = true;
  await refreshSession(changed);
  await changed();
  find("keys-title").focus();
});
