/** Tests of the commands: what they print, their exit codes, and both crypto providers. */
package dev.countersign.cli;
