// Package oracle simulates a clinic a second time, slowly and plainly, so that the simulator can be compared with it
// event by event. It is written from docs/model.md and shares nothing with the simulator but the types of a scenario and
// the keyed uniform numbers, whose places are part of the specification (docs/draws.md).
//
// Nothing is kept that can be worked out: there are no queues, no heaps, no running totals. What happens next is found by
// looking through a list; who waits in a pool, by looking through everything that is open; minutes are added up after the
// run from a list of who did what from when to when. What it covers, and what not, is in docs/oracle.md.
package oracle
