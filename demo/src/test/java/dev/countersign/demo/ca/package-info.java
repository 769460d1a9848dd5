/** Tests of the local authority: what it signs is trusted here, and nowhere and nothing else. */
package dev.countersign.demo.ca;
