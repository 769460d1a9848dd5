/** Tests of what the application keeps and shows. */
package dev.countersign.demo.app;
