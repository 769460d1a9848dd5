/** Tests of the flow viewer, over real HTTPS with a real flow. */
package dev.countersign.demo.viewer;
