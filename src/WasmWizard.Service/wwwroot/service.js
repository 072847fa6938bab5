// Requests to the service. A session's form token travels with everything that changes something.

let formToken = null;

export function useFormToken(token) {
  formToken = token;
}

export async function send(method, path, { body, json, signal } = {}) {
  const headers = {};
  if (formToken && method !== "GET") headers["X-CSRF-Token"] = formToken;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method, headers, body: json === undefined ? body : JSON.stringify(json), signal });
  const answer = response.status === 204 ? {} : await response.json();
  return { ok: response.ok, status: response.status, answer };
}
