/** Tests of the bank: over real HTTPS where a request is made, in memory where the ledger is. */
package dev.countersign.demo.bank;
