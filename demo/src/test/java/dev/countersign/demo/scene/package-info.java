/** Tests of what the scene stands on. */
package dev.countersign.demo.scene;
