// What a front end does, with the client that openapi-typescript and openapi-fetch make of the description.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const api = createClient<paths>({ baseUrl: process.argv[2]!, querySerializer: { array: { style: "form", explode: true } } });
type Event = components["schemas"]["StoredEvent"];

// List and filter.
const { data: page, error } = await api.GET("/events", { params: { query: { country: ["VN", "US"], limit: 1 } } });
assert.equal(error, undefined);
assert.ok(page);
assert.equal(page.data[0]!.title, "They met in Hanoi");

// Page through.
const events: Event[] = [];
let cursor: string | undefined;
do {
  const { data } = await api.GET("/events", { params: { query: { limit: 1, ...(cursor ? { cursor } : {}) } } });
  assert.ok(data);
  events.push(...data.data);
  cursor = data.next ? new URL(data.next).searchParams.get("cursor")! : undefined;
} while (cursor);
assert.equal(new Set(events.map((event) => event.id)).size, events.length);
assert.ok(events.length >= 3);

// Read an event.
const { data: event } = await api.GET("/events/{event_id}", { params: { path: { event_id: events[0]!.id } } });
assert.equal(event?.url, events[0]!.url);
assert.ok(event.participants === undefined || Array.isArray(event.participants));

// What is wrong comes as a problem.
const wrong = await api.GET("/events/{event_id}", { params: { path: { event_id: "ev_none" } } });
assert.equal(wrong.response.status, 404);
assert.equal(wrong.error?.type, "urn:dragoman:problem:not-found");

// Post an article.
const text = `Posted by the TypeScript client\nEVENT {"title": "From TypeScript", "day": "2024-05-01"}`;
const { data: article, response } = await api.POST("/articles", { body: { text } });
assert.equal(response.status, 201);
assert.equal(article?.events[0]?.title, "From TypeScript");
console.log(`typescript ok: ${events.length} events`);
