/**
 * Three servers on a real Redis whose clients come and go while the servers themselves are started
 * anew. What everybody asked for and heard is written down, and judged at the end.
 */
package dev.roomcast.server.churn;
