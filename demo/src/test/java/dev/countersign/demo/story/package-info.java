/** Tests of what is seen in messages and of how it is shown. */
package dev.countersign.demo.story;
