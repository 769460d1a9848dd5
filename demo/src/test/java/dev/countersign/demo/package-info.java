/** Tests of the demonstration as a person with a browser meets it, over HTTPS. */
package dev.countersign.demo;
